# %% title [markdown]
# # 5 · Losses and metrics
#
# A network becomes good at what its **loss** asks, and at nothing else. You judge it by its **metrics**, and believe
# what they say. So both deserve a careful look: most faults here raise no error. They give a number, and the number
# is wrong. In this lesson you choose losses, write your own, write metrics that survive many batches, and learn to
# read what a trained model got right and wrong.
#
# Run the cells from top to bottom with Shift+Enter. Where it says **Predict**, decide on an answer before you run the
# next cell: a wrong guess, noticed, is worth more than a right answer, read. The lesson takes about an hour and a
# half.

# %% setup
import logging
import tempfile
import time

import matplotlib.pyplot as plt
import numpy as np
import sklearn.metrics

from tfcourse_utils import plots, quiet_start
from tfcourse_utils.widgets import LossExplorer, ThresholdExplorer

with quiet_start():  # TensorFlow has much to say about the hardware when it is imported
    import keras
    import tensorflow as tf

plt.rcParams["axes.prop_cycle"] = plt.cycler(color=plots.COLOURS)  # for every colour vision
print("TensorFlow", tf.__version__, "with Keras", keras.__version__, "ready:", tf.ones(3).numpy())

# %% harbour-intro [markdown]
# ## 1 A loss and a metric
#
# A harbour has a weather station. Every evening it measures pressure, humidity and wind, each as the distance from
# the usual value, and foretells the next day: how warm it will be, whether it will rain, what the sky will be like.


# %% harbour-data
def harbour(days, seed):
    """Return what was measured on so many evenings, (days, 3), and what the next day brought."""
    dice = np.random.default_rng(seed)
    pressure, humidity, wind = evenings = dice.normal(size=(3, days))
    degrees = 12 + 3 * pressure - 2 * wind + dice.normal(scale=1.5, size=days)
    rainy = 1.5 * humidity - 2 * pressure - 1 + dice.logistic(size=days) > 0
    foggy = ~rainy & (humidity - wind + dice.logistic(scale=0.3, size=days) > 1.2)
    sky = np.where(rainy, 1, np.where(foggy, 2, 0))
    return evenings.T.astype("float32"), degrees[:, None].astype("float32"), sky


SKIES = ["clear", "rain", "fog"]
evenings, degrees, sky = harbour(960, seed=5)
rain = (sky == 1).astype("float32")[:, None]
print("evenings", evenings.shape, "  degrees", degrees.shape, "  rain", rain.shape)
print("sky", sky.shape, dict(zip(SKIES, np.bincount(sky).tolist())))

# %% two-judges [markdown]
# Two kinds of numbers judge a forecast of rain. **Accuracy** is the share of days it had right; the harbour master
# understands it at once. **Cross-entropy** is the mean of −log of the probability given to what happened; nobody
# feels what a cross-entropy of 0.4 means.
#
# Here is a hand-made forecast with one number to turn, its bias. **Predict.** Both judges are drawn against the bias,
# on 60 days. Which of the two curves tells gradient descent where to go?


# %% two-judges-drawn
def forecast(bias, evenings):
    """Return the probability of rain that a hand-made unit gives, (n, 1)."""
    return tf.sigmoid(1.5 * evenings[:, 1:2] - 2.0 * evenings[:, 0:1] + bias)


few, few_rain = evenings[:60], rain[:60]
biases = np.linspace(-6, 4, 301)
entropy = [keras.losses.BinaryCrossentropy()(few_rain, forecast(b, few)) for b in biases]
share = [np.mean((forecast(b, few) > 0.5) == (few_rain == 1)) for b in biases]

figure, panels = plt.subplots(1, 2, figsize=(10, 3.2), layout="constrained")
panels[0].plot(biases, entropy)
panels[0].set(title="A loss: cross-entropy", xlabel="bias", ylabel="loss")
panels[1].plot(biases, share, color=plots.COLOURS[1])
panels[1].set(title="A metric: accuracy", xlabel="bias", ylabel="share of days right")
for panel in panels:
    panel.grid(alpha=0.3)
plt.show()
flat = np.mean(np.diff(share) == 0)
print(f"the accuracy stands still between {flat:.0%} of neighbouring biases")
print(f"lowest loss at the bias {biases[np.argmin(entropy)]:.2f}")
assert flat > 0.75 and 0 < np.argmin(entropy) < 300

# %% two-judges-tape-question [markdown]
# The left one: it has a slope wherever you stand. The accuracy is a staircase, flat and then a jump.
#
# **Predict.** What does the tape of chapter 2 return for each: a number, zero, or `None`?

# %% two-judges-tape
bias = tf.Variable(-4.0)
with tf.GradientTape(persistent=True) as record:
    called = forecast(bias, few)
    loss = keras.losses.BinaryCrossentropy()(few_rain, called)
    accuracy = tf.reduce_mean(tf.cast((called > 0.5) == (few_rain == 1), tf.float32))
print("slope of the loss:    ", record.gradient(loss, bias).numpy().round(3))
print("slope of the accuracy:", record.gradient(accuracy, bias))
assert record.gradient(accuracy, bias) is None

# %% accuracy-as-loss-intro [markdown]
# `None`: a comparison has no slope, and the record ends there. If you train on such a thing, Keras stops at once:


# %% accuracy-as-loss
def rain_model():
    """Return one unit that gives a probability of rain, always with the same first weights."""
    keras.utils.set_random_seed(2)
    unit = keras.layers.Dense(units=1, activation="sigmoid")
    return keras.Sequential([keras.Input(shape=(3,)), unit])


hopeless = rain_model()
hopeless.compile(optimizer="adam", loss=keras.metrics.binary_accuracy)
try:
    hopeless.fit(evenings, rain, verbose=0)
except ValueError as error:
    print(type(error).__name__, "-", error)

# %% loss-and-metric-rules [markdown]
# So a loss and a metric are made for different readers:
#
# | | loss | metric |
# |---|---|---|
# | read by | the optimizer | people |
# | must have slopes | yes, and not 0 nearly everywhere | no |
# | lower is better | always | as you like |
# | given as | one number for each sample | one number for all samples |
#
# A loss may serve as a metric too; the mean absolute error, in degrees, is read as easily as it trains. In `compile`
# each has its own place. What `fit` returns remembers both, epoch by epoch.

# %% both-in-fit
model = rain_model()
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.02),
    loss="binary_crossentropy",
    metrics=["accuracy", "mae"],
)
record_of_fit = model.fit(evenings, rain, batch_size=64, epochs=12, verbose=0).history
for name, values in record_of_fit.items():
    print(f"{name:9}", " ".join(f"{value:.3f}" for value in values[::3]))
assert record_of_fit["loss"][-1] < record_of_fit["loss"][0]

# %% tasks-intro [markdown]
# ## 2 The loss for the task
#
# Three questions lead to the loss. What is foretold? In which **form** are the targets? What does the last layer give
# out?
#
# | task | targets | last layer | loss | usual metrics |
# |---|---|---|---|---|
# | yes or no | 0 or 1, (n, 1) | 1 unit, sigmoid | binary cross-entropy | binary accuracy, precision, recall, AUC |
# | one of k classes | one-hot, (n, k) | k units, softmax | categorical cross-entropy | categorical accuracy, top-k |
# | one of k classes | whole numbers 0 … k − 1, (n,) | k units, softmax | *sparse* categorical cross-entropy | *sparse* categorical accuracy |
# | several labels at once | 0 or 1 for each, (n, k) | k units, sigmoid | binary cross-entropy | binary accuracy, F1 |
# | a number | (n, 1) | 1 unit, linear | mean squared error | mean absolute error, root mean squared error, R² |
# | a number, with outliers | (n, 1) | 1 unit, linear | mean absolute error, Huber, log-cosh | mean absolute error |
# | a positive number over many sizes | (n, 1) | 1 unit, softplus | mean squared *logarithmic* error | mean absolute *percentage* error |
# | a distribution | shares, (n, k) | k units, softmax | KL divergence | KL divergence |
# | a direction | vectors, (n, k) | k units, linear | cosine similarity | cosine similarity |
#
# If the last layer gives raw scores (**logits**), the same losses apply with `from_logits=True`, as in chapter 3.
#
# First the losses for numbers. They differ in what a large error costs.

# %% regression-losses
errors = np.linspace(-4, 4, 161, dtype="float32")[:, None]
truth = np.zeros_like(errors)
axes = plots.new_axes("Four losses for a number", width=6.5, height=3.8)
for name, style in [("mse", "-"), ("mae", "--"), ("huber", "-."), ("log_cosh", ":")]:
    axes.plot(errors, keras.losses.get(name)(truth, errors), style, linewidth=2, label=name)
axes.set(xlabel="error: prediction − target", ylabel="loss of one sample", ylim=(0, 8))
axes.grid(alpha=0.3)
axes.legend()
plt.show()

# %% outlier-question [markdown]
# **Predict.** On 99 days the forecast is 1 degree off. On one day the thermometer is broken, and the target is 50
# degrees off. What part of the summed loss is due to that one day, for each of these losses?

# %% outlier
off_by = np.ones((100, 1), "float32")
off_by[-1] = 50.0
part = {}
for name in ("mse", "mae", "huber"):
    costs = keras.losses.get(name)(np.zeros_like(off_by), off_by).numpy()
    part[name] = costs[-1] / costs.sum()
    print(
        f"{name:6} one day costs {costs[-1]:7.1f}, the other 99 together {costs[:-1].sum():5.1f}: {part[name]:.0%}"
    )
assert part["mse"] > 0.95 and part["mae"] < 0.4 and part["huber"] < 0.55

# %% classes-intro [markdown]
# Under the squared error that one day is nearly all the loss; the model would be bent towards a broken thermometer.
#
# Now classes. The two categorical cross-entropies are one and the same loss for two forms of target. Each takes −log
# of the probability that stands in the true class's place.

# %% sparse-and-one-hot
table = tf.constant([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3], [0.3, 0.3, 0.4]])
as_numbers = np.array([0, 1, 0])
as_rows = keras.utils.to_categorical(as_numbers, 3)
print("whole numbers", as_numbers.shape, "  one-hot", as_rows.shape)
sparse = keras.losses.sparse_categorical_crossentropy(as_numbers, table).numpy()
categorical = keras.losses.categorical_crossentropy(as_rows, table).numpy()
print("sparse:     ", sparse.round(4))
print("categorical:", categorical.round(4))
print("by hand:    ", -np.log([0.7, 0.6, 0.3]).round(4))
assert np.allclose(sparse, categorical) and np.allclose(sparse, -np.log([0.7, 0.6, 0.3]))

