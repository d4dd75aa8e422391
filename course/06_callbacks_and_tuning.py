# %% title [markdown]
# # 6 · Training: callbacks and tuning
#
# Until now `fit` was one line that took a while. In this lesson you look inside, and take part: you read what it
# remembers, slow it down, stop it, save from it, write your own helpers for it and at last your own loop. Then a
# machine chooses the settings for you, within a budget. Through all of it runs one question: **which data may decide
# what?** Most results that turn out too good to be true got that wrong.
#
# Run the cells from top to bottom with Shift+Enter. Where it says **Predict**, decide on an answer before you run the
# next cell: a wrong guess, noticed, is worth more than a right answer, read. The lesson takes about an hour and a
# half.

# %% setup
import json
import math
import tempfile
import time
import warnings
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from threadpoolctl import threadpool_limits

from tfcourse_utils import plots, quiet_start
from tfcourse_utils.board import show_tensorboard

with quiet_start():  # TensorFlow has much to say about the hardware when it is imported
    import keras
    import keras_tuner
    import tensorflow as tf

from tfcourse_utils.widgets import ScheduleExplorer, TrainingMonitor, TrialBrowser

tf.get_logger().setLevel("ERROR")  # no notes on files written and functions traced again
plt.rcParams["axes.prop_cycle"] = plt.cycler(color=plots.COLOURS)  # for every colour vision
SHELF = tempfile.TemporaryDirectory()  # all files of this lesson; gone when the kernel ends
SHED = Path(SHELF.name).resolve()
print("TensorFlow", tf.__version__, "with Keras", keras.__version__, "ready:", tf.ones(3).numpy())

# %% pears-intro [markdown]
# ## 1 What fit does
#
# A packing shed sorts pears. A machine measures each one in six ways, and a network is to say which of four varieties
# it is. People sorted the pears of the past; now and then, tired, they put one on the wrong pile.


# %% pears
VARIETIES = ["Abate", "Bosc", "Comice", "Williams"]
USUAL = np.array([180, 65, 90, 60, 7, 13], "float32")  # g, mm, mm, degrees of hue, kg, % sugar
SPREAD = np.array([40, 8, 12, 15, 1.5, 2], "float32")


def orchard(count, seed):
    """Return six measurements of so many pears, (count, 6), and their varieties, (count,)."""
    trees = np.random.default_rng(12).normal(scale=1.5, size=(12, 6))  # three for each variety
    dice = np.random.default_rng(seed)
    tree = dice.integers(12, size=count)
    misplaced = dice.random(count) < 0.08
    piles = np.where(misplaced, dice.integers(4, size=count), tree % 4)
    units = trees[tree] + dice.normal(size=(count, 6))
    return (units * SPREAD + USUAL).astype("float32"), piles


raw, piles = orchard(600, seed=1)
raw_check, piles_check = orchard(400, seed=2)
print("measured", raw.shape, "  piles", piles.shape, np.bincount(piles).tolist())
print("the first pear:", raw[0].round(1), VARIETIES[piles[0]])

# %% scaled-intro [markdown]
# The measurements have unlike units. The shed has an old table of what is usual and how far pears differ, and we
# measure in that: 0 is usual, 1 is one spread above. Section 4 is about data for which there is no such table.
#
# A function makes the network, always from the same first weights. `jit_compile=False` tells Keras not to translate
# the model further than needed: for models as small as ours that would take longer than the training. `CHECK` holds
# other pears, to be looked at while we train, all of them in one batch.


# %% sorter
pears = (raw - USUAL) / SPREAD
pears_check = (raw_check - USUAL) / SPREAD
TASK = {"loss": "sparse_categorical_crossentropy", "metrics": ["accuracy"], "jit_compile": False}


def sorter(*widths, optimizer="adam", bend="relu"):
    """Return a compiled network with hidden layers of these widths."""
    keras.utils.set_random_seed(6)
    net = keras.Sequential([keras.Input(shape=(6,))])
    for width in widths:
        net.add(keras.layers.Dense(width, activation=bend))
    net.add(keras.layers.Dense(len(VARIETIES), activation="softmax"))
    net.compile(optimizer=optimizer, **TASK)
    return net


CHECK = {"validation_data": (pears_check, piles_check), "validation_batch_size": 400}
net = sorter(16)
net.summary()

# %% fit-steps [markdown]
# Four methods of a model, in the order of their use:
#
# | method | does | changes the weights |
# |---|---|---|
# | `compile` | notes the optimizer, the loss, the metrics | no |
# | `fit` | trains | yes |
# | `evaluate` | loss and metrics on given data | no |
# | `predict` | outputs for given inputs, in batches | no |
#
# And this is `fit`, in words:
#
# 1. For each **epoch**: shuffle the rows, and cut them into batches. The last batch may be smaller.
# 2. For each **batch**, one step: compute the outputs with `training=True`; the loss, and any penalties; the
#    gradient of it for every weight; let the **optimizer** change the weights; update the metrics.
# 3. After the last batch, if there is validation data: `evaluate` on it, with `training=False`.
# 4. Write the numbers of the epoch into the history. Before and after each of these, call the **callbacks**.
#
# Is that all? Make one step of it with a tape, and compare.

# %% one-step
by_fit = sorter(16, optimizer=keras.optimizers.SGD(learning_rate=0.5))
by_hand = sorter(16, optimizer=keras.optimizers.SGD(learning_rate=0.5))
by_fit.fit(pears, piles, batch_size=len(pears), epochs=1, verbose=0)

with tf.GradientTape() as watcher:
    cost = keras.losses.SparseCategoricalCrossentropy()(piles, by_hand(pears, training=True))
slopes = watcher.gradient(cost, by_hand.trainable_variables)
by_hand.optimizer.apply(slopes, by_hand.trainable_variables)

distance = max(np.abs(a - b).max() for a, b in zip(by_fit.get_weights(), by_hand.get_weights()))
print(f"largest difference between the weights: {distance:.1e}")
assert distance < 1e-5

# %% count-steps-question [markdown]
# That is all. Now count. **Predict.** 600 pears, batches of 64, 5 epochs: how many steps does the optimizer make? And
# when `fit` is called a second time with the same arguments, does it start again?

# %% count-steps
net = sorter(16, optimizer=keras.optimizers.Adam(learning_rate=0.01))
before = net.evaluate(pears, piles, batch_size=600, verbose=0, return_dict=True)["loss"]
for call in ("first", "second"):
    past = net.fit(pears, piles, batch_size=64, epochs=5, verbose=0).history["loss"]
    steps = int(net.optimizer.iterations.numpy())
    print(f"{call} call: loss from {past[0]:.3f} to {past[-1]:.3f}, steps so far {steps}")
print(f"loss before all of it: {before:.3f}")
assert steps == 2 * 5 * math.ceil(600 / 64) == 100 and past[0] < 0.9

# %% count-steps-explained [markdown]
# Ten batches an epoch, the last of 24 pears; 50 steps a call. And `fit` **goes on**: weights, and what the optimizer
# remembers, stay. It's good for training a little longer. It's a trap when you run a notebook cell twice and believe
# in a fresh start; make a new model for that.
#
# How much it says while it works is `verbose`. 1 is a bar that is drawn again and again, nice on a screen; in a file,
# or in a notebook that is kept, it leaves rubbish. 2 is one line for each epoch, 0 is silence. `"auto"`, the default,
# is the bar.

# %% verbose-two
_ = net.fit(pears, piles, validation_data=(pears_check, piles_check), epochs=2, verbose=2)

# %% fit-errors-question [markdown]
# In each line: the step of the epoch, the time, then loss and metrics; those with `val_` are of the validation data.
#
# **Predict.** Three calls that can't work. Which of them does Keras explain well?

# %% fit-errors
loose = keras.Sequential([keras.Input(shape=(6,)), keras.layers.Dense(4, activation="softmax")])
for name, attempt in [
    ("never compiled", lambda: loose.fit(pears, piles)),
    ("one pile too few", lambda: net.fit(pears, piles[1:])),
    ("piles as a list", lambda: net.fit(pears, piles.tolist())),
]:
    try:
        attempt()
    except ValueError as error:
        text = " ".join(str(error).split())
        print(f"{name}: {text if len(text) < 160 else text[:62] + ' … ' + text[-68:]}\n")

# %% fit-box [markdown]
# The first two say it. The third prints all the pears and blames x, an array as it should be; the fault is the list of
# piles beside it. `fit` takes arrays, tensors and data sets, and no Python lists.
#
# > **If you learned this earlier.** `fit_generator`, and `fit(workers=…)`, are gone: `fit` takes a `tf.data.Dataset`,
# > a generator or a `PyDataset` as well as arrays, and workers are settled there. `predict_classes` is gone too; take
# > the argmax.

# %% fit-box-shown
try:
    net.fit(pears, piles, workers=2)
except TypeError as error:
    print(type(error).__name__, "-", error)
print("fit_generator there?", hasattr(net, "fit_generator"))

# %% monitor-intro [markdown]
# Numbers in lines are hard to read while they come. The monitor below is a callback, a helper that `fit` calls; it
# draws loss and metrics as they arrive, batch by batch.
#
# 1. Why does the line of the batches calm down within an epoch?
# 2. These eight epochs are soon over. Write `epochs=80`, run the cell again and press the stop button: when does
#    `fit` end, and does the model keep what it learned? (Then run it once more with `epochs=8`.)

# %% monitor
watched = sorter(16, optimizer=keras.optimizers.Adam(learning_rate=0.01))
first_part = watched.fit(
    pears,
    piles,
    **CHECK,
    epochs=8,
    verbose=0,
    callbacks=[TrainingMonitor()],
)

# %% monitor-explained [markdown]
# 1. What `fit` reports after a batch is the **mean of the epoch so far**, not the loss of that batch. The first batch
#    of an epoch stands alone, so it jumps; the last ones hardly move the mean. Section 9 comes back to this. (And it
#    jumps to the same side each time: after `set_random_seed`, `fit` brings arrays in the same shuffled order in every
#    epoch. Without a seed, each epoch has an order of its own.)
# 2. After the batch that is on its way, and the validation. Weights and history are those of that moment; nothing is
#    lost or rolled back.
#
# *Prepares:* the exercises of section 2.

# %% history-intro [markdown]
# ## 2 Reading a history
#
# `fit` returns a `History`. Its `history` is a plain dictionary: a list with one number for each epoch, under each
# name.

# %% history
print(type(first_part).__name__, "with", sorted(first_part.history))
print("epochs", first_part.epoch, "  settings", first_part.params)
for name, values in first_part.history.items():
    print(f"{name:13}", " ".join(f"{value:.3f}" for value in values[::2]))
print("one of the numbers is a", type(first_part.history["loss"][0]).__name__)

# %% history-names [markdown]
# The names make pairs: `accuracy` on the training data, `val_accuracy` on the validation data. Without validation
# data, the second half of each pair is missing. Callbacks may add names without a partner, as `learning_rate`.
#
# **Predict.** Which of these names does the history have: `acc`, `val_acc`, `val_accuracy`?

