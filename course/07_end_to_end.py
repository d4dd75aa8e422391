# %% title [markdown]
# # 7 · End to end
#
# You know the parts: tensors, gradients, layers, losses, callbacks, searches. In this lesson you put them together,
# four times and then once more: a number, a kind of flower, a picture, a letter to a help desk, and at last a project
# with parts of your own making. Each goes from raw data to a model that is saved, loaded again and judged. The order
# of the steps is the same every time, and so is the question behind it: **would this score hold for new data?**
#
# Run the cells from top to bottom with Shift+Enter. Where it says **Predict**, decide on an answer before you run the
# next cell: a wrong guess, noticed, is worth more than a right answer, read. The lesson takes about an hour and a
# half.

# %% setup
import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import sklearn.datasets
import sklearn.metrics
from sklearn.datasets import load_diabetes, load_iris
from sklearn.model_selection import train_test_split

from tfcourse_utils import data, plots, quiet_start, real_data

with quiet_start():  # TensorFlow has much to say about the hardware when it is imported
    import keras
    import keras_tuner
    import tensorflow as tf

from tfcourse_utils.widgets import ThresholdExplorer, TrainingMonitor, TrialBrowser

tf.get_logger().setLevel("ERROR")  # no notes on files written and functions traced again
plt.rcParams["axes.prop_cycle"] = plt.cycler(color=plots.COLOURS)  # for every colour vision
SHELF = tempfile.TemporaryDirectory()  # all files of this lesson; gone when the kernel ends
BARN = Path(SHELF.name).resolve()
print("TensorFlow", tf.__version__, "with Keras", keras.__version__, "ready:", tf.ones(3).numpy())

# %% order-intro [markdown]
# ## 1 One order for every project
#
# Ten steps, always in this order:
#
# | step | what you do | by which rows |
# |---|---|---|
# | 1 **look** | shapes, units, what is missing, what can't be true | all; the answers better not |
# | 2 **split** | training, validation, test | |
# | 3 **scale** | measure mean and spread | training |
# | 4 **baseline** | the simplest answer that anybody could give | training; scored on validation |
# | 5 **model** | a small network | |
# | 6 **train** | `fit`, with callbacks | training; stopped by validation |
# | 7 **diagnose** | curves, residuals, confusion: what goes wrong, and where | training, validation |
# | 8 **tune** | change something, and go back to 5 | validation |
# | 9 **evaluate** | one number, beside that of the baseline | **test, once** |
# | 10 **save** | load again, and compare predictions | any |
#
# Here is all of it on a tiny table. A bakery noted for how long its dough had to rise, in minutes. The columns:
# warmth of the room (°C), yeast (g), water (% of the flour) and salt (g).


# %% dough
DOUGH = ["warmth", "yeast", "water", "salt"]


def bakery(count, seed):
    """Return four measurements of so many doughs, (count, 4), and minutes, (count, 1)."""
    dice = np.random.default_rng(seed)
    warmth, yeast = dice.uniform(16, 30, count), dice.uniform(3, 20, count)
    water, salt = dice.uniform(55, 75, count), dice.uniform(5, 15, count)
    minutes = 150 * np.exp(-0.07 * (warmth - 22)) * np.sqrt(8 / yeast) + 2 * salt - 0.5 * water
    minutes = minutes + dice.normal(0, 8, count)
    table = np.stack([warmth, yeast, water, salt], axis=1)
    return table.astype("float32"), minutes.astype("float32")[:, np.newaxis]


notes, minutes = bakery(240, seed=1)
notes[17, 0] = notes[90, 0] = 999.0  # as the bakery's thermometer writes when its battery is flat

# %% look-question [markdown]
# **1 · Look.** **Predict.** Which of these summaries shows at once that something is wrong: the mean, the middle
# value or the largest?

# %% look
print("rows and columns", notes.shape, notes.dtype, "  minutes", minutes.shape, minutes.dtype)
print("missing values:", int(np.isnan(notes).sum()))
print(f"{'':8}{'smallest':>9}{'middle':>9}{'mean':>9}{'largest':>9}")
for name, column in zip(DOUGH, notes.T):
    row = (column.min(), np.median(column), column.mean(), column.max())
    print(f"{name:8}" + "".join(f"{value:9.1f}" for value in row))

# %% look-explained [markdown]
# The largest: no room has 999 °C. The mean of the warmth is too high as well, but one has to know what it should be;
# the middle value is hardly moved. 999 (or -1, or 0) for "not measured" is common, and nothing complains of it later:
# the network would just learn badly. Two rows have no warmth, so they go. The rule for that looks at the inputs
# alone. Who throws away rows because the *model* is bad at them makes a score that new data won't bear out.

# %% clean
sensible = notes[:, 0] < 60
notes, minutes = notes[sensible], minutes[sensible]
print("rows left:", len(notes))
assert len(notes) == 238

# %% split-intro [markdown]
# **2 · Split.** Chapter 6 took places in a shuffled order. Scikit-learn's `train_test_split` does that for any number
# of arrays at once. It makes two parts, so it's called twice; `random_state` is its seed. **Predict.** The second
# call asks for a quarter. Of all rows, what share is that?

# %% split
rest, dough_test, rest_minutes, minutes_test = train_test_split(
    notes, minutes, test_size=0.2, random_state=7
)
dough, dough_check, minutes_train, minutes_check = train_test_split(
    rest, rest_minutes, test_size=0.25, random_state=7
)
print("training", len(dough), "  validation", len(dough_check), "  test", len(dough_test))
assert abs(len(dough_check) / len(notes) - 0.2) < 0.01

# %% scale-intro [markdown]
# A quarter of four fifths is a fifth.
#
# **3 · Scale.** The columns have unlike units, so a `Normalization` layer measures the training rows. It becomes the
# first layer of the model: then the model takes the bakery's own numbers, and nobody can forget the scaling.
#
# **4 · Baseline.** Before any network: how wrong is someone who always says the mean of the training targets? The
# mean absolute error has the unit of the target, so a baker can judge it.

# %% baseline
ruler = keras.layers.Normalization()
ruler.adapt(dough)
print("measured means:", ruler.mean.numpy().ravel().round(1))
always = minutes_train.mean()
say_mean = np.mean(np.abs(minutes_check - always))
print(f"always saying {always:.0f} minutes is wrong by {say_mean:.1f} minutes")

# %% model-intro [markdown]
# **5 · Model** and **6 · train.** The table is small, and an epoch over so few rows is hardly more than the time that
# `fit` needs to begin and end one. A data set that goes through the rows several times makes longer epochs; the
# helper below is used in all projects. It shuffles too; `shuffle=False` tells `fit` to leave that alone. Early
# stopping looks at the validation rows, and puts the best weights back.


# %% model
def feed(rows, answers, passes=1):
    """Return a data set that goes through the shuffled rows so many times in an epoch."""
    pairs = tf.data.Dataset.from_tensor_slices((rows, answers))
    count = int(pairs.cardinality())
    return pairs.shuffle(count, seed=7).repeat(passes).batch(32)


def patient(rounds):
    return keras.callbacks.EarlyStopping(patience=rounds, restore_best_weights=True)


keras.utils.set_random_seed(7)
rising = keras.Sequential(
    [
        keras.Input(shape=(4,)),
        ruler,
        keras.layers.Dense(20, activation="relu"),
        keras.layers.Dense(1),
    ]
)
rising.compile(optimizer=keras.optimizers.Adam(0.02), loss="mae", jit_compile=False)
log = rising.fit(
    feed(dough, minutes_train, passes=5),
    validation_data=(dough_check, minutes_check),
    epochs=25,
    shuffle=False,
    verbose=0,
    callbacks=[patient(4)],
).history
print("epochs:", len(log["loss"]), "  lowest validation error:", round(min(log["val_loss"]), 1))

# %% diagnose-intro [markdown]
# **7 · Diagnose.** The curves first. Do training and validation go down together? Has it arrived? Does a gap open?

# %% diagnose
axes = plots.loss_curves(
    {
        "training": log["loss"],
        "validation": log["val_loss"],
        "always the mean": [say_mean] * len(log["loss"]),
    },
    title="Minutes that the dough needs",
)
axes.set(ylabel="mean absolute error (minutes)")
plt.show()
assert min(log["val_loss"]) < say_mean / 2

# %% evaluate-question [markdown]
# Far below the baseline, a small gap, and flat at the end: nothing to mend. **8 · Tune** is left for section 2.
#
# **9 · Evaluate**, once: the model that was chosen, and beside it the baseline on the same rows. **Predict.** Will
# the test error be exactly the validation error? And which of the two belongs into a report?

# %% evaluate
verdict = rising.evaluate(dough_test, minutes_test, verbose=0)
print(f"validation {min(log['val_loss']):.1f}   test {verdict:.1f} minutes")
print(f"always the mean, on the test rows: {np.mean(np.abs(minutes_test - always)):.1f} minutes")
assert verdict < say_mean / 2

# %% save-intro [markdown]
# The test error: nothing was decided by it. The other chose the epoch, so it is a little too good, or was; by how
# much, and how much either of them trembles, is the matter of section 6.
#
# **10 · Save**, load, compare. The ruler is in the file as well, so the loaded model takes raw numbers.


# %% save
def comes_back(net, name, rows):
    """Save a model, load it again, and check that both predict the same."""
    net.save(BARN / f"{name}.keras")
    again = keras.models.load_model(BARN / f"{name}.keras")
    then, now = net.predict(rows, verbose=0), again.predict(rows, verbose=0)
    tf.nest.map_structure(np.testing.assert_allclose, then, now)
    print(f"{name}.keras: loaded, and the same answers")
    return again


loaded = comes_back(rising, "dough", dough_test)
fresh = np.array([[24.0, 10.0, 65.0, 10.0]], "float32")
print(f"24 °C, 10 g of yeast: {loaded.predict(fresh, verbose=0)[0, 0]:.0f} minutes")

# %% twins-question [markdown]
# That is a project. Now, what does it cost to leave the order? Another bakery has no more than 60 notes. So it makes
# five of each, with tiny changes, as one does with pictures, and **then** splits the 300 at random. Its model is the
# simplest there is: to say the minutes of the nearest training row.
#
# **Predict.** How wrong is it on its test rows? And on 500 doughs baked later?