# %% wrong-form-question [markdown]
# **Predict.** What happens when the form and the loss don't match? Exchange them and see.

# %% wrong-form
for name, targets in [
    ("categorical_crossentropy", as_numbers),
    ("sparse_categorical_crossentropy", as_rows),
]:
    try:
        print(keras.losses.get(name)(targets, table))
    except ValueError as error:
        print(f"{name} of targets {targets.shape}:\n    {error}")

# %% wrong-and-silent-intro [markdown]
# These two are refused. The message names shapes, not the cause; the cause is the form of the targets.
#
# Other mismatches **run**. **Predict** for each whether you would notice it in training:
#
# 1. binary cross-entropy on one-hot rows of three classes,
# 2. mean squared error between class numbers, as a column, and probabilities,
# 3. binary cross-entropy with the labels −1 and 1.

# %% wrong-and-silent
one_hot_sky = keras.utils.to_categorical(sky, 3)
undecided = np.full((len(sky), 3), 1 / 3, "float32")
seen = keras.metrics.BinaryAccuracy()(one_hot_sky, undecided).numpy()
print(f"1. a model that knows nothing has the binary accuracy {seen:.3f}")
column = np.array([[2], [0], [1]])
perfect = np.eye(3, dtype="float32")[[2, 0, 1]]
silly = keras.losses.mean_squared_error(column, perfect).numpy()
shrug = keras.losses.mean_squared_error(column, undecided[:3]).numpy()
print(f"2. perfect probabilities have the losses {silly.round(2)}, undecided ones {shrug.round(2)}")
signs, guessed = np.array([[-1.0], [1.0]]), np.array([[0.001], [0.999]])
below = keras.losses.binary_crossentropy(signs, guessed).numpy()
print(f"3. the losses of two samples are {below.round(2)}")
assert np.isclose(seen, 2 / 3) and np.all(shrug < silly) and below[0] < 0

# %% wrong-and-silent-explained [markdown]
# 1. Two of the three places of every row are 0, and a third is below one half: "right" in two places of three. The
#    numbers look fine and get better with training, only they answer another question: place by place, not day by
#    day. This one survives for months.
# 2. The column is stretched over the three places, so the loss asks every probability to equal the class number. It
#    is lowest where the model shrugs: training teaches it to be undecided, whatever the day.
# 3. The loss goes below 0 and on towards minus infinity. A loss that can't be negative and is, is the clearest sign
#    one ever gets; it is overlooked because lower looks better.
#
# Two losses of the table are for targets that are not classes. **KL divergence** compares distributions. Here four
# forecasters voted on the sky; the truth is a row of shares. **Predict.** The model gives exactly the same shares.
# What is its cross-entropy, and what its KL divergence?

# %% kl
votes = np.array([[0.5, 0.25, 0.25]], "float32")
for name, row in [
    ("the same shares", [[0.5, 0.25, 0.25]]),
    ("sure of clear sky", [[0.98, 0.01, 0.01]]),
]:
    crossed = keras.losses.categorical_crossentropy(votes, np.array(row)).numpy()[0]
    apart = keras.losses.kl_divergence(votes, np.array(row)).numpy()[0]
    print(
        f"{name:18} cross-entropy {crossed:.3f}   KL divergence {apart:.3f}   difference {crossed - apart:.3f}"
    )
print(f"entropy of the votes themselves: {-np.sum(votes * np.log(votes)):.3f}")
assert np.isclose(crossed - apart, -np.sum(votes * np.log(votes)), atol=1e-3)

# %% cosine-intro [markdown]
# KL divergence is the cross-entropy less what can't be avoided, the entropy of the truth. Their slopes are the same;
# only KL reaches 0.
#
# **Cosine similarity** looks at directions and forgets lengths. As a loss it is turned round, so that lower is
# better. **Predict** its range.

# %% cosine
north_east = np.array([[1.0, 1.0]])
for name, wind in [
    ("same way, three times as strong", [3, 3]),
    ("across", [-1, 1]),
    ("against", [-2, -2]),
]:
    alike = keras.losses.cosine_similarity(north_east, np.array([wind], "float32")).numpy().item()
    print(f"{name:32} {abs(alike) if alike == 0 else alike:5.2f}")

# %% metric-table [markdown]
# From −1, the same direction, to 1. So here −1 is perfect, and 0 is not good at all.
#
# The metrics you will meet most, all in `keras.metrics`:
#
# | question | metric |
# |---|---|
# | how many are right? | `BinaryAccuracy`, `CategoricalAccuracy`, `SparseCategoricalAccuracy` |
# | is the truth among the best k guesses? | `TopKCategoricalAccuracy`, `SparseTopKCategoricalAccuracy` |
# | of those called positive, how many are? of the positive, how many were found? | `Precision`, `Recall` |
# | both in one number? | `F1Score` |
# | how good is the ranking, whatever the threshold? | `AUC` |
# | how far off, in the target's own unit? | `MeanAbsoluteError`, `RootMeanSquaredError` |
# | how much better than always saying the mean? | `R2Score` |
# | where is the average wrong (up or down)? | `Mean` of the differences |
# | how much do two regions overlap? | `MeanIoU` |
#
# *Prepares:* `compile_for`.

# %% names-intro [markdown]
# ## 3 Names and objects
#
# `compile` takes a loss in three ways: a **name**, a **function**, or an **object** of a class.

# %% three-ways
by_name = keras.losses.get("binary_crossentropy")
by_class = keras.losses.BinaryCrossentropy()
called = tf.constant([[0.9], [0.2], [0.6]])
happened = tf.constant([[1.0], [0.0], [0.0]])
print("name:    ", by_name)
print("function:", by_name(happened, called).numpy().round(3), "one for each sample")
print("object:  ", by_class(happened, called).numpy().round(3), "  their mean")
assert by_name is keras.losses.binary_crossentropy
assert np.isclose(np.mean(by_name(happened, called)), by_class(happened, called))

# %% when-objects [markdown]
# A name stands for the function with its usual settings. It is not enough, and you need an object, when
#
# - the last layer gives logits: `from_logits=True`;
# - a loss has a setting: the delta of Huber, label smoothing, the axis of cosine similarity;
# - you want another reduction or another name in the log;
# - a metric needs a threshold, a number of classes, a k;
# - it is your own.
#
# A name is a piece of text, and nobody checks it before it is used. **Predict.** Which line below raises the error?

# %% wrong-name
try:
    model.compile(optimizer="adam", loss="mean_square_loss")
    print("compile is content")
    model.evaluate(evenings[:64], rain[:64], verbose=0)
except ValueError as error:
    print(type(error).__name__, "-", str(error).splitlines()[0])

# %% function-class-box [markdown]
# The error comes only when the loss is wanted, in `fit` or `evaluate`.
#
# > **If you learned this earlier.** Notes write `loss=keras.losses.sparse_categorical_crossentropy()`. Small letters
# > are the function, and the brackets call it here and now, with nothing. And `metrics="accuracy"` without the list
# > used to be taken.

# %% function-class
try:
    keras.losses.sparse_categorical_crossentropy()
except TypeError as error:
    print(type(error).__name__, "-", error)
try:
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics="accuracy")
except ValueError as error:
    print(type(error).__name__, "-", error)

# %% echo-intro [markdown]
# Give the function without brackets, or the class `SparseCategoricalCrossentropy` with them.
#
# Now to the name that is used most. `"accuracy"` is not one metric: Keras picks one, from the shapes of targets and
# outputs. To watch it do so we use a model that only repeats its input, so that we can hand in predictions and see
# how they are judged. `run_eagerly=True` lets it run step by step in Python, good for a few numbers.


# %% echo
def judged(predictions, targets, sample_weight=None, batch_size=None, **compiled):
    """Return what `evaluate` says of predictions, which a model hands on as they are."""
    predictions = np.asarray(predictions, "float32")
    echo = keras.Sequential([keras.Input(shape=predictions.shape[1:]), keras.layers.Identity()])
    echo.compile(run_eagerly=True, **compiled)
    return echo.evaluate(
        predictions,
        targets,
        batch_size=batch_size or len(predictions),
        sample_weight=sample_weight,
        verbose=0,
        return_dict=True,
    )


for loss, targets, predictions in [
    ("binary_crossentropy", happened.numpy(), called),
    ("categorical_crossentropy", as_rows, table),
    ("sparse_categorical_crossentropy", as_numbers, table),
]:
    found = judged(predictions, targets, loss=loss, metrics=["accuracy"])
    print(f"{loss:32} accuracy {found['accuracy']:.3f}")
    assert np.isclose(found["accuracy"], 2 / 3)

# %% accuracy-class-question [markdown]
# Three forms, three metrics behind one name, two right of three each time. What is it that Keras looks at? The
# **shapes** alone: one output, or several; whole numbers, or rows.
#
# **Predict.** Two warnings, frost and gale, may both be given, or neither: two sigmoids, rows of 0 and 1. Of the eight
# warnings below seven are right. What does `"accuracy"` say?