# %% history-keys
for name in ("acc", "val_acc", "val_accuracy"):
    try:
        print(name, "ends at", round(first_part.history[name][-1], 3))
    except KeyError as error:
        print("KeyError -", error)

# %% history-keys-box [markdown]
# > **If you learned this earlier.** `"acc"` and `"val_acc"` are names of old. A metric is logged under the name by
# > which you gave it to `compile`, or under its `name=`. So don't guess names; go through the dictionary.
#
# Training can go on, and each call returns a history of its own. `initial_epoch` keeps the count going.
# **Predict.** `initial_epoch=8, epochs=12`: how many epochs is that?

# %% history-joined
second_part = watched.fit(
    pears,
    piles,
    **CHECK,
    initial_epoch=len(first_part.epoch),
    epochs=len(first_part.epoch) + 4,
    verbose=0,
)
whole = {name: first_part.history[name] + second_part.history[name] for name in first_part.history}
print("second part:", second_part.epoch, "  joined:", len(whole["loss"]), "epochs")
print("as JSON:", json.dumps(whole)[:60], "…")
assert second_part.epoch[0] == len(first_part.epoch) and len(second_part.epoch) == 4

# %% history-drawn-intro [markdown]
# Four: `epochs` is the number at which to **stop**, not how many more. Lists join with `+`, and since all of it are
# plain numbers, JSON keeps them.
#
# Now the picture. Both curves of a pair belong into one panel; that is how a gap is seen.

# %% history-drawn
axes = plots.loss_curves({"training": whole["loss"], "validation": whole["val_loss"]})
lowest = int(np.argmin(whole["val_loss"]))
axes.axvline(lowest, color="#444444", linewidth=0.8)
axes.set(title=f"{len(whole['loss'])} epochs of pears", ylabel="cross-entropy")
plt.show()
highest = int(np.argmax(whole["val_accuracy"]))
print(f"lowest validation loss in epoch {lowest}, highest validation accuracy in epoch {highest}")
print("epochs are counted from 0 here, and from 1 where fit prints them")

# %% history-prepares [markdown]
# Three things to keep in mind while reading, two of them from chapter 5:
#
# - The training numbers were gathered **during** the epoch, the validation numbers after it. In the first epochs a
#   validation curve may well be the better one.
# - `loss` has the penalties in it, the other metrics have not.
# - The best epoch by loss and the best by accuracy need not be the same, though here they are. Decide before you look
#   which of them counts.
#
# *Prepares:* `plot_learning_curves`.

# %% choose-intro [markdown]
# ## 3 A set to choose by
#
# You train on one set of data, and look at another. Whenever that other set **decides** anything (how long to train,
# how many units, which of ten models), it is used up a little. An experiment shows how much. A hundred people guess
# the variety of 60 pears, by dice. The best of them wins a prize, and is asked again.
#
# **Predict.** Dice are right in a quarter of cases. How often was the winner right? And how often is he when he is
# asked again?

# %% best-of-dice
dice = np.random.default_rng(3)
contest, again = orchard(60, seed=30)[1], orchard(5000, seed=31)[1]
shares = (dice.integers(4, size=(100, 60)) == contest).mean(axis=1)
asked_again = np.mean(dice.integers(4, size=5000) == again)
print(
    f"mean of all {shares.mean():.2f}   the winner {shares.max():.2f}   the winner, again {asked_again:.2f}"
)

many = np.random.default_rng(4).integers(4, size=(200, 1000, 60)) == contest
best_so_far = np.maximum.accumulate(many.mean(axis=2), axis=1).mean(axis=0)
axes = plots.new_axes("The best of many, all of them dice", width=6.5, height=3.4)
axes.plot(range(1, 1001), best_so_far)
axes.axhline(0.25, color="#444444", linewidth=0.8, linestyle="--", label="what they can do")
axes.set(xscale="log", xlabel="how many were tried", ylabel="accuracy of the best", ylim=(0.2, 0.5))
axes.grid(alpha=0.3)
axes.legend()
plt.show()
assert shares.max() > 0.36 and abs(asked_again - 0.25) < 0.03 and best_so_far[99] > 0.36

# %% choose-rule [markdown]
# Nobody cheated. The largest of many noisy numbers is large because of its noise. So the number by which you chose is
# too good, and it gets better the more you try. Hence **three** sets:
#
# | set | decides | looked at |
# |---|---|---|
# | **training** | the weights | in every step |
# | **validation** | everything else: epochs, widths, rates, which model | as often as you like |
# | **test** | nothing | once, at the end |
#
# If you look at the test set, change something, and look again, it has become a second validation set, and you have
# no test set any more. Early stopping *decides*, too; so its data are validation data.
#
# How to split? `fit` has an argument for it, `validation_split=0.25`. **Predict.** The pears come sorted, one pile
# after the other. What validation accuracy will be logged?

# %% split-sorted
in_order = np.argsort(piles, kind="stable")
careless = sorter(16)
log = careless.fit(
    pears[in_order], piles[in_order], validation_split=0.25, epochs=3, verbose=0
).history
tail = piles[in_order][-150:]
print(
    "validation accuracy:",
    np.round(log["val_accuracy"], 3),
    "  accuracy:",
    np.round(log["accuracy"], 3),
)
print("piles in the last quarter:", {VARIETIES[k]: int(np.sum(tail == k)) for k in range(4)})
assert max(log["val_accuracy"]) < 0.1

# %% split-sorted-explained [markdown]
# `validation_split` takes the **last** rows, as they lie, before it shuffles. Here they are all Williams, of which the
# training rows have hardly any. So shuffle first.
#
# **Predict.** What is wrong with shuffling like this?

# %% split-pairs
toy, names = np.arange(10, 18), np.array(list("abcdefgh"))
apart = np.random.default_rng(0)
print(
    "shuffled one by one:  ",
    list(zip(apart.permutation(toy).tolist(), apart.permutation(names).tolist())),
)
places = np.random.default_rng(0).permutation(8)
print("places in a new order:", places)
print("taken at these places:", list(zip(toy[places].tolist(), names[places].tolist())))
assert sorted(zip(toy[places], names[places])) == list(zip(toy, names))

# %% split-pairs-explained [markdown]
# Two shuffles, two orders: 10 belonged to a. The network would be trained on pears with other pears' names, without
# any error. Shuffle the **places**, and take both arrays at the same ones. Pieces of one list of places can't overlap
# and can't lose a row.
#
# **Predict.** `int(0.29 * 100)`: how many rows are 29 % of 100?

# %% split-rounding
print(int(0.29 * 100), round(0.29 * 100), " since 0.29 * 100 =", 0.29 * 100)
one, other = (np.random.default_rng(9).permutation(600) for _ in range(2))
print("the same seed, the same order:", np.array_equal(one, other))
assert int(0.29 * 100) == 28 and np.array_equal(one, other)

# %% split-prepares [markdown]
# Round, don't cut off. And give the shuffle a generator of its own, made from a seed: `np.random.seed` would change
# the luck of everything else in the notebook.
#
# When a plain shuffle is not enough:
#
# - A class is **rare**: take its share from each class (`stratify=` in scikit-learn's `train_test_split`).
# - Rows belong **together**: ten photographs of one pear, all visits of one patient. Keep each group on one side.
# - The model will foretell the **future**: train on the past, validate on what came later, and don't shuffle.
#
# *Prepares:* `split_train_validation`.

# %% leak-intro [markdown]
# ## 4 Scaling without a leak
#
# First, why scale at all? The same network, once on measurements as they come from the machine, once on scaled ones.
# **Predict** how much it matters.

# %% unscaled
logs = {}
for name, rows in [("grams and millimetres", raw), ("scaled", pears)]:
    logs[name] = (
        sorter(16, optimizer=keras.optimizers.SGD(0.1))
        .fit(rows, piles, epochs=6, verbose=0)
        .history
    )
    print(f"{name:22} loss", " ".join(f"{value:8.2f}" for value in logs[name]["loss"][::2]))
print(f"a model that knows nothing: {math.log(4):.2f}")
assert (
    logs["scaled"]["loss"][-1]
    < 1.0
    < math.log(4) * 0.95
    < logs["grams and millimetres"]["loss"][-1]
)

# %% leak-question [markdown]
# On raw measurements it learns next to nothing: inputs of size 100 make huge steps at first, and after them most hidden
# units give 0 for every pear.
#
# Without a table of usual values we measure mean and spread ourselves. On which rows? On the **training rows alone**.
# Whatever is computed from data is a part of the model, and the model may not have seen what it is judged by. That is
# called a **leak**, and it is easiest to see where much is computed. Here are 60 pears, with 2000 measurements each
# that are pure noise. Someone keeps the 20 which differ most between the varieties, and then splits, trains and
# tests, quite properly.
#
# **Predict.** Nothing can be learned here: a quarter is luck. What does the test say?


# %% leak
def nearest_mean(x, y, x_new):
    """Return for each new row the class whose mean is nearest."""
    means = np.stack([x[y == k].mean(axis=0) for k in range(4)])
    return np.argmin(((x_new[:, None] - means) ** 2).sum(axis=2), axis=1)


def most_telling(x, y, count=20):
    """Return which columns differ most between the classes."""
    return np.argsort(np.std([x[y == k].mean(axis=0) for k in range(4)], axis=0))[-count:]


found = {"chosen on all rows": [], "chosen on training rows": []}
for seed in range(20):
    dice = np.random.default_rng(seed)
    noise, labels = dice.normal(size=(60, 2000)), np.arange(60) % 4
    learn, judge = np.split(dice.permutation(60), [40])
    for name, rows in zip(found, (np.arange(60), learn)):
        columns = most_telling(noise[rows], labels[rows])
        said = nearest_mean(noise[learn][:, columns], labels[learn], noise[judge][:, columns])
        found[name].append(np.mean(said == labels[judge]))
for name, values in found.items():
    print(f"{name:24} mean test accuracy of 20 trials: {np.mean(values):.2f}")
assert (
    np.mean(found["chosen on all rows"]) > 0.6 and np.mean(found["chosen on training rows"]) < 0.35
)

# %% leak-explained [markdown]
# The model predicts noise, because the columns were chosen with a look at the rows it was tested on. With the mean and
# the spread the leak is smaller and the rule is the same: **split first**, then measure on the training rows, and use
# those numbers for all sets. One strange row shows that it is a leak:

# %% leak-scale
sample = raw[:20].copy()
for label, weight in [("as it was", sample[19, 0]), ("a pumpkin", 9000.0)]:
    sample[19, 0] = weight  # the last row is a test row
    of_all = (sample[0, 0] - sample[:, 0].mean()) / sample[:, 0].std()
    of_training = (sample[0, 0] - sample[:15, 0].mean()) / sample[:15, 0].std()
    print(
        f"{label}: the first training pear weighs {of_all:+.2f} by all rows, {of_training:+.2f} by training rows"
    )