# %% twins
def nearest(rows, answers, asked, count=1):
    """Return for each row asked about the mean answer of so many nearest rows."""
    gaps = ((asked[:, None] - rows) ** 2).sum(axis=2)
    return answers[np.argsort(gaps, axis=1)[:, :count]].mean(axis=1)


def off(said, true):
    """Return the mean absolute error."""
    return float(np.mean(np.abs(said - true)))


def copied(rows, answers, seed):
    """Return five of each row, shaken a little."""
    many = np.repeat(rows, 5, axis=0)
    shaken = many + np.random.default_rng(seed).normal(0, 0.02, many.shape)
    return shaken, np.repeat(answers, 5, axis=0)


usual, spread = ruler.mean.numpy(), np.sqrt(ruler.variance.numpy())
tested = {"copies first, then split": [], "split first, then copies": []}
later = {name: [] for name in tested}
for seed in range(20):
    few, need = bakery(60, seed=100 + seed)
    new, new_need = bakery(500, seed=200 + seed)
    few, new = (few - usual) / spread, (new - usual) / spread
    a, b, a_need, b_need = train_test_split(*copied(few, need, seed), random_state=seed)
    c, d, c_need, d_need = train_test_split(few, need, random_state=seed)
    for name, (known, known_need), (judge, judge_need) in [
        ("copies first, then split", (a, a_need), (b, b_need)),
        ("split first, then copies", copied(c, c_need, seed), (d, d_need)),
    ]:
        tested[name].append(off(nearest(known, known_need, judge), judge_need))
        later[name].append(off(nearest(known, known_need, new), new_need))
for name in tested:
    print(
        f"{name}: test {np.mean(tested[name]):4.1f}, new doughs {np.mean(later[name]):4.1f} minutes"
    )
first, second = tested
assert np.mean(tested[first]) < np.mean(later[first]) / 3
assert 0.8 < np.mean(tested[second]) / np.mean(later[second]) < 1.25

# %% twins-explained [markdown]
# Copies of one dough lie on both sides, so the nearest training row is a twin with the same answer. The score says
# how well the model knows doughs that it has seen. New doughs don't bear it out; the other order says what they will
# say. Nobody notices by looking at the score, except that it is wonderful.
#
# How to find such a leak in code? Ask: **if the test rows had been other ones, what would be different?** Only the
# score may be. That can be tried. Put other values in the test rows, do everything again with the same seed, and
# compare what was *learned*. Here two people choose how many neighbours to ask: one by test rows, one by validation
# rows.
#
# **Predict.** Whose choice changes?


# %% scrambled
def best_count(rows, answers, judge, judge_need):
    """Return which number of neighbours is best on the rows that judge."""
    return min(range(1, 16), key=lambda k: off(nearest(rows, answers, judge, k), judge_need))


changed = {"chosen by test rows": 0, "chosen by validation rows": 0}
scaled, scaled_check, scaled_test = (
    (part - usual) / spread for part in (dough, dough_check, dough_test)
)
scrambled = np.random.default_rng(5).normal(size=scaled_test.shape)
for start in range(20):
    some = np.random.default_rng(start).permutation(len(dough))[:60]
    known = scaled[some], minutes_train[some]
    by_test = [best_count(*known, rows, minutes_test) for rows in (scaled_test, scrambled)]
    by_check = [best_count(*known, scaled_check, minutes_check) for _ in ("before", "after")]
    changed["chosen by test rows"] += by_test[0] != by_test[1]
    changed["chosen by validation rows"] += by_check[0] != by_check[1]
print("changed, of 20 times:", changed)
assert changed["chosen by test rows"] > 10 and changed["chosen by validation rows"] == 0

# %% order-prepares [markdown]
# The validation choice can't change: the test rows don't occur in it. That is the whole idea, and it holds for every
# kind of leak. When you repair a project, go through it line by line and put a finger on each place where the test
# rows are used, or *all* rows. Only the last step may. A test set that is given to `fit` as `validation_data` has
# been looked at in every epoch, even if nobody stops by it; and several models, each with its test score, are several
# looks.
#
# Two habits make a project one that can be repeated: a seed for the split, and `keras.utils.set_random_seed` right
# before the model is made.
#
# *Prepares:* `mend_project`.

# %% patients-intro [markdown]
# ## 2 A number from measurements
#
# 442 people with diabetes, ten measurements of each, and a number that says how far the illness had gone a year
# later. Scikit-learn ships the table; `scaled=False` gives it in the doctors' units.
#
# > **If you learned this earlier.** Many notes on regression begin with `load_boston`, the prices of houses in Boston.
# > Scikit-learn has removed it: one of its columns was made by a formula of race.

# %% patients
try:
    sklearn.datasets.load_boston
except ImportError as error:
    print("ImportError:", str(error).strip().splitlines()[0])

table = load_diabetes(scaled=False)
people, illness = table.data.astype("float32"), table.target.astype("float32")[:, np.newaxis]
print("people", people.shape, "  illness", illness.shape, "  missing:", int(np.isnan(people).sum()))
for name, column in zip(table.feature_names, people.T):
    together = np.corrcoef(column, illness[:, 0])[0, 1]
    print(
        f"{name:4} from {column.min():6.1f} to {column.max():6.1f}   with the illness {together:+.2f}"
    )
assert people.shape == (442, 10)

# %% patients-look [markdown]
# The last column is the *correlation*: +1 or -1 for a straight line, 0 for none. The body mass index (`bmi`) and one
# of the blood values (`s5`) say most, and no column says much by itself.
#
# Such a look at the answers is a look at the test rows too. It does no harm as long as nothing is *decided* by it; if
# you want to choose columns by it, split first.
#
# **Predict.** `illness` is made a column, (442, 1), above. What if one forgets that, and compares predictions (442,
# 1) with targets (442,)?

# %% patients-shape
said, true = np.zeros((442, 1)), np.zeros(442)
apart = said - true
print("the difference has the shape", apart.shape, "- numbers:", apart.size)
assert apart.shape == (442, 442)

# %% patients-split-text [markdown]
# One difference for each *pair* of people, and their mean is some number too, but not the error. Keras's own losses
# and metrics take care of that; what you compute yourself has to.
#
# **Split, scale, baselines.** Two of them here: the mean, and a straight line by least squares. A network that is no
# better than a line is not worth its trouble.

# %% patients-baselines
rest, people_test, rest_illness, illness_test = train_test_split(
    people, illness, test_size=0.2, random_state=3
)
known, people_check, known_illness, illness_check = train_test_split(
    rest, rest_illness, test_size=0.25, random_state=3
)
measure = keras.layers.Normalization()
measure.adapt(known)


def with_ones(rows):
    return np.hstack([measure(rows), np.ones((len(rows), 1))])


slopes, *_ = np.linalg.lstsq(with_ones(known), known_illness, rcond=None)
floor = {
    "always the mean": off(known_illness.mean(), illness_check),
    "a straight line": off(with_ones(people_check) @ slopes, illness_check),
}
for name, error in floor.items():
    print(f"{name:16} wrong by {error:.1f}")
print(f"{len(known)} people to learn from; ", end="")
print(f"their illness: mean {known_illness.mean():.0f}, spread {known_illness.std():.0f}")
assert floor["a straight line"] < floor["always the mean"]

# %% patients-unit-question [markdown]
# Now the network. Its outputs begin near 0, and the targets lie around 150. Weights move by small steps, so the
# network first has to crawl there. Better to let it learn in units of the spread, and to translate the result:
# `Rescaling(a, offset=b)` computes a · z + b, and as the **last layer** it makes the model answer in the unit of the
# target.
#
# **Predict.** Two networks, the same but for that layer, with the same rate, for the same six epochs. How far apart
# are they?


# %% patients-unit
def foresee(*last):
    """Return a compiled network for the illness, with these layers at its end."""
    keras.utils.set_random_seed(3)
    net = keras.Sequential([keras.Input(shape=(10,)), measure])
    net.add(keras.layers.Dense(16, activation="relu", kernel_regularizer="l2"))
    net.add(keras.layers.Dense(1))
    for layer in last:
        net.add(layer)
    net.compile(optimizer=keras.optimizers.Adam(0.003), loss="mae", jit_compile=False)
    return net


in_its_unit = keras.layers.Rescaling(float(known_illness.std()), offset=float(known_illness.mean()))
bare, forecast = foresee(), foresee(in_its_unit)
curves = {}
for name, net in [("from 0", bare), ("with the unit in the last layer", forecast)]:
    curves[name] = net.fit(
        feed(known, known_illness, passes=2),
        validation_data=(people_check, illness_check),
        epochs=6,
        shuffle=False,
        verbose=0,
        callbacks=[patient(3)],
    ).history["val_loss"]
axes = plots.loss_curves(curves, title="The same network twice")
axes.axhline(floor["always the mean"], color="#444444", linewidth=0.8, linestyle="--")
axes.annotate("always the mean", (0, floor["always the mean"] + 3))
axes.set(ylabel="validation error")
plt.show()
assert (
    min(curves["from 0"])
    > floor["always the mean"]
    > min(curves["with the unit in the last layer"])
)

# %% patients-unit-explained [markdown]
# One has not even come to the mean; the other began there. Mean and spread of the **training** targets, of course.
#
# It is the same to train on targets in units of the spread and to multiply afterwards, but then somebody has to
# remember it. **Predict.** A model learns prices in thousands, and its mean absolute error is 2.5. What is it in the
# unit of the price?

# %% error-units
prices, guesses = np.array([12_000.0, 7_500, 31_000]), np.array([14_000.0, 6_500, 26_500])
in_thousands, in_prices = off(guesses / 1000, prices / 1000), off(guesses, prices)
print("in thousands:", in_thousands, "  in the unit of the price:", in_prices)
assert in_thousands == 2.5 and in_prices == 2500

# %% residuals-intro [markdown]
# An error without its unit says nothing. (With squared errors, it's worse: the factor is squared too.)
#
# **Diagnose.** A **residual** is the actual value minus the predicted one. Two pictures: predicted against actual,
# and residual against predicted. A perfect model has all points on the dashed lines. **Predict.** Which sign have the
# residuals of those who are most ill?