# %% accuracy-several
given = np.array([[0.9, 0.6], [0.2, 0.1], [0.8, 0.7], [0.3, 0.9]])
warranted = np.array([[1.0, 1.0], [0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
found = judged(
    given, warranted, loss="binary_crossentropy", metrics=["accuracy", "binary_accuracy"]
)
print({name: round(value, 3) for name, value in found.items() if name != "loss"})
other_way = judged(given[:, ::-1], warranted[:, ::-1], loss="mse", metrics=["accuracy"])
print(f"accuracy, the columns exchanged: {other_way['accuracy']:.3f}")
assert (found["accuracy"], found["binary_accuracy"]) == (1.0, 7 / 8)
assert other_way["accuracy"] == 0.5

# %% accuracy-class-intro [markdown]
# It says that all is right. Rows of several places look like classes, so `"accuracy"` compares the place of the largest
# number in both rows; where both warnings are due, or none, the first place counts as the largest, and so it matters
# which warning stands first. The loss was binary, and Keras does not ask the loss. Say `"binary_accuracy"` where
# several labels may be true at once.
#
# **Predict.** Somebody who likes objects writes `keras.metrics.Accuracy()`. What accuracy will be read for these
# three forecasts of rain, 0.9, 0.2 and 0.6, when 1, 0 and 0 happened?

# %% accuracy-class
for metric in (keras.metrics.Accuracy(), keras.metrics.BinaryAccuracy()):
    print(f"{type(metric).__name__:15}", metric(happened, called).numpy().round(3))
never = judged(called, happened.numpy(), loss="mse", metrics=[keras.metrics.Accuracy()])
sure = keras.metrics.Accuracy()(happened, [[1.0], [0.0], [1.0]]).numpy()
print("of the bare decisions 1, 0, 1:", sure.round(3))
assert never["accuracy"] == 0.0 and np.isclose(sure, 2 / 3)

# %% accuracy-class-box [markdown]
# > **If you learned this earlier.** `metrics=[keras.metrics.Accuracy()]` stands in many notes. That class asks
# > whether prediction and target are **equal**. A probability of 0.9 is not equal to 1, so every day counts as wrong.
# >
# > Why does it go unnoticed? There is no error and no warning. The log calls it `accuracy`. The loss falls as it
# > should, since training never looks at a metric. The 0.0 is taken for a hard task or a bug in the data, and people
# > search there for days. Sometimes it is not even 0: a unit that has become very sure rounds to exactly 0 or 1 in
# > float32, and a few days are counted.
#
# The name is safer here than the object. But it is not safe everywhere. **Predict.** The unit below gives logits, and
# its logit for the second sample is 0.3. On which side of the border does `"accuracy"` put it?

# %% accuracy-logits
logits = np.array([[2.0], [0.3], [-1.0], [0.4]], "float32")
wet = np.array([[1.0], [1.0], [0.0], [1.0]])
found = judged(
    logits,
    wet,
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=["accuracy", keras.metrics.BinaryAccuracy(name="at_zero", threshold=0.0)],
)
print({name: round(value, 3) for name, value in found.items()})
assert found["accuracy"] == 0.5 and found["at_zero"] == 1.0

# %% names-prepares [markdown]
# The loss was told that these are logits; the metric was not. It compares them with one half, and the border of logits
# is at zero. The same silence: all four are right, and two of them are counted. With logits, give the metric its
# threshold.
#
# *Prepares:* `mend_compile`.

# %% samples-intro [markdown]
# ## 4 One loss for each sample
#
# A loss function gets a batch of targets and a batch of predictions, and returns **one number for each sample**.
# Keras does the rest, in this order:
#
# 1. call the function: one loss for each sample;
# 2. multiply each by its **sample weight**, if there are any;
# 3. **reduce**: add up, and divide by the number of samples.
#
# The built-in functions average over the **last axis**. **Predict** the three shapes.

# %% last-axis
for shape in [(5, 3), (5, 1), (5,)]:
    costs = keras.losses.mean_squared_error(np.zeros(shape), np.ones(shape))
    print("inputs", shape, " losses", costs.shape)
assert costs.shape == ()

# %% last-axis-explained [markdown]
# The last one surprises: in a flat array the samples *are* the last axis, and all of them were averaged. Inside `fit`
# this does not happen, since Keras makes a column of flat targets. When you call a loss yourself, or write one, think
# of both.
#
# Does it matter who takes the mean? **Predict.** On the last four of these eight days the thermometer was broken, so
# their weight is 0. Two losses of ours follow, the square of the error and the mean of the squares. Which of them
# leaves the broken days out?


# %% average-too-early
def each(targets, predictions):
    return tf.square(targets - predictions)


def averaged(targets, predictions):
    return tf.reduce_mean(tf.square(targets - predictions))


guesses, measured = np.zeros((8, 1)), np.array([[1.0]] * 4 + [[30.0]] * 4)
trusted = np.array([1.0] * 4 + [0.0] * 4)
weighed = {}
for function in (each, averaged):
    plain = judged(guesses, measured, loss=function)["loss"]
    weighed[function.__name__] = judged(guesses, measured, trusted, loss=function)["loss"]
    print(
        f"{function.__name__:9} no weights {plain:.2f}   with weights {weighed[function.__name__]:.2f}"
    )
assert weighed["each"] == 0.5 and weighed["averaged"] > 200

# %% average-too-early-explained [markdown]
# Without weights they agree, and that is why the second fault lives long. With weights it is one number that Keras
# multiplies by eight weights: good days and broken days alike. The weights are taken, and mean nothing.
#
# One more thing to see: four days cost 1 each, and the loss is 0.5. Keras divides by the number of samples, eight,
# not by the sum of the weights. With `reduction="mean_with_sample_weight"` it is the other way.
#
# Metrics have a rule of their own: those in `metrics` never see the weights, those in `weighted_metrics` do.

# %% weights-and-metrics
found = judged(
    guesses,
    measured,
    trusted,
    loss=keras.losses.MeanSquaredError(reduction="mean_with_sample_weight"),
    metrics=[keras.metrics.MeanAbsoluteError(name="all_days")],
    weighted_metrics=[keras.metrics.MeanAbsoluteError(name="trusted_days")],
)
print(found)
assert found == {"loss": 1.0, "all_days": 15.5, "trusted_days": 1.0}

# %% class-weight-intro [markdown]
# `class_weight` in `fit` is sample weights in short: one weight for each class. Rain falls on a part of the days
# only; counted three times, rainy days pull the forecast towards rain.

# %% class-weight
calls = {}
for weight in (1.0, 3.0):
    weighted_model = rain_model()
    weighted_model.compile(optimizer=keras.optimizers.Adam(0.05), loss="binary_crossentropy")
    weighted_model.fit(
        evenings, rain, batch_size=64, epochs=8, class_weight={0: 1.0, 1: weight}, verbose=0
    )
    calls[weight] = float(np.mean(weighted_model(evenings).numpy() > 0.5))
    print(
        f"rain counts {weight:.0f} times: rain foretold on {calls[weight]:.0%} of the days, it fell on {rain.mean():.0%}"
    )
assert calls[3.0] > calls[1.0] + 0.05

# %% huber-intro [markdown]
# Now to a loss that is worth knowing inside out. The squared error is good near 0: its slope shrinks as the error
# does, so training comes to rest. The absolute error is good far out: a broken thermometer pulls no harder than an
# honest error. **Huber's loss** takes both:
#
# $$ \text{loss} = \begin{cases} \tfrac12\, e^2 & |e| \le 1 \\ |e| - \tfrac12 & |e| > 1 \end{cases} $$
#
# where e is the error. At 1 both halves have the value ½ and the slope 1, so they meet without a kink.
#
# **Predict.** What is the slope of each loss at an error of 0.1, of 3, of 300?

# %% huber-slopes
for size in (0.1, 3.0, 300.0):
    e = tf.Variable([[size]])
    row = []
    for name in ("mse", "mae", "huber"):
        with tf.GradientTape() as tape:
            cost = keras.losses.get(name)(tf.zeros((1, 1)), e)
        row.append(f"{name} {tape.gradient(cost, e).numpy().item():6.1f}")
    print(f"error {size:5}: ", "   ".join(row))

half = keras.losses.huber([[0.0]], [[1.0]]).numpy().item()
assert half == 0.5 and np.isclose(keras.losses.huber([[0.0]], [[3.0]]).numpy().item(), 2.5)

# %% loss-explorer-intro [markdown]
# The slope is what pulls. In the explorer you see a loss and its slope against the prediction, and what outliers do.
#
# 1. Follow the slope of each loss as the prediction moves away from the target.
# 2. Change the threshold of Huber's loss. Towards which loss does it go when the threshold grows, and when it
#    shrinks?
# 3. Under "show", choose "one outlier" and move it. Which loss lets itself be pulled?

# %% loss-explorer
LossExplorer()

# %% loss-explorer-explained [markdown]
# The next cell, folded up, has the answer to the second question in numbers. When you have tried, select it and run
# it; a click on it opens it.

# %% loss-explorer-answer jupyter={"source_hidden": true}
some_errors = np.array([[-3.0], [0.5], [2.0]], "float32")
none = np.zeros_like(some_errors)
wide = keras.losses.Huber(delta=100.0, reduction=None)(none, some_errors).numpy().ravel()
narrow = keras.losses.Huber(delta=0.001, reduction=None)(none, some_errors).numpy().ravel()
print("errors:              ", some_errors.ravel())
print("threshold 100:       ", wide)
print("threshold 0.001:     ", narrow, " divided by it:", (narrow / 0.001).round(2))
assert np.allclose(wide, some_errors.ravel() ** 2 / 2)
assert np.allclose(narrow / 0.001, np.abs(some_errors.ravel()), atol=1e-3)

# %% broadcast-trap-intro [markdown]
# A large threshold makes it half the squared error. A small one makes it the absolute error, times the threshold.
#
# One trap lies in the subtraction. You met it in chapters 2 and 3, and losses are where it does most harm.
# **Predict** the shape when a flat array and a column meet.

# %% broadcast-trap
flat_targets, column_of_guesses = np.arange(4.0), np.arange(4.0)[:, None]
difference = each(flat_targets, column_of_guesses)
print("(4,) and (4, 1) give", difference.shape, "and the mean", float(tf.reduce_mean(difference)))
assert difference.shape == (4, 4) and float(tf.reduce_mean(difference)) == 2.5
inside = judged(column_of_guesses, flat_targets, loss=each)["loss"]
print("the same inside evaluate:", inside)
assert inside == 0.0

# %% samples-prepares [markdown]
# All guesses are perfect, and the "loss" is 2.5. Inside `fit` and `evaluate` Keras brings both to the same rank; in
# calls of your own, you do.
#
# Where a loss has two halves, as Huber's, choose between them for each sample, with `tf.where`: a Python `if` would
# ask one question of a whole batch.

# %% if-on-a-batch
try:
    if tf.constant([0.2, 3.0]) > 1.0:
        print("never printed")
except ValueError as error:
    print(type(error).__name__, "-", error)

# %% samples-prepares-names [markdown]
# *Prepares:* `huber`.

# %% settings-intro [markdown]
# ## 5 Losses with a setting
#
# Keras calls a loss with targets and predictions and nothing else. Where does a setting go? Into a function that
# **makes** the loss. The harbour does not mind errors of a degree or two, say; what is within a tolerance shall be
# free.


# %% tolerant
def tolerant(tolerance):
    """Return a loss: the absolute error, as far as it goes beyond the tolerance."""

    def beyond(targets, predictions):
        distance = tf.abs(targets - predictions)
        return tf.nn.relu(distance - tolerance)

    return beyond


strict, easy = tolerant(0.5), tolerant(2.0)
off = tf.constant([[0.3], [1.0], [5.0]])
print("strict:", strict(tf.zeros_like(off), off).numpy().ravel())
print("easy:  ", easy(tf.zeros_like(off), off).numpy().ravel())

# %% late-binding-question [markdown]
# The inner function keeps the `tolerance` it was born with; this is called a **closure**. Two calls make two losses
# that know nothing of each other.
#
# **Predict.** A list of losses is made in a loop, without the outer function. What do they say of an error of 5?

# %% late-binding
in_a_loop = [lambda t, p: tf.nn.relu(tf.abs(t - p) - tolerance) for tolerance in (0.5, 2.0, 4.0)]
made = [tolerant(tolerance) for tolerance in (0.5, 2.0, 4.0)]
print("from the loop: ", [float(loss(0.0, 5.0)) for loss in in_a_loop])
print("from the maker:", [float(loss(0.0, 5.0)) for loss in made])
assert [float(loss(0.0, 5.0)) for loss in in_a_loop] == [1.0] * 3

# %% late-binding-explained [markdown]
# The losses of the loop all look up the same `tolerance` when they are **called**, and by then it is 4. A name that a
# function reads from outside is read at the time of the call. This matters again in section 8.
#
# What does a setting do to the model? Ask for the best **constant**: if the forecast were one number for all days,
# which would the loss choose? The data are millimetres of rain: mostly little, now and then very much. The third loss
# is lopsided: too little foretold costs three times the square, because then the cellars flood.


# %% best-constant
def lopsided(times):
    """Return the squared error, so many times as dear where the prediction was too low."""

    def flood_price(targets, predictions):
        miss = targets - predictions
        return tf.where(miss > 0, times * miss**2, miss**2)

    return flood_price


millimetres = np.random.default_rng(8).gamma(0.8, 5.0, size=600).astype("float32")
constants = np.linspace(0, 14, 281, dtype="float32")
judges = {
    "squared error": lopsided(1.0),
    "absolute error": tolerant(0.0),
    "lopsided, 3 times": lopsided(3.0),
}
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
left.hist(millimetres, bins=40, color="#999999")
left.set(title="600 days", xlabel="millimetres of rain", ylabel="days")
chosen = {}
for (name, judge), style, colour in zip(judges.items(), ("-", "--", ":"), plots.COLOURS):
    mean_loss = np.array([float(tf.reduce_mean(judge(millimetres, c))) for c in constants])
    chosen[name] = float(constants[mean_loss.argmin()])
    right.plot(constants, mean_loss / mean_loss.min(), style, color=colour, label=name)
    left.axvline(chosen[name], linestyle=style, color=colour, label=name)
right.set(
    title="Mean loss of a constant forecast",
    xlabel="constant",
    ylabel="loss / lowest loss",
    ylim=(0.95, 2),
)
left.legend(title="best constant")
right.legend()
plt.show()
print({name: round(value, 2) for name, value in chosen.items()})
print(f"mean {millimetres.mean():.2f}, median {np.median(millimetres):.2f}")
assert abs(chosen["squared error"] - millimetres.mean()) < 0.1
assert abs(chosen["absolute error"] - np.median(millimetres)) < 0.3
assert chosen["lopsided, 3 times"] > chosen["squared error"] + 0.5

# %% best-constant-explained [markdown]
# The squared error chooses the **mean**, the absolute error the **median**: as many days above as below. The lopsided
# one is pulled to the side where errors are dear. So a loss is a question: *which* forecast do you want? Turned
# round: if you want the value that nine days of ten stay below, make a straight loss lopsided in the right
# proportion.
#
# Two losses of your own may go into the explorer. Change the numbers:

# %% own-explorer
LossExplorer(tolerant(1.5), lopsided(3.0))

# %% log-zero-intro [markdown]
# A loss with a logarithm has one more duty. **Predict.** A model says the probability is 0, and it happens. And a
# model says 0, and it does not happen. What are the two cross-entropies, computed as the formula says?

# %% log-zero
p, happened_or_not = tf.constant([0.0, 0.0]), tf.constant([1.0, 0.0])
as_written = -(happened_or_not * tf.math.log(p) + (1 - happened_or_not) * tf.math.log(1 - p))
print("as written:", as_written.numpy())
kept_finite = keras.losses.binary_crossentropy(happened_or_not[:, None], p[:, None])
print("Keras:     ", kept_finite.numpy().round(2), "  keeps a distance of", keras.config.epsilon())
assert np.isinf(as_written[0]) and np.isnan(as_written[1]) and np.all(np.isfinite(kept_finite))

# %% settings-prepares [markdown]
# The second is right, and gives NaN, 0 times infinity. One such sample makes the mean of the batch NaN, and the next
# step every weight. Built-in losses move probabilities a hair away from 0 and 1 before the logarithm.
#
# Huber's loss takes a threshold in the same way. Up to it, the loss is half the square; beyond it goes straight on.
# If the two parts are to meet with the same value and the same slope, as they did at 1, this says all: work out on
# paper what the straight part must be, before you write it.
#
# *Prepares:* `create_huber`, `weighted_binary_cross_entropy`, `pinball`.

# %% objects-intro [markdown]
# ## 6 Losses as objects
#
# A function with a setting trains perfectly. The trouble begins when the model comes back from a file. **Predict.**
# What can Keras write down of the loss below?

# %% closure-lost
scratch = tempfile.TemporaryDirectory()


def degrees_model():
    """Return one linear unit, always with the same first weights."""
    keras.utils.set_random_seed(3)
    return keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(units=1)])


warm = degrees_model()
warm.compile(optimizer=keras.optimizers.Adam(0.3), loss=tolerant(0.5))
warm.fit(evenings, degrees, batch_size=64, epochs=5, verbose=0)
warm.save(f"{scratch.name}/closure.keras")
try:
    keras.saving.load_model(f"{scratch.name}/closure.keras")
except TypeError as error:
    print(type(error).__name__, "-", str(error).partition(". ")[0])
mute = keras.saving.load_model(f"{scratch.name}/closure.keras", compile=False)
print("with compile=False the model is back:", np.allclose(mute(evenings), warm(evenings)))

# %% objects-class-intro [markdown]
# Only a name, `beyond`; the 0.5 is nowhere. The weights are safe, and `compile=False` brings them back, for
# predictions.
#
# A **class** can say what it was made with. Three methods are needed: `__init__` keeps the setting, `call` gives one
# loss for each sample, `get_config` returns the settings as plain data. Weights and reduction are the business of the
# base class, and so are the arguments `name` and `reduction`, which are handed on to it.


# %% loss-class
@keras.saving.register_keras_serializable(package="harbour")
class Tolerant(keras.losses.Loss):
    """The absolute error, as far as it goes beyond the tolerance."""

    def __init__(self, tolerance=1.0, **base):
        super().__init__(**base)
        self.tolerance = tolerance

    def call(self, targets, predictions):
        return tolerant(self.tolerance)(targets, predictions)

    def get_config(self):
        return super().get_config() | {"tolerance": self.tolerance}


kept = Tolerant(0.5, name="half_a_degree")
print(kept.get_config())
print("one number:", kept(tf.zeros_like(off), off).numpy().round(3))
print(
    "with weights:", kept(tf.zeros_like(off), off, sample_weight=[1.0, 1.0, 0.0]).numpy().round(3)
)

# %% loss-class-saved
warm.compile(optimizer="adam", loss=kept)
warm.fit(evenings, degrees, batch_size=64, verbose=0)
warm.save(f"{scratch.name}/object.keras")
back = keras.saving.load_model(f"{scratch.name}/object.keras")
print("back from the file:", type(back.loss).__name__, back.loss.get_config())
assert back.loss.tolerance == 0.5 and back.loss.name == "half_a_degree"

# %% config-forgotten-question [markdown]
# `register_keras_serializable` writes the class into a list where `load_model` looks it up. Without it, name the
# class in `custom_objects=`.
#
# **Predict.** Somebody leaves `get_config` away. Saving, loading: where does the error come?


# %% config-forgotten
@keras.saving.register_keras_serializable(package="harbour")
class Forgetful(keras.losses.Loss):
    def __init__(self, tolerance=1.0, **base):
        super().__init__(**base)
        self.tolerance = tolerance

    def call(self, targets, predictions):
        return tolerant(self.tolerance)(targets, predictions)


warm.compile(optimizer="adam", loss=Forgetful(0.5))
warm.fit(evenings, degrees, batch_size=64, verbose=0)
warm.save(f"{scratch.name}/forgetful.keras")
back = keras.saving.load_model(f"{scratch.name}/forgetful.keras")
print("before:", warm.loss.tolerance, "  after:", back.loss.tolerance)
assert back.loss.tolerance == 1.0
scratch.cleanup()

# %% config-forgotten-explained [markdown]
# Nowhere. The base class has a `get_config` of its own, which knows name and reduction. The object comes back with
# the **default**, and training goes on with another loss than before. Since the predictions are the same, a test of
# the loaded model on some data finds nothing. Look at the config after loading, not at the predictions.
#
# > **If you learned this earlier.** Notes save with `model.save("model.h5")`. That still works, with a notice that
# > the format is old, silenced below. **Predict:** does a model come back whose loss and metric are both `"mse"`, the
# > most ordinary of names?

# %% old-format
logging.getLogger("absl").setLevel(logging.ERROR)
warm.compile(optimizer="adam", loss="mse", metrics=["mse"])
with tempfile.TemporaryDirectory() as folder:
    warm.save(f"{folder}/model.h5")
    try:
        keras.saving.load_model(f"{folder}/model.h5")
    except ValueError as error:
        print(type(error).__name__, "-", error)
    mute = keras.saving.load_model(f"{folder}/model.h5", compile=False)
print("with compile=False:", np.allclose(mute(evenings), warm(evenings)))

# %% objects-prepares [markdown]
# The old format writes such a name in a way that Keras 3 can't read back. It goes unnoticed until the day of loading,
# since saving is content. The weights are safe; `compile=False` brings them back, and the `.keras` format avoids it.
#
# *Prepares:* `HuberLoss`.

# %% stream-intro [markdown]
# ## 7 Metrics that stream
#
# `evaluate` sees the data batch by batch and never all at once. What shall it do with the batches? "Take the mean of
# what they give" sounds right. **Predict.** For which of these is it right: mean absolute error, root mean squared
# error?

# %% batch-means
many_errors = np.random.default_rng(4).exponential(2.0, size=50) ** 1.3
batches = np.split(many_errors, [20, 40])  # 20, 20 and a last batch of 10
print("sizes", [len(batch) for batch in batches])


def root_mean_square(numbers):
    return float(np.sqrt(np.mean(np.square(numbers))))


for name, measure in [("mean", np.mean), ("root mean square", root_mean_square)]:
    of_batches = np.mean([measure(batch) for batch in batches])
    print(f"{name:17} of all {measure(many_errors):.4f}   mean over batches {of_batches:.4f}")
    assert not np.isclose(of_batches, measure(many_errors), rtol=1e-3)

# %% batch-means-explained [markdown]
# For neither. The mean goes wrong because the last batch is smaller and counts as much as the others; weighing the
# batches by their size mends that. The root goes wrong even then: the mean of roots is not the root of the mean.
#
# Keras takes any function as a metric, and averages what it returns: over samples, if it returns one number for each;
# over batches, if it returns one for all. **Predict** which of these four agree with the whole-set value.


# %% function-as-metric
def distance_each(targets, predictions):
    return tf.abs(targets - predictions)


def distance_averaged(targets, predictions):
    return tf.reduce_mean(tf.abs(targets - predictions))


def root_function(targets, predictions):
    return tf.sqrt(tf.reduce_mean(tf.square(targets - predictions)))


found = judged(
    np.zeros((50, 1)),
    many_errors[:, None],
    batch_size=20,
    loss="mse",
    metrics=[
        distance_each,
        distance_averaged,
        root_function,
        keras.metrics.RootMeanSquaredError(name="root_object"),
    ],
)
print(f"of all: distance {np.mean(many_errors):.4f}, root {root_mean_square(many_errors):.4f}")
print({name: round(value, 4) for name, value in found.items() if name != "loss"})
assert np.isclose(found["distance_each"], np.mean(many_errors), rtol=1e-5)
assert np.isclose(found["root_object"], root_mean_square(many_errors), rtol=1e-5)
assert abs(found["distance_averaged"] - np.mean(many_errors)) > 0.05
assert found["root_function"] < found["root_object"] - 0.05

# %% metric-class-intro [markdown]
# The two that return one number for each batch are wrong, and with another batch size they would be wrong by another
# amount. That is the fault's whole disguise: the number is plausible, and such numbers change a little from run to
# run anyway.
#
# A **streaming metric** keeps *sums*, and makes its value of them at the end. Its class has
#
# - `__init__`, which makes the sums with `add_weight`, a name for each;
# - `update_state(y_true, y_pred, sample_weight=None)`, called for every batch: adds to the sums;
# - `result()`, called when somebody wants to know: makes the value of the sums;
# - `reset_state()`, called before every epoch: the base class sets all sums to 0;
# - `get_config`, as for losses.
#
# Ours is the share of days on which the forecast was good enough.


# %% metric-class
@keras.saving.register_keras_serializable(package="harbour")
class GoodEnough(keras.metrics.Metric):
    """The share of samples whose error is within the tolerance."""

    def __init__(self, tolerance=1.0, name="good_enough", **base):
        super().__init__(name=name, **base)
        self.tolerance = tolerance
        self.good = self.add_weight(name="good", initializer="zeros")
        self.days = self.add_weight(name="days", initializer="zeros")

    def update_state(self, targets, predictions, sample_weight=None):
        good = tf.cast(tf.abs(targets - predictions) <= self.tolerance, self.dtype)
        counts = tf.ones_like(good)
        if sample_weight is not None:
            counts = tf.reshape(tf.cast(sample_weight, self.dtype), tf.shape(good))
        self.good.assign_add(tf.reduce_sum(good * counts))
        self.days.assign_add(tf.reduce_sum(counts))

    def result(self):
        return tf.math.divide_no_nan(self.good, self.days)

    def get_config(self):
        return super().get_config() | {"tolerance": self.tolerance}


metric = GoodEnough(tolerance=2.0)
print("before any batch:", metric.result().numpy())
weighted = GoodEnough(2.0)(tf.zeros((2, 1)), tf.constant([[1.0], [5.0]]), sample_weight=[3.0, 1.0])
print("1 and 5 degrees off, with the weights 3 and 1:", weighted.numpy())
assert weighted == 0.75
running, alone, single = [], [], GoodEnough(tolerance=2.0)
forecasts = warm(evenings)
for start in range(0, 960, 40):
    rows = slice(start, start + 40)
    metric.update_state(degrees[rows], forecasts[rows])
    running.append(float(metric.result()))
    single.reset_state()
    alone.append(float(single(degrees[rows], forecasts[rows])))
at_once = np.mean(np.abs(degrees - forecasts) <= 2.0)
print(f"after all batches {running[-1]:.4f}, in one go {at_once:.4f}")
assert np.isclose(running[-1], at_once, atol=1e-4)

axes = plots.new_axes("A metric that streams", width=6.5, height=3.2)
axes.plot(alone, "o", color="#999999", label="of one batch")
axes.plot(running, color=plots.COLOURS[0], label="result() so far")
axes.set(xlabel="batch", ylabel="share within 2 degrees", ylim=(0, 1.05))
axes.legend()
plt.show()

# %% metric-tools [markdown]
# Three small things in it are easily left out. `divide_no_nan` gives 0 for 0 / 0, before any batch has come. The
# weights are brought to the shape of what they weigh, or they broadcast. And the sums are **variables made in
# `__init__`**, changed in place: a plain Python number would stay as it was when the graph of `update_state` was
# traced. What a variable holds now is its `.value`; most functions take the variable itself.
#
# **Predict.** Used by hand, a metric remembers. What does it say of ten perfect days after this?

# %% metric-reset
perfect_days = np.zeros((10, 1), "float32")
metric.update_state(perfect_days, perfect_days)
print("without reset:", metric.result().numpy().round(4))
metric.reset_state()
metric.update_state(perfect_days, perfect_days)
print("after reset:  ", metric.result().numpy().round(4))
assert metric.result() == 1.0

# %% metric-boxes [markdown]
# `fit` and `evaluate` reset by themselves. In a loop of your own, that is your work.
#
# > **If you learned this earlier.** Three things in metrics of older notes are refused today: the name of a weight
# > given by place, an `update_state` that takes no sample weights, and `reset_states` with an s. The first message is
# > a riddle until one knows that the *shape* now stands in that place.


# %% metric-errors
class Positional(keras.metrics.Metric):
    def __init__(self):
        super().__init__(name="positional")
        self.days = self.add_weight("days", initializer="zeros")


class Weightless(GoodEnough):
    def update_state(self, targets, predictions):
        super().update_state(targets, predictions)


attempts = {
    "name by place": Positional,
    "no sample_weight": lambda: judged(off, off.numpy(), loss="mse", metrics=[Weightless()]),
    "reset_states": lambda: metric.reset_states(),
}
for name, attempt in attempts.items():
    try:
        attempt()
    except (ValueError, TypeError, AttributeError) as error:
        print(f"{name}: {type(error).__name__} - {error}")

# %% one-hot-rmse-intro [markdown]
# The next fault raises nothing. A metric for classes: between the one-hot row of the truth and the row of
# probabilities, take the sum of the squared differences; average over the samples; take the root.
#
# **Predict** the largest value it can have. Two rows differ most when one class was certain and another is true.

# %% one-hot-rmse
worst = np.sum((np.array([1.0, 0.0, 0.0]) - np.array([0.0, 1.0, 0.0])) ** 2)
print(f"largest sum of squares {worst}, so the largest value is {np.sqrt(worst):.4f}")
labels_column = sky[:100, None]
certain = keras.utils.to_categorical(sky[:100], 3)  # always right
stacked = tf.one_hot(labels_column, depth=3)
gap = stacked - certain
print("labels", labels_column.shape, "  one-hot", stacked.shape, "  probabilities", certain.shape)
print("difference", gap.shape)
broken = float(tf.sqrt(tf.reduce_sum(tf.square(gap)) / 100))
print(f"'root mean squared error' of a perfect model: {broken:.2f}")
no_idea = float(tf.sqrt(tf.reduce_sum(tf.square(stacked - undecided[:100])) / 100))
print(f"of a model that knows nothing: {no_idea:.2f}")
assert gap.shape == (100, 100, 3) and broken > no_idea > 5

# %% one-hot-rmse-box [markdown]
# > **If you learned this earlier.** A published metric does exactly this. Its labels come as a column, (n, 1), as
# > `fit` hands them over. One-hot makes a third axis, (n, 1, k), and the subtraction compares every sample with
# > **every** other, (n, n, k). Added up and divided by n, it comes out far above √2, the largest possible value.
# >
# > Why did nobody see it? Tried by hand with flat labels, it is right. In `fit` it gives a number for each epoch, as
# > metrics do, and few people know by heart which numbers are impossible. It even grows while the model gets better,
# > and that is put down to overfitting. **Know the range of your metric**, and try it with a perfect prediction and
# > the worst one, with labels in both shapes.
#
# *Prepares:* `HuberMetric`, `RootMeanSquaredError`, `MendedRMSE`.

# %% penalties-intro [markdown]
# ## 8 Penalties
#
# Sometimes a model shall not only be right but also modest: small weights, quiet units. A **penalty** is a number
# added to the loss. It does not come from targets and predictions but from the model itself, so a loss function has
# no place for it. There are three roads:
#
# - a **regularizer** on a layer, for penalties of one weight: `Dense(…, kernel_regularizer="l2")`, as in chapter 4;
# - **`add_loss`** inside a layer's or a model's `call`, for anything that is known there;
# - a training loop of your own, where you add what you like (chapter 6).
#
# This layer hands its input on and asks a price for large values:


# %% add-loss
class Quiet(keras.layers.Layer):
    """Hand the input on; large values cost their mean square, times the price."""

    def __init__(self, price, **base):
        super().__init__(**base)
        self.price = price

    def call(self, hidden):
        self.add_loss(self.price * keras.ops.mean(keras.ops.square(hidden)))
        return hidden


def quiet_model(price):
    keras.utils.set_random_seed(6)
    hidden = keras.layers.Dense(units=8, activation="relu")
    return keras.Sequential(
        [keras.Input(shape=(3,)), hidden, Quiet(price), keras.layers.Dense(units=1)]
    )


modest = quiet_model(price=3.0)
print("before a call:", modest.losses)
modest(evenings)
print("after it:     ", [float(part) for part in modest.losses])
modest(evenings)
print("after another:", len(modest.losses), "part")
assert len(modest.losses) == 1

# %% add-loss-question [markdown]
# `model.losses` collects what the layers added in the **last** call; every call begins anew.
#
# **Predict.** Compiled with `loss="mse"` and `metrics=["mse"]`, will `loss` and `mse` be equal in the log?

# %% add-loss-fit
modest.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse", metrics=["mse"])
seen = modest.fit(evenings, degrees, batch_size=64, epochs=10, verbose=0).history
print(
    f"loss {seen['loss'][-1]:.3f}   mse {seen['mse'][-1]:.3f}   penalty {seen['loss'][-1] - seen['mse'][-1]:.3f}"
)
assert seen["loss"][-1] > seen["mse"][-1] + 0.01

free = quiet_model(price=0.0)
free.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
free.fit(evenings, degrees, batch_size=64, epochs=10, verbose=0)
loudness = {}
for name, model_now in [("price 0", free), ("price 3", modest)]:
    loudness[name] = float(tf.reduce_mean(model_now.layers[0](evenings) ** 2))
    print(f"{name:7} mean square of the hidden values {loudness[name]:.2f}")
assert loudness["price 3"] < loudness["price 0"]

# %% add-loss-explained [markdown]
# `loss` is what training goes down, penalties included; `mse` is the error alone. Compare models by a metric, never
# by a loss with a penalty in it.
#
# A subclassed model may call `self.add_loss` in its own `call`, and take the values of its own weights there.
# Whatever you add must be a tensor worked out **in that call**, of the model's own parts.
#
# > **If you learned this earlier.** Notes call `model.add_loss(…)` from outside. **Predict:** 100 is added to the
# > loss below. What does `evaluate` say?

# %% add-loss-outside
outside = degrees_model()
outside.add_loss(tf.constant(100.0))
print("noted: ", [float(part) for part in outside.losses])
outside.compile(loss="mae", metrics=["mae"], run_eagerly=True)
found = outside.evaluate(evenings, degrees, 960, verbose=0, return_dict=True)
print("loss", round(found["loss"], 3), "  mae", round(found["mae"], 3), "  left:", outside.losses)
assert np.isclose(found["loss"], found["mae"])

# %% add-loss-outside-explained [markdown]
# It is noted, and thrown away at the next call. No error. With a penalty of ordinary size nobody would miss it.
#
# > **If you learned this earlier.** A related fault stands in published notes: a loss that reads a global `model` and
# > penalizes its weights. **Predict:** two models are made, and the second is trained. Whose bias is held back?


# %% global-model
def careless_loss(targets, predictions):
    """Cross-entropy, and a penalty on the biases of `model`, whichever that is."""
    entropy = keras.losses.binary_crossentropy(targets, predictions)
    return entropy + 10.0 * tf.reduce_sum(tf.square(model.layers[-1].bias))


model = rain_model()
model.layers[-1].bias.assign([3.0])  # an older model, with a large bias
in_training = rain_model()
in_training.compile(optimizer=keras.optimizers.Adam(0.05), loss=careless_loss)
seen = in_training.fit(evenings, rain, batch_size=64, epochs=12, verbose=0).history["loss"]
print(f"loss {seen[0]:.2f} → {seen[-1]:.2f}")
print("bias of the model in training:", in_training.layers[-1].bias.numpy().round(2))
print("bias of the other one:        ", model.layers[-1].bias.numpy())
assert model.layers[-1].bias.numpy() == 3.0 and abs(in_training.layers[-1].bias.numpy()) > 0.4
assert seen[-1] > 10 * 3.0**2 == 90

# %% penalties-prepares [markdown]
# The penalty stands on the screen, 90 of the loss, and it is another model's. The model in training is not held back
# at all: seen from its weights, the penalty is a constant with slope 0.
#
# Why does it go unnoticed? In the notes there *is* only one model, and all is well. Then a second one is made, in the
# next cell or in a loop, and the name `model` moves on, or does not. The loss falls all the same, since the
# cross-entropy falls. It is the late look-up of section 5: hand the model to the function that makes the loss, and
# let the closure keep it.
#
# *Prepares:* `PenalizedModel`, `penalized_loss`.

# %% outputs-intro [markdown]
# ## 9 Several outputs
#
# One network may answer two questions: how warm, and which sky? Each output has its own loss and metrics, and
# **dictionaries**, with the names of the outputs as keys, say which is whose.

# %% two-outputs
keras.utils.set_random_seed(9)
measured_in = keras.Input(shape=(3,), name="evening")
shared = keras.layers.Dense(units=16, activation="relu")(measured_in)
warmth_out = keras.layers.Dense(units=1, name="warmth")(shared)
sky_out = keras.layers.Dense(units=3, activation="softmax", name="sky")(shared)
both = keras.Model(measured_in, [warmth_out, sky_out])
both.compile(
    optimizer=keras.optimizers.Adam(0.02),
    loss={"warmth": "mse", "sky": "sparse_categorical_crossentropy"},
    loss_weights={"warmth": 0.05, "sky": 1.0},
    metrics={"warmth": ["mae", GoodEnough(2.0)], "sky": ["accuracy"]},
)
answers = {"warmth": degrees, "sky": sky}
seen = both.fit(evenings, answers, batch_size=64, epochs=12, verbose=0).history
for name, values in seen.items():
    print(f"{name:19} {values[0]:8.3f} → {values[-1]:.3f}")
total = 0.05 * seen["warmth_loss"][-1] + 1.0 * seen["sky_loss"][-1]
print(f"0.05 · warmth_loss + 1 · sky_loss = {total:.3f}")
assert np.isclose(total, seen["loss"][-1], rtol=1e-3)

# %% loss-weights-explained [markdown]
# The optimizer goes down **one** number, the weighted sum. `loss_weights` are needed because the two losses are in
# different units: squared degrees run into the hundreds, a cross-entropy hardly passes 1. **Predict.** Before
# training, with all weights 1, which part of the sum is due to the sky?

# %% loss-units
first_parts = {name: seen[f"{name}_loss"][0] for name in ("warmth", "sky")}
print(
    f"sky: {first_parts['sky'] / sum(first_parts.values()):.1%} of the unweighted sum in the first epoch"
)
assert first_parts["sky"] < 0.05 * sum(first_parts.values())

# %% wrong-key-intro [markdown]
# Hardly any: the shared layer would be shaped by the warmth almost alone. Where losses are in different units, weigh
# them so that their sizes are alike, to begin with; then ask which of the answers matters more to you. Two
# cross-entropies are in the same unit: left at weight 1 each, they count alike.
#
# A key that is no output is refused, and the message shows both lists:

# %% wrong-key
both.compile(optimizer="adam", loss={"warmth": "mse", "clouds": "sparse_categorical_crossentropy"})
try:
    both.evaluate(evenings, answers, verbose=0)
except ValueError as error:
    print(type(error).__name__, "-", error)

# %% flat-metrics-question [markdown]
# **Predict.** Metrics as a flat list, as for one output: `metrics=["mae", "accuracy"]`. Which output gets which?

# %% flat-metrics
both.compile(
    optimizer="adam",
    loss=["mse", "sparse_categorical_crossentropy"],
    metrics=["mae", "accuracy"],
    run_eagerly=True,
)
found = both.evaluate(evenings, answers, 960, verbose=0, return_dict=True)
print(list(found))
assert "warmth_mae" in found and "sky_accuracy" in found and "sky_mae" not in found

# %% outputs-prepares [markdown]
# By place: the first to the first output, the second to the second, and neither to both. Change the order of the
# outputs, and all meanings change. A dictionary survives that.
#
# *Prepares:* `compile_ticket_model`.

# %% evaluate-intro [markdown]
# ## 10 Evaluate, predict, call
#
# Three ways to ask a model:
#
# | | gives | batches | use |
# |---|---|---|---|
# | `model.evaluate(x, y)` | loss and metrics | yes | how good is it? |
# | `model.predict(x)` | a NumPy array | yes | answers for much data |
# | `model(x)` | a tensor, with slopes | no, all at once | few samples, inside a tape, in a loop |
#
# All three run in *inference* mode unless told otherwise: dropout is off. With `return_dict=True`, `evaluate` says
# which number is which.

# %% three-asks
fresh, fresh_degrees, fresh_sky = harbour(640, seed=77)  # days that no model has seen
keras.utils.set_random_seed(10)
sky_model = keras.Sequential(
    [
        keras.Input(shape=(3,)),
        keras.layers.Dense(units=16, activation="relu"),
        keras.layers.Dropout(0.1),
        keras.layers.Dense(units=3, activation="softmax"),
    ]
)
sky_model.compile(
    keras.optimizers.Adam(0.02), loss="sparse_categorical_crossentropy", metrics=["accuracy"]
)
sky_model.fit(evenings, sky, batch_size=64, epochs=15, verbose=0)

print(sky_model.evaluate(fresh, fresh_sky, verbose=0, return_dict=True))
print("metrics_names:", sky_model.metrics_names)
predicted, asked = sky_model.predict(fresh, verbose=0), sky_model(fresh)
print(
    "predict:",
    type(predicted).__name__,
    predicted.shape,
    "  call:",
    type(asked).__name__,
    asked.shape,
)
training_mode = sky_model(fresh, training=True)
print("call = predict:", np.allclose(predicted, asked, atol=1e-5))
print("with training=True:", np.allclose(predicted, training_mode, atol=1e-5))
assert np.allclose(predicted, asked, atol=1e-5) and not np.allclose(predicted, training_mode)

# %% metrics-names-box [markdown]
# > **If you learned this earlier.** `dict(zip(model.metrics_names, model.evaluate(…)))` used to name the numbers.
# > Today that list says only `loss` and `compile_metrics`. Ask for a dictionary. And `predict_classes` is gone.
#
# **Predict.** Twenty single evenings, one after the other: by `predict`, or by calling the model?

# %% predict-in-a-loop
seconds = {}
for name, ask in [
    ("predict", lambda row: sky_model.predict(row, verbose=0)),
    ("call", lambda row: sky_model(row)),
]:
    begin = time.perf_counter()
    for row in fresh[:20, None]:
        ask(row)
    seconds[name] = time.perf_counter() - begin
    print(f"{name:8} {1000 * seconds[name] / 20:.1f} ms each")
try:
    sky_model.predict_classes(fresh)
except AttributeError as error:
    print(type(error).__name__, "-", error)
assert seconds["call"] < seconds["predict"]

# %% argmax-question [markdown]
# `predict` sets up a whole pass through a data set for each call. For one row that is dear; for thousands it is what
# one wants.
#
# From probabilities to classes: the place of the largest number in each row. **Predict** what each of these gives.

# %% argmax
four_days = np.array([[0.7, 0.2, 0.1], [0.6, 0.3, 0.1], [0.1, 0.1, 0.8], [0.2, 0.5, 0.3]])
for axis in (None, 0, -1):
    print(f"axis {axis}:", four_days.argmax(axis=axis))
print("tf.argmax without an axis:", tf.argmax(four_days).numpy())
assert four_days.argmax() == 8 and np.array_equal(four_days.argmax(axis=-1), [0, 0, 2, 1])

one_place = predicted.argmax()
print(f"\nof all {len(fresh)} days, without an axis: {one_place}")
print("'accuracy':", np.mean(fresh_sky == one_place))

# %% argmax-box [markdown]
# > **If you learned this earlier.** `model.predict(x).argmax()` in notes gives **one** number, a place in the
# > flattened table. Compared with the labels, it is broadcast: the comparison has the right length, and a mean can be
# > taken of it. The result looks like a bad model. `tf.argmax` without an axis goes along axis 0, and gives one
# > number for each *class*.
#
# A test set often arrives as a `tf.data.Dataset`. Two more faults live there. Batched a second time, batches of
# batches arrive, with one axis too many:

# %% batched-twice
stream = tf.data.Dataset.from_tensor_slices((fresh, fresh_sky)).batch(64)
again = stream.batch(64)
print("once: ", stream.element_spec[0].shape, "  twice:", again.element_spec[0].shape)
try:
    sky_model.predict(again, verbose=0)
except ValueError as error:
    print(type(error).__name__, "-", str(error).split("\n")[2].split("with name")[0][4:])

# %% shuffled-question [markdown]
# That one stops. The next does not. **Predict.** The data set is shuffled. Someone predicts, and then walks through
# the data set to collect the labels. What accuracy comes out?

# %% shuffled
shuffled = tf.data.Dataset.from_tensor_slices((fresh, fresh_sky)).shuffle(640, seed=1).batch(64)
classes = sky_model.predict(shuffled, verbose=0).argmax(axis=-1)
labels = np.concatenate([label.numpy() for _, label in shuffled])
side_by_side = np.mean(classes == labels)
honest = sky_model.evaluate(shuffled, verbose=0, return_dict=True)["accuracy"]
print(f"labels collected afterwards: {side_by_side:.3f}   evaluate: {honest:.3f}")
assert side_by_side < honest - 0.2

# %% shuffled-explained [markdown]
# Every walk through a shuffled data set is in a new order, so forecasts were compared with the labels of other days.
# It looks like a bad model. `evaluate` is not fooled, because it gets each batch with its labels. **Never shuffle a
# test set.**
#
# > **If you learned this earlier.** In one set of notes the test set is made from the *training* arrays, by a slip of
# > the pen. All runs, the accuracy is wonderful, and nobody complains of wonderful numbers. Print how long a data set is,
# > and look at a sample of it, before you believe what it says.
#
# *Prepares:* `predicted_classes`.

# %% confusion-intro [markdown]
# ## 11 Who is taken for whom
#
# An accuracy hides *which* mistakes are made. A **confusion matrix** is a table of counts: a row for each true class,
# a column for each predicted one.

# %% confusion
guesses = sky_model.predict(fresh, verbose=0).argmax(axis=-1)
counts = sklearn.metrics.confusion_matrix(fresh_sky, guesses)

axes = plots.new_axes("640 days the model has not seen", width=4.6, height=4.0)
axes.imshow(counts / counts.sum(axis=1, keepdims=True), cmap="Blues", vmin=0, vmax=1)
for true in range(3):
    for guess in range(3):
        share_of_row = counts[true, guess] / counts[true].sum()
        text = f"{counts[true, guess]}\n{share_of_row:.0%}"
        shade = "white" if share_of_row > 0.5 else "black"
        axes.text(guess, true, text, ha="center", va="center", color=shade)
axes.set(xticks=range(3), xticklabels=SKIES, yticks=range(3), yticklabels=SKIES)
axes.set(xlabel="predicted", ylabel="true")
plt.show()
print(f"right: {np.trace(counts)} of {counts.sum()}, the diagonal")
print(f"fog called clear: {counts[2, 0]}, clear called fog: {counts[0, 2]}")
assert counts.sum() == 640 and np.isclose(np.trace(counts) / 640, np.mean(guesses == fresh_sky))

# %% confusion-reading [markdown]
# Read along a **row**: of the days with fog, how many were found? That is **recall**. Read down a **column**: of the
# days called fog, how many were? That is **precision**. The report of scikit-learn gives both for each class, and
# their harmonic mean, F1. *Support* is the number of true samples.
#
# **Predict.** Which class has the lowest recall, and why is it not seen in the accuracy?

# %% report
print(sklearn.metrics.classification_report(fresh_sky, guesses, target_names=SKIES))
recalls = np.diag(counts) / counts.sum(axis=1)
precisions = np.diag(counts) / counts.sum(axis=0)
print("recall by hand:   ", recalls.round(2))
print("precision by hand:", precisions.round(2))
assert recalls.argmin() == 2

# %% absent-question [markdown]
# Fog: it is rare, so the accuracy hardly notices. *Macro* averages count each class alike, *weighted* ones by its
# days.
#
# Two traps. **Predict** what shape the matrix has for a week without fog, in truth and in forecast. And what happens
# to it when the two arguments are exchanged?

# %% absent
week, week_guesses = [0, 1, 0, 0, 1, 0, 0], [0, 1, 1, 0, 1, 0, 1]
print("this week:", sklearn.metrics.confusion_matrix(week, week_guesses).shape)
full = sklearn.metrics.confusion_matrix(week, week_guesses, labels=[0, 1, 2])
print("with all labels named:\n", full)
exchanged = sklearn.metrics.confusion_matrix(week_guesses, week, labels=[0, 1, 2])
print("exchanged:\n", exchanged)
assert full.shape == (3, 3) and np.array_equal(exchanged, full.T)

# %% confusion-prepares [markdown]
# A class that does not occur vanishes, and the columns no longer mean what you think; say how many classes there are.
# And exchanged arguments turn the table over: recall becomes precision, and every number is still plausible.
#
# *Prepares:* `confusion_matrix`.

# %% threshold-intro [markdown]
# ## 12 Choosing a threshold
#
# With two classes the model gives a **score**, and a threshold makes a decision of it. Call "fog" the positive class:
# ships wait outside when it is foretold. Four things can happen:
#
# | | fog foretold | not foretold |
# |---|---|---|
# | fog came | true positive (TP) | false negative (FN): a ship in the fog |
# | no fog | false positive (FP): ships wait for nothing | true negative (TN) |
#
# $$ \text{precision} = \frac{TP}{TP + FP} \qquad \text{recall} = \frac{TP}{TP + FN} \qquad
# F_1 = \frac{2 \cdot \text{precision} \cdot \text{recall}}{\text{precision} + \text{recall}} $$
#
# **Predict.** A forecast that never says fog: what is its accuracy, and what are its precision and recall?

# %% never-fog
fog = (fresh_sky == 2).astype("float32")
scores = sky_model.predict(fresh, verbose=0)[:, 2]
nothing = np.zeros_like(fog)
print(f"accuracy of never saying fog: {np.mean(fog == nothing):.1%}")
print("recall:   ", keras.metrics.Recall()(fog, nothing).numpy())
print("precision:", keras.metrics.Precision()(fog, nothing).numpy(), "(0 / 0)")
assert np.mean(fog == nothing) > 0.8

# %% threshold-explorer-intro [markdown]
# Useless, with an accuracy most people would be glad of. Where one class is rare, look at precision and recall.
#
# Both depend on the threshold. Move it in the explorer, on the scores of our model:
#
# 1. Raise it. Which of the two gets better, which worse? Is it so at every step?
# 2. Find the threshold that misses no fog. How many ships wait for nothing?
# 3. Watch the point on the ROC curve. Where is it at threshold 0, where at 1?

# %% threshold-explorer
ThresholdExplorer(scores, fog)

# %% threshold-explorer-answer-text [markdown]
# When you have tried all three, run the next cell, which is folded up; a click on it opens it.

# %% threshold-explorer-answer jupyter={"source_hidden": true}
print("threshold  precision  recall  waiting in vain")
for cut in (0.0, float(scores[fog == 1].min()) - 1e-4, 0.2, 0.5, 0.8):
    says_fog = (scores > cut).astype("float32")
    precise, found_part = (
        keras.metrics.Precision()(fog, says_fog),
        keras.metrics.Recall()(fog, says_fog),
    )
    waiting = np.sum((says_fog == 1) & (fog == 0))
    print(f"{cut:9.3f}  {precise:9.2f}  {found_part:6.2f}  {waiting:7}")
at_every_step = sklearn.metrics.precision_recall_curve(fog, scores)
assert np.all(np.diff(at_every_step[1]) <= 0) and np.any(np.diff(at_every_step[0]) < 0)
assert scores.min() > 0 and scores.max() < 1

# %% threshold-explorer-explained [markdown]
# Recall can only fall as the threshold rises: fewer days are called fog. Precision mostly rises, but not at every
# step; when the one day that drops out was fog, it falls. So the threshold is a decision about **costs**, and not the
# model's to make. At threshold 0 everything is called fog, and the ROC point is at the top right; at 1 nothing is,
# and it is at the bottom left.
#
# Suppose a ship in the fog costs as much as fifteen waiting days:

# %% costs
cuts = np.linspace(0.02, 0.98, 97)
missed = np.array([np.sum((scores <= cut) & (fog == 1)) for cut in cuts])
in_vain = np.array([np.sum((scores > cut) & (fog == 0)) for cut in cuts])
price = 15 * missed + in_vain
cheapest = cuts[price.argmin()]

axes = plots.new_axes("What a threshold costs", width=6.5, height=3.4)
axes.plot(cuts, price, label="15 · missed + in vain")
axes.plot(cuts, 15 * missed, "--", label="15 · missed fog")
axes.plot(cuts, in_vain, ":", label="waiting in vain")
axes.axvline(cheapest, color="#444444", linewidth=0.8)
axes.set(xlabel="threshold", ylabel="cost, in waiting days")
axes.legend()
plt.show()
print(f"cheapest threshold {cheapest:.2f}: cost {price.min()}, at 0.5 it is {price[48]}")
assert abs(cheapest - 1 / 16) < 0.1 and np.isclose(cuts[48], 0.5) and price.min() < price[48]

# %% roc-intro [markdown]
# Far below one half, since a miss is dear. Where probabilities can be trusted, the best threshold is 1 / (1 + 15):
# there a warning costs, on average, as much as none. The fresh days have served as **validation** data here. How good
# the chosen threshold is must be measured on other days again.
#
# To judge the **scores** whatever the threshold, draw all of them. The **ROC curve** shows the share of fog found,
# against the share of other days that give a false alarm. The area under it, **AUC**, is the probability that a
# random day of fog has a higher score than a random other day. The precision-recall curve shows the same model with
# another question.
#
# **Predict.** How do the two curves of a forecast by dice look?

# %% roc
dice_scores = np.random.default_rng(0).uniform(size=len(fog))
figure, (left, right) = plt.subplots(1, 2, figsize=(9.5, 3.8), layout="constrained")
areas = {}
for name, given, style in [("model", scores, "-"), ("dice", dice_scores, "--")]:
    false_alarms, found_share, _ = sklearn.metrics.roc_curve(fog, given)
    precision, recall, _ = sklearn.metrics.precision_recall_curve(fog, given)
    areas[name] = sklearn.metrics.roc_auc_score(fog, given)
    left.plot(false_alarms, found_share, style, label=f"{name}: area {areas[name]:.2f}")
    right.plot(recall, precision, style, label=name)
left.set(title="ROC", xlabel="false alarms / days without fog", ylabel="found / days with fog")
right.set(title="Precision and recall", xlabel="recall", ylabel="precision", ylim=(0, 1.05))
for panel in (left, right):
    panel.grid(alpha=0.3)
    panel.legend()
plt.show()

pairs = scores[fog == 1][:, None] > scores[fog == 0]
print(f"area {areas['model']:.4f}   pairs in the right order {pairs.mean():.4f}")
print(f"Keras, from 200 thresholds: {keras.metrics.AUC()(fog, scores).numpy():.4f}")
assert np.isclose(areas["model"], pairs.mean(), atol=1e-3) and abs(areas["dice"] - 0.5) < 0.1
assert np.isclose(keras.metrics.AUC()(fog, scores), areas["model"], atol=0.01)

# %% f1-batches-question [markdown]
# The dice follow the diagonal, area one half; their precision is the share of fog, whatever the recall.
#
# Last, the streaming again. **Predict.** F1 of each batch of 40 days, and then the mean. Too high, too low, or right?

# %% f1-batches
decided = scores > 0.3
whole = sklearn.metrics.f1_score(fog, decided)
parts = [
    sklearn.metrics.f1_score(fog[i : i + 40], decided[i : i + 40], zero_division=0)
    for i in range(0, 640, 40)
]
print("batches:", np.round(parts, 2))
print(f"mean of the batches {np.mean(parts):.3f}   of all days {whole:.3f}")
assert abs(np.mean(parts) - whole) > 0.005

# %% threshold-prepares [markdown]
# Wrong, and in a direction that depends on the batches. A batch with hardly any fog has an F1 that says next to
# nothing, and counts as much as the others. Precision, recall and F1 are made of **counts**: let the counts stream,
# and divide at the end. The classes `Precision` and `Recall` of Keras do it so; their threshold is called
# `thresholds=`, and is 0.5 if you don't say. A score that equals the threshold is not above it: it counts as negative.
#
# *Prepares:* `F1Score`.

# %% curves-intro [markdown]
# ## 13 Learning curves
#
# Draw the loss of training and of validation, epoch by epoch, and you see what a model suffers from. Three models
# follow, trained on 24 days only. **Predict** from the names what their curves look like.


# %% curves
def curve_model(units, price=0.0):
    """Return a network with so many hidden units, none at all for 0, and an L2 price on its weights."""
    keras.utils.set_random_seed(13)
    penalty = keras.regularizers.L2(price)
    hidden = [keras.layers.Dense(units, "relu", kernel_regularizer=penalty)] if units else []
    return keras.Sequential([keras.Input(shape=(3,)), *hidden, keras.layers.Dense(units=1)])


cases = {
    "too slow": (curve_model(0), 0.01),
    "too many units": (curve_model(256), 0.03),
    "many units, penalized": (curve_model(256, price=0.3), 0.03),
}
figure, panels = plt.subplots(1, 3, figsize=(12, 3.4), sharey=True, layout="constrained")
ends = {}
for (name, (network, rate)), panel in zip(cases.items(), panels):
    network.compile(optimizer=keras.optimizers.Adam(rate), loss="mse", metrics=["mse"])
    seen = network.fit(
        evenings[:24],
        degrees[:24],
        validation_data=(fresh[:320], fresh_degrees[:320]),
        batch_size=4,
        epochs=24,
        validation_batch_size=320,
        verbose=0,
    ).history
    ends[name] = (seen["mse"][-1], seen["val_mse"][-1], min(seen["val_mse"]))
    curves = {"training": seen["mse"], "validation": seen["val_mse"]}
    plots.loss_curves(curves, panel).set(title=name, ylabel="mean squared error")
    at = int(np.argmin(seen["val_mse"]))
    print(
        f"{name}: training {ends[name][0]:.2f}, validation {ends[name][1]:.2f}, lowest {ends[name][2]:.2f} in epoch {at}"
    )
panels[0].set(yscale="log", ylim=(0.1, 400))
plt.show()
assert ends["too slow"][0] > 20 and ends["too slow"][1] < 2 * ends["too slow"][0]
assert ends["too many units"][1] > 3 * ends["too many units"][0]
assert ends["many units, penalized"][1] < ends["too many units"][1]

# %% curves-explained [markdown]
# - **Both high and still falling:** not trained enough; more epochs, or larger steps. Both high and *flat*: the model
#   is too small for the task, or the data don't say enough.
# - **A gap that grows:** the model learns its few days by heart. More data, fewer units, a penalty, or an end of
#   training where validation was lowest; chapter 6 does that.
# - **Both low, a small gap:** what one wants. The noise of the harbour costs 1.5² by itself, so no model comes down
#   to 0.
#
# The curves show `mse`, not `loss`: the third model's loss has a penalty in it, the others' have none.
#
# **Predict.** After its first epoch a model logs its training error. Now `evaluate` it on the same training data. The
# same number?

# %% first-epoch
starting = curve_model(64)
starting.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
logged = starting.fit(evenings, degrees, batch_size=32, verbose=0).history["loss"][0]
afterwards = starting.evaluate(evenings, degrees, batch_size=32, verbose=0)
print(f"logged {logged:.1f}   evaluated after the epoch {afterwards:.1f}")
assert afterwards < 0.7 * logged

# %% first-epoch-explained [markdown]
# Much lower afterwards. What is logged was gathered **during** the epoch, while the weights were still on their way;
# validation comes at the end, with the weights of that moment. Dropout widens the difference, since it is on in
# training and off in validation. So a validation curve *below* the training curve, in the first epochs, is no miracle
# and no mistake.

# %% summary [markdown]
# ## On one page
#
# | idea | in short | remember |
# |---|---|---|
# | loss | guides training | needs slopes; lower is better |
# | metric | tells people | any number; training never looks at it |
# | choice of loss | task, form of targets, last layer | sparse: whole numbers; else one-hot |
# | name, function, object | text, small letters, class with brackets | object for logits, settings, thresholds |
# | `"accuracy"` | picks by shapes | not for logits; `Accuracy()` asks for equality |
# | per sample | loss returns one number a sample | Keras weighs, then averages |
# | weights | `sample_weight`, `class_weight` | `weighted_metrics` see them, `metrics` do not |
# | Huber | square near 0, straight beyond | bounded slope: outliers pull no harder |
# | a setting | a function that makes the loss | closures look names up when called |
# | `Loss` class | `__init__`, `call`, `get_config` | look at the config after loading |
# | `Metric` class | sums: make, add, divide, reset | never the mean of batch results |
# | penalty | regularizer, `add_loss` in `call` | `loss` has it in it, metrics do not |
# | several outputs | dictionaries by output name | weigh losses of unlike size |
# | `evaluate`, `predict`, call | numbers, array, tensor | `return_dict=True`; argmax along the last axis |
# | confusion matrix | rows true, columns predicted | row: recall; column: precision |
# | threshold | a decision about costs | chosen on validation data |
# | AUC | pairs in the right order | one half is dice |
# | learning curves | training and validation | the gap, and where it begins |
#
# **When a number is too good, too bad, or odd**
#
# - Accuracy reads 0.0 for ever: which class is the metric, and does it compare probabilities with labels?
# - Accuracy is lower than the decisions you count: are these logits, compared with 0.5?
# - A cross-entropy is below 0: which labels are there?
# - A loss or metric is beyond its possible range: print the shapes of targets and predictions.
# - Sample weights change nothing: does the loss average by itself?
# - A metric changes with the batch size: it is a mean of batch results.
# - A metric is bad only after training: was the data set shuffled between predictions and labels?
# - The loss after loading is another: does `get_config` return every setting?
# - A penalty has no effect: whose weights does it read, and when?
# - Everything is wonderful: where does the test set come from?
#
# *Prepares:* `metrics_quiz`.
#
# **Next:** the exercises of this chapter. `compile_for`, `huber`, `create_huber`, `HuberLoss`, `HuberMetric`,
# `RootMeanSquaredError` and `compile_ticket_model` write again what you have seen. `weighted_binary_cross_entropy`,
# `pinball`, `PenalizedModel`, `confusion_matrix` and `F1Score` take it one step further. `mend_compile`,
# `MendedRMSE`, `penalized_loss` and `predicted_classes` are repairs, and `metrics_quiz` asks what you would see.