# %% leak-layer-question [markdown]
# A test row changes the **training** data; so the model has seen it. By training rows nothing moves.
#
# Keras has a layer for it. `Normalization` measures in `adapt`, and then goes with the model: it takes raw pears, and
# nobody can forget the scaling later. **Predict.** All training pears came from one box, equally firm. What does a
# division by the spread do?

# %% leak-layer
scale = keras.layers.Normalization()
scale.adapt(raw)
print("training rows: mean", abs(np.mean(scale(raw), axis=0)).max().round(3), "at most")
print("other rows:    mean", abs(np.mean(scale(raw_check), axis=0)).max().round(3), "at most")

one_box = raw[:50].copy()
one_box[:, 4] = 7.0
with np.errstate(invalid="ignore"):
    by_division = (one_box - one_box.mean(axis=0)) / one_box.std(axis=0)
careful = keras.layers.Normalization()
careful.adapt(one_box)
print("by division:", by_division[0, 4], "  by the layer:", careful(one_box).numpy()[0, 4])
assert np.isnan(by_division[0, 4]) and np.all(np.isfinite(careful(one_box)))

# %% leak-prepares [markdown]
# Zero by zero is NaN, and one NaN in a column is NaN in every weight after the first step. The layer takes care, and
# scikit-learn's `StandardScaler` does too; by hand you would.
#
# The other rows have not exactly the mean 0, nor should they: they are measured with the training rows' ruler.
#
# Look for a leak in this order: what was **computed** before the split; what was **chosen** with the rows that judge
# (epochs, settings, the best of several seeds); whether a row, or its twin, is in **two** sets.
#
# *Prepares:* `prepare`.

# %% optimizers-intro [markdown]
# ## 5 Optimizers side by side
#
# The gradient g says which way is down. An **optimizer** makes a step of it. They all follow w ← w − step, and differ in
# the step; η is the learning rate:
#
# | optimizer | step | idea |
# |---|---|---|
# | SGD | η g | the gradient, as it is |
# | momentum | v ← β v + η g, step v | a heavy ball keeps rolling |
# | Adagrad | η g / √(sum of all g²) | small steps where slopes were steep, ever smaller |
# | RMSprop | η g / √(running mean of g²) | as Adagrad, but it forgets |
# | Adam | η · mean of g / √(mean of g²) | momentum and RMSprop together |
# | Nadam | Adam, looking one step ahead | |
# | AdamW | Adam, and w shrinks by η · decay · w | weight decay beside the slope, not in it |
#
# Watch them in a narrow valley: it rises steeply on both sides, and falls gently along the floor. **Predict.**
# Which of them zigzags, and which go straight for the lowest point?

# %% valley
STEEP = np.array([1.0, 25.0])


def walk(optimizer, steps=60):
    """Return the places (steps + 1, 2) that an optimizer visits in the valley."""
    place = keras.Variable([-4.0, 1.2])
    visited = [place.numpy()]
    for _ in range(steps):
        optimizer.apply([tf.constant(STEEP * visited[-1], "float32")], [place])
        visited.append(place.numpy())
    return np.array(visited)


def seven(rate):
    """Return one optimizer of each kind; `rate` is a dictionary of learning rates by name."""
    kinds = keras.optimizers
    return {
        "SGD": kinds.SGD(rate["SGD"]),
        "momentum": kinds.SGD(rate["momentum"], momentum=0.9),
        "Adagrad": kinds.Adagrad(rate["Adagrad"]),
        "RMSprop": kinds.RMSprop(rate["RMSprop"]),
        "Adam": kinds.Adam(rate["Adam"]),
        "Nadam": kinds.Nadam(rate["Nadam"]),
        "AdamW": kinds.AdamW(rate["AdamW"], weight_decay=0.01),
    }


in_valley = {"SGD": 0.07, "momentum": 0.01, "Adagrad": 0.6, "RMSprop": 0.15}
paths = {
    name: walk(kind)
    for name, kind in seven({**in_valley, "Adam": 0.3, "Nadam": 0.3, "AdamW": 0.3}).items()
}
figure, panels = plt.subplots(1, 2, figsize=(11, 3.4), sharey=True, layout="constrained")
ground = np.meshgrid(np.linspace(-4.5, 1.5, 80), np.linspace(-1.4, 1.4, 60))
for panel, names in zip(
    panels, (["SGD", "momentum", "Adagrad"], ["RMSprop", "Adam", "Nadam", "AdamW"])
):
    panel.contour(
        *ground,
        sum(s * w**2 for s, w in zip(STEEP, ground)) / 2,
        14,
        colors="#bbbbbb",
        linewidths=0.7,
    )
    for name, marker in zip(names, plots.MARKERS):
        panel.plot(*paths[name].T, marker=marker, markersize=3, linewidth=1, label=name)
    panel.plot(0, 0, "k*", markersize=10)
    panel.set(xlabel="along the valley", xlim=(-4.5, 1.5), ylim=(-1.4, 1.4))
    panel.legend(loc="upper right")
panels[0].set(ylabel="across it")
plt.show()
turns = {name: int(np.sum(np.diff(np.sign(path[:, 1])) != 0)) for name, path in paths.items()}
print("times across the floor:", turns)
assert turns["SGD"] > 10 > turns["Adagrad"]

# %% valley-explained [markdown]
# SGD leaps from side to side: its rate must be small enough for the steep direction, and is then slow along the flat
# one. Momentum rolls, and overshoots. The others divide by the size of past slopes, so that both directions look alike
# to them; that's why they need less care with the learning rate. Adagrad goes straight. Adam and its kin have momentum
# too, and circle the lowest point. (The lines of Adam and AdamW lie on one another here.) RMSprop crosses the floor
# often for another reason: near the lowest point its steps stay as long as before, and it trembles there.
#
# What does it cost? An optimizer may remember numbers for each weight. **Predict** for each of the seven: how many?

# %% optimizer-costs
plain = dict.fromkeys(["SGD", "momentum", "Adagrad", "RMSprop", "Adam", "Nadam", "AdamW"], 0.01)
state, times = {}, {}
for name, optimizer in seven(plain).items():
    weights = keras.Variable(np.ones((500, 500), "float32"))
    slope = tf.fill((500, 500), 0.1)
    optimizer.build([weights])
    kept = sum(v.numpy().size for v in optimizer.variables if tuple(v.shape) == (500, 500))
    state[name] = kept / 250_000
    took = []
    for _ in range(12):
        start = time.perf_counter()
        optimizer.apply([slope], [weights])
        took.append(time.perf_counter() - start)
    times[name] = 1000 * float(np.median(took[2:]))
    print(
        f"{name:9} numbers for each weight {state[name]:.0f}   a step of 250,000 weights {times[name]:5.2f} ms"
    )
assert list(state.values()) == [0, 1, 1, 1, 2, 2, 2]

# %% optimizer-race-question [markdown]
# Adam and its kin keep two numbers for each weight: with the weights themselves, three times the memory. The time is
# yours to read above; in training, it is mostly small beside the forward and backward pass.
#
# Now the pears, the same network and batches for all. Each optimizer gets a rate that suits it.

# %% optimizer-race
suited = {
    "SGD": 0.2,
    "momentum": 0.05,
    "Adagrad": 0.2,
    "RMSprop": 0.01,
    "Adam": 0.01,
    "Nadam": 0.01,
    "AdamW": 0.01,
}
axes = plots.new_axes("Seven optimizers, one network", width=7, height=3.8)
reached = {}
colours = (*plots.COLOURS, "#444444")
for (name, optimizer), colour, style in zip(
    seven(suited).items(), colours, ["-", "--", "-.", ":"] * 2
):
    racer = sorter(16, optimizer=optimizer)
    losses = racer.fit(pears, piles, epochs=5, verbose=0).history["loss"]
    axes.plot(losses, style, color=colour, label=name)
    reached[name] = losses[-1]
axes.set(xlabel="epoch", ylabel="training loss", xticks=range(5))
axes.grid(alpha=0.3)
axes.legend(ncols=2)
plt.show()
print({name: round(value, 3) for name, value in reached.items()})
assert max(reached.values()) < 1.0

# %% optimizer-decay [markdown]
# On a small task with scaled inputs all of them arrive. The choice of the **rate** matters more than that of the
# optimizer: when you compare two optimizers, look for a good rate for each. Adam with 0.001 is a good first try;
# SGD with momentum and a schedule often ends a little better on large picture tasks, with more care; AdamW is usual
# where weights should stay small, as in transformers.
#
# **Predict.** All slopes are zero. Do Adam and AdamW move a weight of 1?

# %% weight-decay
for name, optimizer in {
    "Adam": keras.optimizers.Adam(0.1),
    "AdamW": keras.optimizers.AdamW(0.1, weight_decay=0.2),
}.items():
    lone = keras.Variable([1.0])
    optimizer.apply([tf.zeros(1)], [lone])
    print(f"{name:5} leaves {lone.numpy()[0]:.3f}")
assert np.isclose(lone.numpy()[0], 1 - 0.1 * 0.2)

# %% optimizer-reused-question [markdown]
# AdamW shrinks it by 0.1 · 0.2. All optimizers take `weight_decay=` today, and `clipnorm=1.0`, which cuts a slope that
# is longer than 1: good against a rare, huge step.
#
# **Predict.** You have made an optimizer for one model. May a second model use it too?

# %% optimizer-reused
shared = keras.optimizers.Adam(learning_rate=0.01)
sorter(8, optimizer=shared).fit(pears, piles, batch_size=600, verbose=0)
try:
    sorter(8, optimizer=shared).fit(pears, piles, batch_size=600, verbose=0)
except ValueError as error:
    print(type(error).__name__, "-", error)

# %% optimizer-box [markdown]
# Its state belongs to the weights it was built for. Make a new one for each model; it's one more reason for a
# function that builds **everything** anew.
#
# > **If you learned this earlier.** `Adam(lr=0.01)` and `optimizer.lr` were the names; it is `learning_rate` now, and
# > the old one is refused. `decay=` is worse: it is taken with a warning, and ignored. What it did is done by a
# > schedule, the subject of the next section.

# %% optimizer-old-names
try:
    keras.optimizers.Adam(lr=0.01)
except ValueError as error:
    print(type(error).__name__, "-", error)
with warnings.catch_warnings(record=True) as heard:
    warnings.simplefilter("always")
    keras.optimizers.Adam(decay=0.1)
print("UserWarning -", heard[0].message)

# %% optimizer-prepares [markdown]
# *Prepares:* the exercises of section 6.

# %% rates-intro [markdown]
# ## 6 A learning rate that changes
#
# Far from the goal you want long steps, close to it short ones. **Predict.** Two runs begin with the same large rate; in the
# second it falls towards 0. Where do their curves part?


