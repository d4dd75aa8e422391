# %% title [markdown]
# # 4 · Layers and models
#
# A model is built of layers, and a layer is a small thing: some numbers it keeps, and a computation that uses
# them. In this lesson you take layers apart, write your own, stack them, wire them into graphs, look inside the
# result, and save it so that somebody else can load it.
#
# Run the cells from top to bottom with Shift+Enter. Where it says **Predict**, decide on an answer before you
# run the next cell: a wrong guess, noticed, is worth more than a right answer, read. The lesson takes two hours
# or more; sections 1 to 8 are about layers, 9 to 13 about models, and between them is a good place for a break.

# %% setup
import re
import tempfile
import textwrap
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from tfcourse_utils import data, plots, quiet_start

with quiet_start():  # TensorFlow has much to say about the hardware when it is imported
    import keras
    import tensorflow as tf

from tfcourse_utils.widgets import ActivationExplorer, ShapeTracer

tf.get_logger().setLevel("ERROR")  # no notes on files written and functions traced again
plt.rcParams["axes.prop_cycle"] = plt.cycler(color=plots.COLOURS)  # for every colour vision


def say(error):
    """Print the kind of an error and the first line of it that says what was wrong."""
    lines = re.sub(r"\x1b\[\d+m", "", str(error)).splitlines()
    telling = [line for line in lines if line.strip() and not line.startswith("Exception encount")]
    said = textwrap.shorten(telling[0], 190, placeholder=" …")
    print(textwrap.fill(f"{type(error).__name__} - {said}", 90, subsequent_indent="    "))


print("TensorFlow", tf.__version__, "with Keras", keras.__version__, "ready:", tf.ones(3).numpy())

# %% state-intro [markdown]
# ## 1 State and computation
#
# Think of a kitchen scale. It has a **state**, the weight of the bowl it has been told to ignore, and a
# **computation**, subtracting that from whatever is put on it. A **layer** is the same kind of thing:
#
# - its state is its **weights**, tensors that training may change;
# - its computation takes tensors and gives tensors.
#
# A layer is an object, and you use it like a function. The bicycles of a workshop are described by three
# numbers each; a dense layer makes four numbers of them.
#
# **Predict.** How many weight tensors does the layer have before it has seen a bicycle?

# %% state-first-call
bicycles = tf.constant([[4.0, 1.2, 0.8], [1.0, 0.1, 2.5]])  # years, thousands of km, price

keras.utils.set_random_seed(1)
layer = keras.layers.Dense(units=4)
print("before:", layer.weights, "  built:", layer.built)
four_numbers = layer(bicycles)
print("result:", four_numbers.shape)
for weight in layer.weights:
    print("after: ", weight.path, weight.shape)
assert [tuple(w.shape) for w in layer.weights] == [(3, 4), (4,)]

# %% state-explained [markdown]
# None. The layer was told how many **units** it has, and not how many numbers it will be given. It learns that
# from the first input, and only then makes its weights: a **kernel** with a row for each input and a column for
# each unit, and a **bias** with a number for each unit. That is called **building**, and happens once.
#
# **Predict.** We call the layer again with the same bicycles, and then a second layer made by the same line of
# code. Which of the three results are equal?

# %% state-again
again = layer(bicycles)
second_layer = keras.layers.Dense(units=4)
other = second_layer(bicycles)
print("first layer, again:", np.allclose(again, four_numbers))
print("second layer:      ", np.allclose(other, four_numbers))
assert np.allclose(again, four_numbers) and not np.allclose(other, four_numbers)

second_layer.set_weights(layer.get_weights())
print("second layer, with the weights of the first:", np.allclose(second_layer(bicycles), again))
assert np.allclose(second_layer(bicycles), again)

# %% state-error-intro [markdown]
# The state belongs to the object. Two layers from the same line start from other random numbers, and are twins
# only after the weights have been copied.
#
# **Predict.** The layer has been built for three numbers. What does it say to five?

# %% state-error
try:
    layer(tf.ones((2, 5)))
except ValueError as error:
    say(error)

# %% state-kinds [markdown]
# It refuses: a kernel with three rows has no use for five numbers. "Axis −1" is the last axis. Read such a
# message in two halves: what the layer **expected**, and what it was **given**.
#
# Not all state is trained. **Batch normalization** (section 8) keeps a running mean and a running variance of
# what passes through it; the optimizer leaves these alone, the layer itself updates them.

# %% state-kinds-shown
normalizer = keras.layers.BatchNormalization()
normalizer.build((None, 3))
for weight in normalizer.weights:
    print(f"{weight.name:16}", tuple(weight.shape), "trained" if weight.trainable else "kept")
assert len(normalizer.trainable_weights) == len(normalizer.non_trainable_weights) == 2

flattener = keras.layers.Flatten()
flattener(tf.ones((2, 3, 4)))
print("Flatten has", len(flattener.weights), "weights: a computation without a state")
assert flattener.weights == []

# %% state-prepares [markdown]
# *Prepares:* `layers_quiz`.

# %% stack-intro [markdown]
# ## 2 Three ways to a stack
#
# The simplest model is a stack: what comes out of one layer goes into the next. It is called `Sequential`, and
# there are three ways to write it. The first two say what goes in, with `keras.Input`; its shape leaves out the
# number of samples.

# %% stack-three-ways
as_list = keras.Sequential(
    [
        keras.Input(shape=(3,)),
        keras.layers.Dense(units=8, activation="relu"),
        keras.layers.Dense(units=2),
    ]
)

step_by_step = keras.Sequential(name="step_by_step")
step_by_step.add(keras.Input(shape=(3,)))
step_by_step.add(keras.layers.Dense(units=8, activation="relu"))
step_by_step.add(keras.layers.Dense(units=2))

built_later = keras.Sequential(
    [keras.layers.Dense(units=8, activation="relu"), keras.layers.Dense(units=2)]
)

for stack in (as_list, step_by_step, built_later):
    print(f"{stack.name:14}", len(stack.layers), "layers  ", len(stack.weights), "weight tensors")
assert [len(s.weights) for s in (as_list, step_by_step, built_later)] == [4, 4, 0]

# %% stack-explained [markdown]
# The input is not a layer of the stack. The third stack does not know yet what goes in, so it has no weights.
# Call it, or tell it a shape with `build`, where `None` stands for "any number of samples":

# %% stack-build
built_later.build((None, 3))
print([tuple(weight.shape) for weight in built_later.weights])

for stack in (step_by_step, built_later):
    stack.set_weights(as_list.get_weights())
    assert np.allclose(stack(bicycles), as_list(bicycles))
print("with the same weights, all three stacks give the same results")

# %% stack-box [markdown]
# > **If you learned this earlier.** Asking for `model.weights` before `build` used to be an error; now it
# > gives an empty list, and a count raises the error. `input_shape=` or `input_dim=` on the first layer still
# > works, with a warning; write `keras.Input` first.

# %% stack-box-shown
import warnings

fresh = keras.Sequential([keras.layers.Dense(units=2)])
print("weights:", fresh.weights)
try:
    fresh.count_params()
except ValueError as error:
    say(error)

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    keras.layers.Dense(units=2, input_dim=3)
print(caught[0].category.__name__, "-", str(caught[0].message)[:61], "…")
assert fresh.weights == [] and len(caught) == 1

# %% stack-names [markdown]
# Every layer has a **name**, made up if you give none. **Predict.** Which of these can be put into one stack:
# two layers with the same name, or the same layer twice?

# %% stack-names-shown
hidden = keras.layers.Dense(units=3, name="hidden")
namesake = keras.layers.Dense(units=3, name="hidden")
try:
    keras.Sequential([hidden, namesake])
except ValueError as error:
    say(error)

echo = keras.Sequential([keras.Input(shape=(3,)), hidden, hidden])
print("the same layer twice:", len(echo.layers), "layers,", echo.count_params(), "parameters")
assert len(echo.layers) == 2 and echo.count_params() == hidden.count_params() == 12

# %% stack-limit [markdown]
# The names in a model must differ, or nobody could ask for a layer by its name. The same layer may be used
# twice, and then both uses share its weights, so they are counted once.
#
# A stack has one way in, one way out, and no side roads. For the rest there are graphs (section 9) and classes
# (section 11).
#
# *Prepares:* `layers_quiz`.

# %% count-intro [markdown]
# ## 3 Counting parameters
#
# The numbers in the weights are called **parameters**. How many a model has says how much memory it takes and,
# with some caution, how much it can learn. `summary` counts them layer by layer:

# %% count-summary
as_list.summary()

# %% count-question [markdown]
# The first layer has 3 · 8 weights and 8 biases, which makes 32; the second 8 · 2 and 2, which makes 18. A
# number takes 4 bytes in float32.
#
# Other layers count in other ways, and one can work them out from what they do:
#
# | layer | parameters |
# |---|---|
# | `Dense` | inputs · units + units |
# | `Embedding` | one row for each word: words · width |
# | `Conv2D` | one small window for each filter: height · width · channels · filters + filters |
# | `LSTM` | four dense layers that see input and state: 4 · ((inputs + units) · units + units) |
# | `LayerNormalization` | a scale and an offset for each feature |
# | `BatchNormalization` | these two, and two running numbers that are not trained |
# | `Flatten`, `Dropout`, `Add` | none |
#
# **Predict**, for a convolution with 8 filters of 3 × 3 on grey images (one channel): does the count depend on
# the size of the image?

# %% count-kinds
kinds_of_layers = [
    (keras.layers.Dense(units=8), (5,), 5 * 8 + 8),
    (keras.layers.Dense(units=8, use_bias=False), (5,), 5 * 8),
    (keras.layers.Embedding(100, 8), (20,), 100 * 8),
    (keras.layers.Conv2D(8, 3), (28, 28, 1), 3 * 3 * 1 * 8 + 8),
    (keras.layers.Conv2D(8, 3), (400, 300, 1), 3 * 3 * 1 * 8 + 8),
    (keras.layers.LSTM(8), (20, 5), 4 * ((5 + 8) * 8 + 8)),
    (keras.layers.LayerNormalization(), (8,), 2 * 8),
    (keras.layers.BatchNormalization(), (8,), 4 * 8),
    (keras.layers.Dropout(0.5), (8,), 0),
]
for kind, shape, expected in kinds_of_layers:
    kind.build((None, *shape))
    print(f"{type(kind).__name__:20} on {shape!s:15} {kind.count_params():5} parameters")
    assert kind.count_params() == expected

# %% count-where [markdown]
# It does not: the same window slides over all places. That is why convolutions are cheap.
#
# Where do the parameters of a dense stack sit? **Predict.** Images of 28 × 28 points are flattened to 784
# numbers and go through layers of 128, 64 and 10 units. Which layer holds the most?