# %% residuals
def residual_plots(said, true, unit):
    """Draw predicted against actual, and what is left over."""
    _, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8), layout="constrained")
    left.scatter(said, true, s=14, alpha=0.6)
    ends = [min(said.min(), true.min()), max(said.max(), true.max())]
    left.plot(ends, ends, "--", color="#444444", linewidth=1)
    left.set(title="Predicted and actual", xlabel=f"predicted ({unit})", ylabel=f"actual ({unit})")
    right.scatter(said, true - said, s=14, alpha=0.6, color=plots.COLOURS[1])
    right.axhline(0, linestyle="--", color="#444444", linewidth=1)
    right.set(title="Residuals", xlabel=f"predicted ({unit})", ylabel="actual - predicted")
    plt.show()


foreseen = forecast.predict(people_check, verbose=0)
residual_plots(foreseen, illness_check, "illness")
left_over = illness_check - foreseen
ill = illness_check > np.quantile(known_illness, 0.8)
print(f"mean residual: {left_over.mean():+.1f}   of the most ill: {left_over[ill].mean():+.1f}")
print(f"illness, training: mean {known_illness.mean():.0f}, middle {np.median(known_illness):.0f}")
print(f"predictions from {foreseen.min():.0f} to {foreseen.max():.0f}, ", end="")
print(f"actual values from {illness_check.min():.0f} to {illness_check.max():.0f}")
assert left_over[ill].mean() > left_over.mean() > 0 and np.ptp(foreseen) < np.ptp(illness_check)
assert np.median(known_illness) < known_illness.mean()

# %% residuals-explained [markdown]
# For the most ill the residuals are positive: the model says too little. Its predictions keep nearer to the middle
# than the truth does, as all sensible predictions from weak evidence. The mean residual is above 0 too. That comes
# from the loss: the mean absolute error is content with the *middle* value, chapter 5, and here that lies below the
# mean, since a few are very ill. What to look for in residuals:
#
# | you see | it means |
# |---|---|
# | a mean that is not 0 | all predictions are too low, or too high |
# | a bend | something curved is missing: a wider network, or longer training |
# | a funnel | the error grows with the value: perhaps predict its logarithm |
# | single far points | wrong data, or a kind of its own |
#
# Evaluate, save. The network, the line and the mean, on the same rows:

# %% patients-verdict
verdict = forecast.evaluate(people_test, illness_test, verbose=0, return_dict=True)
by_network = off(forecast.predict(people_test, verbose=0), illness_test)
print(f"always the mean  {off(known_illness.mean(), illness_test):.1f}")
print(f"a straight line  {off(with_ones(people_test) @ slopes, illness_test):.1f}")
print(f"network          {by_network:.1f}   evaluate says {verdict['loss']:.1f}")
assert by_network < 0.85 * off(known_illness.mean(), illness_test) and verdict["loss"] > by_network
_ = comes_back(forecast, "illness", people_test)

# %% patients-verdict-explained [markdown]
# The network beats the mean, and is about as good as the line. That is a **result**: ten measurements don't say more
# than that, or so few people are not enough to learn it from. Without the baselines one would take the network for
# clever. And `evaluate` says more, since `loss` has the price of the regularizer in it. Report a metric.
#
# Next, more rows and a real search. `california_housing` gives districts of California and what a house costs there,
# where scikit-learn has the table already; else, a made-up coast with the same columns. It says which. (To fetch the
# real one, call scikit-learn's `fetch_california_housing()` once.)

# %% houses
homes = real_data.california_housing()
print(homes.says)
rows, prices = homes.x, homes.y
some = np.random.default_rng(2).permutation(len(rows))[:1500]
rows, prices = rows[some], prices[some]
figure, panels = plt.subplots(2, 5, figsize=(12, 4.4), layout="constrained")
for panel, name, column in zip(
    panels.flat, [*data.HOUSE_COLUMNS, "price"], [*rows.T, prices[:, 0]]
):
    panel.hist(column, bins=30)
    panel.set(xlabel=name, yticks=[])
panels[0, 0].set(ylabel="districts")
panels[1, 0].set(ylabel="districts")
panels[1, 4].axis("off")
plt.show()
at_the_top = float(np.mean(prices >= 5.0))
print(
    f"prices of 5.0 and more: {at_the_top:.1%}, the largest {prices.max():.2f}, in 100,000 dollars"
)
assert len(rows) == 1500 and prices.max() < 5.1

# %% houses-look [markdown]
# Three things to see. Some columns have a long tail to the right: a few districts are many times as large as the
# usual ones. Latitude and longitude are places; alone they say little, together much. And prices end at 5.0: whoever
# collected them wrote 5.0 for everything above, so no model can tell a dear house from a very dear one.
#
# We took 1500 districts at random. **Predict.** Why not simply the first 1500?

# %% houses-why-random
north = homes.x[:, data.HOUSE_COLUMNS.index("Latitude")]
for name, part in [("all", north), ("the first 1500", north[:1500]), ("ours", rows[:, 6])]:
    print(f"latitude, {name:15} mean {part.mean():.1f}, spread {part.std():.1f}")
assert abs(rows[:, 6].mean() - north.mean()) < 0.3

# %% houses-split-text [markdown]
# Tables are often sorted by something; the real one goes by county, and its first rows all lie round one bay. (The
# made-up one is in no order.)
#
# Split, scale, baselines:

# %% houses-split
near, rows_test, near_prices, prices_test = train_test_split(
    rows, prices, test_size=0.2, random_state=5
)
seen, rows_check, seen_prices, prices_check = train_test_split(
    near, near_prices, test_size=0.25, random_state=5
)
surveyor = keras.layers.Normalization()
surveyor.adapt(seen)
mean_price, price_spread = float(seen_prices.mean()), float(seen_prices.std())
price_floor = off(mean_price, prices_check)
print("rows:", len(seen), len(rows_check), len(rows_test), f"  always the mean: {price_floor:.3f}")

# %% search-intro [markdown]
# **Tune.** A search needs a function that builds a model from hyperparameters. Width and rate are what matters most.
# The regularizer is in it as well, with 0 among its choices: so the search may say that none is needed. What the
# search sees are training and validation rows; the test rows are in another variable and stay there.


# %% search
def valuer(hp):
    """Return a compiled network for prices, its settings taken from `hp`."""
    width = hp.Int("width", 8, 64, sampling="log")
    pull = hp.Choice("pull", [0.0, 0.001])
    net = keras.Sequential([keras.Input(shape=(8,)), surveyor])
    net.add(
        keras.layers.Dense(width, activation="relu", kernel_regularizer=keras.regularizers.L2(pull))
    )
    net.add(keras.layers.Dense(width, activation="relu"))
    net.add(keras.layers.Dense(1))
    net.add(keras.layers.Rescaling(price_spread, offset=mean_price))
    rate = hp.Float("rate", 0.0005, 0.05, sampling="log")
    net.compile(
        optimizer=keras.optimizers.Adam(rate), loss="mse", metrics=["mae"], jit_compile=False
    )
    return net


search = keras_tuner.RandomSearch(
    valuer,
    objective=keras_tuner.Objective("val_mae", "min"),
    max_trials=3,
    seed=4,
    directory=BARN,
    project_name="houses",
)
keras.utils.set_random_seed(5)
search.search(
    feed(seen, seen_prices, passes=4),
    validation_data=(rows_check, prices_check),
    epochs=4,
    shuffle=False,
    verbose=0,
)
for trial in search.oracle.get_best_trials(3):
    chosen = {name: round(value, 4) for name, value in trial.hyperparameters.values.items()}
    print(f"trial {trial.trial_id}, {trial.status}: {trial.score:.3f}  {chosen}")
assert all(trial.status == "COMPLETED" for trial in search.oracle.trials.values())

# %% browser-intro [markdown]
# Three trials are few: enough to see how it goes, and to save your time. `max_trials=20` is more like it.
#
# 1. Read the browser's lines from the best rank to the last. Which axis sorts them best?
# 2. From three lines, how sure can one be of that?

# %% browser
TrialBrowser(search)

# %% search-after-text [markdown]
# Not sure at all: three points can lie in order by chance. The search gives good values, not an insight.
#
# Now the final model: built again from the best values, trained on everything that is no test row. No validation rows
# are left over, so the number of epochs is that of the search.

# %% search-after
keras.utils.set_random_seed(5)
final = valuer(search.get_best_hyperparameters()[0])
final.fit(feed(near, near_prices, passes=4), epochs=4, shuffle=False, verbose=0)
said = final.predict(rows_test, verbose=0)
price_error = off(said, prices_test)
print(f"best of the search {search.oracle.get_best_trials()[0].score:.3f}   ", end="")
print(f"test, once {price_error:.3f}   always the mean {off(mean_price, prices_test):.3f}")
assert price_error < 0.75 * off(mean_price, prices_test)

# %% houses-map-text [markdown]
# That was the look at the test set. **Diagnosing** what is wrong needs no more of it: pictures of residuals are for
# rows that may still decide something. (The final model has learned from the validation rows; so these residuals are
# a little small.) Where on the map is it wrong?

# %% houses-map
said_check = final.predict(rows_check, verbose=0)
residual_plots(said_check, prices_check, "100,000 dollars")
wrong = (prices_check - said_check)[:, 0]
axes = plots.new_axes("Actual minus predicted, by place", width=6, height=4)
east = data.HOUSE_COLUMNS.index("Longitude")
dots = axes.scatter(
    rows_check[:, east], rows_check[:, 6], c=wrong, cmap="PuOr", vmin=-1.5, vmax=1.5, s=22
)
dots.set(edgecolor="#666666", linewidth=0.4)
axes.set(xlabel="longitude", ylabel="latitude")
axes.figure.colorbar(dots, label="residual (100,000 dollars)")
plt.show()
top = prices_check[:, 0] >= np.quantile(seen_prices, 0.9)
print(f"mean residual of the dearest tenth: {wrong[top].mean():+.2f}", end="   ")
print(f"of the others: {wrong[~top].mean():+.2f}")
assert wrong[top].mean() > wrong[~top].mean()

# %% regression-prepares [markdown]
# Where points of one colour stand together, the model misses something about the place, and more epochs or a wider
# layer may help; a mixture of colours is luck. The dearest are said too cheap, or less dear than the others: once
# more the predictions keep nearer to the middle.