# %% rates-compared
def falling(epoch):
    """Return a rate that falls in a straight line, from 1 in epoch 0 to 0.12 in epoch 11."""
    return 1.0 - 0.08 * epoch


curves = {}
for name, helpers in [
    ("constant 1.0", []),
    ("falling", [keras.callbacks.LearningRateScheduler(falling)]),
]:
    runner = sorter(16, optimizer=keras.optimizers.SGD(learning_rate=1.0))
    log = runner.fit(pears, piles, batch_size=16, epochs=12, verbose=0, callbacks=helpers).history
    curves[name] = log["loss"]
plots.loss_curves(curves, title="The same first rate")
plt.show()
print("at the end:", {name: round(losses[-1], 3) for name, losses in curves.items()})
print("logged beside the losses:", np.round(log["learning_rate"][::3], 2))
assert curves["falling"][-1] < curves["constant 1.0"][-1] - 0.1

# %% rates-ways [markdown]
# In epoch 0 they are one. Then the constant one soon gets no further: its steps are longer than what is left to go, and
# it leaps about the low place. The falling one settles.
#
# A **schedule** says which rate when. There are two places for it:
#
# | | asked | given as | counts |
# |---|---|---|---|
# | the callback `LearningRateScheduler` | before each epoch | your function of the epoch | epochs, from 0 |
# | an object of `keras.optimizers.schedules` | in each step | `learning_rate=` of the optimizer | steps, over all epochs |
#
# **Predict.** A rate shall fall over 12 epochs, so somebody writes `decay_steps=12`. There are 19 steps in an epoch.

# %% rates-steps
halved = keras.optimizers.schedules.CosineDecay(initial_learning_rate=0.5, decay_steps=12)
meant = keras.optimizers.schedules.CosineDecay(initial_learning_rate=0.5, decay_steps=12 * 19)
for step in (0, 6, 12, 19, 114):
    rates = f"decay_steps=12 {float(halved(step)):.3f}   12 * 19 {float(meant(step)):.3f}"
    print(f"step {step:3}, epoch {step // 19}: {rates}")
assert float(halved(19)) == 0.0 < float(meant(19))

# %% rates-shapes [markdown]
# Zero within the first epoch, and for ever. Nothing is said; the loss just stands still.
#
# The usual shapes are made of a few pieces. Go through them in the explorer, where your own functions of the epoch
# may be added; two are.
#
# 1. Which shapes end at zero, and which never reach it?
# 2. Some begin low and **warm up**. Where is their highest point?
# 3. Choose *step decay*, and let it fall more often, by a factor nearer to 1. Which other shape does it come close to?