# %% count-where-shown
image_stack = keras.Sequential(
    [keras.Input(shape=(784,)), *(keras.layers.Dense(units=units) for units in (128, 64, 10))]
)
counts = [dense.count_params() for dense in image_stack.layers]
axes = plots.new_axes("Parameters of a dense stack, 784 – 128 – 64 – 10", width=6, height=3)
bars = axes.bar(["to 128 units", "to 64 units", "to 10 units"], counts)
axes.bar_label(bars, labels=[f"{count:,}" for count in counts])
axes.set(ylabel="parameters", ylim=(0, 115_000))
plt.show()
print(f"the first layer holds {counts[0] / sum(counts):.0%} of {sum(counts):,}")
assert counts[0] > 0.9 * sum(counts)

# %% count-frozen [markdown]
# The first: a wide input times a wide layer.
#
# **Freezing** a layer, `trainable = False`, keeps its parameters and takes them away from the optimizer. And
# training takes more memory than the model: Adam keeps two numbers of its own for each trained parameter.

# %% count-frozen-shown
image_stack.layers[0].trainable = False
trained_now = sum(int(np.prod(w.shape)) for w in image_stack.trainable_weights)
print(f"parameters {image_stack.count_params():,}, of which trained {trained_now:,}")
assert trained_now == sum(counts[1:])

adam = keras.optimizers.Adam()
adam.build(image_stack.trainable_variables)
of_adam = sum(int(np.prod(v.shape)) for v in adam.variables)
print(f"Adam keeps {of_adam:,} numbers for these, {of_adam / trained_now:.2f} for each")
assert 2 <= of_adam / trained_now < 2.01

# %% count-prepares [markdown]
# *Prepares:* `parameter_count`, `layers_quiz`.

# %% shapes-intro [markdown]
# ## 4 Which shapes go in
#
# Layers differ in what they make of the axes. The first axis is always the batch, one entry a sample. After it:
#
# | layer | one sample is | so the input has rank |
# |---|---|---|
# | `Dense` | a list of features, or several lists | 2 or more |
# | `Embedding` | whole numbers, such as words of a sentence | 2, mostly |
# | `SimpleRNN`, `GRU`, `LSTM` | steps in time, features for each | 3 |
# | `Conv1D` | steps, channels for each | 3 |
# | `Conv2D` | height, width, channels | 4 |
#
# A shape can be tried without data: call the layer on a `keras.Input`, which is only a place for a tensor, with
# a shape and a type. `None` is the size of the batch, which is left open.

# %% shapes-table
steps = keras.Input(shape=(12, 3))  # twelve hours, three measurements each
pictures = keras.Input(shape=(28, 28, 1))
sentences = keras.Input(shape=(12,), dtype="int32")
for kind, given in [
    (keras.layers.LSTM(5), steps),
    (keras.layers.LSTM(5, return_sequences=True), steps),
    (keras.layers.Conv1D(5, 3), steps),
    (keras.layers.GlobalAveragePooling1D(), steps),
    (keras.layers.Conv2D(5, 3), pictures),
    (keras.layers.Conv2D(5, 3, padding="same"), pictures),
    (keras.layers.MaxPooling2D(2), pictures),
    (keras.layers.Flatten(), pictures),
    (keras.layers.Embedding(1000, 5), sentences),
]:
    print(f"{type(kind).__name__:24} {given.shape!s:20} gives {kind(given).shape}")
assert keras.layers.Conv2D(5, 3)(pictures).shape == (None, 26, 26, 5)
assert keras.layers.LSTM(5)(steps).shape == (None, 5)

# %% shapes-explained [markdown]
# A recurrent layer reads the steps and keeps what it has at the end, or, with `return_sequences`, what it had
# at every step. A window of 3 × 3 fits 26 times along 28 points; `padding="same"` adds a rim of zeros, so that
# 28 remain.
#
# **Predict.** A dense layer of 5 units is given the twelve hours, (None, 12, 3). Is that an error? If not, what
# shape comes out, and with how many parameters?

# %% shapes-dense
on_steps = keras.layers.Dense(units=5)
print(on_steps(steps).shape, "with", on_steps.count_params(), "parameters")
assert on_steps(steps).shape == (None, 12, 5) and on_steps.count_params() == 3 * 5 + 5

one_week = np.random.default_rng(2).normal(size=(7, 12, 3)).astype(np.float32)
assert np.allclose(on_steps(one_week)[:, 4], on_steps(one_week[:, 4]), atol=1e-6)
print("hour 4 alone gives what hour 4 gives among the others")

# %% shapes-errors-intro [markdown]
# A dense layer works on the last axis and carries the others along: the same 20 parameters serve all twelve
# hours. (If the hours are to be mixed, `Flatten` first.)
#
# The usual shape errors, each with its cure: **predict** the cure before you read it in the code.

# %% shapes-errors
one_sample = np.ones(3, dtype=np.float32)
grey = np.ones((2, 28, 28), dtype=np.float32)
for kind, given, cure in [
    (keras.layers.Dense(units=5), one_sample, lambda x: x[None, :]),  # a batch of one
    (keras.layers.LSTM(5), one_week[:, :, 0], lambda x: x[:, :, None]),  # one feature an hour
    (keras.layers.Conv2D(5, 3), grey, lambda x: x[..., None]),  # one channel
]:
    try:
        kind(given)
    except ValueError as error:
        print(type(kind).__name__, "given", given.shape)
        say(error)
    print("    cured:", cure(given).shape, "gives", kind(cure(given)).shape)

# %% shapes-embedding-intro [markdown]
# What is missing is nearly always an axis of size 1: for the batch, the features or the channels. One error
# comes with the right shape. An embedding is a table; **predict** what the word 30 finds in a table of 10
# words.

# %% shapes-embedding
table = keras.layers.Embedding(10, 4)
print("the same word twice:", np.array_equal(*table(tf.constant([[3, 3]]))[0].numpy()))
try:
    table(tf.constant([[1, 2, 30]]))
except tf.errors.InvalidArgumentError as error:
    print(type(error).__name__, "-", error.message.split("}}")[-1].split("[Op")[0])

# %% tracer-intro [markdown]
# The **shape tracer** takes a list of layers and the shape of a sample, and shows for each layer what goes in,
# what comes out, its parameters and its memory, and the layer at which things break.
#
# 1. Where in this stack do most of the numbers *between* the layers sit, and where most of the parameters?
# 2. What becomes of the parameters when the pooling is taken away?
# 3. Take away `Flatten`. Does it break, and what comes out now?

# %% tracer
picture_layers = [
    keras.layers.Conv2D(8, 3, activation="relu"),
    keras.layers.MaxPooling2D(2),
    keras.layers.Flatten(),
    keras.layers.Dense(units=32, activation="relu"),
    keras.layers.Dense(units=10, activation="softmax"),
]
ShapeTracer(picture_layers, input_shape=(28, 28, 1))

# %% tracer-answers [markdown]
# The answers, worked out without the tracer:


# %% tracer-answers-shown
def traced(without=()):
    """Return output shapes and parameters of the stack, some kinds of layers left out."""
    sizes, at = [], keras.Input(shape=(28, 28, 1))
    for made in picture_layers:
        if type(made).__name__ not in without:
            copy = type(made).from_config(made.get_config())
            at = copy(at)
            sizes.append((copy.__class__.__name__, at.shape[1:], copy.count_params()))
    return sizes


for without in ((), ("MaxPooling2D",), ("Flatten",)):
    kinds = f"without {', '.join(without)}" if without else "all layers"
    print(kinds, "-", sum(row[2] for row in traced(without)), "parameters")
    for name, shape, parameters in traced(without):
        print(f"    {name:14} {shape!s:14} {parameters}")
plain = traced()
assert max(plain, key=lambda row: np.prod(row[1]))[1] == (26, 26, 8)
assert max(plain, key=lambda row: row[2])[1] == (32,)
assert traced(("MaxPooling2D",))[1][1] == (4 * plain[2][1][0],) == (5408,)
assert traced(("Flatten",))[-1][1] == (13, 13, 10) and 13 * 13 == 169

# %% tracer-explained [markdown]
# The widest tensor leaves the convolution; the most parameters sit in the first dense layer. Without the
# pooling that layer sees four times as many numbers. Without `Flatten` nothing breaks, and that is the trouble:
# the dense layers work on the last axis at each of 13 × 13 places, and the model gives 169 answers to one
# picture.
#
# *Prepares:* `layers_quiz`.

# %% own-intro [markdown]
# ## 5 A layer of your own
#
# A layer is a class with three methods.
#
# - `__init__` notes the settings. It must begin with `super().__init__()`, which makes the object a layer.
# - `build` gets the shape of the input and makes the weights, with `add_weight`.
# - `call` computes.
#
# As an example, a layer that is not in Keras. Each unit keeps a **centre**, a point among the inputs, and
# answers with the squared distance of the input from it.


# %% own-distances
class Distances(keras.layers.Layer):
    """Squared distances from some trained centres."""

    def __init__(self, centres, **options):
        super().__init__(**options)
        self.centres = centres

    def build(self, shape):
        self.places = self.add_weight(
            name="places", shape=(self.centres, shape[-1]), initializer="random_normal"
        )

    def call(self, points):
        apart = keras.ops.expand_dims(points, axis=-2) - self.places
        return keras.ops.sum(apart**2, axis=-1)


distances = Distances(2)
some_points = tf.constant([[0.0, 0.0], [3.0, 4.0], [1.0, 1.0]])
distances(some_points)
distances.set_weights([np.array([[0.0, 0.0], [1.0, 1.0]])])
print(distances(some_points).numpy())
assert np.allclose(distances(some_points), [[0, 2], [25, 13], [2, 0]])
assert distances(tf.ones((6, 5, 2))).shape == (6, 5, 2)

# %% own-explained [markdown]
# Three points and two centres give (3, 2). The layer speaks of the *last* axis only, and leaves all before it
# alone: so it takes inputs of any rank, as `Dense` does. (`expand_dims` puts in an axis for the centres, and
# broadcasting lines up each point with each centre.)
#
# A setting that may be a name, a function or None, such as the activation of `Dense`, is made a function once,
# in `__init__`: `keras.activations.get("tanh")` gives the function of that name, a function stays as it is, and
# None becomes one that changes nothing.
#
# It is a full citizen: it can go into any model, and is trained like any other. In chapter 3 it took three ReLU
# units to fence in a ring. **Predict.** How many centres will it take?

# %% own-trained
keras.utils.set_random_seed(7)
inputs, targets = data.rings(150, seed=1)
ring_model = keras.Sequential(
    [keras.Input(shape=(2,)), Distances(1, name="centre"), keras.layers.Dense(units=1)]
)
ring_model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.1),
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
)
ring_model.fit(inputs, targets, batch_size=30, epochs=25, verbose=0)
share = float(np.mean((ring_model(inputs).numpy() > 0) == (targets == 1)))