# %% houses-saved
_ = comes_back(final, "houses", rows_test)

# %% regression-prepares-text [markdown]
# Mind, before you write a project of this kind: which rows the `Normalization` layer is adapted to, before it is
# trained with; targets of shape (n, 1); a loss in line with the metric you will be judged by; raw numbers in and the
# target's own unit out; baseline and score on the same rows.
#
# *Prepares:* `regression_project`.

# %% iris-intro [markdown]
# ## 3 One kind of several
#
# Iris: fifty flowers of each of three kinds, measured in four ways. We take the names of the kinds as a collector
# would write them. **Predict.** May labels be words in `fit`?

# %% iris
garden = load_iris()
flowers = garden.data.astype("float32")
words = garden.target_names[garden.target]
print(flowers.shape, words[:2], words[-2:])
try:
    tiny = keras.Sequential([keras.Input(shape=(4,)), keras.layers.Dense(3, activation="softmax")])
    tiny.compile(loss="sparse_categorical_crossentropy", jit_compile=False)
    tiny.fit(flowers, words, verbose=0)
except Exception as error:
    print(type(error).__name__, "-", " ".join(str(error).split())[:150])

# %% iris-words [markdown]
# No. `np.unique` with `return_inverse=True` makes numbers of words, from 0 on, and the list of words to go back by. A
# collector may also count from 1. **Predict** what the loss says to labels 1, 2, 3 with three outputs.

# %% iris-labels
KINDS, kind = np.unique(words, return_inverse=True)
print("kinds:", KINDS.tolist(), "  labels:", kind[[0, 60, 140]], "  how many:", np.bincount(kind))
even = np.full((3, 3), 1 / 3, "float32")
try:
    price = keras.losses.SparseCategoricalCrossentropy()(np.array([1, 2, 3]), even)
    print("the loss is", price.numpy())
except tf.errors.InvalidArgumentError as error:
    print(type(error).__name__, "-", " ".join(str(error).split())[-130:])

# %% iris-look [markdown]
# With k kinds the labels go from 0 to k - 1. On a graphics card the same mistake gives NaN instead of an error.
#
# **Look:** two of the measurements. **Predict.** Which kind will be easy, and which two will be confused?

# %% iris-look-shown
plots.scatter_classes(flowers[:, 2:], kind, names=KINDS, title="150 flowers").set(
    xlabel="length of the petals (cm)", ylabel="width of the petals (cm)"
)
plt.show()

# %% rare-question [markdown]
# **Split.** The table is sorted by kind, so it must be shuffled. Is a shuffle enough? In a meadow some kinds are
# rare. Say 5 flowers of 150 are orchids, and a fifth is kept back for the test.
#
# **Predict.** In how many of 1000 shuffles is there no orchid among the test rows?

# %% rare
meadow = np.repeat([0, 1], [145, 5])
counts = [np.random.default_rng(s).permutation(meadow)[:30].sum() for s in range(1000)]
for orchids in range(4):
    print(f"{orchids} orchids among the test rows: {counts.count(orchids)} of 1000 times")
held = [
    train_test_split(meadow, test_size=0.2, random_state=s, stratify=meadow)[1].sum()
    for s in range(50)
]
print("with stratify=:", set(map(int, held)))
assert counts.count(0) > 200 and set(held) == {1}

# %% rare-explained [markdown]
# In about a third of them, and then nobody learns whether the model knows orchids. `stratify=` deals out each kind by
# itself. By hand: take the places of one kind, shuffle these, cut off the share, and go on with the next kind. What
# has not been cut off is left for training; `np.setdiff1d` gives the places of one array which are not in another.

# %% iris-split
outdoors, flowers_test, outdoor_kinds, kind_test = train_test_split(
    flowers, kind, test_size=0.2, random_state=11, stratify=kind
)
picked, flowers_check, picked_kinds, kind_check = train_test_split(
    outdoors, outdoor_kinds, test_size=0.25, random_state=11, stratify=outdoor_kinds
)
for name, labels in [("training", picked_kinds), ("validation", kind_check), ("test", kind_test)]:
    print(f"{name:10}", np.bincount(labels))
assert np.bincount(kind_test).tolist() == [10, 10, 10]

# %% iris-baseline-question [markdown]
# **Baseline.** Always say the kind that is commonest among the training rows. It's worth looking at closely, since it
# depends on how the kinds are spread. **Predict** its accuracy here; in a meadow of 145 and 5; and for training
# labels 1 1 1 0 2, judged by 2 1 0 0 1.


# %% iris-baseline
def commonest(labels):
    names, times = np.unique(labels, return_counts=True)
    return names[times.argmax()]


for name, learn, judge in [
    ("flowers", picked_kinds, kind_check),
    ("meadow", meadow, meadow),
    ("five labels", [1, 1, 1, 0, 2], np.array([2, 1, 0, 0, 1])),
]:
    print(f"{name:12} always {commonest(learn)}: right on {np.mean(judge == commonest(learn)):.2f}")
assert np.mean(kind_check == commonest(picked_kinds)) == 1 / 3

# %% iris-baseline-explained [markdown]
# 97 % without knowing anything: so accuracy alone says little where kinds are unequal. And mind that the commonest
# kind is that of the *training* rows, whatever the test rows hold.
#
# **Model, train, diagnose.** For labels as whole numbers, `sparse_categorical_crossentropy`; probabilities by
# softmax, from as many units as there are kinds. Where you count them with NumPy, make Python's own number of the
# result, `int(labels.max()) + 1`: Keras refuses NumPy's with a puzzling "Received: units=3".

# %% iris-model
botanist = keras.layers.Normalization()
botanist.adapt(picked)
keras.utils.set_random_seed(11)
net = keras.Sequential([keras.Input(shape=(4,)), botanist])
net.add(keras.layers.Dense(16, activation="relu"))
net.add(keras.layers.Dense(len(KINDS), activation="softmax"))
net.compile(
    optimizer=keras.optimizers.Adam(0.01),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
    jit_compile=False,
)
log = net.fit(
    feed(picked, picked_kinds, passes=10),
    validation_data=(flowers_check, kind_check),
    epochs=12,
    shuffle=False,
    verbose=0,
    callbacks=[patient(3)],
).history
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.4), layout="constrained")
plots.loss_curves({"training": log["loss"], "validation": log["val_loss"]}, left)
plots.loss_curves({"training": log["accuracy"], "validation": log["val_accuracy"]}, right)
left.set(title="Loss", ylabel="cross-entropy")
right.set(title="Accuracy", ylabel="share right", ylim=(0, 1.05))
plt.show()

# %% iris-curves [markdown]
# The accuracy moves in leaps: with 30 validation flowers, one flower is 1/30. The loss is smooth, since it hears how
# *sure* the model was. That's why early stopping watches the loss, here and mostly.
#
# **Predict.** Each row of predictions has three numbers. What is their sum, and how do you get a kind of them?


# %% iris-confusion
def confusion(true, said, names, title):
    """Draw how often each kind was taken for which."""
    counts = sklearn.metrics.confusion_matrix(true, said, labels=range(len(names)))
    axes = plots.new_axes(title, width=1.8 + 0.5 * len(names), height=1.6 + 0.42 * len(names))
    axes.imshow(counts, cmap="Blues", vmax=counts.sum(axis=1).max() * 1.3)
    for row, column in np.ndindex(*counts.shape):
        if counts[row, column]:
            axes.text(column, row, counts[row, column], ha="center", va="center")
    axes.set(xlabel="the model says", ylabel="it is")
    slope = 30 if isinstance(names[0], str) else 0
    axes.set_xticks(range(len(names)), names, rotation=slope)
    axes.set_yticks(range(len(names)), names)
    plt.show()
    return counts


chances = net.predict(flowers_check, verbose=0)
print("sums:", chances.sum(axis=1)[:4].round(5))
guess = chances.argmax(axis=1)
table = confusion(kind_check, guess, KINDS, "30 validation flowers")
unsure = np.argsort(chances.max(axis=1))[:4]
for place in unsure:
    print(chances[place].round(2), "says", KINDS[guess[place]], "- it is", KINDS[kind_check[place]])
assert (
    table.sum() == 30 and np.trace(table) >= 26 and np.allclose(chances.sum(axis=1), 1, atol=1e-5)
)

# %% iris-metric-question [markdown]
# Rows are the truth, columns what is said. Errors, if there are any, lie between the two kinds that the picture
# showed close together; most of what it is unsure of lies there too.
#
# > **If you learned this earlier.** `metrics=[keras.metrics.Accuracy()]` stands in older notes. **Predict** what it
# > reads for these predictions.

# %% iris-metric
for metric in (keras.metrics.Accuracy(), keras.metrics.SparseCategoricalAccuracy()):
    metric.update_state(
        kind_check.reshape(-1, 1), chances[:, :1] if metric.name == "accuracy" else chances
    )
    print(f"{metric.name:28} {float(metric.result()):.3f}")

# %% iris-verdict-text [markdown]
# `Accuracy` asks whether a probability *equals* a label. The string `"accuracy"` picks the right one.
#
# Evaluate once, and save. And a question to go with it: how exact is an accuracy from 30 flowers? If each is right
# with chance p, its spread is √(p (1 - p) / n).

# %% iris-verdict
share = net.evaluate(flowers_test, kind_test, verbose=0, return_dict=True)["accuracy"]
print(
    f"test accuracy {share:.3f}   always the commonest {np.mean(kind_test == commonest(picked_kinds)):.3f}"
)
for n in (30, 300, 3000):
    print(f"{n:5} rows, right on 95 %: spread {np.sqrt(0.95 * 0.05 / n):.3f}")
assert share >= 0.85
_ = comes_back(net, "iris", flowers_test)

# %% iris-prepares [markdown]
# With 30 rows, models that differ by a flower or two don't differ. Where rows are few, take several splits: train and
# score for each seed, and look at the mean and the spread of the scores. (Scikit-learn's `StratifiedKFold` makes
# splits in which each row is a test row once.) A project that is a *function* of the data and a seed makes that easy.
#
# *Prepares:* `species_project`.

# %% digits-intro [markdown]
# ## 4 What a picture shows
#
# Handwritten digits. `mnist` gives MNIST where Keras has it already, and the digits of scikit-learn otherwise; it
# says which. (To fetch the real ones, call `keras.datasets.mnist.load_data()` once.) 1500 of them are enough for us.