# %% rates-explorer
def stairs(epoch):
    return 0.1 * 0.5 ** (epoch // 5)


def swing(epoch):
    return 0.05 * (1.2 + math.sin(epoch / 2))


ScheduleExplorer(stairs, swing)

# %% rates-warmup [markdown]
# Cosine and straight lines end at zero; halving again and again never gets there, and many small steps down become
# *exponential* decay. A warm-up has its highest point where it ends.
#
# Why warm up? In the first steps the slopes are large and point hither and thither, and Adam's means are made of few
# of them. A few short steps, and the large ones do no harm.
#
# A smooth way down is **half a cosine**. Let t say how much of the way is done, from 0 to 1. Then ½ (1 + cos π t)
# goes from 1 to 0, flat at both ends. Any piece is stretched to its place by its own t:
#
# $$ t = \frac{\text{now} - \text{begin}}{\text{end} - \text{begin}} $$

# %% rates-pieces
done = np.linspace(0, 1, 101)
axes = plots.new_axes("Two pieces", width=5.5, height=3.2)
axes.plot(done, done, label="a ramp: t")
axes.plot(done, (1 + np.cos(np.pi * done)) / 2, "--", label="half a cosine")
axes.set(xlabel="t, the part of the way that is done", ylabel="share of the highest rate")
axes.grid(alpha=0.3)
axes.legend()
plt.show()
try:
    begin = end = 0
    print((0 - begin) / (end - begin))
except ZeroDivisionError as error:
    print(type(error).__name__, "-", error, " for a piece that lasts no time")

# %% rates-return-question [markdown]
# Mind pieces that last no time, and epochs at the seams: which piece says what happens there?
#
# **Predict.** The function of a scheduler computes with TensorFlow and returns a tensor. Is that fine?

# %% rates-return
by_tensor = keras.callbacks.LearningRateScheduler(lambda epoch: tf.constant(0.1))
try:
    sorter().fit(pears, piles, batch_size=600, verbose=0, callbacks=[by_tensor])
except ValueError as error:
    print(type(error).__name__, "-", error)


def halve_each_epoch(epoch, rate):
    return rate / 2


twice = sorter(optimizer=keras.optimizers.SGD(learning_rate=0.8))
for call in ("first call: ", "second call:"):
    helper = keras.callbacks.LearningRateScheduler(halve_each_epoch)
    log = twice.fit(pears, piles, batch_size=600, epochs=3, verbose=0, callbacks=[helper]).history
    print(call, np.round(log["learning_rate"], 4))
assert np.isclose(log["learning_rate"][-1], 0.8 / 2**6)

# %% rates-prepares [markdown]
# It wants a plain float. A function of two arguments gets the rate of the moment too; then a second `fit` goes on
# where the first ended. A function of the epoch alone starts again.
#
# *Prepares:* `warmup_cosine`.

# %% callbacks-intro [markdown]
# ## 7 Callbacks that Keras brings
#
# A **callback** is an object with methods that `fit` calls at certain moments. You give a list of them.
#
# | callback | does | mind |
# |---|---|---|
# | `EarlyStopping` | ends training when a number no longer improves | `patience`, `restore_best_weights` |
# | `ReduceLROnPlateau` | lowers the rate when a number no longer improves | less patience than early stopping |
# | `ModelCheckpoint` | saves the model, each time or when it is best | the file's ending |
# | `CSVLogger` | writes the numbers of each epoch to a file | `append=True` to go on |
# | `TensorBoard` | writes them for TensorBoard | section 8 |
# | `LearningRateScheduler` | sets the rate | section 6 |
# | `BackupAndRestore` | after a crash, `fit` goes on where it was | needs the same call again |
# | `TerminateOnNaN` | ends training when the loss is not a number | |
#
# Since a callback is only an object with methods, you can call them yourself, without any training. So we watch
# early stopping at work on losses that we make up.


# %% by-hand
def drive(callback, losses):
    """Call the methods as fit would, with made-up validation losses; return the rate of each epoch."""
    puppet = sorter(optimizer=keras.optimizers.SGD(learning_rate=0.8))
    callback.set_model(puppet)
    callback.on_train_begin()
    rates = []
    for epoch, loss in enumerate(losses):
        rates.append(round(float(puppet.optimizer.learning_rate.numpy()), 3))
        callback.on_epoch_begin(epoch)
        callback.on_epoch_end(epoch, {"val_loss": loss})
        if puppet.stop_training:
            break
    callback.on_train_end()
    return rates


made_up = [1.00, 0.80, 0.70, 0.72, 0.69, 0.71, 0.70, 0.73, 0.60, 0.50]

# %% by-hand-question [markdown]
# `patience=3` means: three epochs without a new best. **Predict.** After which epoch does it stop, of 0 to 9? And with
# `min_delta=0.05`, which calls an epoch better only if it is better by more than that?

# %% by-hand-stopping
for settings in ({}, {"min_delta": 0.05}, {"patience": 5}):
    stopping = keras.callbacks.EarlyStopping(**{"monitor": "val_loss", "patience": 3, **settings})
    print(settings, "stops after epoch", len(drive(stopping, made_up)) - 1)
assert len(drive(keras.callbacks.EarlyStopping(patience=3), made_up)) - 1 == 7

# %% by-hand-plateau-question [markdown]
# The best so far is 0.69, in epoch 4; epochs 5, 6 and 7 are no better, and that's it. The 0.50 is never seen: patience is
# the price of knowing. With `min_delta` the 0.69 does not count as better than 0.70. With a patience of 5 it lives to
# see the end.
#
# **Predict.** The same losses, `ReduceLROnPlateau` with `patience=2` and `factor=0.5`. In which epochs is the rate
# halved?

# %% by-hand-plateau
plateau = keras.callbacks.ReduceLROnPlateau(monitor="val_loss", factor=0.5, patience=2, min_delta=0)
print("losses:", made_up)
print("rates: ", drive(plateau, made_up))
assert drive(plateau, made_up)[6:8] == [0.8, 0.4]

# %% by-hand-plateau-explained [markdown]
# After epoch 6, the second without a new best. Had early stopping as little patience, the lower rate would never get
# its chance; so give it clearly more.
#
# Now real training, with three helpers. Here they watch the validation **accuracy**; larger is better, and `mode` says
# so. **Predict.** Which weights does the model have in the end?

# %% together
log_file, best_file = SHED / "diary.csv", SHED / "sharpest.keras"
by_accuracy = {"monitor": "val_accuracy", "mode": "max"}
stopping = keras.callbacks.EarlyStopping(**by_accuracy, patience=4, restore_best_weights=True)
keeping = keras.callbacks.ModelCheckpoint(best_file, **by_accuracy, save_best_only=True)
diary = keras.callbacks.CSVLogger(log_file)
stopped = sorter(64, optimizer=keras.optimizers.Adam(learning_rate=0.02))
log = stopped.fit(
    pears,
    piles,
    **CHECK,
    epochs=30,
    verbose=0,
    callbacks=[stopping, keeping, diary],
).history
print("epochs:", len(log["loss"]), "of 30, best:", int(np.argmax(log["val_accuracy"])))
print("validation accuracy at the end of training:", round(log["val_accuracy"][-1], 4))
for name, model in [
    ("the model now", stopped),
    ("the model in the file", keras.models.load_model(best_file)),
]:
    now = model.evaluate(pears_check, piles_check, verbose=0, return_dict=True)["accuracy"]
    print(f"{name}: {now:.4f}")
    assert np.isclose(now, max(log["val_accuracy"]))
print(*log_file.read_text().splitlines()[:2], sep="\n")
assert len(log["loss"]) < 30

# %% together-explained [markdown]
# Those of the best epoch, since `restore_best_weights=True` put them back; without it they'd be the last ones, a few
# epochs past the best. The file has the same. In memory or in a file: the file survives a crash.
#
# The number it stopped at is the best of many, chosen by the validation set. By section 3, it is too good.
#
# **Predict.** What happens in each of these cases: an error, a warning, or nothing?


# %% callback-faults
def say(name, attempt):
    """Print what an attempt raises, or else what it warns of."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        try:
            attempt()
        except (TypeError, ValueError) as error:
            print(f"{name}: {type(error).__name__}\n    {error}")
        for warning in heard:
            if warning.category is UserWarning:
                print(f"{name}: a warning\n    {warning.message}")


def short_fit(*helpers, **settings):
    return lambda: sorter().fit(
        pears, piles, batch_size=600, verbose=0, callbacks=[*helpers], **settings
    )


on_schedule = keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.1, 100, 0.9))
scheduled = sorter(optimizer=on_schedule)
say("no validation data", short_fit(keras.callbacks.EarlyStopping(patience=1)))
say("an old name", short_fit(keras.callbacks.EarlyStopping(monitor="val_acc"), **CHECK))
say("no ending", lambda: keras.callbacks.ModelCheckpoint("best"))
say("an old setting", lambda: keras.callbacks.ModelCheckpoint("best.keras", period=5))
impatient = keras.callbacks.ReduceLROnPlateau(monitor="loss", patience=1, min_delta=99)
say(
    "two masters of the rate",
    lambda: scheduled.fit(pears, piles, batch_size=600, epochs=3, verbose=0, callbacks=[impatient]),
)

# %% callback-faults-explained [markdown]
# - The first is the dangerous one: a warning in a sea of output, and it **never stops**. `monitor` must be a key of
#   the history.
# - `val_acc` is no key either. Keras complains of something else: it can't tell whether more or less of it is better.
#   For a metric of your own you really have to say; `mode="max"` if more is better.
# - A checkpoint ends in `.keras`, or in `.weights.h5` with `save_weights_only=True`.
# - A rate belongs to one master: a schedule inside the optimizer, or callbacks.
#
# > **If you learned this earlier.** `ModelCheckpoint("best")`, `period=5` and `monitor="val_acc"` stand in many notes.
# > All of them are refused today; the last only until you add `mode="max"`. Then it is the dangerous one again.
#
# *Prepares:* `training_callbacks`.

# %% tensorboard-intro [markdown]
# ## 8 TensorBoard
#
# TensorBoard is a program that shows logs in a browser, and goes on reading while training runs. The callback writes
# them; each run gets a **folder of its own**, and TensorBoard is pointed at the folder above.

# %% tensorboard-logs
RUNS = SHED / "runs"
for name, widths in [("narrow", (4,)), ("wide", (128,))]:
    writing = keras.callbacks.TensorBoard(log_dir=RUNS / name, histogram_freq=2)
    sorter(*widths, optimizer=keras.optimizers.Adam(0.01)).fit(
        pears,
        piles,
        **CHECK,
        epochs=4,
        verbose=0,
        callbacks=[writing],
    )
for path in sorted(RUNS.rglob("*")):
    if path.is_file():
        print(path.relative_to(SHED).parent, f"{path.stat().st_size / 1000:.0f} kB")

# %% tensorboard-ways [markdown]
# There are two ways to look. In a notebook two lines do it, where `{RUNS}` stands for the Python name:
#
# ```
# %load_ext tensorboard
# %tensorboard --logdir {RUNS}
# ```
#
# In a terminal it is one command, and a page opens at the address that it prints. The next cell says the command with
# the very folder, and does what the two lines do; the first start takes some seconds. (Where nobody looks on, as when
# a notebook is run by a program, it only says the command.) The server ends with this notebook's kernel.
#
# 1. Under *Time series*, compare `epoch_loss` of the two runs, training and validation. Which one learns faster,
#    and why can validation be the better curve at first?
# 2. Move *smoothing* to 0. The curves are those of the history.
# 3. Under *Histograms*, see how the weights of the wide network spread out, epoch by epoch.

# %% tensorboard-shown
show_tensorboard(RUNS)

# %% tensorboard-own [markdown]
# Numbers of your own go there too, from anywhere in a program. (The page has an arrow that reads the folder again.)

# %% tensorboard-own-shown
with tf.summary.create_file_writer(str(RUNS / "harvest")).as_default():
    for day, tons in enumerate([1.2, 1.9, 2.6, 2.4, 1.1]):
        tf.summary.scalar("tons", tons, step=day)
print(sorted(path.name for path in RUNS.iterdir()))

# %% tensorboard-faults [markdown]
# If the page says *No dashboards are active*, it reads a folder without logs: look at the path. If curves jump back and
# forth, two runs wrote into one folder; put the time or the settings into its name. And each log is read again and
# again, so clear out what you no longer need.
#
# *Prepares:* the exercises of section 9.

# %% hooks-intro [markdown]
# ## 9 A callback of your own
#
# A subclass of `keras.callbacks.Callback` overrides the methods it wants; they are called **hooks**. Which one runs
# when? Let one tell.


# %% hooks
class Teller(keras.callbacks.Callback):
    """Print each hook that runs, indented by depth."""

    def on_train_begin(self, logs=None):
        print("train begins")

    def on_epoch_begin(self, epoch, logs=None):
        print(f"  epoch {epoch} begins")

    def on_train_batch_begin(self, batch, logs=None):
        print(f"    batch {batch} begins, ", end="")

    def on_train_batch_end(self, batch, logs=None):
        print("ends, logs:", sorted(logs))

    def on_test_begin(self, logs=None):
        print("    validation begins, ", end="")

    def on_test_end(self, logs=None):
        print("ends, logs:", sorted(logs))

    def on_epoch_end(self, epoch, logs=None):
        print(f"  epoch {epoch} ends, logs:", sorted(logs))

    def on_train_end(self, logs=None):
        print("train ends")


told = sorter(8)
told.fit(
    pears, piles, batch_size=300, epochs=2, verbose=0, callbacks=[Teller()], **CHECK
)  # fmt: skip
print("and evaluate alone:")
_ = told.evaluate(pears_check, piles_check, batch_size=400, verbose=0, callbacks=[Teller()])

# %% hooks-explained [markdown]
# Validation runs **inside** the epoch, before it ends; so `on_epoch_end` has all the numbers. Each hook ends with
# `logs=None`, because some moments have nothing to report, and because you want to be able to call it yourself, as in
# section 7.
#
# A callback knows its model as `self.model` and the settings of the run as `self.params`. It ends training with
# `self.model.stop_training = True`; `fit` looks at that after each batch and each epoch.
#
# What do the logs of a batch say? **Predict.** Two batches; the loss of the first is 2.0 and of the second 1.0. What
# does the second `on_train_batch_end` report?


# %% batch-logs
class Reader(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        print(f"batch {batch}: logs say {logs['loss']:.2f}")


still = keras.Sequential(
    [keras.Input(shape=(1,)), keras.layers.Dense(1, kernel_initializer="ones")]
)
still.compile(optimizer=keras.optimizers.SGD(learning_rate=0.0), loss="mse", run_eagerly=True)
roots = np.sqrt([[2.0]] * 4 + [[1.0]] * 4)
print("squares, of which each batch has four:", (roots**2).ravel().round(2))
_ = still.fit(roots, np.zeros((8, 1)), batch_size=4, shuffle=False, verbose=0, callbacks=[Reader()])

# %% batch-logs-explained [markdown]
# 1.5: the mean of the epoch so far, as the monitor's line showed.
#
# Now a useful one. It ends training when a time is up, whatever the epoch: a budget in seconds.


# %% time-budget
class TimeBudget(keras.callbacks.Callback):
    """End training after so many seconds."""

    def __init__(self, seconds):
        super().__init__()
        self.seconds = seconds

    def on_train_begin(self, logs=None):
        self.begin = time.perf_counter()
        self.batches = 0

    def on_train_batch_end(self, batch, logs=None):
        self.batches += 1
        if time.perf_counter() - self.begin > self.seconds:
            self.model.stop_training = True


limit = TimeBudget(seconds=1.0)  # the first step is the longest: TensorFlow records it
start = time.perf_counter()
hurried = sorter(8)
log = hurried.fit(pears, piles, batch_size=8, epochs=100_000, verbose=0, callbacks=[limit]).history
print(
    f"{time.perf_counter() - start:.2f} seconds, {limit.batches} batches, {len(log['loss'])} epochs begun"
)
assert limit.batches < 75 * 100_000

# %% state-question [markdown]
# Settings go into `__init__`. What is counted **during a run** begins in `on_train_begin`. **Predict.** What goes wrong
# if the counting begins in `__init__`, and the same object is used for two runs?


# %% state
class CarelessCount(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.epochs = []

    def on_epoch_end(self, epoch, logs=None):
        self.epochs.append(epoch)


count = CarelessCount()
for run in (1, 2):
    sorter().fit(pears, piles, batch_size=600, epochs=3, verbose=0, callbacks=[count])
    print(f"after run {run}: {count.epochs}")
assert count.epochs == [0, 1, 2, 0, 1, 2]

# %% missing-key-question [markdown]
# The second run goes on where the first ended. A stopper that counts so stops its second run at once.
#
# **Predict.** `logs["val_loss"]` in a callback, and a `fit` without validation data. And a comparison with NaN: is
# NaN smaller than 0.5, or larger?

# %% missing-key
logs = {"loss": float("nan"), "accuracy": 0.25}
try:
    print(logs["val_loss"])
except KeyError as error:
    print("KeyError -", error)
print("get:", logs.get("val_loss"))
print("NaN < 0.5:", logs["loss"] < 0.5, "  NaN > 0.5:", logs["loss"] > 0.5)
try:
    print(logs.get("val_loss") < 0.5)
except TypeError as error:
    print("TypeError -", error)

# %% keeping-weights-question [markdown]
# An error in a callback ends the training, after hours perhaps. Ask with `logs.get`, and think what to do with `None`;
# Keras itself warns and goes on. NaN is neither smaller nor larger: it never counts as better.
#
# Last, keeping weights. **Predict.** Two ways of remembering the weights of now; then training goes on. Which of them
# still holds the old ones?

# %% keeping-weights
changing = sorter(8)
as_variables = changing.weights
as_arrays = changing.get_weights()
old = as_arrays[0].copy()
changing.fit(pears, piles, verbose=0)
print("the list of variables still the old ones:", np.array_equal(as_variables[0].numpy(), old))
print("get_weights still the old ones:          ", np.array_equal(as_arrays[0], old))
assert not np.array_equal(as_variables[0].numpy(), old)
changing.set_weights(as_arrays)
print("put back with set_weights:", np.array_equal(changing.get_weights()[0], old))

# %% hooks-prepares [markdown]
# `model.weights` are the variables themselves, and they train on. `get_weights` hands out arrays, one for each
# variable, and `set_weights` puts them back in the same order.
#
# For a single hook there is `keras.callbacks.LambdaCallback(on_epoch_end=…)`.
#
# *Prepares:* `LossHistory`, `StopAtAccuracy`, `PatientStopping`, `KeepBest`.

# %% brakes-intro [markdown]
# ## 10 Brakes, width and depth
#
# A network with many weights and few pears learns the pears by heart. You know brakes from the chapters before; here
# they stand side by side, on 80 pears and 256 hidden units. **Predict.** Which of the numbers gets *worse* when a
# brake works as it should?


# %% brakes
few, few_piles = pears[:80], piles[:80]


def braked(price=0.0, dropped=0.0, decay=0.0):
    """Return a wide network with an L2 price on its weights, with dropout, or with weight decay."""
    keras.utils.set_random_seed(10)
    wide = keras.layers.Dense(
        256, activation="relu", kernel_regularizer=keras.regularizers.L2(price)
    )
    ends = keras.layers.Dense(len(VARIETIES), activation="softmax")
    net = keras.Sequential([keras.Input(shape=(6,)), wide, keras.layers.Dropout(dropped), ends])
    surprise = keras.metrics.SparseCategoricalCrossentropy(
        name="entropy"
    )  # the loss without a price
    net.compile(
        optimizer=keras.optimizers.AdamW(0.02, weight_decay=decay),
        **{**TASK, "metrics": ["accuracy", surprise]},
    )
    return net


brakes = {
    "none": {},
    "L2 price": {"price": 0.01},
    "dropout": {"dropped": 0.6},
    "weight decay": {"decay": 2.0},
}
outcome, ends = {}, {}
for name, setting in brakes.items():
    net = braked(**setting)
    outcome[name] = net.fit(few, few_piles, **CHECK, batch_size=10, epochs=12, verbose=0).history
    ends[name] = {
        key: outcome[name][key][-1]
        for key in ("accuracy", "entropy", "val_accuracy", "val_entropy")
    }
    print(f"{name:13}", "  ".join(f"{key} {value:.2f}" for key, value in ends[name].items()))

figure, panels = plt.subplots(1, 4, figsize=(13, 3), sharey=True, layout="constrained")
for panel, (name, log) in zip(panels, outcome.items()):
    plots.loss_curves({"training": log["entropy"], "validation": log["val_entropy"]}, panel)
    panel.set(title=name, ylabel="cross-entropy" if panel is panels[0] else "")
plt.show()
braked_ends = [ends[name] for name in ends if name != "none"]
assert all(end["entropy"] > ends["none"]["entropy"] for end in braked_ends)
assert all(end["val_entropy"] < ends["none"]["val_entropy"] for end in braked_ends)

# %% brakes-explained [markdown]
# The training cross-entropy: a brake keeps the network from learning by heart, and learning by heart is what fits the
# training pears best. (With dropout it is measured while units are left out, so it looks even worse.) What should get
# better is validation, and above all its cross-entropy: the network without a brake is sure of itself even where it is
# wrong.
#
# | brake | how | strength |
# |---|---|---|
# | L2 (or L1) price | large weights cost, in the loss | `keras.regularizers.L2(0.01)` |
# | dropout | in training, each unit is left out by chance | the share, 0.1 to 0.5 |
# | weight decay | each step shrinks the weights | `weight_decay=` of the optimizer |
# | early stopping | ends before it learns by heart | patience |
# | fewer units | less to learn by heart with | width, depth |
# | more data | | the best of all |
#
# How strong? That's a question for the validation set. Now width and depth. **Predict.** How many weights and biases
# have one hidden layer of 64, and three of 16, between 6 inputs and 4 outputs?

# %% sizes
table = {}
for widths in [(2,), (16,), (256,), (64, 64, 64)]:
    net = sorter(*widths, optimizer=keras.optimizers.Adam(learning_rate=0.01))
    log = net.fit(pears, piles, **CHECK, epochs=8, verbose=0).history
    table[widths] = (log["loss"][-1], log["val_loss"][-1])
    losses = f"loss {table[widths][0]:.2f}   validation {table[widths][1]:.2f}"
    print(f"{widths!s:13} {net.count_params():5} parameters   {losses}")
print("64:", sorter(64).count_params(), "  16, 16, 16:", sorter(16, 16, 16).count_params())
assert (
    sorter(64).count_params() == 7 * 64 + 65 * 4
    and sorter(16, 16, 16).count_params() == 7 * 16 + 2 * 17 * 16 + 17 * 4
)
assert table[2,][0] > table[16,][0] and table[64, 64, 64][0] < table[16,][0]
assert table[64, 64, 64][1] > table[16,][1]

# %% depth-question [markdown]
# Too narrow, and it can't say what it should: both losses stay high. Large, and the training loss goes down further
# while validation stays higher. Weights grow with the **square** of the width, and in a straight line with the depth.
#
# Depth has a price of its own. Each layer passes the slopes on to the one before it, multiplied. **Predict.** Twelve
# hidden layers: how large are the slopes of the first layer, compared with those of the last hidden one, for sigmoid
# and for ReLU?

# %% depth
axes = plots.new_axes("Slopes on their way back", width=6, height=3.2)
ratio = {}
for bend, style in [("sigmoid", "--"), ("relu", "-")]:
    deep = sorter(*[32] * 12, bend=bend)
    with tf.GradientTape() as watcher:
        cost = keras.losses.SparseCategoricalCrossentropy()(piles, deep(pears, training=True))
    kernels = [layer.kernel for layer in deep.layers[:-1]]
    sizes = [float(tf.norm(slope)) for slope in watcher.gradient(cost, kernels)]
    ratio[bend] = sizes[0] / sizes[-1]
    axes.semilogy(range(1, 13), sizes, style, marker="o", label=bend)
axes.set(xlabel="hidden layer", ylabel="length of the slope")
axes.grid(alpha=0.3)
axes.legend()
plt.show()
print({bend: f"{value:.1e}" for bend, value in ratio.items()})
assert ratio["sigmoid"] < 1e-4 < 1e-2 < ratio["relu"]

# %% depth-explained [markdown]
# The sigmoid is at most ¼ steep; twelve of them leave nothing for the first layer, and it doesn't learn. ReLU has the
# slope 1 where it is on. Beyond some ten layers even that needs help: the shortcuts and normalising layers of
# chapter 4.
#
# *Prepares:* the exercises of sections 12 and 13.

# %% loop-intro [markdown]
# ## 11 A loop of your own
#
# `fit` is right most of the time. For some things you want the loop in your own hands: two optimizers, slopes that
# are looked at or changed, several batches for one step. Take the last: the memory holds only 75 pears at a time, and
# you want steps as of 300. So add up the slopes of four small batches, and make one step of their mean.
#
# **Predict.** Will the weights be the same as those of `fit` with batches of 300?

# %% loop
slow = sorter(16, optimizer=keras.optimizers.SGD(learning_rate=0.5))
measure = keras.losses.SparseCategoricalCrossentropy()


@tf.function
def costs_and_slopes(x, y):
    with tf.GradientTape() as watcher:
        cost = measure(y, slow(x, training=True))
    return cost, watcher.gradient(cost, slow.trainable_weights)


small_batches = tf.data.Dataset.from_tensor_slices((pears, piles)).batch(75)
for epoch in range(3):
    gathered, costs = [], []
    for x, y in small_batches:
        cost, slopes = costs_and_slopes(x, y)
        costs.append(float(cost))
        gathered.append(slopes)
        if len(gathered) == 4:
            mean_slopes = [tf.add_n(parts) / 4 for parts in zip(*gathered)]
            slow.optimizer.apply(mean_slopes, slow.trainable_weights)
            gathered.clear()
    print(f"epoch {epoch}: loss {np.mean(costs):.4f}, steps {int(slow.optimizer.iterations)}")

large = sorter(16, optimizer=keras.optimizers.SGD(learning_rate=0.5))
large.fit(pears, piles, batch_size=300, epochs=3, shuffle=False, verbose=0)
apart = max(np.abs(a - b).max() for a, b in zip(slow.get_weights(), large.get_weights()))
print(f"largest difference from fit with batches of 300: {apart:.1e}")
assert apart < 1e-4

# %% loop-graph-question [markdown]
# The same. `tf.function` has TensorFlow record the step once, and then run it without Python. **Predict.** How much
# faster is that?

# %% loop-graph
x, y = pears[:75], piles[:75]
took = {}
for name, step in [
    ("recorded", costs_and_slopes),
    ("step by step", costs_and_slopes.python_function),
]:
    times = []
    for _ in range(15):
        start = time.perf_counter()
        step(x, y)
        times.append(time.perf_counter() - start)
    took[name] = 1000 * float(np.median(times))
    print(f"{name:12} {took[name]:.2f} ms")

# %% loop-duties [markdown]
# In a loop of your own, three things that `fit` does are yours. Each is forgotten without any error.
#
# **The mean.** Batches need not be equally large. **Predict** both means.

# %% loop-mean
costs = np.array([1.0, 1.0, 1.0, 1.0, 9.0])
batches = [costs[:4], costs[4:]]
print("mean of the batch means:", np.mean([batch.mean() for batch in batches]))
print("mean of all samples:    ", costs.mean())
assert costs.mean() == 2.6

# %% loop-penalty-question [markdown]
# One sample in a small batch counted as much as four. `fit` reports the mean over samples.
#
# **The penalties.** A regularizer does not change the loss function. It leaves its price in `model.losses`, anew in
# each call, and `fit` adds it. **And `training=True`**, without which dropout is asleep. **Predict** what the next
# cell prints.

# %% loop-penalty
priced = braked(price=0.01, dropped=0.5)
bare = float(measure(piles, priced(pears)))
prices = [float(price) for price in priced.losses]
logged = priced.evaluate(pears, piles, batch_size=600, verbose=0, return_dict=True)["loss"]
print(f"loss function {bare:.3f}   prices {np.round(prices, 3)}   evaluate says {logged:.3f}")
calls = [
    [float(measure(piles, priced(pears, training=mode))) for _ in range(3)]
    for mode in (False, True)
]
print(
    "three calls, training=False:", np.round(calls[0], 3), "  training=True:", np.round(calls[1], 3)
)
assert np.isclose(bare + sum(prices), logged, atol=1e-3) and len(set(calls[1])) == 3

# %% loop-reminder [markdown]
# From chapter 5, for the one who takes any loss: a loss **object** returns the mean, a loss **function** one number for
# each sample.
#
# Often only the **step** is special, and the loop around it is not. Then override `train_step`, and `fit` keeps all
# its comfort: callbacks, history, validation. This network sees its pears with a little noise, new in each step:


# %% train-step
class Shaken(keras.Sequential):
    """Train on inputs with a little noise."""

    def train_step(self, data):
        x, y = data
        return super().train_step((x + tf.random.normal(tf.shape(x), stddev=0.5), y))


keras.utils.set_random_seed(11)
shaken = Shaken(braked().layers)
shaken.compile(optimizer=keras.optimizers.AdamW(0.02, weight_decay=0.0), **TASK)
log = shaken.fit(few, few_piles, **CHECK, batch_size=10, epochs=10, verbose=0).history
print(
    f"validation with noise: accuracy {log['val_accuracy'][-1]:.2f}, cross-entropy {log['val_loss'][-1]:.2f}"
)
print(
    f"without any brake:     accuracy {ends['none']['val_accuracy']:.2f}, cross-entropy {ends['none']['val_entropy']:.2f}"
)
assert log["val_loss"][-1] < ends["none"]["val_entropy"]

# %% loop-prepares [markdown]
# One more brake, and a good one for measurements.
#
# *Prepares:* `fit_loop`.

# %% space-intro [markdown]
# ## 12 A space of models
#
# Width, rate, price: numbers that training does not choose are **hyperparameters**. A search over them needs a
# **space**: which there are, and between which bounds. KerasTuner has you write a function that gets an object `hp`,
# asks it for values, and returns a compiled model.
#
# | ask | for |
# |---|---|
# | `hp.Int("width", 8, 64, step=8)` | a whole number |
# | `hp.Float("price", 1e-5, 1e-1, sampling="log")` | a number |
# | `hp.Choice("bend", ["relu", "tanh"])` | one of a few |
# | `hp.Boolean("shaken")` | yes or no |
#
# Here the task is another one: foretell the sugar of a pear from the other five measurements.


# %% space
def sugar_model(hp):
    """Return a compiled model for the sugar, as `hp` says."""
    net = keras.Sequential([keras.Input(shape=(5,))])
    if hp.Boolean("shaken"):
        net.add(keras.layers.GaussianNoise(0.3))
    net.add(keras.layers.Dense(hp.Int("width", 8, 64, step=8), hp.Choice("bend", ["relu", "tanh"])))
    net.add(keras.layers.Dense(1))
    speed = hp.Float("speed", 1e-4, 1e-1, sampling="log")
    net.compile(optimizer=keras.optimizers.Adam(speed), loss="mse", jit_compile=False)
    return net


hp = keras_tuner.HyperParameters()
first_try = sugar_model(hp)
print("asked for:", hp.values)
hp.values["width"] = 40
print("parameters:", first_try.count_params(), "and with 40 units:", sugar_model(hp).count_params())
assert first_try.count_params() == 6 * 8 + 9 and sugar_model(hp).count_params() == 6 * 40 + 41

# %% space-log-question [markdown]
# When first asked, `hp` notes the name and the bounds, and answers with a default: the lowest. Later the tuner puts
# other values in.
#
# Why `sampling="log"`? **Predict.** 1000 values are drawn between 0.0001 and 0.1. How many are below 0.01, drawn
# evenly, and drawn on a log scale?

# %% space-log
scales = keras_tuner.HyperParameters()
scales.Float("evenly", 1e-4, 1e-1)
scales.Float("on a log scale", 1e-4, 1e-1, sampling="log")
figure, panels = plt.subplots(1, 2, figsize=(9, 2.8), layout="constrained")
below = {}
for panel, parameter in zip(panels, scales.space):
    drawn = np.array([parameter.random_sample(seed) for seed in range(1000)])
    below[parameter.name] = np.mean(drawn < 0.01)
    panel.hist(drawn, bins=np.logspace(-4, -1, 31))
    panel.set(title=parameter.name, xscale="log", xlabel="value", ylabel="times drawn")
plt.show()
print({name: f"{share:.0%} below 0.01" for name, share in below.items()})
assert below["evenly"] < 0.15 and 0.55 < below["on a log scale"] < 0.75

# %% space-names-question [markdown]
# Rates and prices matter by their **factor**: from 0.001 to 0.002 is as far as from 0.01 to 0.02. Evenly drawn, nine
# of ten values lie in the highest of the three powers of ten, and the other two are hardly tried.
#
# **Predict.** Three asks in a loop. How many hyperparameters are there?

# %% space-names
one_name, own_names = keras_tuner.HyperParameters(), keras_tuner.HyperParameters()
for row in range(3):
    one_name.Int("trees", 1, 9)
    own_names.Int(f"trees in row {row}", 1, 9)
print(list(one_name.values))
print(list(own_names.values))
try:
    keras_tuner.HyperParameters().Float("price", 0.0, 1.0, sampling="log")
except ValueError as error:
    print(type(error).__name__, "-", error)
assert len(one_name.values) == 1 and len(own_names.values) == 3

# %% space-box [markdown]
# The **name** is the hyperparameter. Ask twice by one name, and you get the same value twice, without a word. Give each
# its own. And a log scale has no zero.
#
# A value that is asked for and then not used is worse than none: the search tries it, and its plots show a pattern in
# pure chance. So build the model at both ends of each range, and look whether something changes.
#
# > **If you learned this earlier.** `import kerastuner` was the old name of `keras_tuner`; use the new one. Its
# > searches now give up after some failures in a row.
#
# *Prepares:* `build_model`.

# %% search-intro [markdown]
# ## 13 Searching within a budget
#
# A **tuner** makes a **trial** again and again: it chooses values, builds the model, trains it, and notes a score. You
# give it a budget. The tuners differ in how they choose:
#
# | tuner | chooses | budget |
# |---|---|---|
# | `RandomSearch` | by dice | `max_trials` |
# | `BayesianOptimization` | where past trials promise most, or where nothing is known | `max_trials` |
# | `Hyperband` | by dice; many short trainings, and only the best go on | `max_epochs`, in rounds |
#
# Whatever a tuner calls training is in its `run_trial`. To see the *choosing* we leave the training out: a formula is
# the score, lowest at a rate of 0.01 and a width of 40. So a trial takes no time. (`threadpool_limits` keeps the
# Bayesian tuner's small matrices on one processor, which is quicker.)


# %% on-paper
def hollow(hp):
    """Return a made-up score, 0 at best."""
    rate, width = hp.Float("rate", 1e-4, 1.0, sampling="log"), hp.Int("width", 1, 64)
    return (math.log10(rate) + 2) ** 2 + ((width - 40) / 40) ** 2


class DiceOnPaper(keras_tuner.RandomSearch):
    def run_trial(self, trial, **ignored):
        return hollow(trial.hyperparameters)


class BayesOnPaper(keras_tuner.BayesianOptimization):
    def run_trial(self, trial, **ignored):
        return hollow(trial.hyperparameters)


def tried(tuner):
    """Return the values and the score of each trial, in the order in which they were made."""
    trials = tuner.oracle.trials
    return [(trials[name].hyperparameters.values, trials[name].score) for name in sorted(trials)]


dice_search = DiceOnPaper(max_trials=40, seed=3, directory=SHED, project_name="dice")
dice_search.search(verbose=0)
bayes_search = BayesOnPaper(
    max_trials=8, num_initial_points=4, seed=3, directory=SHED, project_name="bayes"
)
with threadpool_limits(1):
    bayes_search.search(verbose=0)

figure, panels = plt.subplots(1, 2, figsize=(10, 3.4), sharey=True, layout="constrained")
for panel, (name, tuner) in zip(
    panels, {"random, 40 trials": dice_search, "Bayesian, 8 trials": bayes_search}.items()
):
    found = tried(tuner)
    places = np.array([(values["rate"], values["width"]) for values, _ in found])
    dots = panel.scatter(
        *places.T, c=[score for _, score in found], cmap="cividis_r", vmin=0, vmax=4
    )
    for number, place in enumerate(places[:8]):
        panel.annotate(str(number), place, xytext=(4, 4), textcoords="offset points", fontsize=8)
    panel.plot(0.01, 40, "+", color=plots.COLOURS[1], markersize=14, markeredgewidth=2)
    panel.set(title=name, xscale="log", xlabel="rate", xlim=(1e-4, 1))
    print(
        f"{name}: best so far",
        np.minimum.accumulate([score for _, score in found])[[3, 7, -1]].round(2),
    )
panels[0].set(ylabel="width")
figure.colorbar(dots, ax=panels, label="score")
plt.show()

# %% on-paper-explained [markdown]
# The first four of both come by dice. Then the Bayesian tuner makes a guess of the whole landscape from what it has
# seen, and goes where a good score is likely. It pays where a trial is dear and the space has few dimensions. Random
# search is a strong rival: simple, each trial by itself, and any number of machines can share the work.
#
# Hyperband spends its budget in another way. **Predict.** `max_epochs=9, factor=3`: nine epochs at most. How many trials
# begin with a single epoch, and how many of these see nine?


# %% hyperband
class HyperbandOnPaper(keras_tuner.Hyperband):
    def run_trial(self, trial, **ignored):
        return hollow(trial.hyperparameters)


space_on_paper = keras_tuner.HyperParameters()
hollow(space_on_paper)
rounds = HyperbandOnPaper(
    max_epochs=9,
    factor=3,
    seed=3,
    directory=SHED,
    project_name="rounds",
    hyperparameters=space_on_paper,
)
rounds.search(verbose=0)
plan, total = {}, 0
for values, _ in tried(rounds):
    key = (values["tuner/bracket"], values["tuner/round"], values["tuner/epochs"])
    plan[key] = plan.get(key, 0) + 1
    total += values["tuner/epochs"] - values["tuner/initial_epoch"]
for (bracket, number, epochs), count in sorted(
    plan.items(), key=lambda item: (-item[0][0], item[0][1])
):
    print(f"bracket {bracket}, round {number}: models {count}, trained up to epoch {epochs}")
begun = sum(count for (_, number, _), count in plan.items() if number == 0)
print(f"{begun} models in {total} epochs; all of them for 9 epochs would be {9 * begun}")
assert total < 9 * begun / 2

# %% hyperband-explained [markdown]
# A knock-out: of those that get one epoch, the best third goes on to three, and the best third of these to nine. The
# other brackets begin with fewer and train longer, in case that good models are slow starters. A bad one costs only an
# epoch or three.
#
# **Reading trials.** The browser shows each trial as a line through its values to its score. (That is called
# `default_objective` here: so KerasTuner calls a number that `run_trial` gives back.)
#
# 1. Go through the best ones by their rank. Where do their lines cross the axis of the rate, and where that of the width?
# 2. Which of the two matters more, within the bounds that were searched?
# 3. Are the best ones at the edge of a range? Then the range was too small.

# %% browser
TrialBrowser(dice_search)

# %% browser-answer-text [markdown]
# When you have tried all three, run the next cell, which is folded up; a click on it opens it.

# %% browser-answer jupyter={"source_hidden": true}
ranked = [values for values, score in sorted(tried(dice_search), key=lambda trial: trial[1])[:8]]
parts = {}
for name, scale, low, high in [("rate", np.log10, -4, 0), ("width", np.asarray, 1, 64)]:
    chosen = [values[name] for values in ranked]
    parts[name] = np.ptp(scale(chosen)) / (high - low)
    reach = f"from {min(chosen):.3g} to {max(chosen):.3g}, {parts[name]:.0%} of the axis"
    print(f"{name:5} of the best eight: {reach}")
assert parts["rate"] < parts["width"]

# %% seeds-question [markdown]
# The good rates lie close together around 0.01; the good widths are spread out over more of their axis. So the rate
# matters more. It does in the formula, where it can cost 4, and the width at most 0.95.
#
# **Predict.** A tuner with the same seed: the same values? And a new tuner, with the same `directory` and
# `project_name` as one before?

# %% seeds
settings = {"max_trials": 3, "directory": SHED}
firsts = []
for seed, project in [(5, "one"), (5, "two"), (6, "three")]:
    tuner = DiceOnPaper(**settings, seed=seed, project_name=project)
    tuner.search(verbose=0)
    firsts.append([values["width"] for values, _ in tried(tuner)])
    print("seed", seed, "widths", firsts[-1])
assert firsts[0] == firsts[1] != firsts[2]

again = DiceOnPaper(**settings, seed=6, project_name="one")
again.search(verbose=0)
print("seed 6 in the folder of seed 5:", [values["width"] for values, _ in tried(again)])
assert [values["width"] for values, _ in tried(again)] == firsts[0]

# %% seeds-explained [markdown]
# A tuner writes each trial into its folder, and one that finds such a folder **reads it and goes on**. That saves a long
# search from a crash. But if you changed the model in between, or the seed, you get the old results, and the only sign
# is the word *Reloading*. `overwrite=True` begins anew.
#
# Now a real search: three trials of four epochs each. The tuner's seed fixes which values are tried; the first weights
# come from Keras's own dice, so these get a seed too.

# %% real-search
others, sugar = np.delete(pears, 5, axis=1), pears[:, 5:]
others_check, sugar_check = np.delete(pears_check, 5, axis=1), pears_check[:, 5:]
search = keras_tuner.RandomSearch(
    sugar_model, objective="val_loss", max_trials=3, seed=3, directory=SHED, project_name="sugar"
)
keras.utils.set_random_seed(13)
search.search(others, sugar, validation_data=(others_check, sugar_check), epochs=4, verbose=0)
for trial in search.oracle.get_best_trials(3):
    shown = {
        name: round(v, 4) if isinstance(v, float) else v
        for name, v in trial.hyperparameters.values.items()
    }
    print(f"trial {trial.trial_id}, {trial.status}: score {trial.score:.3f}  {shown}")
print(f"always saying the mean: {np.mean((sugar_check - sugar.mean()) ** 2):.3f}")
assert all(trial.status == "COMPLETED" for trial in search.oracle.trials.values())

# %% real-search-luck [markdown]
# Always look whether each trial is `COMPLETED`. One that fails is skipped, and where all fail a search may still hand
# you "best" values, which were never trained.
#
# **Predict.** The same values three times, with other first weights. How far apart are the scores?

# %% search-luck
winner = search.get_best_hyperparameters()[0]
scores = []
for luck in (1, 2, 3):
    keras.utils.set_random_seed(luck)
    lucky = sugar_model(winner)
    lucky.fit(others, sugar, epochs=4, verbose=0)
    scores.append(lucky.evaluate(others_check, sugar_check, batch_size=400, verbose=0))
print("scores:", np.round(scores, 3), "  spread:", round(max(scores) - min(scores), 3))
assert len(set(scores)) == 3

# %% search-after [markdown]
# Two trials that differ by less than this don't differ. `executions_per_trial=3` has the tuner train each trial three
# times and take the mean, for three times the price.
#
# What after the search? The best **values** are the result, not the trained model of the search: that one has not seen
# the validation rows. So build once more, and train on **all** rows that are not test rows. How good is it then? The
# score of the search can't say: it is the best of several, and of a model with fewer rows. The test set, which nobody
# has touched, says it, once.

# %% search-final
keras.utils.set_random_seed(13)
final = sugar_model(winner)
final.fit(np.vstack([others, others_check]), np.vstack([sugar, sugar_check]), epochs=4, verbose=0)
untouched = ((orchard(2000, seed=3)[0] - USUAL) / SPREAD).astype("float32")
verdict = final.evaluate(
    np.delete(untouched, 5, axis=1), untouched[:, 5:], batch_size=500, verbose=0
)
print(
    f"score of the search {search.oracle.get_best_trials()[0].score:.3f}   on the test set, once {verdict:.3f}"
)

# %% search-prepares [markdown]
# The score of the search was that of the *luckiest* of three, so it is a little too good. The final model had more
# rows to learn from, and that can make up for more than the luck.
#
# A function that tunes should keep to this: split off a validation part of its own, show the tuner nothing else, stay
# within the budget, use the seed for everything that draws, write where it was told to.
#
# *Prepares:* `tune`.

# %% keep-intro [markdown]
# ## 14 Keeping what was trained
#
# Chapter 4 saved and loaded layers. What should be kept of a **trained** model depends on who needs it:
#
# | what | method | holds | for |
# |---|---|---|---|
# | everything | `save` to a `.keras` file | architecture, weights, optimizer, how it was compiled | going on later |
# | weights | `save_weights` to a `.weights.h5` file | the numbers | the same code, elsewhere |
# | architecture | `to_json` | layers and settings, and how it was compiled | training anew |
# | an export | `export` to a folder | a computation, without Keras | serving in a program |
#
# **Predict** which of these four calls are refused.

# %% keep-refused
attempts = {
    "save to a folder": lambda: stopped.save(SHED / "pears"),
    "save with a format": lambda: stopped.save(SHED / "pears", save_format="tf"),
    "weights to .h5": lambda: stopped.save_weights(SHED / "pears.h5"),
    "weights to .keras": lambda: stopped.save_weights(SHED / "pears.keras"),
}
refused = 0
for name, attempt in attempts.items():
    try:
        attempt()
    except ValueError as error:
        refused += 1
        print(f"{name}: {str(error).split('. ')[0].replace(str(SHED), '…')}.")
assert refused == len(attempts)

# %% keep-box [markdown]
# All of them.
#
# > **If you learned this earlier.** `model.save("folder")` and `save_format="tf"` made a SavedModel folder; `export`
# > does that now. A `.h5` file of a whole model is still written, with a warning, and may fail to load.
#
# **Predict.** A model is saved and loaded, and trained on. Does the optimizer begin at step 0?

# %% keep-everything
stopped.save(SHED / "pears.keras")
back = keras.models.load_model(SHED / "pears.keras")
steps = int(stopped.optimizer.iterations)
print("steps:", steps, "and in the loaded one:", int(back.optimizer.iterations))
same = np.array_equal(back.predict(pears[:50], verbose=0), stopped.predict(pears[:50], verbose=0))
print("the same predictions:", same)
assert same and int(back.optimizer.iterations) == steps > 0

# %% keep-parts-question [markdown]
# It goes on, moments and all. **Predict.** A model is made from the JSON text alone. How good is it? And what does it
# need to be as good as the old one?

# %% keep-parts
plan_text = stopped.to_json()
print(plan_text[:75], "…", f"({len(plan_text)} characters)")
empty = keras.models.model_from_json(plan_text)
stopped.save_weights(SHED / "trained.weights.h5")


def share_right(net):
    return np.mean(net.predict(pears_check, verbose=0).argmax(axis=-1) == piles_check)


print(f"from JSON: {share_right(empty):.2f}", end="   ")
empty.load_weights(SHED / "trained.weights.h5")
print(f"with the weights: {share_right(empty):.2f}   the old one: {share_right(stopped):.2f}")
assert share_right(empty) == share_right(stopped) > 0.6
try:
    smaller = [keras.Input(shape=(6,)), keras.layers.Dense(8), keras.layers.Dense(4)]
    keras.Sequential(smaller).load_weights(SHED / "trained.weights.h5")
except ValueError as error:
    print("into another architecture:", " ".join(str(error).split())[:290], "…")

# %% keep-export-question [markdown]
# Weights fit only the architecture that they come from. The JSON is text that one can read and compare.
#
# Last, the export. **Predict.** What do you get back: a Keras model?

# %% keep-export
stopped.export(SHED / "for_the_machine", verbose=False)
for path in sorted((SHED / "for_the_machine").rglob("*")):
    if path.is_file():
        print(path.relative_to(SHED))
served = tf.saved_model.load(str(SHED / "for_the_machine"))
print(type(served).__name__, " has fit:", hasattr(served, "fit"))
print(
    "serve:",
    served.serve(pears[:1]).numpy().round(2),
    "  the model:",
    stopped.predict(pears[:1], verbose=0).round(2),
)
assert np.allclose(served.serve(pears[:20]), stopped.predict(pears[:20], verbose=0), atol=1e-5)

# %% keep-prepares [markdown]
# A function from inputs to outputs, that runs without Keras and without your code. It can't be trained further, so keep
# the `.keras` file as well.
#
# *Prepares:* `save_everything`.

# %% summary [markdown]
# ## On one page
#
# | idea | in short | remember |
# |---|---|---|
# | `fit` | epochs of batches: outputs, loss, slopes, step | calling it again goes on |
# | `verbose` | 0 silence, 1 bar, 2 lines | 2 for what is kept |
# | history | `.history`, one list for each name | names are those of `compile` |
# | three sets | training, validation, test | the test set decides nothing |
# | splitting | shuffle places, take pairs | `validation_split` takes the last rows, unshuffled |
# | leak | something was computed or chosen with rows that judge | split first |
# | optimizer | makes a step of a slope | Adam keeps 2 numbers a weight; one for each model |
# | learning rate | matters most | search it on a log scale |
# | schedule | by epoch: callback; by step: in the optimizer | 12 epochs are not 12 steps |
# | early stopping | patience, best weights | monitor a key that exists |
# | plateau | lowers the rate | less patience than stopping |
# | checkpoint | `.keras`, or `.weights.h5` | survives a crash |
# | hooks | train, epoch, batch, test: begin, end | state begins in `on_train_begin` |
# | batch logs | mean of the epoch so far | not the loss of the batch |
# | brakes | price, dropout, decay, stopping | training gets worse, validation better |
# | own loop | tape, slopes, apply | means by size, penalties, `training=True` |
# | hyperparameters | `hp.Int`, `Float`, `Choice`, `Boolean` | one name each; log for rates |
# | tuners | random, Bayesian, Hyperband | budget, seed, folder of its own |
# | saving | whole, weights, JSON, export | who needs it? |
#
# **When training does something odd**
#
# - The loss is NaN: raw inputs, a rate too large, a constant column, log of 0? `TerminateOnNaN` ends it.
# - The loss stands still from some step on: did the schedule reach 0, counted in steps?
# - Early stopping never stops: is its key in the history, and is there validation data?
# - It stops at once in the second run: a callback kept its state.
# - Validation is far below training: learned by heart; or the rows were sorted before the split.
# - Validation is wonderful: what was computed or chosen with these rows?
# - Two runs differ: `keras.utils.set_random_seed`, before the model is made.
# - A search gives last week's results: the same folder, without `overwrite=True`.
# - All trials score alike: is each hyperparameter used, and did the trials complete?
#
# *Prepares:* `training_quiz`.
#
# **Next:** the exercises of this chapter. `split_train_validation`, `LossHistory`, `StopAtAccuracy`,
# `training_callbacks` and `build_model` write again what you have seen. `plot_learning_curves`, `warmup_cosine`,
# `PatientStopping`, `KeepBest`, `fit_loop` and `tune` take it one step further. `prepare` and `save_everything` are
# repairs, and `training_quiz` asks what you would see.