axes = plots.scatter_classes(inputs, targets, title=f"One centre: {share:.0%} right")
centre = ring_model.get_layer("centre").get_weights()[0][0]
axes.plot(*centre, "P", markersize=11, color="black", label="the centre")
plots.legend_below(axes)
plots.decision_regions(ring_model, axes, threshold=0.0)
plt.show()
print("the centre found:", centre.round(2), "  parameters:", ring_model.count_params())
assert share > 0.95 and ring_model.count_params() == 2 + 2

# %% own-called [markdown]
# One. Equal distance from a point is a circle, and a layer that suits the data needs little else.
#
# You write `call`, but you use `layer(x)`, which is `__call__`. What does it do besides? This layer tells:


# %% own-called-shown
class Talkative(keras.layers.Layer):
    def build(self, shape):
        print("    build with", shape, type(shape).__name__)

    def call(self, x):
        print("    call with", x.dtype.name, type(x).__name__)
        return x


talkative = Talkative()
print("first time, an array of float64:")
talkative(np.ones((2, 3)))
print("second time:")
passed = talkative(tf.ones((4, 3)))
assert passed.dtype == "float32"

# %% own-called-explained [markdown]
# `__call__` turns what it gets into tensors of the layer's own type, float32; checks the shape; builds, if this
# is the first time; passes on whether this is training (section 6); runs `call`; and collects the layer's
# penalties (section 7). **Predict** what happens if `call` is used directly, on a new layer:

# %% own-call-directly
try:
    Distances(2).call(some_points)
except AttributeError as error:
    say(error)

# %% own-boxes [markdown]
# No `build`, no weights. Call the layer, never its `call`.
#
# > **If you learned this earlier.** Three habits of older layers no longer hold. The name of a weight is a
# > keyword. A shape is a plain tuple, which has no `as_list`. And a `tf.Variable` kept in a layer works, but
# > is not seen by Keras: it never trains.


# %% own-boxes-shown
class NameFirst(keras.layers.Layer):
    def build(self, shape):
        self.slope = self.add_weight("slope", shape=(shape[-1],))

    def call(self, x):
        return self.slope * x


class ShapeAsList(NameFirst):
    def build(self, shape):
        self.slope = self.add_weight(name="slope", shape=shape.as_list()[-1:])


for old in (NameFirst, ShapeAsList):
    try:
        old()(bicycles)
    except (ValueError, AttributeError) as error:
        print(old.__name__, end=": ")
        say(error)


class Untracked(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.seen = self.add_weight(name="seen", shape=(), initializer="ones")
        self.unseen = tf.Variable(1.0)

    def call(self, x):
        return self.seen * self.unseen * x


untracked = keras.Sequential([keras.Input(shape=(1,)), Untracked()])
untracked.compile(optimizer=keras.optimizers.SGD(0.1), loss="mse")
untracked.fit(np.ones((8, 1)), np.full((8, 1), 4.0), epochs=5, verbose=0)
both = untracked.layers[0]
print(f"trained: add_weight {float(both.seen):.2f}, tf.Variable {float(both.unseen):.2f}")
assert len(both.weights) == 1 and float(both.unseen) == 1.0 and float(both.seen) > 1.5

# %% own-super-intro [markdown]
# The last one is the worst: no error, and a part of the model that stands still.
#
# **Predict.** What if the first line, `super().__init__()`, is forgotten?


# %% own-super
class Forgetful(keras.layers.Layer):
    def __init__(self, factor):
        self.factor = factor


try:
    Forgetful(2.0)(bicycles)
except RuntimeError as error:
    say(error)

# %% own-tracer [markdown]
# That message says all there is to say. Your own layers go into the tracer too. Change the number of centres
# here, or the shape in the tracer:

# %% own-tracer-shown
ShapeTracer([Distances(6), keras.layers.Dense(units=3)], input_shape=(2,))

# %% own-prepares [markdown]
# *Prepares:* `SimpleDense`.

# %% training-intro [markdown]
# ## 6 Training or not
#
# Some layers behave in one way while the model learns and in another when it is used. **Dropout** is the best
# known: in training it sets a random part of its inputs to 0, so that no unit relies on one other; in use it
# does nothing. Which of the two it is, says the argument `training`.
#
# **Predict.** Dropout with the rate 0.5 gets eight ones. What comes out in training? And what if nothing is
# said?

# %% training-dropout
drop = keras.layers.Dropout(0.5, seed=3)
ones = tf.ones((1, 8))
print("training=True: ", drop(ones, training=True).numpy())
print("training=False:", drop(ones, training=False).numpy())
print("nothing said:  ", drop(ones).numpy())
assert set(drop(ones, training=True).numpy().ravel()) <= {0.0, 2.0}
assert np.array_equal(drop(ones), ones)

many = drop(tf.ones((1, 10_000)), training=True)
print(f"mean of ten thousand: {float(tf.reduce_mean(many)):.2f}")
assert abs(float(tf.reduce_mean(many)) - 1) < 0.1

# %% training-explained [markdown]
# What is kept is doubled, so that the sum stays about what it was. If nothing is said, it is not training.
#
# `fit` says `training=True`, `evaluate` and `predict` say `False`. A layer of your own that cares takes
# `training` as an argument of `call`. This one shakes its inputs a little in training, and writes down what it
# was told:


# %% training-shaky
class Shaky(keras.layers.Layer):
    """Adds noise in training; writes down for each call whether it was training."""

    def __init__(self, amount, **options):
        super().__init__(**options)
        self.amount = amount
        self.dice = keras.random.SeedGenerator(5)
        self.told = []

    def call(self, x, training=None):
        self.told.append(training)
        if not training:
            return x
        return x + self.amount * keras.random.normal(keras.ops.shape(x), seed=self.dice)


shaky = Shaky(0.3)
print("in use:     ", shaky(ones).numpy().round(2))
print("in training:", shaky(ones, training=True).numpy().round(2))
print("told:", list(shaky.told))
assert np.array_equal(shaky(ones), ones)
assert not np.allclose(shaky(ones, training=True), ones)

# %% training-container-intro [markdown]
# Layers may hold layers. What you store in an attribute is found, also within lists and dictionaries: its
# weights are counted, trained and saved with the rest. And a **model** is a layer that has `compile`, `fit`,
# `evaluate`, `predict` and `save` besides: inherit from `keras.Model` instead of `keras.layers.Layer`, and the
# rest stays as it was.
#
# Here is a fork: several branches see the same input, and their results are added up.


# %% training-fork
class Fork(keras.Model):
    """The sum of what its branches make of the same input."""

    def __init__(self, branches):
        super().__init__()
        self.branches = branches

    def call(self, x, training=None):
        return sum(branch(x, training=training) for branch in self.branches)


class DeafFork(Fork):
    def call(self, x):
        return sum(branch(x) for branch in self.branches)


def shaken_fork(kind):
    """Return a fork with a straight branch and a shaken one, and the shaky layer in it."""
    keras.utils.set_random_seed(2)
    within = Shaky(5.0)
    bent = keras.Sequential([within, keras.layers.Dense(units=1)])
    return kind([keras.layers.Dense(units=1), bent]), within


fork, within = shaken_fork(Fork)
print("result", fork(bicycles).shape, "  weight tensors", len(fork.weights))
assert fork(bicycles).shape == (2, 1) and fork.count_params() == 8

# %% training-fork-question [markdown]
# The second class, `DeafFork`, forgets the argument `training`. **Predict.** Both are trained with `fit`. What
# will the shaky layer in each of them be told?

# %% training-fork-shown
hours = np.array([[2.0], [0.5]], dtype=np.float32)
heard = {}
for kind in (Fork, DeafFork):
    model, within = shaken_fork(kind)
    model.compile(optimizer=keras.optimizers.SGD(1e-4), loss="mse", run_eagerly=True)
    model(bicycles)
    within.told.clear()
    model.fit(bicycles, hours, verbose=0)
    in_fit = list(within.told)
    model.evaluate(bicycles, hours, verbose=0)
    in_evaluate = list(within.told)
    model.predict(bicycles, verbose=0)
    heard[kind] = [in_fit[-1], in_evaluate[-1], within.told[-1]]
    print(
        f"{kind.__name__:9} fit {heard[kind][0]}, evaluate {heard[kind][1]}, predict {heard[kind][2]}"
    )
assert heard == {Fork: [True, False, False], DeafFork: [None, None, None]}

# %% training-fork-explained [markdown]
# `fit` looks whether the model's `call` has an argument `training`, and says `True` only then. The deaf fork
# learns without noise; dropout and batch normalization in it would behave as in use. There is no message. So:
# **every container takes `training` and hands it on.**
#
# (`run_eagerly=True` is there for the demonstration: otherwise `fit` traces `call` once into a graph, and plain
# Python such as our list sees the tracing only. Chapter 1 made that visible.)
#
# Some names are taken, as a model has a use for them: `layers`, for one, is the list of the layers it has
# found.


# %% training-taken
class Taken(keras.Model):
    def __init__(self, branches):
        super().__init__()
        self.layers = branches


print([type(found).__name__ for found in fork.layers])
try:
    Taken([keras.layers.Dense(units=1)])
except AttributeError as error:
    say(error)

# %% training-made-question [markdown]
# One more trap in containers. **Predict**: what becomes of the weights of a layer that is made inside `call`?


# %% training-made-in-call
class Throwaway(keras.layers.Layer):
    def call(self, x):
        return keras.layers.Dense(units=3)(x)


throwaway = Throwaway()
different = not np.allclose(throwaway(bicycles), throwaway(bicycles))
print("weights:", throwaway.weights, "  another result each time:", different)
assert throwaway.weights == [] and different

lost = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(units=3), Throwaway()])
lost.compile(optimizer="sgd", loss="mse")
try:
    lost.fit(bicycles, tf.ones((2, 3)), verbose=0)
except ValueError as error:
    say(error)

# %% training-frozen [markdown]
# They are lost: every call makes a new layer with new random weights. `fit`, which runs a traced graph,
# refuses. Make layers in `__init__`, or in `build`, and use them in `call`. A layer within has weights from its
# own first call on; to have them when your `build` is over, build it there: `self.inner.build(shape)`.
#
# Last, two words that sound alike. `training=False` is about one call. `trainable = False` is about the
# optimizer: it freezes the weights. **Predict**: does a frozen dropout still drop in training?

# %% training-frozen-shown
drop.trainable = False
print("frozen dropout, training=True:", drop(ones, training=True).numpy())
assert not np.array_equal(drop(ones, training=True), ones)