# %% digits
album = real_data.mnist()
print(album.says)
chosen, _ = train_test_split(
    np.arange(len(album.x)), train_size=1500, random_state=8, stratify=album.y
)
images, digit = album.x[chosen], album.y[chosen]
HIGH, WIDE = images.shape[1:]
figure, panels = plt.subplots(3, 10, figsize=(11, 3.6), layout="constrained")
for number in range(10):
    for panel, image in zip(panels[:, number], images[digit == number]):
        panel.imshow(image, cmap="gray_r")
        panel.set(xticks=[], yticks=[])
    panels[0, number].set(title=number)
plt.show()
print("shape", images.shape, images.dtype, "  values from", images.min(), "to", images.max())
print("of each digit:", np.bincount(digit))
assert len(images) == 1500

# %% digits-split-text [markdown]
# **Look:** dark strokes, all in the middle and of one size. The values end at some number, and it's good to know
# which.
#
# **Split**, as before. Then **scale**: all pixels have one unit, so one factor is enough; `Rescaling` does it inside
# the model. The factor comes from the training pictures, or from the format of the file (255 for bytes): that is
# knowledge, not measurement.

# %% digits-split
shown, images_test, shown_digits, digit_test = train_test_split(
    images, digit, test_size=0.2, random_state=8, stratify=digit
)
studied, images_check, studied_digits, digit_check = train_test_split(
    shown, shown_digits, test_size=0.25, random_state=8, stratify=shown_digits
)
brightest = float(studied.max())
print(len(studied), len(images_check), len(images_test), "  brightest:", brightest)

# %% uint8-question [markdown]
# **Predict.** The pictures are bytes, `uint8`. What is 3 - 5 there? And the squared difference of a pixel of 0 and
# one of 16?

# %% uint8
dark, light = np.array([3, 0], "uint8"), np.array([5, 16], "uint8")
print("3 - 5 and 0 - 16 in bytes:", dark - light, "  the squares:", (dark - light) ** 2)
print("in floats:", (dark.astype("float32") - light) ** 2)
assert (dark - light)[0] == 254

# %% means-intro [markdown]
# Bytes go round: 3 - 5 is 254, and the square of 16 is 0. (Keras's layers make floats first.) So turn to floats before
# you subtract pictures.
#
# And that one wants to, for a **baseline**. The commonest digit is right on a tenth, which is no rival. A better one
# needs no training either: average all training pictures of a digit. A new picture is called after the **mean
# picture** it is least far from. Here are ten means, and how far one picture is from each of them.

# %% means
typical = [studied[studied_digits == number].astype("float32").mean(axis=0) for number in range(10)]
asked = images_check[0].astype("float32")
far = [float(np.sqrt(np.mean((asked - mean) ** 2))) for mean in typical]
figure, panels = plt.subplots(1, 11, figsize=(12, 1.9), layout="constrained")
for panel, picture, title in zip(panels, [asked, *typical], ["asked", *range(10)]):
    panel.imshow(picture, cmap="gray_r")
    panel.set(title=title, xticks=[], yticks=[])
for panel, distance in zip(panels[1:], far):
    panel.set(xlabel=f"{distance / brightest:.2f}")
plt.show()
print("nearest:", int(np.argmin(far)), "  it is:", digit_check[0])

# %% channel-question [markdown]
# Means are blurred: they keep what all sevens share. On how many pictures would that be right? It is for you to try,
# in the exercise; expect more than you think.
#
# **Model.** A convolution slides a small window over the picture. **Predict.** What does `Conv2D` say to a picture of
# two dimensions?

# %% channel
try:
    keras.layers.Conv2D(8, 3)(studied[:2])
except ValueError as error:
    print(type(error).__name__, "-", " ".join(str(error).split())[:150])
print("with a channel:", keras.layers.Reshape((HIGH, WIDE, 1))(studied[:2]).shape)

# %% two-nets [markdown]
# It wants a last axis for colours, even if there is only one. `Reshape` as a layer adds it **inside** the model, so
# that the model takes pictures as they are.
#
# Two networks, then: one that sees a list of pixels, one with windows. **Predict.** Which has more weights? Which is
# better on validation pictures? The first is trained in view of the monitor.


# %% two-nets-shown
def reader(*middle):
    """Return a compiled network for pictures, with these layers after the scaling."""
    net = keras.Sequential([keras.Input(shape=(HIGH, WIDE)), keras.layers.Rescaling(1 / brightest)])
    for layer in middle:
        net.add(layer)
    net.add(keras.layers.Dense(10, activation="softmax"))
    net.compile(
        optimizer=keras.optimizers.Adam(0.003),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        jit_compile=False,
    )
    return net