moving = keras.layers.BatchNormalization()
moving(10 + bicycles, training=True)
moved = moving.moving_mean.numpy().copy()
moving.trainable = False
moving(100 + bicycles, training=True)
then = moving.moving_mean.numpy()
print("frozen batch normalization, running means:", moved.round(3), "then", then.round(3))
assert np.array_equal(moved, moving.moving_mean)

# %% training-prepares [markdown]
# It does. Batch normalization is the one exception: frozen, it works as in use, and its running numbers stand
# still. That is made for people who freeze a trained model and train something on top.
#
# *Prepares:* `MySequential`.

# %% bends-intro [markdown]
# ## 7 Bends, beginnings and brakes
#
# Four small functions decide how a dense layer behaves, and each may be one of Keras's, by name, or your own.
#
# | argument | is a function of | and says |
# |---|---|---|
# | `activation` | the result | how it is bent |
# | `kernel_initializer` | shape and dtype | which weights training begins with |
# | `kernel_regularizer` | the weights | what they cost, added to the loss |
# | `kernel_constraint` | the weights | to what they are corrected after each step |
#
# (`bias_…` does the same for the bias.)
#
# ### Bends
#
# Without a bend, two layers are one (chapter 3). Look at some, and at their slopes, since a gradient is
# multiplied by the slope of every activation on its way back.
#
# **Predict**, and then look: a gradient goes back through eight sigmoids. By what factor do their slopes shrink
# it, at the very best?


# %% bends-own
def bump(x):
    """A bend of our own: 1 at 0, and nearly 0 far away on both sides."""
    return keras.ops.exp(-(x**2))


ActivationExplorer("sigmoid", bump)

# %% bends-question [markdown]
# 1. Which of `relu`, `tanh`, `sigmoid` and `bump` are flat on the left, and which on both sides?
# 2. Where is the slope of the sigmoid largest, and how large is it? What does that say of eight of them?


# %% bends-slopes
def slopes(activation, places):
    """Return the slope of an activation at some places."""
    places = tf.constant(places, dtype=tf.float32)
    with tf.GradientTape() as record:
        record.watch(places)
        bent = activation(places)
    return record.gradient(bent, places).numpy()


places = np.linspace(-6, 6, 121)
figure, panels = plt.subplots(1, 2, figsize=(10, 3.4), layout="constrained")
for activation, style in zip(
    (keras.activations.relu, keras.activations.tanh, keras.activations.sigmoid, bump),
    ("-", "--", "-.", ":"),
):
    panels[0].plot(places, activation(tf.constant(places)), style, label=activation.__name__)
    panels[1].plot(places, slopes(activation, places), style, label=activation.__name__)
panels[0].set(title="value", xlabel="x", ylim=(-1.2, 2.2))
panels[1].set(title="slope", xlabel="x")
panels[0].legend()
plt.show()

steepest = slopes(keras.activations.sigmoid, places).max()
print(f"sigmoid: steepest {steepest:.3f}, and to the power of eight {steepest**8:.6f}")
assert abs(steepest - 0.25) < 1e-4 and slopes(keras.activations.relu, [-1.0])[0] == 0

# %% bends-explained [markdown]
# ReLU is flat on the left, the other three on both sides. The slope of the sigmoid is a quarter at 0 and less
# elsewhere. Eight of them shrink a gradient to fifteen millionths: the first layers hardly learn. That is why
# hidden layers have ReLU or its relatives, whose slope is 1 over half the line.
#
# ReLU pays with flatness on the left. **Predict**: the bias of a ReLU unit is −10, the inputs are small. Will
# training repair it?

# %% bends-dying
dying = keras.layers.Dense(
    units=1, activation="relu", bias_initializer=keras.initializers.Constant(-10.0)
)
with tf.GradientTape() as record:
    result = dying(bicycles)
    cost = tf.reduce_mean((result - 1.0) ** 2)
found = record.gradient(cost, dying.trainable_variables)
print("result", result.numpy().ravel(), "  gradients", [float(tf.norm(g)) for g in found])
assert all(float(tf.norm(g)) == 0 for g in found)

try:
    keras.layers.Dense(units=1, activation="rellu")
except ValueError as error:
    say(error)

# %% beginnings-intro [markdown]
# It will not: the unit is silent for every sample, so the gradient is 0 and nothing moves. It is called a dead
# unit. (A name that Keras does not know is noticed at once.)
#
# ### Beginnings
#
# **Predict.** All weights of a network begin at 0.5, or all at 0. What will the hidden units learn?

# %% beginnings-same
keras.utils.set_random_seed(1)
x, y = data.moons(100, seed=2)
for start in (0.5, 0.0):
    alike = keras.Sequential([keras.Input(shape=(2,))])
    for units, activation in ((4, "tanh"), (1, "sigmoid")):
        constant = keras.initializers.Constant(start)
        alike.add(keras.layers.Dense(units, activation, kernel_initializer=constant))
    alike.compile(optimizer=keras.optimizers.Adam(0.05), loss="binary_crossentropy")
    alike.fit(x, y, epochs=5, verbose=0)
    kernel = alike.layers[0].get_weights()[0]
    print(f"begun at {start}, after training:\n{kernel.round(3)}")
    assert np.allclose(kernel, kernel[:, :1], atol=1e-3)

# %% beginnings-random [markdown]
# All units of a layer get the same gradient and remain copies of each other: four units do the work of one.
# From 0 they do not even set out, since a gradient goes back through the weights behind, and these are 0 as
# well.
#
# Weights have to begin **different**, so they begin random. How large? Too small, and the signal dies out from
# layer to layer; too large, and the bends saturate. We send a thousand samples through ten layers of 100 tanh
# units and look at how much the results still vary.


# %% beginnings-spread
def level(shape, dtype=None):
    """A beginning of our own: each unit keeps, roughly, the variance of its inputs."""
    return keras.random.normal(shape, stddev=shape[0] ** -0.5, dtype=dtype, seed=4)


signal = np.random.default_rng(1).normal(size=(1000, 100)).astype(np.float32)
beginnings = {
    "normal, 0.02": keras.initializers.RandomNormal(stddev=0.02, seed=4),
    "normal, 1": keras.initializers.RandomNormal(stddev=1.0, seed=4),
    "our own": level,
    "GlorotUniform, as if nothing is said": keras.initializers.GlorotUniform(seed=4),
}
axes = plots.new_axes("What is left of a signal", width=7, height=3.6)
spreads = {}
for (name, initializer), style in zip(beginnings.items(), ("o:", "s-.", "^-", "v--")):
    passing, spreads[name] = signal, []
    for _ in range(10):
        passing = keras.layers.Dense(100, "tanh", kernel_initializer=initializer)(passing)
        spreads[name].append(float(tf.math.reduce_std(passing)))
    axes.semilogy(range(1, 11), spreads[name], style, label=name)
axes.set(xlabel="layer", ylabel="standard deviation of the results")
axes.legend()
plt.show()
assert spreads["normal, 0.02"][-1] < 1e-5 and spreads["normal, 1"][-1] > 0.9
assert 0.1 < spreads["our own"][-1] < 0.6

# %% beginnings-explained [markdown]
# At 0.02 the signal is gone after ten layers; at 1 nearly every unit sits at −1 or 1, where tanh is flat. In
# between it lives on.
#
# The rule of thumb: a unit adds up `inputs` products, so its variance is `inputs` times that of one. To keep
# the variance on the way forward, draw with the variance 1 / inputs. On the way back the same holds with
# `units`. **Glorot**'s rule takes the mean of `inputs` and `units`: variance 2 / (inputs + units). **He**'s,
# for ReLU, takes 2 / inputs, since ReLU silences half. Keras begins with Glorot's, drawn uniformly, unless told
# otherwise.
#
# The activation explorer sends numbers through layers, too; its *factor* times 1 / √inputs is the standard
# deviation of their weights. **Predict**: which factor lets numbers behind ten ReLU layers keep their spread?
# Find it.

# %% beginnings-explorer
beginning = ActivationExplorer("relu", "tanh")
beginning

# %% beginnings-explorer-answer jupyter={"source_hidden": true}
tried = ActivationExplorer("relu")
print("factor   spread behind ten layers   what comes back of a gradient")
for factor in (0.5, 1.0, 2**0.5, 2.0):
    tried.factor = factor
    spread, back = tried.behind
    print(f"{factor:6.2f}   {spread:24.3g}   {back:29.3g}")

# %% beginnings-function [markdown]
# Near √2, as He's rule says.
#
# An initializer is a function of a shape, here (inputs, units), and a dtype, and returns a tensor of just that.
# **Predict**: two layers of the same shape begin with our `level`. Are their weights different?

# %% beginnings-same-seed
for name, wanted in (
    ("lecun_normal", 1 / 300),
    ("glorot_uniform", 2 / 400),
    ("he_normal", 2 / 300),
):
    drawn = keras.initializers.get(name)((300, 100))
    print(f"{name:15} 300 inputs, 100 units: variance {np.var(drawn):.5f}, wanted {wanted:.5f}")
    assert np.isclose(np.var(drawn), wanted, rtol=0.1)
assert isinstance(keras.layers.Dense(1).kernel_initializer, keras.initializers.GlorotUniform)

twins = (
    keras.layers.Dense(100, kernel_initializer=level),
    keras.layers.Dense(100, None, True, level),
)
for twin in twins:
    twin.build((None, 100))
print("equal beginnings:", np.array_equal(twins[0].kernel, twins[1].kernel))
print(f"standard deviation {np.std(twins[0].kernel):.3f}, wanted {100**-0.5:.3f}")
assert abs(np.std(twins[0].kernel) - 0.1) < 0.005

# %% brakes-intro [markdown]
# They are equal. With `seed=4` written into it, ours draws the same numbers for every layer of that shape,
# which one rarely wants; leave the seed out, and Keras's own generator decides.
#
# ### Brakes
#
# A **regularizer** gets the weights and returns what they cost. Keras collects these in `losses`, and `fit`
# adds them to the loss. A regularizer may be any function; with a setting, a class is tidy. Suppose that the
# inputs are twelve hours of a day, and that weights of neighbouring hours should be alike:


# %% brakes-smooth
class Smooth(keras.regularizers.Regularizer):
    """A cost for weights that jump between one input and the next."""

    def __init__(self, price):
        self.price = price

    def __call__(self, weights):
        jumps = weights[1:] - weights[:-1]
        return self.price * keras.ops.sum(jumps**2)


keras.utils.set_random_seed(6)
hourly = np.random.default_rng(3).normal(size=(40, 12)).astype(np.float32)
wanted = hourly @ np.linspace(-1, 1, 12, dtype=np.float32)[:, None]
wanted += np.random.default_rng(4).normal(size=wanted.shape)

axes = plots.new_axes("One weight for each hour", width=6.5, height=3.4)
jumps = {}
for price, style in ((0.0, "o:"), (1.0, "s-")):
    by_hours = keras.Sequential(
        [keras.Input(shape=(12,)), keras.layers.Dense(units=1, kernel_regularizer=Smooth(price))]
    )
    by_hours.compile(optimizer=keras.optimizers.Adam(0.05), loss="mse")
    by_hours.fit(hourly, wanted, epochs=60, batch_size=40, verbose=0)
    kernel = by_hours.layers[0].get_weights()[0][:, 0]
    jumps[price] = float(np.sum(np.diff(kernel) ** 2))
    axes.plot(kernel, style, label=f"price {price}")
axes.set(xlabel="hour", ylabel="weight")
axes.legend()
plt.show()
assert jumps[1.0] < 0.5 * jumps[0.0]

# %% brakes-question [markdown]
# **Predict.** For the smooth model `evaluate` gives one number. Is it the mean of the squared errors?

# %% brakes-losses
reported = by_hours.evaluate(hourly, wanted, verbose=0)
square = float(np.mean((by_hours(hourly) - wanted) ** 2))
penalty = float(sum(by_hours.losses))
print(f"reported {reported:.4f} = squared errors {square:.4f} + penalty {penalty:.4f}")
assert np.isclose(reported, square + penalty, rtol=1e-4)

# %% brakes-constraint-intro [markdown]
# It is more: the penalty is in it. To compare models with unlike brakes, use a metric (chapter 5), which knows
# of no penalties.
#
# A **constraint** gets the weights and returns those that it allows, and runs after each step of the optimizer.
# This one turns the weights of each unit into a direction, of length 1.
#
# **Predict**: what is the length before the first step?


# %% brakes-constraint
def direction(weights):
    """Return the weights of each unit, a column, scaled to the length 1."""
    return weights / keras.ops.norm(weights, axis=0, keepdims=True)


pointed = keras.Sequential(
    [keras.Input(shape=(12,)), keras.layers.Dense(units=1, kernel_constraint=direction)]
)
pointed.compile(optimizer="sgd", loss="mse")
before = float(np.linalg.norm(pointed.get_weights()[0]))
pointed.fit(hourly, wanted, verbose=0)
after = float(np.linalg.norm(pointed.get_weights()[0]))
print(f"length before {before:.3f}, after one epoch {after:.3f}")
assert abs(after - 1) < 1e-4 < abs(before - 1)

# %% brakes-box [markdown]
# Whatever the initializer drew: a constraint corrects after steps, not before the first.
#
# > **If you learned this earlier.** The constraint against negative weights was `nonneg`; it is a class now,
# > as all of them are.

# %% brakes-box-shown
try:
    keras.constraints.nonneg
except AttributeError as error:
    say(error)
print(keras.constraints.NonNeg.__name__, "is there, and so are MaxNorm, MinMaxNorm and UnitNorm")

# %% brakes-prepares [markdown]
# *Prepares:* `glorot_normal`, `l1_penalty`, `non_negative`.

# %% adding-intro [markdown]
# ## 8 Adding and normalising
#
# Two inventions made deep networks trainable. The first is nearly too simple to be one: **add the input of a
# layer to its result.** The layer then has to learn only what to change, and there is a way past it on which
# neither the signal nor the gradient is multiplied by anything. That is a **residual** or skip connection.
#
# **Predict.** Fifteen layers of 16 sigmoid units, plain or with skips. How large is the gradient that reaches
# the first layer, beside the one at the last?


# %% adding-depth
def gradients_by_depth(skips):
    """Return for each of fifteen layers the length of the gradient of its kernel."""
    keras.utils.set_random_seed(3)
    tower = [keras.layers.Dense(units=16, activation="sigmoid") for _ in range(15)]
    passing = tf.random.normal((64, 16), seed=1)
    with tf.GradientTape() as record:
        for step in tower:
            passing = passing + step(passing) if skips else step(passing)
        cost = tf.reduce_mean(passing**2)
    return [float(tf.norm(g)) for g in record.gradient(cost, [step.kernel for step in tower])]


axes = plots.new_axes("How much gradient reaches each layer", width=7, height=3.6)
reached = {}
for skips, style in ((False, "o:"), (True, "s-")):
    reached[skips] = gradients_by_depth(skips)
    name = "with skips" if skips else "plain"
    axes.semilogy(range(1, 16), reached[skips], style, markersize=4, label=name)
    print(f"{name:10} first layer {reached[skips][0]:.2g}   last {reached[skips][-1]:.2g}")
axes.set(xlabel="layer", ylabel="length of the gradient")
axes.legend()
plt.show()
assert 0 < reached[False][0] < 1e-6 < 0.1 < reached[True][0]

# %% adding-explained [markdown]
# Nothing worth the name: on its way back it has been multiplied by fifteen slopes of at most a quarter each.
# With skips it arrives.
#
# An addition needs equal widths. **Predict**: what does Keras say to 16 plus 24?

# %% adding-error
wide, narrow = keras.Input(shape=(24,)), keras.Input(shape=(16,))
for attempt in (lambda: wide + narrow, lambda: keras.layers.Add()([wide, narrow])):
    try:
        attempt()
    except ValueError as error:
        say(error)

quiet = tf.ones((2, 1)) + tf.ones((2, 16))
print("but a width of 1 broadcasts without a word:", quiet.shape)
assert quiet.shape == (2, 16)

# %% adding-normalize-intro [markdown]
# Where the widths differ, the way past needs a map of its own that brings the input to the right width. And
# beware of a width of 1.
#
# The second invention is **normalising**: bring the numbers between the layers to mean 0 and standard deviation
# 1, then let the layer scale and shift them by trained numbers, usually called gamma and beta. There are two
# ways to take the mean:
#
# - **batch normalization**: over the samples, for each feature by itself, so down the columns;
# - **layer normalization**: over the features, for each sample by itself, so along the rows.
#
# **Predict**: which one treats a sample in the same way whatever else is in the batch?

# %% adding-normalize
measured = tf.constant(
    [[1.0, 20.0, 300.0], [2.0, 10.0, 500.0], [3.0, 60.0, 100.0], [6.0, 30.0, 300.0]]
)
by_column = keras.layers.BatchNormalization()(measured, training=True).numpy()
by_row = keras.layers.LayerNormalization()(measured).numpy()
for name, table in (("batch normalization", by_column), ("layer normalization", by_row)):
    print(name)
    print(table.round(2))
    print("    means of columns", abs(table.mean(axis=0).round(2)), end="")
    print("   means of rows", abs(table.mean(axis=1).round(2)))
assert np.allclose(by_column.mean(axis=0), 0, atol=1e-5)
assert np.allclose(by_row.mean(axis=1), 0, atol=1e-5)

mean, variance = tf.nn.moments(measured, axes=[0])
by_hand = (measured - mean) / tf.sqrt(variance + 0.001)
assert np.allclose(by_hand, by_column, atol=1e-4)
print("batch normalization by hand agrees; the 0.001 keeps a constant column from dividing by 0")

# %% adding-normalize-question [markdown]
# Layer normalization. It knows no batch, needs no running averages, and does the same in training and in use.
# In this table it is a poor choice, though, because its columns have unlike units, and the third drowns the
# others.
#
# **Predict.** What does batch normalization, in training, make of a batch of one? And in use?

# %% adding-normalize-one
of_one = keras.layers.BatchNormalization(momentum=0.0)
print("one sample, training:", of_one(measured[:1], training=True).numpy())
of_one(measured, training=True)  # with this momentum, the last batch is all it remembers
print("one sample, in use:  ", of_one(measured[:1]).numpy().round(2))
assert np.allclose(of_one(measured[:1]), by_column[:1], atol=1e-3)

# %% block-intro [markdown]
# In training the one sample is its own mean, and nothing is left of it. In use the running averages stand in.
#
# ### A transformer block, read as layers
#
# The block of which language models are stacked has nothing in it that you have not met, but **attention**: for
# each place of a sequence, a mean over all places, with weights worked out from the contents, so that each
# place can fetch what it needs. Read it from top to bottom:


# %% block
def transformer_block(sequence, heads=2):
    """Attend, add, normalise; two dense layers, add, normalise."""
    width = sequence.shape[-1]
    attend = keras.layers.MultiHeadAttention(heads, key_dim=width // heads, name="attend")
    fetched = attend(sequence, sequence)
    sequence = keras.layers.LayerNormalization(name="norm_1")(sequence + fetched)
    thought = keras.layers.Dense(units=64, activation="relu", name="think")(sequence)
    thought = keras.layers.Dense(units=width, name="conclude")(thought)
    return keras.layers.LayerNormalization(name="norm_2")(sequence + thought)


keras.utils.set_random_seed(5)
eight_words = keras.Input(shape=(8, 16), name="words")
block = keras.Model(eight_words, transformer_block(eight_words), name="block")
block.summary(line_length=110)

# %% block-question [markdown]
# What comes out has the shape of what goes in, (8, 16), so blocks can be stacked. The attention holds four
# dense maps of 16 to 16. Check the other counts with the rules of section 3.
#
# **Predict.** We turn the sequence round, last word first. What happens to the result?

# %% block-order
assert block.get_layer("attend").count_params() == 4 * (16 * 16 + 16)
assert block.count_params() == 4 * 272 + 2 * 32 + (16 * 64 + 64) + (64 * 16 + 16)

words_in_order = tf.random.normal((1, 8, 16), seed=2)
turned = tf.reverse(words_in_order, axis=[1])
print("turned round:", np.allclose(block(turned)[:, ::-1], block(words_in_order), atol=1e-5))
assert np.allclose(block(turned)[:, ::-1], block(words_in_order), atol=1e-5)

_, scores = block.get_layer("attend")(words_in_order, words_in_order, return_attention_scores=True)
figure, panels = plt.subplots(1, 2, figsize=(8, 3.6), layout="constrained")
for head, panel in enumerate(panels):
    shown = panel.imshow(scores[0, head], cmap="cividis", vmin=0)
    panel.set(title=f"head {head}", xlabel="place looked at", ylabel="place that looks")
figure.colorbar(shown, ax=panels, label="weight")
plt.show()
print("scores", scores.shape, "  each row adds up to 1:", np.allclose(tf.reduce_sum(scores, -1), 1))
assert scores.shape == (1, 2, 8, 8)

# %% adding-prepares [markdown]
# The pictures show how much each place looks at each other one; the block is untrained, so its preferences mean
# nothing yet.
#
# The result is turned round too, and otherwise the same. The block does not know in which order the words came;
# language models add a second embedding, of the position, to that of the word.
#
# *Prepares:* `LayerNorm`, `ResidualBlock`.

# %% graphs-intro [markdown]
# ## 9 Graphs of layers
#
# A bicycle comes to the workshop with a slip: which of eight words the customer used, as zeros and ones, and
# three measurements of the bicycle. Wanted are two things: how many hours the repair will take, and which of
# four parts is to blame. Two ways in and two ways out, so no stack.
#
# In the **functional** style you call layers on places for tensors, and afterwards say where the model begins
# and ends.

# %% graphs-model
keras.utils.set_random_seed(8)
words = keras.Input(shape=(8,), name="words")
bicycle = keras.Input(shape=(3,), name="bicycle")
complaint = keras.layers.Dense(units=12, activation="relu", name="complaint")(words)
condition = keras.layers.Dense(units=6, activation="relu", name="condition")(bicycle)
slip = keras.layers.Concatenate(name="slip")([complaint, condition])
hours_needed = keras.layers.Dense(units=1, activation="softplus", name="hours")(slip)
part_to_blame = keras.layers.Dense(units=4, activation="softmax", name="part")(slip)
workshop = keras.Model([words, bicycle], [hours_needed, part_to_blame], name="workshop")
workshop.summary()

# %% graphs-names [markdown]
# The last column says what each layer is connected to. `Concatenate` puts features side by side: 12 and 6 make
# 18.
#
# The names now pay. Data may be handed over as a **dictionary** by the names of the inputs, targets and losses
# by the names of the outputs. Then the order does not matter.

# %% graphs-fit
dice = np.random.default_rng(11)
slips = {
    "bicycle": dice.normal(size=(200, 3)).astype(np.float32),
    "words": dice.integers(0, 2, size=(200, 8)).astype(np.float32),
}
blamed = slips["words"][:, :4].argmax(axis=1)
repairs = {"part": blamed, "hours": 1.0 + blamed[:, None] + 0.2 * slips["bicycle"][:, :1] ** 2}

workshop.compile(
    optimizer=keras.optimizers.Adam(0.02),
    loss={"hours": "mse", "part": "sparse_categorical_crossentropy"},
)
history = workshop.fit(slips, repairs, epochs=25, verbose=0)
plots.loss_curves({"both losses together": history.history["loss"]}, title="The workshop learns")
plt.show()

hours_said, part_said = workshop.predict(slips, verbose=0)
right = float(np.mean(part_said.argmax(axis=1) == blamed))
print("hours", hours_said.shape, "  part", part_said.shape, f"  {right:.0%} of the parts right")
assert hours_said.shape == (200, 1) and part_said.shape == (200, 4) and right > 0.8

# %% graphs-dictionaries [markdown]
# What comes out has the form that the model was given: a list of two, in that order. **Predict.** What if the
# model is made with dictionaries? And what if an input is missing from the data?

# %% graphs-dictionaries-shown
by_name = keras.Model(
    {"words": words, "bicycle": bicycle}, {"hours": hours_needed, "part": part_to_blame}
)
print({name: result.shape for name, result in by_name(slips).items()})
assert np.allclose(by_name(slips)["part"], workshop(slips)[1])

try:
    workshop({"words": slips["words"], "bike": slips["bicycle"]})
except ValueError as error:
    say(error)

# %% graphs-plot-intro [markdown]
# Dictionaries in, dictionaries out. (And `by_name` is no copy: it is another way of naming the same layers.)
#
# `keras.utils.plot_model` draws the graph. It needs the package pydot, which came with the course, and the
# program `dot` of Graphviz, which your system's package manager installs (`apt install graphviz`, `brew install
# graphviz`, `conda install graphviz`). Without them it says so and draws nothing, and the summary above has to
# do.

# %% graphs-plot
picture = None
with tempfile.TemporaryDirectory() as folder:
    drawn = Path(folder, "workshop.png")
    try:
        picture = keras.utils.plot_model(
            workshop, to_file=drawn, show_shapes=True, show_layer_names=True, dpi=60
        )
    except ImportError as error:
        say(error)
picture

# %% graphs-errors-intro [markdown]
# Four errors belong to this style. **Predict** what is wrong in each line, before you read what Keras says.

# %% graphs-errors
for line in (
    lambda: keras.Model(bicycle, hours_needed),
    lambda: tf.math.log1p(bicycle),
    lambda: np.asarray(bicycle),
    lambda: workshop.get_layer("hour"),
):
    try:
        line()
    except ValueError as error:
        say(error)

# %% graphs-errors-explained [markdown]
# The hours depend on the words too, so the words must be among the inputs. A place holds no numbers yet, so
# neither TensorFlow's functions nor NumPy can do anything with it: use layers, plain operators, or `keras.ops`.
# And the fourth gives the list of the names that do exist.
#
# For a small computation without weights there is the layer `Lambda`, around any function. It is handy, and
# section 13 shows what it costs.

# %% graphs-lambda
with_ops = keras.ops.log1p(keras.ops.abs(bicycle))
with_lambda = keras.layers.Lambda(lambda x: tf.math.log1p(tf.abs(x)))(bicycle)
small = keras.Model(bicycle, [with_ops, with_lambda])
assert np.allclose(*small(bicycles))
print(small(bicycles)[0].numpy().round(3))

# %% graphs-shared-intro [markdown]
# A layer may be **used more than once**: each use is a node of the graph, and the weights are the same. Two
# bicycles are to be compared, and both should be seen with the same eyes.
#
# **Predict**: how many parameters has this model?

# %% graphs-shared
eyes = keras.layers.Dense(units=6, activation="relu", name="eyes")
left, right_hand = keras.Input(shape=(3,), name="left"), keras.Input(shape=(3,), name="right")
difference = keras.layers.Subtract()([eyes(left), eyes(right_hand)])
likeness = keras.Model([left, right_hand], keras.ops.sum(difference**2, axis=-1))
print("parameters:", likeness.count_params(), "  weight tensors:", len(likeness.weights))
assert likeness.count_params() == 3 * 6 + 6

there = likeness([bicycles[:1], bicycles[1:]])
back = likeness([bicycles[1:], bicycles[:1]])
print("the same both ways:", np.allclose(there, back))
print("with itself:", likeness([bicycles, bicycles]).numpy())
assert np.allclose(there, back) and np.allclose(likeness([bicycles, bicycles]), 0)

# %% graphs-prepares [markdown]
# 24, as for one use. Sharing is a promise as well as a saving: whatever is learned from one side holds on the
# other.
#
# *Prepares:* `build_ticket_model`.

# %% inside-intro [markdown]
# ## 10 Looking inside a model
#
# A functional or sequential model is a graph that can be read: its `inputs` and `outputs`, both lists, its
# `layers`, and for each layer its `input` and `output`, which are again places for tensors. So another model
# may begin where this one begins and end in the middle of it.
#
# We train a stack that squeezes the two rings of section 5 through a layer of two units, and look at what is in
# there.

# %% inside-peek
keras.utils.set_random_seed(4)
squeeze = keras.Sequential(
    [
        keras.Input(shape=(2,)),
        keras.layers.Dense(units=16, activation="relu"),
        keras.layers.Dense(units=2, activation="tanh", name="narrow"),
        keras.layers.Dense(units=1, name="verdict"),
    ]
)
squeeze.compile(
    optimizer=keras.optimizers.Adam(0.02),
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
)
squeeze.fit(inputs, targets, batch_size=30, epochs=30, verbose=0)

peek = keras.Model(squeeze.inputs[0], squeeze.get_layer("narrow").output)
within = peek.predict(inputs, verbose=0)
figure, panels = plt.subplots(1, 2, figsize=(9, 4.4), layout="constrained")
plots.scatter_classes(inputs, targets, panels[0], title="What goes in")
plots.decision_regions(squeeze, panels[0], threshold=0.0)
plots.scatter_classes(within, targets, panels[1], title="What the narrow layer makes of it")
panels[1].set(xlabel="unit 0", ylabel="unit 1")
plots.decision_regions(squeeze.get_layer("verdict"), panels[1], threshold=0.0)
plt.show()
share = float(np.mean((squeeze(inputs).numpy() > 0) == (targets == 1)))
print(f"{share:.0%} right; seen from within, one straight line does it")
assert share > 0.9 and within.shape == (300, 2)

# %% inside-explained [markdown]
# That is what hidden layers are for: they move the points until a straight line can cut them.
#
# **Predict.** We train `squeeze` a little more. Does `peek` give the same as before?

# %% inside-shared
squeeze.fit(inputs, targets, batch_size=30, epochs=2, verbose=0)
print("as before:", np.allclose(peek(inputs), within))
print("the same layer:", peek.get_layer("narrow") is squeeze.get_layer("narrow"))
print("the verdict's input is the narrow layer's output:", end=" ")
print(squeeze.get_layer("verdict").input is squeeze.get_layer("narrow").output)
assert squeeze.get_layer("verdict").input is squeeze.get_layer("narrow").output
assert peek.get_layer("narrow") is squeeze.get_layer("narrow")
assert not np.allclose(peek(inputs), within)

# %% inside-freeze [markdown]
# No copy was made: both models walk through the same layers. Such a place in the middle, the output of one
# layer and the input of the next, can be the end of a model, as here. It can also be the beginning of a new
# branch, since any layer may be called on it; what was there before stays as it was.
#
# All values on the way at once are seen in the same manner: a model with the `output` of every layer as its
# outputs.

# %% inside-all
everything = keras.Model(workshop.inputs, {made.name: made.output for made in workshop.layers})
for name, value in everything(slips).items():
    silent = float(np.mean(np.isclose(value, 0)))
    print(f"{name:10} {value.shape!s:10} zeros: {silent:.0%}")
assert len(everything(slips)) == len(workshop.layers) == 7

# %% inside-box-intro [markdown]
# **Predict**: can the same be done with a stack that has not been told what goes in?

# %% inside-box
unbuilt = keras.Sequential([keras.layers.Dense(units=2)])
for line in (lambda: unbuilt.outputs, lambda: unbuilt.layers[0].output):
    try:
        line()
    except AttributeError as error:
        say(error)

# %% inside-prepares [markdown]
# There is no graph yet to walk through. One more reason to begin with `keras.Input`.
#
# *Prepares:* `add_difficulty_head`.

# %% subclass-intro [markdown]
# ## 11 Models by subclassing
#
# The third style you have used in section 6: a class that inherits from `keras.Model`, with layers made in
# `__init__` and plain Python in `call`. What you gain is Python: loops, conditions, any data structure. What
# comes in is what the caller gives, a dictionary too; what goes out is what you return.
#
# This one considers a slip several times over. It keeps a state of mind and lets one and the same layer improve
# it.


# %% subclass-model
class Ponder(keras.Model):
    """Thinks a slip over several times, then names hours and how sure it is of them."""

    def __init__(self, rounds, **options):
        super().__init__(**options)
        self.rounds = rounds
        self.reading = keras.layers.Dense(units=10, activation="tanh")
        self.thinking = keras.layers.Dense(units=10, activation="tanh")
        self.saying = keras.layers.Dense(units=1, activation="softplus")
        self.trusting = keras.layers.Dense(units=1, activation="sigmoid")

    def call(self, given, training=None):
        read = self.reading(keras.ops.concatenate([given["words"], given["bicycle"]], axis=-1))
        mind = read
        for _ in range(self.rounds):
            mind = self.thinking(mind) + read
        return {"hours": self.saying(mind), "trust": self.trusting(mind)}


keras.utils.set_random_seed(9)
ponder = Ponder(rounds=3)
answer = ponder(slips)
print({name: value.shape for name, value in answer.items()}, ponder.count_params(), "parameters")
assert ponder.count_params() == (11 * 10 + 10) + (10 * 10 + 10) + 2 * (10 + 1)

# %% subclass-question [markdown]
# **Predict.** With `rounds=30`, how many parameters would it have? And what can Keras tell about this model
# that it could tell about `workshop`: the summary with all shapes, the inputs, the output of a layer?

# %% subclass-price
thorough = Ponder(rounds=30)
thorough(slips)
print("thirty rounds:", thorough.count_params(), "parameters")
assert thorough.count_params() == ponder.count_params()

for line in (lambda: ponder.inputs, lambda: ponder.thinking.output):
    try:
        line()
    except AttributeError as error:
        say(error)
ponder.summary()

# %% subclass-explained [markdown]
# As many: one layer, used more often. And that is the price. To Keras `call` is a closed box: no graph, so
# nothing to look into, to cut, to draw, or to check before data flows; the summary lists the layers, does not
# know how they are connected, and gives the shapes of the data that happened to pass. And to be saved, such a
# model needs a config, which Keras does not know (section 12).
#
# | | sequential | functional | subclassed |
# |---|---|---|---|
# | form | one way in, one way out | any graph | anything Python can say |
# | shapes checked | while it is built | while it is built | when data comes |
# | looking inside, cutting, drawing | yes | yes | no |
# | config | comes by itself | comes by itself | yours to write |
#
# **Mixing.** A model is a layer, so the three styles go together freely. Here a stack stands in a graph, and
# the graph in a class:


# %% subclass-mixed
stack = keras.Sequential(
    [keras.layers.Dense(units=5, activation="relu"), keras.layers.Dense(units=3)], name="stack"
)
twice = keras.Model(bicycle, stack(stack(bicycle)), name="twice")


class Rounded(keras.Model):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def call(self, x, training=None):
        return keras.ops.round(self.inner(x, training=training))


mixed = Rounded(twice)
print(mixed(bicycles).numpy(), "  parameters:", mixed.count_params())
assert np.allclose(mixed(bicycles), np.round(stack(stack(bicycles))))
assert mixed.count_params() == stack.count_params() == (3 * 5 + 5) + (5 * 3 + 3)

# %% subclass-advice [markdown]
# (It could not be trained, by the way: rounding has no slope. Chapter 2 shows that.)
#
# A good rule: graphs outside, where one wants to see; classes inside, for the layers that need Python.
#
# One error is typical of classes. **Predict**: `call` asks a tensor a question with `if`. Does that work?


# %% subclass-if
class Choosy(keras.Model):
    def call(self, x):
        return x if keras.ops.sum(x) > 0 else -x


print("called:", Choosy()(bicycles).shape)
try:
    Choosy()(keras.Input(shape=(3,)))
except tf.errors.OperatorNotAllowedInGraphError as error:
    print(type(error).__name__, "-", re.search(r"Using a .*? allowed", str(error)).group())

# %% subclass-prepares [markdown]
# With numbers at hand, yes. In a graph there are none yet, so nobody can say which way to go; `keras.ops.where`
# or `keras.ops.cond` put the choice into the graph.
#
# *Prepares:* `TicketModel`.

# %% config-intro [markdown]
# ## 12 What a config remembers
#
# To save a layer is to save two things: its weights, which are numbers, and how to make it again, which is its
# **config**: a dictionary of the arguments of `__init__`. `get_config` gives it, `from_config` makes a new
# layer of it.

# %% config-dense
remembered = keras.layers.Dense(units=4, activation="tanh", name="gear").get_config()
for key in ("name", "units", "activation", "use_bias"):
    print(f"{key:12} {remembered[key]!r}")
again = keras.layers.Dense.from_config(remembered)
print(again.name, again.units, again.weights)
assert again.name == "gear" and again.weights == []

# %% config-question [markdown]
# A config knows nothing of weights. It ends up in a file as JSON, so it may hold numbers, texts, lists and
# dictionaries, and nothing else; the activation is in it by its name.
#
# Our own layer `Distances` of section 5 has no `get_config`. **Predict**: does `Distances(3, name="wells")`
# have a config? Does it hold the 3, and the name?

# %% config-automatic
wells = Distances(3, name="wells")
noted_by_keras = wells.get_config()
print({key: noted_by_keras.get(key) for key in ("centres", "name")})
assert noted_by_keras["centres"] == 3 and "name" not in noted_by_keras

# %% config-automatic-limits [markdown]
# Keras notes down the arguments that `__init__` names, if they are plain values, and so forgets what came in
# through `**options`, the name among them. And where an argument is not plain, it gives up:


# %% config-automatic-error
class Bent(keras.layers.Layer):
    """Applies a function, times a factor."""

    def __init__(self, bend, factor=1.0, **options):
        super().__init__(**options)
        self.bend = bend
        self.factor = factor

    def call(self, x):
        return self.factor * self.bend(x)


try:
    Bent(bump).get_config()
except NotImplementedError as error:
    print(type(error).__name__, "-", " ".join(str(error).split()[:13]), "…")

# %% config-own-intro [markdown]
# So one writes `get_config` oneself. It has two parts: what the class above remembers (name, dtype, whether it
# is trainable), and one's own settings. What is not plain is turned into something that is, and back again in
# `__init__`. For initializers, activations, regularizers and constraints, Keras has a pair of functions each:
# `serialize` gives a plain description, `get` takes a description, a name or the thing itself.
#
# Here is a layer that adds a trained offset. Its setting is an initializer.


# %% config-own
@keras.saving.register_keras_serializable(package="workshop")
class Offset(keras.layers.Layer):
    """Adds a trained number to each feature."""

    def __init__(self, begin="zeros", steps=1, **options):
        super().__init__(**options)
        self.begin = keras.initializers.get(begin)
        self.steps = steps

    def build(self, shape):
        self.offset = self.add_weight(name="offset", shape=(shape[-1],), initializer=self.begin)

    def call(self, x):
        return x + self.steps * self.offset

    def get_config(self):
        own = {"begin": keras.initializers.serialize(self.begin), "steps": self.steps}
        return {**super().get_config(), **own}


import json

original = Offset(begin=keras.initializers.Constant(0.25), steps=2, name="nudge")
on_paper = json.dumps(original.get_config())
rebuilt = Offset.from_config(json.loads(on_paper))
print(on_paper)
print(rebuilt.name, rebuilt.steps, rebuilt(tf.zeros((1, 3))).numpy())
assert rebuilt.name == "nudge" and np.allclose(rebuilt(tf.zeros((1, 3))), 0.5)

# %% config-faults-question [markdown]
# **Predict.** Two faults are common. One class forgets a setting in its `get_config`; the other has no
# `**options`. Which of them raises an error when the layer is rebuilt, and which does not?


# %% config-faults
class ForgetsSteps(Offset):
    def get_config(self):
        whole = super().get_config()
        del whole["steps"]
        return whole


class NoOptions(keras.layers.Layer):
    def __init__(self, steps):
        super().__init__()
        self.steps = steps


for kind in (ForgetsSteps, NoOptions):
    made = kind(steps=5)
    try:
        print(kind.__name__, "had 5 steps and has", kind.from_config(made.get_config()).steps)
    except TypeError as error:
        print(kind.__name__, "-", str(error).splitlines()[-1])
assert ForgetsSteps.from_config(ForgetsSteps(steps=5).get_config()).steps == 1

# %% config-faults-explained [markdown]
# The forgotten setting is the dangerous one: the default steps in, the weights fit, and the results are others.
# The test that finds both is the **round trip**: config, rebuild, copy the weights, compare the results.


# %% config-round
def same_after_rebuild(made, sample):
    """Tell whether a layer made again from its config, with the same weights, does the same."""
    before = made(sample)
    twin = type(made).from_config(made.get_config())
    twin.build(sample.shape)
    twin.set_weights(made.get_weights())
    return np.allclose(twin(sample), before, atol=1e-6)


for made in (Offset("ones", steps=5), ForgetsSteps("ones", steps=5), Distances(3)):
    print(f"{type(made).__name__:14} does the same: {same_after_rebuild(made, bicycles)}")
assert same_after_rebuild(Distances(3), bicycles)
assert not same_after_rebuild(ForgetsSteps("ones", steps=5), bicycles)

# %% config-shape-intro [markdown]
# Besides its config, a layer may tell which shape it gives: `compute_output_shape` gets a shape and returns
# one, both as tuples. Mostly Keras finds out by itself, by trying `call` on a place; the method is for layers
# where that can't be done, and for people who ask.
#
# > **If you learned this earlier.** Here too a shape was an object with the method `as_list`.


# %% config-shape
class Doubled(keras.layers.Layer):
    """Each feature and its square, side by side."""

    def call(self, x):
        return keras.ops.concatenate([x, x**2], axis=-1)

    def compute_output_shape(self, shape):
        return (*shape[:-1], 2 * shape[-1])


class DoubledOnce(Doubled):
    def compute_output_shape(self, shape):
        sizes = shape.as_list()
        return (*sizes[:-1], 2 * sizes[-1])


print("told:", Doubled().compute_output_shape((None, 7, 3)), "  done:", Doubled()(bicycles).shape)
assert Doubled()(tf.ones((2, 7, 3))).shape == (2, 7, 6)
try:
    DoubledOnce()(keras.Input(shape=(3,)))
except AttributeError as error:
    say(error)

# %% config-models [markdown]
# Models have configs too: those of their layers, and how they are connected. As text it is called the
# **architecture**.

# %% config-models-shown
as_text = workshop.to_json()
print(len(as_text), "characters:", as_text[:60], "…")
from_text = keras.models.model_from_json(as_text)
print("same shapes: ", [w.shape for w in from_text.weights] == [w.shape for w in workshop.weights])
print("same results:", np.allclose(from_text(slips)[0], workshop(slips)[0]))
assert not np.allclose(from_text(slips)[0], workshop(slips)[0])

for subclassed in (ponder, fork):
    try:
        subclassed.get_config()
    except NotImplementedError as error:
        print(type(subclassed).__name__, "-", type(error).__name__)

# %% config-prepares [markdown]
# The same form with new weights. (`keras.models.clone_model` does the same without the detour through text.) Of
# a subclassed model Keras notes down no arguments, not even the number of rounds: there you write `get_config`,
# as for a layer.
#
# *Prepares:* `MyDense`, `MendedDense`.

# %% saving-intro [markdown]
# ## 13 Saving and loading
#
# One file holds it all: config, weights, how it was compiled, and the state of the optimizer, so that training
# may go on. Its name ends in `.keras`. (This lesson writes into a folder that is cleared away at the end.)

# %% saving-whole
keeping = tempfile.TemporaryDirectory()
shelf = Path(keeping.name)

workshop.save(shelf / "workshop.keras")
home_again = keras.saving.load_model(shelf / "workshop.keras")
alike = all(np.allclose(a, b) for a, b in zip(home_again(slips), workshop(slips)))
print(
    "same results:", alike, "  steps taken by the optimizer:", int(home_again.optimizer.iterations)
)
assert alike and int(home_again.optimizer.iterations) == int(workshop.optimizer.iterations) > 0

# %% saving-zip-question [markdown]
# **Predict.** The file is a zip archive. What is in it?

# %% saving-zip
import zipfile

with zipfile.ZipFile(shelf / "workshop.keras") as archive:
    for part in archive.infolist():
        print(f"{part.filename:18} {part.file_size:6} bytes")
    assert {part.filename for part in archive.infolist()} == {
        "metadata.json",
        "config.json",
        "model.weights.h5",
    }

# %% saving-ways [markdown]
# The config as JSON, the weights, and a note of the version. The parts can also be had one by one:
#
# | what | written by | read by | holds |
# |---|---|---|---|
# | the model | `save("….keras")` | `keras.saving.load_model` | all |
# | the weights | `save_weights("….weights.h5")` | `load_weights`, on a model of the same form | weights only |
# | the architecture | `to_json()` | `keras.models.model_from_json` | config only |
# | an export | `export("folder")` | TensorFlow, on a server or a telephone | the computation and its weights; no layers, no training |

# %% saving-weights
workshop.save_weights(shelf / "workshop.weights.h5")
from_text.load_weights(shelf / "workshop.weights.h5")
print("text and weights together:", np.allclose(from_text(slips)[0], workshop(slips)[0]))
assert np.allclose(from_text(slips)[0], workshop(slips)[0])

as_list.save_weights(shelf / "small.weights.h5")
larger = keras.Sequential(
    [keras.Input(shape=(3,)), keras.layers.Dense(units=9), keras.layers.Dense(units=2)]
)
try:
    larger.load_weights(shelf / "small.weights.h5")
except ValueError as error:
    sizes = re.search(r"variable.shape=.*? Received: value.shape=\(.*?\)", str(error)).group()
    print(type(error).__name__, "-", sizes)

# %% saving-export
workshop.export(shelf / "served", verbose=False)
served = tf.saved_model.load(shelf / "served")
answered = served.serve([slips["words"], slips["bicycle"]])
print("same results:", np.allclose(answered[0], workshop(slips)[0], atol=1e-6))
print("layers to look at:", hasattr(served, "layers"))
assert np.allclose(answered[0], workshop(slips)[0], atol=1e-6)

# %% saving-custom-intro [markdown]
# A file holds no Python code. Of a layer of yours it holds the name of the class and the config, so whoever
# loads it needs the class. There are two ways to hand it over: **register** the class where it is defined, with
# the decorator `register_keras_serializable`, as `Offset` was; or pass `custom_objects` while loading.
#
# **Predict.** One model below has the registered `Offset`, the other has `Distances`, which is not registered.
# What happens, and when: at saving or at loading?

# %% saving-custom
for name, own_layer in (("registered", Offset("ones")), ("unregistered", Distances(2))):
    to_keep = keras.Sequential([keras.Input(shape=(3,)), own_layer])
    to_keep.save(shelf / f"{name}.keras")
    print(name, "- saved")
    try:
        found_again = keras.saving.load_model(shelf / f"{name}.keras")
    except TypeError as error:
        print(
            "    loading:",
            type(error).__name__,
            "-",
            re.search(r"Could not.*?\.", str(error)).group(),
        )
        found_again = keras.saving.load_model(
            shelf / f"{name}.keras", custom_objects={"Distances": Distances}
        )
    same = np.allclose(found_again(bicycles), to_keep(bicycles))
    print("    loaded, same results:", same)
    assert same

# %% saving-lambda-intro [markdown]
# At loading, which may be a month later and elsewhere. Register your classes, and load once right after saving.
# The same holds for functions, such as the activation of section 7:

# %% saving-function
bumpy = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(units=2, activation=bump)])
bumpy.save(shelf / "bumpy.keras")
try:
    keras.saving.load_model(shelf / "bumpy.keras")