keras.utils.set_random_seed(8)
flat = keras.layers.Flatten()
pixels = reader(flat, keras.layers.Dense(48, activation="relu"))
keras.utils.set_random_seed(8)
windows = reader(
    keras.layers.Reshape((HIGH, WIDE, 1)),
    keras.layers.Conv2D(12, 3, activation="relu"),
    keras.layers.MaxPooling2D(max(2, WIDE // 7)),
    keras.layers.Conv2D(16, 2, activation="relu"),
    keras.layers.GlobalMaxPooling2D(),
)
for name, net, helpers in [("pixels", pixels, [TrainingMonitor()]), ("windows", windows, [])]:
    log = net.fit(
        feed(studied, studied_digits, passes=3),
        validation_data=(images_check, digit_check),
        epochs=8,
        shuffle=False,
        verbose=0,
        callbacks=[patient(2), *helpers],
    ).history
    best = int(np.argmin(log["val_loss"]))
    print(f"{name}: {net.count_params()} weights, accuracy {log['accuracy'][best]:.3f}, ", end="")
    print(f"on validation pictures {log['val_accuracy'][best]:.3f}")
    assert log["val_accuracy"][best] > 0.5

assert windows.count_params() < pixels.count_params() / 2

# %% shift-question [markdown]
# The second has a fraction of the weights: each window is used at every place. So does it mind *where* something
# stands? Move every validation picture by an eighth of its width, then by a quarter. Nothing is trained again.
#
# **Predict** what becomes of the two accuracies.

# %% shift
judged = {}
for name, net in [("pixels", pixels), ("windows", windows)]:
    judged[name] = []
    for step in (0, WIDE // 8, WIDE // 4):
        moved = np.zeros_like(images_check)
        moved[:, :, step:] = images_check[:, :, : WIDE - step]
        judged[name].append(np.mean(net.predict(moved, verbose=0).argmax(axis=1) == digit_check))
    print(f"{name:8} moved by 0, an eighth, a quarter:", np.round(judged[name], 3))
assert judged["windows"][2] > judged["pixels"][2]

# %% shift-explained [markdown]
# To a list of pixels, a moved picture is another picture. The windows find their strokes anywhere, and lose what goes
# out at the edge. If your pictures will not be so neatly in the middle as these, a good score on these is a trap: the
# **test set has to be like the data to come**. (`RandomTranslation`, as a first layer, moves training pictures by
# chance, and teaches the first network as well.)
#
# **Diagnose.** Look at what it gets wrong: first which digit for which, then the pictures themselves.

# %% digits-wrong
better = max(
    [pixels, windows], key=lambda net: net.evaluate(images_check, digit_check, verbose=0)[1]
)
chances = better.predict(images_check, verbose=0)
guess = chances.argmax(axis=1)
_ = confusion(digit_check, guess, range(10), "Validation pictures")
missed = np.flatnonzero(guess != digit_check)
missed = missed[np.argsort(-chances[missed].max(axis=1))][:8]
figure, panels = plt.subplots(1, 8, figsize=(11, 2.1), layout="constrained")
for panel in panels:
    panel.axis("off")
for panel, place in zip(panels, missed):
    panel.imshow(images_check[place], cmap="gray_r")
    panel.set(
        title=f"is {digit_check[place]}, said {guess[place]}\n{chances[place].max():.0%} sure"
    )
figure.suptitle("Wrong, the surest first")
plt.show()
right = guess == digit_check
print(f"wrong {np.sum(~right)} of {len(guess)}; ", end="")
print(
    f"mean certainty: right {chances[right].max(axis=1).mean():.2f}, wrong {chances[~right].max(axis=1).mean():.2f}"
)

# %% digits-wrong-explained [markdown]
# Which of them would you have read right? Some errors are the model's, some are the writer's, and now and then one is
# a wrong label. The errors where it was *sure* teach most. On the whole it is less sure where it is wrong: so a
# sorting machine could hand the doubtful ones to a person.
#
# The better network was chosen by validation pictures. Evaluate it, and it alone; save.

# %% digits-verdict
share = better.evaluate(images_test, digit_test, verbose=0, return_dict=True)["accuracy"]
often = np.mean(digit_test == commonest(studied_digits))
print(f"test accuracy {share:.3f}   always the commonest {often:.3f}")
assert share > 0.6 and chances[right].max(axis=1).mean() > chances[~right].max(axis=1).mean()
_ = comes_back(better, "digits", images_test)

# %% digits-prepares [markdown]
# Before you write yours: pictures of any size and any range of pixels, so take both from the training pictures and
# put them into the model; floats before you subtract; a channel if you use windows; the baseline's means from
# training pictures only.
#
# *Prepares:* `image_project`.

# %% desk-intro [markdown]
# ## 5 Where a ticket goes
#
# The help desk of chapter 4, now with data. A ticket has a title, a text and tags; a model is to say **which
# department** it goes to, and **whether it is urgent**. `data.tickets` makes tickets up. Texts are already rows of 0
# and 1: a column for each known word.
#
# At this desk urgent tickets are rare. We take a stack of tickets and put most of the urgent ones aside.

# %% desk
stack = data.tickets(2600, seed=21)
dice = np.random.default_rng(21)
usual_mix = (stack["priority"][:, 0] == 0) | (dice.random(2600) < 0.25)
stack = {name: column[usual_mix] for name, column in stack.items()}
PARTS, ASKED = ["title", "text_body", "tags"], ["priority", "department"]
for name, column in stack.items():
    print(f"{name:11} {column.shape!s:12} {column.dtype}  mean {column.mean():.2f}")
words = np.array(data.WORDS)
for row in (0, 1):
    print(f"ticket {row}:", " ".join(words[stack["title"][row] == 1]), "|", end=" ")
    print(", ".join(np.array(data.TAGS)[stack["tags"][row] == 1]) or "no tags")

# %% desk-look-question [markdown]
# **Look.** How many tickets go to each department, how many are urgent, and which words tell? **Predict.** Which word
# raises the chance of "technical" most?

# %% desk-look
department = stack["department"].argmax(axis=1)
urgent = stack["priority"][:, 0] == 1
print("departments:", dict(zip(data.DEPARTMENTS, np.bincount(department).tolist())))
print(f"urgent: {urgent.mean():.1%}")
for index, name in enumerate(data.DEPARTMENTS):
    here = stack["text_body"][department == index].mean(axis=0)
    elsewhere = stack["text_body"][department != index].mean(axis=0)
    print(f"{name:10} says more often:", ", ".join(words[np.argsort(elsewhere - here)[:4]]))
assert 0.05 < urgent.mean() < 0.25

# %% desk-split-text [markdown]
# **Split.** Five arrays must be cut at the same places now. So split the *places*, and cut each array by them. To
# stratify by both answers at once, make one label of the pair.


# %% desk-split
def cut(places, names):
    """Return these rows of some columns of the stack, as a dictionary."""
    return {name: stack[name][places] for name in names}


pair = department * 2 + urgent
places = np.arange(len(pair))
open_rows, sealed_rows = train_test_split(places, test_size=0.2, random_state=2, stratify=pair)
fit_rows, watch_rows = train_test_split(
    open_rows, test_size=0.25, random_state=2, stratify=pair[open_rows]
)
for name, part in [("training", fit_rows), ("validation", watch_rows), ("test", sealed_rows)]:
    print(f"{name:10} {len(part):4} tickets, urgent {urgent[part].mean():.1%}")
assert abs(urgent[sealed_rows].mean() - urgent[fit_rows].mean()) < 0.01

# %% desk-baseline-question [markdown]
# **Scale:** 0 and 1 need none. **Baseline:** one for each answer: always the commonest. **Predict.** How accurate is
# it for "urgent"? And its **recall**: what share of the urgent tickets does it find?

# %% desk-baseline
main_department = np.bincount(department[fit_rows]).argmax()
print(f"always {data.DEPARTMENTS[main_department]}:", end=" ")
print(f"accuracy {np.mean(department[watch_rows] == main_department):.2f}")
never = np.zeros(len(watch_rows), bool)
print(f"never urgent: accuracy {np.mean(never == urgent[watch_rows]):.2f}", end=", ")
print(f"recall {never[urgent[watch_rows]].mean():.2f}")
assert np.mean(never == urgent[watch_rows]) > 0.75

# %% desk-model-text [markdown]
# Right most of the time, and of no use: somebody waits in vain every time. Where one class is rare, ask for
# **recall** (how many of them are found) and **precision** (how many of the alarms are true), as in chapter 5.
#
# **Model.** Three inputs by name, two outputs by name. Each part gets a layer of its own here, and the results are
# added: one vector that stands for the ticket, and both answers start from it. Two losses by name, and their sum is
# minimized, with `loss_weights` if one matters more.


# %% desk-model
def clerk(losses):
    """Return a compiled model that reads tickets; `losses` goes by the names of the answers."""
    keras.utils.set_random_seed(2)
    parts = {name: keras.Input((stack[name].shape[1],), name=name) for name in PARTS}
    read = [keras.layers.Dense(24)(part) for part in parts.values()]
    ticket = keras.layers.Activation("relu")(keras.layers.Add()(read))
    answers = {
        "priority": keras.layers.Dense(1, activation="sigmoid", name="priority")(ticket),
        "department": keras.layers.Dense(4, activation="softmax", name="department")(ticket),
    }
    net = keras.Model(parts, answers)
    net.compile(
        optimizer=keras.optimizers.Adam(0.005),
        loss=losses,
        metrics={
            "priority": ["accuracy", keras.metrics.Recall(name="recall")],
            "department": ["accuracy"],
        },
        jit_compile=False,
    )
    return net


try:
    wrong_name = clerk({"urgency": "binary_crossentropy", "department": "categorical_crossentropy"})
    wrong_name.fit(cut(fit_rows[:32], PARTS), cut(fit_rows[:32], ASKED), verbose=0)
except (KeyError, ValueError) as error:
    print(type(error).__name__, "-", " ".join(str(error).split())[:240])

# %% desk-train-question [markdown]
# That one gave a loss a name which no output has. With dictionaries everywhere, order can't go wrong, and a wrong
# name is said aloud. (Departments are one-hot here, hence no `sparse_`.)
#
# **Predict** the names in the history.

# %% desk-train
desk = clerk({"priority": "binary_crossentropy", "department": "categorical_crossentropy"})
log = desk.fit(
    feed(cut(fit_rows, PARTS), cut(fit_rows, ASKED), passes=2),
    validation_data=feed(cut(watch_rows, PARTS), cut(watch_rows, ASKED)),
    epochs=8,
    shuffle=False,
    verbose=0,
    callbacks=[patient(2)],
).history
print([name for name in log if not name.startswith("val_")])
figure, panels = plt.subplots(1, 2, figsize=(10, 3.4), layout="constrained")
for panel, name in zip(panels, ASKED):
    plots.loss_curves(
        {"training": log[f"{name}_loss"], "validation": log[f"val_{name}_loss"]}, panel
    )
    panel.set(title=name, ylabel="cross-entropy")
plt.show()

# %% desk-diagnose-text [markdown]
# One early stopping for both: it watches `val_loss`, the sum. If one answer begins to be learned by heart while the
# other still improves, the sum decides.
#
# **Diagnose**, answer by answer. The department first, with the recall of each.

# %% desk-diagnose
said = desk.predict(cut(watch_rows, PARTS), verbose=0)
print({name: answer.shape for name, answer in said.items()})
table = confusion(
    department[watch_rows],
    said["department"].argmax(axis=1),
    data.DEPARTMENTS,
    "Validation tickets",
)
for name, row, index in zip(data.DEPARTMENTS, table, range(4)):
    print(f"{name:10} recall {row[index] / row.sum():.2f}, of {row.sum()} tickets")
assert np.trace(table) / table.sum() > 0.7

# %% desk-threshold-question [markdown]
# Now the urgent ones. **Predict.** The model says a chance; above 0.5 it rings. Is 0.5 a good threshold, when a
# missed urgent ticket costs as much as five false alarms?

# %% desk-threshold
alarm = said["priority"][:, 0]
waiting = urgent[watch_rows]


def bill(bound, chance, true):
    """Return the mean cost of a ticket: 5 for an urgent one that is missed, 1 for a false alarm."""
    rings = chance > bound
    return np.mean(np.where(true, 5.0 * ~rings, 1.0 * rings))


bounds = np.linspace(0.02, 0.98, 49)
costs = [bill(bound, alarm, waiting) for bound in bounds]
cheapest = float(bounds[np.argmin(costs)])
axes = plots.new_axes("What a threshold costs", width=6, height=3.2)
axes.plot(bounds, costs)
axes.axvline(cheapest, color="#444444", linewidth=0.8, linestyle="--", label="the cheapest")
axes.set(xlabel="threshold", ylabel="mean cost of a ticket", ylim=(0, None))
axes.legend()
plt.show()
for bound in (0.5, cheapest):
    rings = alarm > bound
    recall, precision = rings[waiting].mean(), waiting[rings].mean()
    print(
        f"threshold {bound:.2f}: accuracy {np.mean(rings == waiting):.2f}, recall {recall:.2f}, ",
        end="",
    )
    print(f"precision {precision:.2f}, cost {bill(bound, alarm, waiting):.2f}")
assert cheapest < 0.5 and (alarm > cheapest)[waiting].mean() > (alarm > 0.5)[waiting].mean()

# %% desk-explorer-text [markdown]
# A lower threshold: more of the urgent ones are found, for more false alarms. Where the one is dear and the other
# cheap, that pays. In the explorer, which has the same tickets:
#
# 1. What recall can you have at a precision of at least one half?
# 2. Where does the accuracy peak, and is that near the cheapest threshold?

# %% desk-explorer
ThresholdExplorer(alarm, waiting.astype(int))

# %% desk-explorer-answer-text [markdown]
# When you have tried both, run the next cell, which is folded up; a click on it opens it.

# %% desk-explorer-answer jupyter={"source_hidden": true}
ring = [alarm > bound for bound in bounds]
useful = [rings for rings in ring if waiting[rings].mean() >= 0.5]
print(f"1. recall up to {max(rings[waiting].mean() for rings in useful):.2f}")
peak = bounds[np.argmax([np.mean(rings == waiting) for rings in ring])]
print(f"2. the accuracy peaks at a threshold of {peak:.2f}; the cheapest one is {cheapest:.2f}")
assert peak > cheapest

# %% desk-verdict-text [markdown]
# Accuracy counts both errors alike, so it peaks elsewhere. The threshold was **chosen**, by validation tickets; it is
# a part of the model now, though no file of Keras has it. Write it down beside the file.
#
# Evaluate once: both answers, and the bill.

# %% desk-verdict
sealed = desk.predict(cut(sealed_rows, PARTS), verbose=0)
rings, true = sealed["priority"][:, 0] > cheapest, urgent[sealed_rows]
to = np.mean(sealed["department"].argmax(axis=1) == department[sealed_rows])
print(f"department: accuracy {to:.2f}, always {data.DEPARTMENTS[main_department]} ", end="")
print(f"{np.mean(department[sealed_rows] == main_department):.2f}")
print(f"urgent: recall {rings[true].mean():.2f}, precision {true[rings].mean():.2f}, ", end="")
print(
    f"cost {bill(cheapest, sealed['priority'][:, 0], true):.2f}, never ringing {5 * true.mean():.2f}"
)
assert to > 0.7 and bill(cheapest, sealed["priority"][:, 0], true) < 5 * true.mean()
_ = comes_back(desk, "desk", cut(sealed_rows, PARTS))

# %% desk-prepares [markdown]
# The loaded model takes the same dictionary, and gives one. Two other ways of caring for a rare class change the
# training instead: copies of its rows (training rows only, and after the split), or sample weights, chapter 5.
#
# *Prepares:* `ticket_project`.

# %% look-once-intro [markdown]
# ## 6 One look at the test set
#
# How much does it cost to choose by the test set? In chapter 6 it was dice that were chosen. Now real models: 200
# small networks that differ in nothing but their first weights. To train so many at once, the first layer stays as it
# was drawn, and only the last one is fitted, by least squares. The task: houses of the made-up coast, 120 to learn
# from, 40 to test on, 40 to validate on, and 1000 new ones, to know the truth.
#
# **Predict.** The network with the lowest test error of 200: is it the best on new houses? What error will it have
# there?


# %% lottery
def drawn_network(rows, answers, seed, width=40):
    """Return a function that predicts: a random layer, and a last one fitted by least squares."""
    dice = np.random.default_rng(seed)
    inner, bias = dice.normal(size=(rows.shape[1], width)), dice.normal(size=width)

    def features(some):
        return np.hstack([np.tanh(some @ inner / 2 + bias), np.ones((len(some), 1))])

    hidden = features(rows)
    squares = hidden.T @ hidden + np.eye(width + 1)
    last = np.linalg.solve(squares, hidden.T @ answers)
    return lambda some: features(some) @ last


def lottery(seed, count=200):
    """Return the errors (count, 3) of so many networks: on validation, test and new houses."""
    rows, prices = data.houses(1200, seed=seed)
    rows = (rows - rows[:120].mean(axis=0)) / rows[:120].std(axis=0)
    parts = [slice(120, 160), slice(160, 200), slice(200, None)]
    networks = [drawn_network(rows[:120], prices[:120], start) for start in range(count)]
    return np.array([[off(net(rows[part]), prices[part]) for part in parts] for net in networks])


errors = lottery(seed=1)
lucky = errors[:, 1].argmin()
axes = plots.new_axes("200 networks, 40 test houses", width=5.6, height=4.2)
axes.scatter(errors[:, 1], errors[:, 2], s=14, alpha=0.6)
axes.plot(*errors[lucky, 1:], "*", markersize=15, color=plots.COLOURS[1], label="lowest test error")
ends = [errors[:, 1:].min(), errors[:, 1:].max()]
axes.plot(ends, ends, "--", color="#444444", linewidth=1, label="test error = new error")
axes.set(xlabel="error on the test houses", ylabel="error on new houses")
axes.legend()
plt.show()
print(f"the lucky one: test {errors[lucky, 1]:.3f}, new houses {errors[lucky, 2]:.3f}")
print(f"all together:  test {errors[:, 1].mean():.3f}, new houses {errors[:, 2].mean():.3f}")
place = int((errors[:, 2] < errors[lucky, 2]).sum()) + 1
print(f"on new houses the lucky one has place {place} of 200")
assert errors[lucky, 1] < errors[lucky, 2] < errors[:, 2].mean()

# %% lottery-repeated-text [markdown]
# It is one of the better ones, and still not as good as it was on the test houses: a part of its low error was luck.
# One draw of houses can be kind or unkind, so do it 15 times, and choose in two ways: by the test error; or by the
# validation error, with a look at the test error of the chosen one. **Predict.** Which way gives the better networks?
# And which gives the more honest score?

# %% lottery-repeated
found = {"chosen by test": [], "chosen by validation": []}
for seed in range(2, 17):
    errors = lottery(seed, count=100)
    for name, column in [("chosen by test", 1), ("chosen by validation", 0)]:
        found[name].append(errors[errors[:, column].argmin(), 1:])
gaps = {}
for name, pairs in found.items():
    reported, in_truth = np.mean(pairs, axis=0)
    gaps[name] = in_truth / reported - 1
    print(
        f"{name:21} reported {reported:.3f}, on new houses {in_truth:.3f}, worse by {gaps[name]:+.0%}"
    )
assert abs(np.mean(found["chosen by test"], axis=0)[1] / in_truth - 1) < 0.05
assert (
    gaps["chosen by test"] > 0.08 and abs(gaps["chosen by validation"]) < gaps["chosen by test"] / 2
)

# %% lottery-explained [markdown]
# Both ways find networks that are about as good. The difference is in what is *reported*. Chosen by the test set, the
# error is too small, because it is the luckiest of many; chosen by the validation set, the test error is one honest
# measurement, too large as often as too small. What each set is for:
#
# | set | may decide | its score is |
# |---|---|---|
# | training | weights, means and spreads, mean pictures, the commonest kind | much too good |
# | validation | epochs, settings, thresholds, which model | a little too good, more so the more it decides |
# | test | nothing | honest, once |
# | new data | nothing | the truth |
#
# An honest score still trembles. By how much, the test rows themselves can say: draw as many of them **with
# repetition**, again and again, and watch the score. It's called the bootstrap. Here for the houses of section 2.

# %% bootstrap
missed = np.abs(final.predict(rows_test, verbose=0) - prices_test).ravel()
dice = np.random.default_rng(6)
again = [missed[dice.integers(len(missed), size=len(missed))].mean() for _ in range(2000)]
low, high = np.quantile(again, [0.025, 0.975])
axes = plots.new_axes("The error of section 2, if other houses had been drawn", width=6, height=3)
axes.hist(again, bins=40)
axes.axvline(missed.mean(), color="#444444", linestyle="--", label="as reported")
axes.set(xlabel="mean absolute error (100,000 dollars)", ylabel="times, of 2000")
axes.legend()
plt.show()
print(f"{missed.mean():.3f}; 95 of 100 lie between {low:.3f} and {high:.3f}")
assert low < missed.mean() < high and np.isclose(missed.mean(), price_error, rtol=1e-3)

# %% bootstrap-explained [markdown]
# That isn't a second look: no other model, nothing changed, the same rows and the same errors. Report it with the
# score.
#
# **Predict.** Which of these five spoil the test set? Someone
#
# 1. draws the test rows, and looks at their targets, to see whether all kinds are there;
# 2. gives them to `fit` as `validation_data`, without early stopping, just for the curve;
# 3. evaluates, is disappointed, doubles the width and evaluates again;
# 4. evaluates, and then finds that the prices of one county are in another currency;
# 5. computes the error for each county, after the report.
#
# When you have decided, run the next cell, which is folded up; a click on it opens it.

# %% bootstrap-answers jupyter={"source_hidden": true}
for line in [
    "1 no, if only the split is repaired by it (better: stratify, and don't look)",
    "2 yes, a little: you have seen which epoch is best, and will remember",
    "3 yes: the width was chosen by the test set",
    "4 no, but then repair the data in all sets, and say in the report that you looked twice",
    "5 no, as long as nothing is changed by it afterwards",
]:
    print(line)

# %% quiz-prepares [markdown]
# If a test set is spoiled, say so, or draw new data. It is no disgrace; a wonderful score that nobody can repeat is.
#
# *Prepares:* `projects_quiz`.

# %% bay-intro [markdown]
# ## 7 A project of your own
#
# The last one uses everything, and four parts of our own: a layer, a loss, a metric, a callback. The data are points
# in the plane, so the result can be *seen*. A boat in a bay notes which of three currents it meets; they wind round
# each other.


# %% bay
CURRENTS = ["cold", "salty", "fresh"]


def bay(counts, seed):
    """Return points (n, 2) in km, and which current was met there, (n,)."""
    dice = np.random.default_rng(seed)
    current = np.repeat(np.arange(3), counts)
    way = dice.uniform(0.15, 1, len(current))
    angle = 4.2 * way + current * 2 * np.pi / 3 + dice.normal(0, 0.26, len(current))
    points = 3 * way[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return points.astype("float32"), current


points, current = bay([260, 260, 90], seed=31)
at_sea, points_test, sea_currents, current_test = train_test_split(
    points, current, test_size=0.2, random_state=31, stratify=current
)
met, points_check, met_currents, current_check = train_test_split(
    at_sea, sea_currents, test_size=0.25, random_state=31, stratify=sea_currents
)
axes = plots.scatter_classes(met, met_currents, names=CURRENTS, title="Training points in the bay")
axes.set(xlabel="east (km)", ylabel="north (km)")
plt.show()
print("training points of each current:", np.bincount(met_currents))

# %% bay-layer-text [markdown]
# **Look:** curved bands; the fresh current is rare. Both columns have one unit and lie round 0, so scaling would
# change little. **Baseline:** the commonest.
#
# **The layer** gives sines of learned directions: good for things that wind. As in chapter 4, weights come from
# `add_weight` in `build`, settings go into `get_config`, and the decorator registers the class, so that a saved model
# can find it.


# %% bay-layer
@keras.saving.register_keras_serializable("bay")
class Waves(keras.layers.Layer):
    """Sines of learned directions: sin(x W + b)."""

    def __init__(self, count, **kwargs):
        super().__init__(**kwargs)
        self.count = count

    def build(self, shape):
        self.directions = self.add_weight(shape=(shape[-1], self.count), name="directions")
        self.phases = self.add_weight(
            shape=(self.count,), initializer="random_normal", name="phases"
        )

    def call(self, inputs):
        return keras.ops.sin(keras.ops.matmul(inputs, self.directions) + self.phases)

    def get_config(self):
        return {**super().get_config(), "count": self.count}


ripples = Waves(3)
print(ripples(met[:2]).numpy().round(2), "from", ripples.get_config()["count"], "waves")

# %% bay-loss-question [markdown]
# **The loss** is *Brier's*: the squared distance between the probabilities and the one-hot truth. It is at most 2, so
# a single wrong label never costs very much. **The metric** is the recall of the current that is found worst: a model
# which forgets the rare one reads 0.
#
# **Predict.** Labels are whole numbers, int64. As what do they arrive in the `call` of a loss?


# %% bay-labels
class Curious(keras.losses.Loss):
    def call(self, y_true, y_pred):
        print("labels arrive as", y_true.dtype.name, "of the shape", tuple(y_true.shape))
        return keras.ops.zeros(y_pred.shape[:1])


some_chances = np.full((5, 3), 1 / 3, "float32")
_ = Curious()(met_currents[:5], some_chances)
try:
    keras.ops.take(keras.ops.convert_to_tensor(some_chances[0]), tf.constant([0.0, 2.0]))
    print("a float as a place: taken")
except Exception as error:
    print(type(error).__name__, "-", " ".join(str(error).split())[:110])

# %% bay-loss-text [markdown]
# As **floats**: a `Loss` turns everything into its own dtype. So make whole numbers of them again. And in `fit` the
# shape may be (n,) or (n, 1), depending on how the data come; so make it (n,).


# %% bay-loss
@keras.saving.register_keras_serializable("bay")
class Brier(keras.losses.Loss):
    """Squared distance between probabilities and the one-hot truth, one for each sample."""

    def call(self, y_true, y_pred):
        labels = keras.ops.reshape(keras.ops.cast(y_true, "int32"), (-1,))
        truth = keras.ops.one_hot(labels, y_pred.shape[-1])
        return keras.ops.sum(keras.ops.square(y_pred - truth), axis=-1)


@keras.saving.register_keras_serializable("bay")
class WeakestRecall(keras.metrics.Metric):
    """The recall of the kind that is found least often."""

    def __init__(self, kinds, **kwargs):
        super().__init__(**kwargs)
        self.kinds = kinds
        self.found = self.add_weight(shape=(kinds,), initializer="zeros", name="found")
        self.there = self.add_weight(shape=(kinds,), initializer="zeros", name="there")

    def update_state(self, y_true, y_pred, sample_weight=None):
        labels = keras.ops.reshape(keras.ops.cast(y_true, "int32"), (-1,))
        truth = keras.ops.one_hot(labels, self.kinds)
        if sample_weight is not None:
            truth = truth * keras.ops.reshape(sample_weight, (-1, 1))
        said = keras.ops.one_hot(keras.ops.argmax(y_pred, axis=-1), self.kinds)
        self.there.assign_add(keras.ops.sum(truth, axis=0))
        self.found.assign_add(keras.ops.sum(truth * said, axis=0))

    def result(self):
        return keras.ops.min(self.found / keras.ops.maximum(self.there, 1))

    def get_config(self):
        return {**super().get_config(), "kinds": self.kinds}


made_up = np.array([[0.9, 0.1, 0.0], [0.8, 0.2, 0.0], [0.3, 0.3, 0.4]], "float32")
price = Brier(reduction="none")(np.array([0, 1, 2]), made_up).numpy()
weakest = WeakestRecall(3)
weakest.update_state(np.array([0, 1, 2]), made_up)
print("Brier:", price.round(2), "  weakest recall:", float(weakest.result()))
assert np.allclose(price, [0.02, 1.28, 0.54]) and float(weakest.result()) == 0

# %% bay-callback-text [markdown]
# Both were tried on three samples, before anything is trained.
#
# **The callback** keeps the weights of some epochs, to draw the border later. It begins its list in `on_train_begin`,
# so that it can be used twice.


# %% bay-train
class Album(keras.callbacks.Callback):
    """Keep the weights after the epochs asked for."""

    def __init__(self, epochs):
        super().__init__()
        self.asked = epochs

    def on_train_begin(self, logs=None):
        self.kept = {}

    def on_epoch_end(self, epoch, logs=None):
        if epoch in self.asked:
            self.kept[epoch] = self.model.get_weights()


keras.utils.set_random_seed(31)
chart = keras.Sequential([keras.Input(shape=(2,)), Waves(24)])
chart.add(keras.layers.Dense(24, activation="relu"))
chart.add(keras.layers.Dense(3, activation="softmax"))
chart.compile(
    optimizer=keras.optimizers.Adam(0.01),
    loss=Brier(),
    metrics=["accuracy", WeakestRecall(3, name="weakest")],
    jit_compile=False,
)
album_of_borders = Album([0, 2, 11])
log = chart.fit(
    feed(met, met_currents, passes=2),
    validation_data=feed(points_check, current_check),
    epochs=12,
    shuffle=False,
    verbose=0,
    callbacks=[album_of_borders],
).history
for epoch in (0, 2, 11):
    shown = {name: round(log[f"val_{name}"][epoch], 2) for name in ("loss", "accuracy", "weakest")}
    print(f"epoch {epoch:2}, validation: {shown}")
assert log["val_accuracy"][-1] > 0.85 and log["val_weakest"][-1] > 0.6
assert log["val_accuracy"][0] > log["val_weakest"][0]

# %% bay-borders-question [markdown]
# Accuracy looks well before the weakest recall does: the rare current comes last. **Predict** the borders after the
# first, the third and the twelfth epoch.

# %% bay-borders
trained = chart.get_weights()
figure, panels = plt.subplots(1, 3, figsize=(12, 4.4), layout="constrained")
for panel, (epoch, weights) in zip(panels, album_of_borders.kept.items()):
    chart.set_weights(weights)
    plots.scatter_classes(points_check, current_check, panel, CURRENTS, f"after epoch {epoch}")
    plots.decision_regions(chart.predict_on_batch, panel)
    panel.set(xlabel="east (km)", ylabel="north (km)")
plt.show()
chart.set_weights(trained)
print("epochs kept:", list(album_of_borders.kept))

# %% bay-saved-question [markdown]
# Then the weights of the last epoch are put back. Evaluate once, and save.
#
# **Predict.** Does the loaded model still know its own loss and metric? And can somebody load it who has not
# registered the layer?

# %% bay-saved
verdict = chart.evaluate(points_test, current_test, verbose=0, return_dict=True)
share = np.mean(current_test == commonest(met_currents))
print(
    {name: round(value, 2) for name, value in verdict.items()},
    f" always the commonest: {share:.2f}",
)
back = comes_back(chart, "bay", points_test)
print("loss:", type(back.loss).__name__, "  the same scores:", end=" ")
print(back.evaluate(points_test, current_test, verbose=0, return_dict=True) == verdict)
assert verdict["accuracy"] > share + 0.3


class Doubled(keras.layers.Layer):
    def call(self, inputs):
        return 2 * inputs


stranger = keras.Sequential([keras.Input(shape=(2,)), Doubled()])
stranger.save(BARN / "stranger.keras")
try:
    keras.models.load_model(BARN / "stranger.keras")
except TypeError as error:
    text = " ".join(str(error).split())
    print(type(error).__name__, "- …", text[text.find("Could not locate") :][:180], "…")
known = keras.models.load_model(BARN / "stranger.keras", custom_objects={"Doubled": Doubled})
print("with custom_objects:", known.predict(met[:1], verbose=0), "is twice", met[:1])

# %% bay-saved-explained [markdown]
# The file has the *names* of the classes and their settings, not their code. So whoever loads it needs the code as
# well: imported and registered, or given as `custom_objects`. Keep both together.
#
# > **If you learned this earlier.** Older notes save such models to `.h5`, or as a folder, and with `pickle`. Use
# > `.keras`; and load files from strangers only with safe mode left on, as it is by default.
#
# When parts are plugged in that others wrote, try each on three samples first, as above: does the layer keep the
# number of rows, does the loss give one number a sample or a single one, does the metric begin again after
# `reset_state`, does the callback live through two runs?
#
# Parts of your own also go into the **playground**, which trains them before your eyes: here all four from above, on
# the training points. Its square reaches from −6 to 6, so a unit is half a kilometre. **Predict:** with sixteen waves
# in place of sixteen ReLU units, will the borders be straight lines, corners or curves?

# %% bay-playground
from tfcourse_utils.playground import NetworkState, State, TrainingState
from tfcourse_utils.widgets import Playground

playground = Playground(
    State(network=NetworkState(hidden=(16,)), training=TrainingState("Adam", learning_rate=0.01)),
    data=(2 * met, met_currents),
    layer=Waves,
    loss=Brier(),
    metric=WeakestRecall(3, name="weakest"),
    callback=Album([0, 2, 11]),
)
playground

# %% bay-playground-explained [markdown]
# Curves, and curves that come again: a sine knows no end, so the bands go on where no boat has been.
#
# **Yours to try.** Draw points in the playground, which gives them back as arrays in `playground.data`, or change
# `bay`: more turns, four currents, more noise. Go through the ten steps, and write down your prediction before each.
#
# *Prepares:* `capstone`.

# %% summary [markdown]
# ## On one page
#
# | step | in short | remember |
# |---|---|---|
# | look | shapes, units, ranges, what is missing | 999 is no temperature |
# | split | places, once, by a seed | by class, by group, or by time where that matters |
# | scale | `Normalization`, `Rescaling`, inside the model | adapted to training rows |
# | baseline | mean, commonest kind, mean picture, straight line | on the same rows as the score |
# | model | small first; raw in, the target's unit out | `Rescaling` as the last layer |
# | train | early stopping by validation rows | a data set with several passes for few rows |
# | diagnose | curves, residuals, confusion, the surest errors | on validation rows |
# | tune | few hyperparameters, a budget, a seed | best values, then build again |
# | evaluate | the test rows, once, one model | with the baseline, and how much it trembles |
# | save | `.keras`, load, compare | thresholds and code go with it |
#
# | task | output and loss | baseline | diagnosis |
# |---|---|---|---|
# | a number | one unit, none; MAE, MSE | mean (or middle value) | residuals |
# | one of several kinds | softmax; sparse cross-entropy | commonest | confusion |
# | a rare yes | sigmoid; binary cross-entropy | never | recall, precision, what a threshold costs |
# | a picture | as its kinds | nearest mean picture | the pictures it gets wrong |
# | several answers | a dictionary of outputs and losses | one for each | one for each |
#
# **When a score is too good**
#
# - Was anything computed on all rows: mean, spread, columns chosen, mean pictures?
# - Did test rows stop the training, choose the epoch, the threshold, the seed?
# - Is a row, its copy, or another row of the same person in two sets?
# - Is one column the answer in disguise, known only afterwards?
# - Then scramble the inputs of the test rows, do it all again: is the model the same?
#
# **When it is too bad**
#
# - Worse than the mean: are shapes (n, 1), are inputs scaled, is the output in the unit of the target?
# - As good as the commonest kind: is the loss one for these labels, do they begin at 0?
# - Fine here and bad there: were the rows sorted, is the test set like the data to come?
# - Different each time: which seed is missing?
#
# **Next:** the exercises of this chapter. `mend_project` is a repair, `species_project` writes again what you have
# seen; `regression_project`, `image_project`, `ticket_project` and `capstone` take it one step further;
# `projects_quiz` asks what a score is worth.