except TypeError as error:
    print(type(error).__name__, "-", re.search(r"Could not.*?\.", str(error)).group())

keras.saving.register_keras_serializable(package="workshop")(bump)
bumpy.save(shelf / "bumpy.keras")
found_again = keras.saving.load_model(shelf / "bumpy.keras")
print("registered, saved again, loaded:", np.allclose(found_again(bicycles), bumpy(bicycles)))
assert np.allclose(found_again(bicycles), bumpy(bicycles))

# %% saving-lambda-question [markdown]
# What is registered is found by its name. A `Lambda`, however, holds the function itself, as code. **Predict**:
# would you want a file from the internet to run code when you load it?

# %% saving-lambda
with_code = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Lambda(lambda x: 2 * x)])
with_code.save(shelf / "with_code.keras")
try:
    keras.saving.load_model(shelf / "with_code.keras")
except ValueError as error:
    say(error)

trusted = keras.saving.load_model(shelf / "with_code.keras", safe_mode=False)
print("our own file, so we trust it:", np.allclose(trusted(bicycles), 2 * bicycles))
assert np.allclose(trusted(bicycles), 2 * bicycles)

# %% saving-lambda-explained [markdown]
# Keras would not either. `safe_mode=False` is for files that you wrote yourself; a small registered layer, or
# `keras.ops` in the graph, needs no such trust.
#
# > **If you learned this earlier.** Older notes save to folders and to files with other endings. Keras 3 goes
# > by the ending:

# %% saving-endings
for line, attempt in {
    'save("folder")': lambda: as_list.save(shelf / "folder"),
    'save("folder", save_format="tf")': lambda: as_list.save(shelf / "folder", save_format="tf"),
    'save_weights("w.h5")': lambda: as_list.save_weights(shelf / "w.h5"),
    'ModelCheckpoint("best")': lambda: keras.callbacks.ModelCheckpoint("best"),
    'load_model("served")': lambda: keras.saving.load_model(shelf / "served"),
}.items():
    try:
        attempt()
    except ValueError as error:
        print(line)
        print("   ", textwrap.shorten(str(error), 110, placeholder=" …"))

# %% saving-h5-intro [markdown]
# The single file `model.h5` still works, and says in the log that it is a thing of the past. **Predict**: a
# model compiled with the loss `"mse"` is saved so. Can it be loaded?

# %% saving-h5
import logging

in_the_log = []


def overheard(record):
    """Note down what Keras logs, and let it go no further."""
    in_the_log.append(record.getMessage())
    return False


logging.getLogger("absl").addFilter(overheard)
pointed.save(shelf / "old.h5")
for asked in ({}, {"compile": False}):
    try:
        old_one = keras.saving.load_model(
            shelf / "old.h5", custom_objects={"direction": direction}, **asked
        )
        print(
            "loaded with", asked, "- same results:", np.allclose(old_one(hourly), pointed(hourly))
        )
    except ValueError as error:
        print("loaded with", asked, end=": ")
        say(error)
logging.getLogger("absl").removeFilter(overheard)
print("in the log:", textwrap.shorten(in_the_log[0], 150, placeholder=" …"))
assert np.allclose(old_one(hourly), pointed(hourly))

# %% saving-h5-explained [markdown]
# Only without what it was compiled with: the old format noted `"mse"` in a way that is not understood any more.
# If you have such files, load them with `compile=False`, and save them anew as `.keras`.

# %% saving-clear
keeping.cleanup()
print("the folder is gone:", not shelf.exists())
assert not shelf.exists()

# %% saving-prepares [markdown]
# *Prepares:* `round_trip`.

# %% summary [markdown]
# ## On one page
#
# | idea | in short |
# |---|---|
# | layer | state (weights) and computation; built at the first call, for one width |
# | `__init__`, `build`, `call` | settings; weights, by `add_weight`; computation. Use `layer(x)`, never `layer.call(x)` |
# | shapes | first axis the batch; dense 2 or more axes, recurrent 3, images 4; `Dense` works on the last |
# | parameters | dense: inputs · units + units; 4 bytes each; Adam keeps two numbers more for each |
# | `training` | said by `fit`, `evaluate`, `predict`; every container takes it and hands it on |
# | `trainable` | whether the optimizer may change the weights |
# | activation | bends; without it two layers are one; flat places stop the gradient |
# | initializer | of shape and dtype; different, and neither too large nor too small |
# | regularizer | what weights cost; in `model.losses`, added by `fit` |
# | constraint | what weights are allowed; after each step |
# | residual | add the input to the result; equal widths, or a map on the way past |
# | normalising | batch: down the columns, with running averages; layer: along the rows, without |
# | transformer block | attend, add, normalise; two dense layers, add, normalise |
# | sequential | one way in, one way out; begin with `keras.Input` |
# | functional | any graph; names and dictionaries; sharing; can be looked into and cut |
# | subclassed | any Python; opaque |
# | config | the arguments of `__init__` as plain values; no weights |
# | saving | `.keras` for all, `.weights.h5` for weights, `export` to serve; register your classes |
#
# **When something is wrong**
#
# - "expected … found …": write both shapes side by side. Mostly an axis of size 1 is missing.
# - A weight does not move: is it in `trainable_weights`? Was it made by `add_weight`, in a layer kept as an
#   attribute?
# - Dropout seems to do nothing: does every `call` on the way have `training`?
# - All units do the same: look at the initializer.
# - The loss is higher than the error: look at `model.losses`.
# - A loaded model gives other results: do a round trip of the config, layer by layer.
# - A loaded model is refused: register the class; avoid `Lambda`.
#
# **Next:** the exercises of this chapter. `parameter_count`, `SimpleDense`, `MyDense`, `MySequential`,
# `build_ticket_model` and `TicketModel` write again what you have seen, and so do the three small functions
# `glorot_normal`, `l1_penalty` and `non_negative`. `LayerNorm`, `ResidualBlock` and `add_difficulty_head` take
# it one step further, and `round_trip` to models that the lesson did not have. `MendedDense` is a repair, and
# `layers_quiz` asks for predictions.
#
# *Prepares:* `layers_quiz`.
