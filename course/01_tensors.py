# %% title [markdown]
# # 1 · Tensors
#
# Every number that a network reads, learns or answers sits in a tensor. In this lesson you make
# tensors, take them apart, calculate with them, and meet the messages that TensorFlow sends when two
# of them do not fit, so that later you recognise them at a glance.
#
# Run the cells from top to bottom with Shift+Enter. Where it says **Predict**, write your answer down,
# then run the next cell. Being wrong and noticing it is how the answers stay with you. The lesson
# takes about an hour and a quarter; the end of section 8 is a good place for a break.

# %% setup
import re
import time

import matplotlib.pyplot as plt
import numpy as np

from tfcourse_utils import plots, quiet_start
from tfcourse_utils.widgets import BroadcastingExplorer, SlicingExplorer

with quiet_start():  # TensorFlow has much to say about the hardware when it is imported
    import keras
    import tensorflow as tf


def said(error):
    """Return the kind of an error and its first line, without TensorFlow's bookkeeping."""
    message = re.sub(r"\{\{.*?\}\} ?|\[Op:.*|tensorflow\.[\w.]*\.", "", str(error)).strip()
    return f"{type(error).__name__}: {message.splitlines()[0].strip()}"


print("TensorFlow", tf.__version__, "with Keras", keras.__version__, "ready:", tf.ones(3).numpy())

# %% history [markdown]
# ## 1 Where TensorFlow and Keras stand
#
# **TensorFlow** is a library for calculating with arrays of numbers, on whatever hardware there is, and
# for taking derivatives of what was calculated. **Keras** is a library for building and training networks;
# it says *what* a layer or a training step is and leaves the calculating to others.
#
# | year | what happened |
# |---|---|
# | 2015 | Keras appears in March and TensorFlow in November, independent of each other |
# | 2017 | TensorFlow 1.0: first draw the whole calculation as a graph, then run it in a session |
# | 2019 | TensorFlow 2.0: operations run at once, and Keras is its front door |
# | 2023 | Keras 3: written anew, it runs on TensorFlow, JAX or PyTorch, its **backends** |
# | 2024 | TensorFlow 2.16 makes Keras 3 the Keras that it brings |
#
# Round TensorFlow much else has grown: TensorFlow.js runs models in the browser, LiteRT (formerly
# TensorFlow Lite) on phones and small devices, TensorFlow Serving and TFX put them into production, and
# what was TensorFlow Hub, a shelf of trained models, is now part of Kaggle Models.
#
# In this course the backend is TensorFlow. Functions from `keras.ops` then give TensorFlow's tensors.

# %% backend
print("Keras calculates with:", keras.config.backend())

same_sum = keras.ops.sum([1.0, 2.0, 4.0])
print("keras.ops.sum:", same_sum)
print("tf.reduce_sum:", tf.reduce_sum([1.0, 2.0, 4.0]))
assert isinstance(same_sum, tf.Tensor)

# %% devices-text [markdown]
# An **operation** such as "add" is only a name. For each kind of hardware, a **device**, and each type of
# number there is a **kernel**: compiled code that does the adding there. TensorFlow chooses the kernel,
# and your code says `+` on a processor or a graphics card alike. (`with tf.device("CPU:0"):` chooses for it.)
#
# Python itself is slow at arithmetic, and a kernel is not. So the first rule of speed is: **one operation on
# many numbers, not many operations on one**.
#
# **Predict.** Adding up 100 000 numbers: how many times faster is one kernel than a loop in Python that takes
# the numbers from the tensor one by one? Guess a power of ten.

# %% devices
print("devices here:", [device.device_type for device in tf.config.list_physical_devices()])
with tf.device("CPU:0"):
    print("a tensor knows where it is:", tf.ones(2).device)

numbers = tf.ones(100_000)
tf.reduce_sum(numbers)  # the first call also looks for the kernel

begin = time.perf_counter()
by_kernel = float(tf.reduce_sum(numbers))
kernel_seconds = time.perf_counter() - begin

begin = time.perf_counter()
first_thousand = 0.0
for place in range(1000):
    first_thousand = first_thousand + float(numbers[place])
loop_seconds = 100 * (time.perf_counter() - begin)  # a thousand are enough to know

print(f"one kernel {1000 * kernel_seconds:.2f} ms, loop about {1000 * loop_seconds:.0f} ms")
print("a factor with", len(str(int(loop_seconds / kernel_seconds))) - 1, "zeros")
assert by_kernel == 100_000 and loop_seconds > 100 * kernel_seconds

# %% tensor-intro [markdown]
# ## 2 What a tensor is
#
# A beekeeper has three hives on scales. Four times a day each hive is weighed, for a week. The weights, in
# kilograms, are numbers in a box with three directions: day, hive, reading.
#
# A **tensor** is such a box of numbers. Three words describe it:
#
# - its **rank** is the number of directions, which are called **axes** and counted from 0;
# - its **shape** says how long each axis is: here (7, 3, 4);
# - its **dtype** says what kind of element it holds, as float32 or int32; all elements are of one kind.

# %% hives
START, GAIN = [30.0, 42.0, 36.0], [0.5, -0.25, 0.75]  # of the three hives; the gain is for a day
FORAGERS = [0.0, -0.5, -1.0, -0.25]  # bees that are out: 6, 10, 14 and 18 o'clock

hives = tf.constant(
    [[[START[h] + GAIN[h] * day + out for out in FORAGERS] for h in range(3)] for day in range(7)]
)
print("rank", tf.rank(hives).numpy(), "  shape", hives.shape, "  dtype", hives.dtype)
print("elements:", tf.size(hives).numpy(), "  said by the shape:", hives.shape.num_elements())
assert hives.shape == (7, 3, 4) and tf.size(hives) == hives.shape.num_elements() == 7 * 3 * 4

# %% hives-picture
figure, panels = plt.subplots(1, 3, figsize=(9, 4), sharey=True, layout="constrained")
for h, panel in enumerate(panels):
    image = panel.imshow(hives[:, h], vmin=28, vmax=44, aspect="auto")
    panel.set(title=f"axis 1: hive {h}", xlabel="axis 2: o'clock")
    panel.set_xticks(range(4), ["6", "10", "14", "18"])
panels[0].set_ylabel("axis 0: day")
figure.colorbar(image, ax=panels, label="weight in kg")
plt.show()

# %% tensor-ranks [markdown]
# Tensors of low rank have names: rank 0 is a **scalar**, rank 1 a **vector**, rank 2 a **matrix**. In Python a tensor
# looks like nested lists, and its rank is the number of brackets you pass before you meet a number.
#
# **Predict.** What are the shapes of `5.0`, `[5.0]`, `[[5.0]]`, `[[1.0, 2.0, 3.0]]` and `[[1.0], [2.0], [3.0]]`?

# %% tensor-ranks-answer
for nested in (5.0, [5.0], [[5.0]], [[1.0, 2.0, 3.0]], [[1.0], [2.0], [3.0]]):
    print(f"{nested!s:24} rank {tf.rank(nested).numpy()}   shape {tf.constant(nested).shape}")

# %% tensor-shapes-explained [markdown]
# `()`, `(1,)` and `(1, 1)` each hold one number and are still three different shapes: most of the errors in this
# lesson, and many in your life with TensorFlow, are about just that. The comma in `(1,)` is Python's way of writing a
# tuple with one entry.
#
# A shape is not a thing you print only when something is broken. Say it in your head with its meaning:
# "days by hives by readings".
#
# *Prepares:* `shapes_quiz`.

# %% making-intro [markdown]
# ## 3 Making tensors
#
# `tf.constant` makes a tensor of what you have. These make one from a description:

# %% making
made = {
    "tf.zeros((2, 3))": tf.zeros((2, 3)),
    "tf.ones((2,))": tf.ones((2,)),
    "tf.fill((2, 2), 7)": tf.fill((2, 2), 7),
    "tf.eye(2)": tf.eye(2),
    "tf.range(2, 11, 3)": tf.range(2, 11, 3),
    "tf.linspace(0.0, 1.0, 5)": tf.linspace(0.0, 1.0, 5),
    "tf.zeros_like([4, 5])": tf.zeros_like([4, 5]),
}
for code, tensor in made.items():
    print(f"{code:25} {tensor.shape!s:7} {tensor.dtype.name:8} {tensor.numpy().tolist()}")
assert made["tf.range(2, 11, 3)"].numpy().tolist() == [2, 5, 8]

# %% making-explained [markdown]
# `range` stops *before* its end, as Python's own does; `linspace` includes both ends and takes the number of points.
#
# Numbers with a decimal point become float32, whole numbers int32, unless you say otherwise, as with
# `dtype=tf.float32`. **Predict** the dtypes of `[1, 2]`, `[1, 2.5]` and `[True, False]`. And what happens to
# `[[1, 2], [3]]`, and to `1.5` if int32 is asked for?

# %% making-dtypes
for nested in ([1, 2], [1, 2.5], [True, False]):
    print(f"{nested!s:14} {tf.constant(nested).dtype.name}")

for what, attempt in [
    ("[[1, 2], [3]]", lambda: tf.constant([[1, 2], [3]])),
    ("1.5 as int32", lambda: tf.constant(1.5, dtype=tf.int32)),
]:
    try:
        attempt()
    except (TypeError, ValueError) as error:
        print(f"{what:14} {said(error)}")

# %% random-intro [markdown]
# A tensor is a full box: rows of unlike length are refused (section 10 has a place for them), and no number is cut
# to fit.
#
# **Random** tensors come as `normal` (a bell round a mean) or `uniform` (every value between two ends alike).

# %% random-pictures
tf.random.set_seed(1)
bell = tf.random.normal((5000,), mean=0.0, stddev=1.0)
flat = tf.random.uniform((5000,), minval=-2.0, maxval=2.0)
figure, panels = plt.subplots(1, 2, figsize=(8, 3), sharey=True, layout="constrained")
for panel, drawn, name, colour in zip(panels, (bell, flat), ("normal", "uniform"), plots.COLOURS):
    panel.hist(drawn, bins=np.linspace(-4, 4, 33), color=colour)
    panel.set(title=f"tf.random.{name}", xlabel="value")
panels[0].set_ylabel("how many of 5000")
plt.show()
assert float(tf.reduce_max(tf.abs(flat))) <= 2.0 < float(tf.reduce_max(tf.abs(bell)))

# %% seeds-text [markdown]
# A **seed** makes chance repeatable. There are two ways:
#
# - `tf.random.set_seed` sets the **global** seed: a single sequence from which every random operation of the whole
#   program takes its turn. (`keras.utils.set_random_seed` sets this one and Python's and NumPy's as well.)
# - a **generator** of your own, `tf.random.Generator.from_seed`, is a sequence that nobody else draws from.
#
# **Predict.** After `set_seed(1)` we draw twice. Are the two draws equal? Then `set_seed(1)` and two more: which of the
# four are equal?

# %% seeds
draws = []
for _ in range(2):
    tf.random.set_seed(1)
    draws += [tf.random.uniform((3,)).numpy() for _ in range(2)]
for name, drawn in zip(("1st", "2nd", "1st again", "2nd again"), draws):
    print(f"{name:10} {drawn.round(3)}")
assert np.array_equal(draws[0], draws[2]) and np.array_equal(draws[1], draws[3])
assert not np.array_equal(draws[0], draws[1])

mine = tf.random.Generator.from_seed(7)
own_first = mine.normal((2,))
tf.random.set_seed(99)
tf.random.normal((50,))
assert np.array_equal(own_first, tf.random.Generator.from_seed(7).normal((2,)))
print("a generator of your own is not disturbed:", own_first.numpy().round(3))

pairs = []
for _ in range(2):
    keras.utils.set_random_seed(5)
    pairs.append((float(tf.random.uniform(())), float(np.random.uniform())))
assert pairs[0] == pairs[1]

# %% seeds-explained [markdown]
# Setting the seed starts the sequence again; it does not make every draw the same. And somebody who draws between your
# draws moves *your* place in the global sequence. Where a result must be repeatable, keep a generator or pass seeds on.
#
# *Prepares:* `shapes_quiz`.

# %% change-intro [markdown]
# ## 4 What stays and what changes
#
# A tensor never changes. You may ask for a new one; the old one stays as it is.

# %% immutable
day_0 = tf.constant([30.0, 42.0, 36.0])
try:
    day_0[0] = 31.0
except TypeError as error:
    print(said(error))

# %% rebinding-question [markdown]
# **Predict.** Two names for one tensor; then `+=` on the second name. What does the first name show?

# %% rebinding-answer
kept = tf.constant([30.0, 42.0, 36.0])
other = kept
other += 1.0
print("kept ", kept.numpy())
print("other", other.numpy())
assert kept[0] == 30.0 and other is not kept

# %% variables-intro [markdown]
# `+=` did not add to the tensor: it calculated a new one and hung the name `other` on it. That is called **rebinding**.
# It is a matter of names, inside one function; whoever holds the old tensor sees nothing of it.
#
# This is why weights are not tensors. A **`tf.Variable`** is a place that holds a tensor, and the contents of the
# place can be exchanged. Everybody who knows the place sees the new contents.

# %% variables
scale = tf.Variable([30.0, 42.0, 36.0])
display_panel = scale  # the same place, known by another name

scale.assign([31.0, 41.0, 37.0])
print("assign:    ", display_panel.numpy())
scale.assign_add([0.5, 0.5, 0.5])
print("assign_add:", display_panel.numpy())
scale.assign_sub([0.0, 1.0, 0.0])
print("assign_sub:", display_panel.numpy())
assert display_panel.numpy().tolist() == [31.5, 40.5, 37.5]

# %% variables-mismatch-text [markdown]
# The place keeps its shape and its dtype. What does not fit is refused:

# %% variables-mismatch
try:
    scale.assign([31.0, 41.0])
except ValueError as error:
    print(said(error))
assert scale.shape == (3,)

# %% slice-assignment-text [markdown]
# Parts can be exchanged too. Pick the part as you would to read it, and call `assign` on it. (A part has `assign` only, not
# `assign_add`.) The equals sign does not work here either:

# %% slice-assignment
board = tf.Variable(tf.zeros((3, 4)))
board[1, 2].assign(5.0)  # one element
board[:, 0].assign([1.0, 2.0, 3.0])  # a column
board[2, 2:].assign([7.0, 7.0])  # part of the last row
print(board.numpy())

try:
    board[1, 2] = 6.0
except TypeError as error:
    print(said(error))
assert board[1, 2] == 5.0 and board.numpy().sum() == 25.0
assert not hasattr(board[1, 2], "assign_add")

# %% scatter-text [markdown]
# For places that form no slice there is `scatter_nd_update`. It takes a list of places and a value for each.
#
# > **If you learned this earlier.** Printed notes give the second argument as `updated=`. It is `updates=`:

# %% scatter
board.scatter_nd_update(indices=[[0, 1], [2, 3]], updates=[8.0, 9.0])
print(board.numpy())

try:
    board.scatter_nd_update(indices=[[0, 1]], updated=[8.0])
except TypeError as error:
    print(said(error))
assert board[0, 1] == 8.0 and board[2, 3] == 9.0

# %% variables-rebound-question [markdown]
# **Predict.** This function is to add a correction to the scale. Does it?


# %% variables-rebound
def correct(dial):
    print("inside, before:", type(dial).__name__)
    dial = dial + 10.0
    print("inside, after: ", type(dial).__name__, dial.numpy())


correct(scale)
print("the variable:  ", scale.numpy())
assert scale[0] == 31.5

# %% change-prepares [markdown]
# It does not. Inside the function the *name* `dial` moved to a new tensor; the variable is as it was. In code that
# trains, this fault costs hours, because nothing complains: the loss simply stands still. Look for the equals sign.
#
# *Prepares:* `replace_row`, `mend_update`.

# %% indexing-intro [markdown]
# ## 5 Indexing and slices
#
# Square brackets take elements out. There is one entry for each axis, from left to right:
#
# | entry | takes | the axis |
# |---|---|---|
# | `2` | position 2, counted from 0 | disappears |
# | `-1` | the last position | disappears |
# | `1:3` | positions 1 and 2; the end is not included | stays, with size 2 |
# | `::2` | every second position | stays |
# | `::-1` | all of them, backwards | stays |
# | `:` | all of them | stays |
# | `...` | all of as many axes as are needed | stay |
# | `tf.newaxis` | nothing | a new one of size 1 |
#
# Axes at the end that have no entry are taken whole.

# %% indexing
questions = {
    "hives[0]": hives[0],
    "hives[0, 1]": hives[0, 1],
    "hives[0, 1, 2]": hives[0, 1, 2],
    "hives[-2:]": hives[-2:],
    "hives[:, 1, ::2]": hives[:, 1, ::2],
    "hives[..., 0]": hives[..., 0],
    "hives[::-1, tf.newaxis]": hives[::-1, tf.newaxis],
}
for code, part in questions.items():
    print(f"{code:25} {part.shape}")
assert hives[..., 0].shape == (7, 3) and hives[::-1, tf.newaxis].shape == (7, 1, 3, 4)

# %% slicing-explorer-text [markdown]
# In the explorer you type the tensor, as a shape or as an array, and the index, and it says what every entry does. The
# elements of the tensor are numbered in their order.
#
# 1. Take the corner elements 0 and 12, and nothing else, in one index.
# 2. Get the shape (2, 1, 4), first by a slice, then by a number and `tf.newaxis`.
# 3. Turn the tensor round, so that element 23 comes first and 0 last.

# %% slicing-explorer
SlicingExplorer((2, 3, 4), "x[1:, ..., ::2]")

# %% slicing-explorer-answer-text [markdown]
# The next cell, folded up, has one way for each, two for the second, with the explorer's own words. When you have tried
# all three, select it and run it; a click on it opens it.

# %% slicing-explorer-answer jupyter={"source_hidden": true}
ways = {
    "x[:, 0, 0]": (2,),
    "x[:, 1:2]": (2, 1, 4),
    "x[:, 1, tf.newaxis]": (2, 1, 4),
    "x[::-1, ::-1, ::-1]": (2, 3, 4),
}
for index, shape in ways.items():
    shown = SlicingExplorer((2, 3, 4), index)
    print(index, "–", shown.words.split("4). ")[1])
    assert shown.result == shape
    shown.close()

# %% indexing-question [markdown]
# **Predict** the shapes of `hives[2]`, `hives[2:3]` and `hives[2:2]`. They look alike and are not.

# %% indexing-answer
for part in (hives[2], hives[2:3], hives[2:2]):
    print(part.shape, " elements:", tf.size(part).numpy(), " mean:", tf.reduce_mean(part).numpy())
assert hives[2:3].shape == (1, 3, 4) and hives[2:2].shape == (0, 3, 4)

# %% indexing-errors-text [markdown]
# A number removes its axis; a slice keeps it, with size 1, or even 0 where the slice is empty. An empty tensor is legal,
# and its mean is NaN; remember that when a NaN appears from nowhere.
#
# **Predict.** `day_0` has three elements. What do `day_0[5]`, `day_0[1:50]` and `day_0[[0, 2]]` give? And is
# `hives[[0, 2]]` days 0 and 2?

# %% indexing-errors
for code, attempt in [
    ("day_0[5]", lambda: day_0[5]),
    ("day_0[1:50]", lambda: day_0[1:50]),
    ("day_0[[0, 2]]", lambda: day_0[[0, 2]]),
    ("hives[[0, 2]]", lambda: hives[[0, 2]]),
]:
    try:
        print(f"{code:14} {attempt().numpy()}")
    except tf.errors.InvalidArgumentError as error:
        print(f"{code:14} {said(error)}")

# %% gather-text [markdown]
# A position that does not exist is an error; a slice that reaches too far is cut, silently. And a list in the brackets
# is read as one entry *for each axis*, not as a choice of positions: `hives[[0, 2]]` is `hives[0, 2]`, the four readings of
# one hive on one day. NumPy reads it the other way. For a choice of positions there is `tf.gather`, for a choice by true and
# false `tf.boolean_mask`.

# %% gather
print("gather:      ", tf.gather(day_0, [2, 0, 2]).numpy())
print("boolean_mask:", tf.boolean_mask(day_0, day_0 > 33.0).numpy())
print("on axis 2:   ", tf.gather(hives, [0, 3], axis=2).shape)
assert np.array_equal(hives[[0, 2]], hives[0, 2])
assert tf.gather(hives, [0, 3], axis=2).shape == (7, 3, 2)

# %% indexing-prepares [markdown]
# *Prepares:* `replace_row`, `sparse_matvec`, `shapes_quiz`.

# %% arithmetic-intro [markdown]
# ## 6 Arithmetic
#
# The operators `+ - * / // % **` and the functions of `tf.math` work **element by element**: the first with the first,
# the second with the second. Some have a name as well as a sign: `tf.square(x)` is `x ** 2`.

# %% arithmetic
left, right = tf.constant([[1.0, 2.0], [3.0, 4.0]]), tf.constant([[10.0, 0.0], [0.0, 10.0]])
print("left * right\n", (left * right).numpy())
print("left ** 2\n", (left**2).numpy())
print("tf.maximum(left, 2.5)\n", tf.maximum(left, 2.5).numpy())
seven = tf.constant(7)
print("whole numbers: 7 / 2 =", (seven / 2).numpy(), "  7 // 2 =", (seven // 2).numpy())

# %% matmul-text [markdown]
# The **matrix product** is another thing: `tf.matmul(a, b)` or `a @ b`. Each row of `a` meets each column of `b`: multiply in
# pairs, add up. The inner sizes must agree and vanish: (n, **m**) with (**m**, k) gives (n, k).
#
# **Predict.** `left @ right`, for the two matrices above. Then: which of (2, 3) @ (3, 4), (2, 3) @ (2, 3),
# (2, 3) @ (3,) and (5, 2, 3) @ (3, 4) are possible, and what shape do they give?

# %% matmul
print("left @ right\n", (left @ right).numpy())
for first, second in [((2, 3), (3, 4)), ((2, 3), (2, 3)), ((2, 3), (3,)), ((5, 2, 3), (3, 4))]:
    try:
        print(first, "@", second, "→", tf.matmul(tf.ones(first), tf.ones(second)).shape)
    except tf.errors.InvalidArgumentError as error:
        print(first, "@", second, "→", said(error))

# %% transpose-text [markdown]
# A vector is no matrix: give it an axis with `tf.newaxis` or use `tf.linalg.matvec`. With more than two axes the last
# two are multiplied, for each place of the others: five small products in the last case.
#
# `tf.transpose` exchanges axes; `tf.reshape` reads all elements row by row and fills another shape with them.
# **Predict.** A matrix of shape (2, 3) can become (3, 2) both ways. Is the result the same?

# %% transpose
table = tf.constant([[1, 2, 3], [4, 5, 6]])
print("transposed\n", tf.transpose(table).numpy())
print("reshaped\n", tf.reshape(table, (3, 2)).numpy())
print("hives by days by readings:", tf.transpose(hives, perm=[1, 0, 2]).shape)
assert tf.transpose(table)[0, 1] == 4 and tf.reshape(table, (3, 2))[0, 1] == 2

# %% reshape-text [markdown]
# The shapes agree, the contents do not. To exchange rows and columns, transpose; a reshape would mix them up
# without a word. In a reshape one size may be −1, "as many as it takes", and the number of elements must stay.

# %% reshape
print("84 weights in rows of 12:", tf.reshape(hives, (-1, 12)).shape)
try:
    tf.reshape(hives, (8, 12))
except tf.errors.InvalidArgumentError as error:
    print(said(error))
assert tf.reshape(hives, (-1, 12)).shape == (7, 12)

# %% arithmetic-prepares [markdown]
# *Prepares:* `sparse_matvec`, `shapes_quiz`.

# %% reductions-intro [markdown]
# ## 7 Axes and reductions
#
# `reduce_sum`, `reduce_mean`, `reduce_max` and their like fold many numbers into one. Without more they fold the whole
# tensor. With `axis=` they fold **along** that axis, and that axis is the one that disappears.
#
# **Predict.** `hives` is days by hives by readings, (7, 3, 4). What shape has its mean over axis 0? Over axis 2? Over
# axes 0 and 2? And which of the three answers "how heavy is each hive in an average week"?

# %% reductions
for axis in (None, 0, 2, (0, 2), -1):
    print(f"axis={axis!s:7} shape {tf.reduce_mean(hives, axis=axis).shape}")

for_each_hive = tf.reduce_mean(hives, axis=(0, 2))
print("each hive:", for_each_hive.numpy().round(2), "kg")
assert for_each_hive.shape == (3,)

# %% reductions-picture
figure, panels = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
by_day, by_reading = tf.reduce_mean(hives, axis=2), tf.reduce_mean(hives, axis=0)
for h, (style, marker) in enumerate(zip(("-", "--", ":"), plots.MARKERS)):
    look = {"color": plots.COLOURS[h], "linestyle": style, "marker": marker, "label": f"hive {h}"}
    panels[0].plot(range(7), by_day[:, h], **look)
    panels[1].plot([6, 10, 14, 18], by_reading[h], **look)
panels[0].set(title="Readings folded: (7, 3)", xlabel="day", ylabel="weight in kg")
panels[1].set(title="Days folded: (3, 4)", xlabel="o'clock", ylabel="weight in kg")
panels[0].legend()
plt.show()
assert by_day.shape == (7, 3) and by_reading.shape == (3, 4)

# %% reductions-explained [markdown]
# "Axis 0" does not mean "one result for each row". It means that axis 0 is eaten up. Say which axis is to *remain*
# and fold the others.
#
# With `keepdims=True` the folded axis stays, with size 1. That looks pedantic and is what you want when the result is
# to be set against the tensor it came from: how far is each reading from the mean *of its day and hive*?

# %% keepdims
plain, with_axis = tf.reduce_mean(hives, axis=2), tf.reduce_mean(hives, axis=2, keepdims=True)
print("plain", plain.shape, "  keepdims", with_axis.shape)

swing = hives - with_axis
print("hive 0 on day 0:", swing[0, 0].numpy())
try:
    hives - plain
except tf.errors.InvalidArgumentError as error:
    print("without keepdims:", said(error))
assert np.allclose(tf.reduce_mean(swing, axis=2), 0.0, atol=1e-5)

# %% spread-text [markdown]
# `argmax` gives the *place* of the largest element. `reduce_variance` and `reduce_std` measure the spread: the mean of
# the squared distance from the mean, and its square root. TensorFlow divides by n (the *population* form), and pandas,
# for one, by n − 1.

# %% spread
day_of_most = tf.argmax(by_day, axis=0)
print("heaviest day of each hive:", day_of_most.numpy())
four = tf.constant([1.0, 2.0, 3.0, 6.0])
print("variance:   ", tf.math.reduce_variance(four).numpy())
print("with n − 1: ", np.var(four, ddof=1).round(3))
assert float(tf.math.reduce_variance(four)) == (4 + 1 + 0 + 9) / 4

# %% cancellation-question [markdown]
# There is a shorter formula on paper: the variance is the mean of the squares minus the square of the mean.
#
# **Predict.** The numbers 9999 and 10001 in turn have the mean 10000 and the variance 1. What does the shorter formula
# give in float32?

# %% cancellation
far = tf.constant([9999.0, 10001.0] * 50)
short_way = tf.reduce_mean(far**2) - tf.reduce_mean(far) ** 2
print("short formula:  ", short_way.numpy())
print("distances first:", tf.reduce_mean((far - tf.reduce_mean(far)) ** 2).numpy())
print("from 1e8 to the next float32:", np.spacing(np.float32(1e8)))
assert np.spacing(np.float32(1e8)) == 8.0
assert short_way != 1.0 and tf.reduce_mean((far - 10000.0) ** 2) == 1.0

# %% cancellation-explained [markdown]
# The squares are near 10⁸, where neighbouring float32 numbers are 8 apart. The 1 that we look for is lost before
# the subtraction. This is **cancellation**: two large numbers, nearly equal, are subtracted, and only their rounding errors
# are left. Subtract first, square after.
#
# **Predict.** All values alike: the variance is 0. What does TensorFlow say to 0 / 0, and to 1 / 0?

# %% divide-by-zero
zero = tf.constant(0.0)
print("0 / 0:", (zero / zero).numpy(), "   1 / 0:", (1.0 / zero).numpy())
print("nan spreads:", tf.reduce_sum([1.0, zero / zero, 3.0]).numpy())
assert np.isnan(zero / zero)

# %% reductions-prepares [markdown]
# No error, only NaN, "not a number", and whatever is calculated with it is NaN too. A small number added to a
# denominator that may be 0, often called epsilon, keeps it out; choose it far smaller than the denominators that matter.
#
# *Prepares:* `standardize`.

# %% broadcasting-intro [markdown]
# ## 8 Broadcasting
#
# Element by element needs equal shapes. Where they differ, TensorFlow tries to stretch them. The rule:
#
# 1. Write the two shapes one below the other, **aligned at the right**.
# 2. Where one has no axis left, think a 1.
# 3. On each axis the sizes must be equal, or one of them must be **1**. A 1 is stretched to the other size: its only
#    element is used again and again.
#
# Nothing is copied for it; it is a manner of reading.

# %% broadcasting
for first, second in [
    ((7, 3, 4), (4,)),
    ((7, 3, 4), (3, 1)),
    ((7, 3, 4), ()),
    ((3, 1), (1, 4)),
    ((3, 1), (4,)),
    ((7, 3, 4), (7,)),
]:
    try:
        print(f"{first!s:10} + {second!s:7} → {(tf.ones(first) + tf.ones(second)).shape}")
    except tf.errors.InvalidArgumentError as error:
        print(f"{first!s:10} + {second!s:7} → {said(error)}")

# %% broadcasting-explained [markdown]
# In the last case 7 would fit the *first* axis, but alignment is at the right, where it meets a 4. TensorFlow does not
# search for an axis that would fit. You say which one you mean with `tf.newaxis` or `reshape`.
#
# Type two shapes, and the explorer aligns them. Where they are small it names the elements, a0, a1, … and b0, b1, …, and shows
# which of them meet; the slider follows one element of the result back.
#
# 1. With (3, 1) and (4,), which element of each meets in the last place of the result?
# 2. Change `b` so that the result is (2, 3, 4).
# 3. Make (7, 3, 4) and a shape that holds seven numbers fit, so that each day gets its own.

# %% broadcasting-explorer
BroadcastingExplorer((3, 1), (4,), element=6)

# %% broadcasting-explorer-answer-text [markdown]
# The answers are in the next cell, which is folded up. When you have tried, select it and run it; a click on it opens it.

# %% broadcasting-explorer-answer jupyter={"source_hidden": true}
for a, b, last in [((3, 1), (4,), 11), ((3, 1), (2, 1, 4), 0), ((7, 3, 4), (7, 1, 1), 0)]:
    met = BroadcastingExplorer(a, b, element=last)
    print(met.words, end="\n\n")
    assert met.result is not None
    met.close()
assert met.result == (7, 3, 4)

# %% broadcasting-direction-text [markdown]
# **Predict.** One correction for each hive, `[0.1, 0.2, 0.3]`, is to be added to `hives`, (7, 3, 4). Which shape must
# the corrections have?

# %% broadcasting-direction
corrections = tf.constant([0.1, 0.2, 0.3])
corrected = hives + corrections[:, tf.newaxis]
print("corrections", corrections[:, tf.newaxis].shape, "→", corrected.shape)
assert np.allclose(corrected[:, 2] - hives[:, 2], 0.3, atol=1e-5)

# %% every-with-every-text [markdown]
# (3, 1): the 1 at the end stretches over the readings, the 3 meets the hives, the days are added in front.
#
# A column against a row gives a table: **every with every**. Here: how many hours lie between the readings of
# the scales and the visits of the beekeeper? No loop, and every pair is there.

# %% every-with-every
reading_hours, visits = tf.constant([6.0, 10.0, 14.0, 18.0]), tf.constant([8.0, 15.0, 17.0])
waiting = tf.abs(reading_hours[:, tf.newaxis] - visits[tf.newaxis, :])
print(reading_hours[:, tf.newaxis].shape, "with", visits[tf.newaxis, :].shape, "→", waiting.shape)
print(waiting.numpy())
assert waiting.shape == (4, 3) and waiting[3, 0] == 10.0

figure, panel = plt.subplots(figsize=(4.6, 3.2), layout="constrained")
image = panel.imshow(waiting, cmap="cividis")
panel.set(title="Hours between reading and visit", xlabel="visit at", ylabel="reading at")
panel.set_xticks(range(3), ["8", "15", "17"])
panel.set_yticks(range(4), ["6", "10", "14", "18"])
for row in range(4):
    for column in range(3):
        hours = float(waiting[row, column])
        panel.text(column, row, f"{hours:g}", ha="center", color="black" if hours > 6 else "white")
figure.colorbar(image, label="hours")
plt.show()

# %% comparing-text [markdown]
# Comparisons broadcast as well, and give a table of True and False. Which reading was the lightest, hour by hour, for
# each hive and day? `tf.cast` makes zeros and ones of the answers; more of it in the next section.
#
# Where shapes do not broadcast, `<` is an error, as `+` is. But `==` is no error: it gives a single False, and `!=` a
# single True.

# %% comparing
is_lightest = hives == tf.reduce_min(hives, axis=2, keepdims=True)
print(is_lightest.shape, is_lightest.dtype.name, "  day 0, hive 0:", is_lightest[0, 0].numpy())
print("how often, by reading:", tf.reduce_sum(tf.cast(is_lightest, tf.int32), axis=(0, 1)).numpy())
assert is_lightest.shape == (7, 3, 4) and bool(tf.reduce_all(is_lightest[..., 2]))

three, four = tf.zeros(3), tf.zeros(4)
print("(3,) == (4,):", bool(three == four), "  (3,) != (4,):", bool(three != four))
try:
    print(three < four)
except tf.errors.InvalidArgumentError as error:
    print("(3,) <  (4,):", said(error))
assert three != four

# %% broadcasting-trap-question [markdown]
# **Predict.** Five weights, `(5,)`, minus the same five weights as a column, `(5, 1)`. What should come out, and what
# does?

# %% broadcasting-trap
five = tf.constant([30.0, 31.0, 32.0, 33.0, 34.0])
difference = five - five[:, tf.newaxis]
print("shape", difference.shape, "  largest difference", float(tf.reduce_max(difference)))

# %% broadcasting-prepares [markdown]
# It should be five zeros, and it is 25 numbers, without a complaint. Broadcasting is the most useful of all silent things
# and the most dangerous one. Whenever a loss is strange, print shapes.
#
# *Prepares:* `pairwise_squared_distances`, `one_hot`, `shapes_quiz`.

# %% types-intro [markdown]
# ## 9 Types do not mix
#
# Shapes are stretched; types are not. An operation on two tensors wants one dtype.
#
# **Predict** which of these four sums work: an int32 tensor plus a float32 tensor; a float32 tensor plus a float64
# tensor; a float32 tensor plus the Python number 1; an int32 tensor plus the Python number 1.5.

# %% types
for what, attempt in [
    ("int32 + float32", lambda: tf.constant(1) + tf.constant(1.5)),
    ("float32 + float64", lambda: tf.constant(1.0) + tf.constant(1.0, tf.float64)),
    ("float32 + 1", lambda: tf.constant(1.0) + 1),
    ("int32 + 1.5", lambda: tf.constant(1) + 1.5),
]:
    try:
        print(f"{what:18} {attempt().numpy()}")
    except tf.errors.InvalidArgumentError as error:
        print(f"{what:18} {said(error)}")
assert difference.shape == (5, 5) and tf.reduce_max(difference) == 4.0  # of the five weights above

# %% types-explained [markdown]
# A Python number takes the type of the tensor beside it, if that type has a place for such a number: a whole one among
# floats, but no fraction among whole ones. Tensors never give way: guessing would cost memory, or digits, without your
# knowing. (In the messages "float" is float32 and "double" float64.)
#
# `tf.cast` says what you want. It also says what you lose. **Predict** what becomes of 1.9 and −1.9 as int32, of 0.1 as
# True or False, and of 300 as uint8, which holds 0 to 255.

# %% cast
print("1.9 and −1.9 as int32:", tf.cast([1.9, -1.9], tf.int32).numpy())
print("0.0 and 0.1 as bool:  ", tf.cast([0.0, 0.1], tf.bool).numpy())
print("True as float32:      ", tf.cast(True, tf.float32).numpy())
print("300 as uint8:         ", tf.cast(300, tf.uint8).numpy())
full = tf.constant([250, 250], tf.uint8)
print("250 + 10 in uint8:    ", (full + 10).numpy())
print("mean of 1, 2, 4 as int32:", tf.reduce_mean([1, 2, 4]).numpy())

# %% cast-explained [markdown]
# Fractions are cut off towards zero; everything but 0 is True; small integers wrap round at their end, also in sums; and
# whole numbers have a whole mean. None of it is an error. So cast to a floating type *before* you calculate, not after.
# Pictures, which come as uint8, are the usual victims.
#
# Booleans do not count as numbers until they are cast:

# %% cast-bool
try:
    tf.constant(True) + tf.constant(1)
except tf.errors.InvalidArgumentError as error:
    print(said(error)[:95], "…")
print("rainy days:", tf.reduce_sum(tf.cast([True, False, True], tf.int32)).numpy())
assert tf.cast(-1.9, tf.int32) == -1 and tf.cast(300, tf.uint8) == 44 and (full + 10)[0] == 4

# %% numpy-text [markdown]
# **NumPy** and TensorFlow exchange arrays freely: `.numpy()` in one direction, `tf.constant` in the other. What differs is
# the width: NumPy's numbers are 64 bits wide and TensorFlow's 32, unless told otherwise, and `tf.constant` keeps what it is
# given.
#
# **Predict.** `np.array([0.1])` goes into a tensor. Can that be added to `tf.constant([0.1])`? And can the array itself be
# added, without being made a tensor first?

# %% numpy-both-ways
from_numpy = tf.constant(np.array([0.1]))
print("from np.array([0.1]):", from_numpy.dtype.name)
print("tf.constant([0.1]):  ", tf.constant([0.1]).dtype.name)
try:
    tf.constant([0.1]) + from_numpy
except tf.errors.InvalidArgumentError as error:
    print("tensor + tensor:", said(error))
summed = tf.constant([0.1]) + np.array([0.1])
print("tensor + array: ", summed.dtype.name)
print("told otherwise: ", tf.constant(np.array([0.1]), dtype=tf.float32).dtype.name)
print("and back:       ", type(summed.numpy()).__name__, summed.numpy().dtype)
assert summed.dtype == tf.float32 and from_numpy.dtype == tf.float64

# %% widths-text [markdown]
# An array beside a tensor is converted to the tensor's type, as a Python number is; only two *tensors* insist. That may
# surprise twice: once when it fails, and once when digits go missing because it did not.
#
# What do 64 bits buy? About 16 digits in place of 7, for twice the memory. Networks are content with 7.

# %% widths
for dtype in (tf.float16, tf.float32, tf.float64):
    tenth = tf.constant(0.1, dtype)
    print(f"{dtype.name}: 0.1 is kept as {float(tenth):.20f}, {dtype.size} bytes")
large = tf.constant(16_777_216.0)
print("float32: 16 777 216 + 1 =", f"{float(large + 1):.0f}")
assert large + 1.0 == large

# %% promotion-text [markdown]
# `keras.ops` is more lenient than TensorFlow: it promotes types as NumPy does. It is handy, as long as you know which
# of the two you are talking to.

# %% keras-promotes
promoted = keras.ops.add(tf.constant(1), tf.constant(1.5))
print("keras.ops.add of int32 and float32:", promoted.dtype.name, promoted.numpy())
assert promoted.dtype == tf.float32

# %% types-prepares [markdown]
# *Prepares:* `mixed_sum`.

# %% ragged-intro [markdown]
# ## 10 Rows of unlike length
#
# The beekeeper notes which flowers each hive visited: three kinds for one, none for another. That is no box. Three
# kinds of tensor hold what a plain one cannot hold well:
#
# | kind | for |
# |---|---|
# | `tf.RaggedTensor` | rows of unlike length |
# | `tf.sparse.SparseTensor` | a large box that is nearly all zeros |
# | a tensor of dtype `tf.string` | text of unlike length, next section |

# %% ragged
flowers = tf.ragged.constant([[3, 1, 4], [], [1, 5]])
print(flowers)
print("shape", flowers.shape, "  lengths", flowers.row_lengths().numpy())
print("row 2:", flowers[2].numpy(), "  sum of each row:", tf.reduce_sum(flowers, axis=1).numpy())
print("one more each:", (flowers + 1).to_list())
assert flowers.shape == (3, None)

# %% ragged-explained [markdown]
# `None` in a shape means "differs, or not known yet". Inside, all elements lie in one flat vector, and a second one
# says where the rows begin; empty rows cost nothing. You can hand both over yourself:

# %% ragged-inside
print("values    ", flowers.flat_values.numpy())
print("row splits", flowers.row_splits.numpy())
rebuilt = tf.RaggedTensor.from_row_lengths(values=[3, 1, 4, 1, 5], row_lengths=[3, 0, 2])
print("the same: ", rebuilt.to_list() == flowers.to_list())
assert rebuilt.to_list() == [[3, 1, 4], [], [1, 5]]

# %% to-dense-text [markdown]
# Most layers want boxes. `to_tensor` fills the rows up to the longest.
#
# **Predict.** What is it filled with, and can you tell afterwards which numbers were filled in?

# %% to-dense
print(flowers.to_tensor().numpy())
print("marked:\n", flowers.to_tensor(default_value=-1).numpy())
print("rows, all empty:", tf.ragged.constant([[], []]).shape)
print("no rows at all: ", tf.ragged.constant([]).shape)

# %% to-dense-explained [markdown]
# With zeros, and then no: a filled 0 looks like any other. Choose a filling that is no value of yours, or keep the
# lengths. The last line of the output shows an edge to mind: from a list of *no* rows TensorFlow cannot see that there were
# to be rows, and makes a plain vector.
#
# A **sparse** tensor stores places and values and takes the rest for zero. Here: which hive (row) visited which of
# eight meadows (column), and how often.

# %% sparse
visited = tf.sparse.SparseTensor(
    indices=[[0, 1], [0, 6], [2, 3]], values=[2.0, 5.0, 1.0], dense_shape=(3, 8)
)
print(tf.sparse.to_dense(visited).numpy())
print("numbers stored:", len(visited.values), "of", 3 * 8)
print("visits of each hive:", tf.sparse.reduce_sum(visited, axis=1).numpy())
assert float(tf.sparse.reduce_sum(visited)) == 8.0
assert flowers.to_tensor().numpy()[1].tolist() == [0, 0, 0]  # of the rows above

# %% sparse-errors-text [markdown]
# Few functions take a sparse tensor as it is; look in `tf.sparse` first. **Predict** which of these three fail: doubling
# it, adding 1 to it, taking its row 0.

# %% sparse-errors
for what, attempt in [
    ("visited * 2.0", lambda: len((visited * 2.0).values)),
    ("visited + 1.0", lambda: visited + 1.0),
    ("visited[0]", lambda: visited[0]),
]:
    try:
        print(f"{what:14} works, {attempt()} numbers stored")
    except TypeError as error:
        print(f"{what:14} {said(error)}")

# %% sparse-product-text [markdown]
# Twice 0 is 0, so doubling stays sparse. Adding 1 would make 24 numbers of 3, and TensorFlow does not do that
# behind your back.
#
# The product with a dense **matrix** is what sparse tensors are made for: `tf.sparse.sparse_dense_matmul`. Each meadow has
# nectar (first column) and pollen (second); what does each hive bring home?

# %% sparse-product
meadows = tf.constant([[1.0, 0.5]] * 8)
print(tf.sparse.sparse_dense_matmul(visited, meadows).numpy())
try:
    tf.sparse.sparse_dense_matmul(visited, tf.ones(8))
except tf.errors.InvalidArgumentError as error:
    print("with a vector:", said(error))

unsorted = tf.sparse.SparseTensor([[2, 0], [0, 1]], [1.0, 2.0], (3, 2))
try:
    tf.sparse.to_dense(unsorted)
except tf.errors.InvalidArgumentError as error:
    print("out of order: ", said(error))
print("put in order:", tf.sparse.to_dense(tf.sparse.reorder(unsorted)).numpy().tolist())

# %% ragged-prepares [markdown]
# *Prepares:* `pad_ragged`, `sparse_matvec`.

# %% text-intro [markdown]
# ## 11 Text
#
# A text is *one element* of a tensor, whatever its length. It is kept as bytes, which is why a `b` stands before it.
#
# **Predict.** How long is "Löwe", and what shape has the tensor that holds it?

# %% text
names = tf.constant(["Clover", "Löwenzahn", ""])  # the second is German for dandelion
print("shape", names.shape, "  dtype", names.dtype.name)
print("bytes:     ", tf.strings.length(names).numpy())
print("characters:", tf.strings.length(names, unit="UTF8_CHAR").numpy())
print("one of them:", names[1].numpy(), "→", names[1].numpy().decode("utf-8"))
print("the whole of Löwe:", tf.constant("Löwe").shape, tf.strings.length("Löwe").numpy())
try:
    names[1][0]
except tf.errors.InvalidArgumentError as error:
    print("names[1][0]:", said(error))

# %% text-functions-text [markdown]
# Five bytes, since "ö" takes two, and the shape is (): a text is a scalar, and `names[1][0]` is an error, not a letter. For
# letters there is `tf.strings.substr`.
#
# What `str` does in Python, `tf.strings` does for whole tensors. `split` gives a ragged tensor, for the pieces are
# seldom equal in number.

# %% text-functions
print(tf.strings.upper(["clover", "lime tree"]).numpy())
print(tf.strings.join(["hive", "3"], separator=" ").numpy())
print(tf.strings.regex_replace("6:00, 10:00", r":00", " o'clock").numpy())
print(tf.strings.to_number(["30.5", "42"]).numpy())

notes = tf.constant(["clover;lime", "heather", "lime;;clover"])
print(tf.strings.split(notes, sep=";"))
assert tf.strings.split(notes, sep=";").row_lengths().numpy().tolist() == [2, 1, 3]
assert tf.strings.length("Löwe") == 5

# %% text-blanks-text [markdown]
# Between two separators there is an empty piece, and it counts: the last note has three. **Predict:** without `sep` the text
# is split at blanks. How many pieces has `" lime  and clover "`, with blanks at both ends and two of them inside? And
# with `sep=" "`?

# %% text-blanks
with_blanks = " lime  and clover "
print("no sep: ", tf.strings.split(with_blanks).numpy())
print('sep=" ":', tf.strings.split(with_blanks, sep=" ").numpy())

# %% text-blanks-explained [markdown]
# Three, and six: without `sep` blanks in a row count as one, and those at the ends not at all. With `sep=" "` every blank
# separates, and the three of the six that are empty lie between two blanks or outside those at the ends.

# %% text-blanks-counted
assert len(tf.strings.split(with_blanks)) == 3 and len(tf.strings.split(with_blanks, sep=" ")) == 6

# %% text-prepares [markdown]
# *Prepares:* `word_counts`.

# %% tracing-intro [markdown]
# ## 12 Traced once, run often
#
# A calculation can be drawn as a **data-flow graph**: operations are the nodes, and tensors flow along the arrows. The
# first TensorFlow *only* had graphs: you drew one with placeholders, opened a session, and fed it. Nothing had a value before.
#
# Today every operation runs at once; this is called **eager** execution, and it is what you have done so far. Graphs are still
# there, behind `tf.function`, because a graph can be made faster, saved, and run without Python.
#
# > **If you learned this earlier.** `tf.placeholder` and `tf.Session` are gone from TensorFlow 2. The old way lives on
# > under `tf.compat.v1`; compare the two halves of this cell.

# %% sessions-and-eager
old = tf.Graph()
with old.as_default():
    fed = tf.compat.v1.placeholder(tf.float32, shape=())
    answer = fed * 2.0 + 1.0
print("then, before the run:", answer)
with tf.compat.v1.Session(graph=old) as session:
    print("then, after the run: ", session.run(answer, feed_dict={fed: 3.0}))

print("now:                 ", tf.constant(3.0) * 2.0 + 1.0)
try:
    tf.placeholder
except AttributeError as error:
    print(said(error))

# %% tracing-text [markdown]
# `@tf.function` above a function makes graphs of it. At the first call Python goes through the body with stand-ins
# for the tensors and writes down every TensorFlow operation: that is **tracing**. After that the graph runs, and Python's
# lines do not.
#
# **Predict.** The function below prints. It is called with 1.0, with 2.0, with a vector, and with 3.0. How often does it
# print?


# %% tracing
@tf.function
def honey(weight):
    print("  Python is here: tracing for", weight.shape)
    return tf.sqrt(weight) + 1.0


for argument in (tf.constant(1.0), tf.constant(2.0), tf.constant([1.0, 4.0]), tf.constant(3.0)):
    print("call with", argument.numpy())
    honey(argument)
print("graphs made:", honey.experimental_get_tracing_count())

# %% tracing-explained [markdown]
# Twice: once for scalars, once for vectors of length 2. Each shape and dtype gets its own graph, and later calls use it
# again. (`tf.print` is an operation and goes into the graph; it prints at every call.)
#
# Python *numbers* are not stand-ins but part of the recipe: each new one makes a new graph.


# %% tracing-python-numbers
@tf.function
def shifted(hours):
    return tf.constant(24) - hours


for hours in (6, 10, 14):
    shifted(hours)
print("Python numbers:", shifted.experimental_get_tracing_count(), "graphs")
for hours in (6, 10, 14):
    shifted(tf.constant(hours))
print("tensors:       ", shifted.experimental_get_tracing_count() - 3, "graph more")
assert honey.experimental_get_tracing_count() == 2 and shifted.experimental_get_tracing_count() == 4

# %% graph-picture-text [markdown]
# And here is what was written down for another function. Every arrow is a tensor.


# %% graph-picture
@tf.function
def length_of(vector):
    return tf.sqrt(tf.reduce_sum(vector * vector))


graph = length_of.get_concrete_function(tf.TensorSpec((3,), tf.float32)).graph
operations = graph.get_operations()
depth, rows = {}, {}
for operation in operations:  # those that an operation needs stand before it
    depth[operation.name] = 1 + max((depth[t.op.name] for t in operation.inputs), default=-1)
    rows[operation.name] = -list(depth.values()).count(depth[operation.name])

figure, panel = plt.subplots(figsize=(9.5, 2.4), layout="constrained")
for operation in operations:
    x, y = depth[operation.name], rows[operation.name]
    panel.text(
        x, y, operation.type, ha="center", va="center", bbox={"boxstyle": "round", "fc": "w"}
    )
    for number, tensor in enumerate(operation.inputs):
        twice = len({source.name for source in operation.inputs}) < len(operation.inputs)
        bend = f"arc3,rad={0.3 - 0.6 * number if twice else 0}"
        look = {"arrowstyle": "->", "shrinkA": 38, "shrinkB": 26, "connectionstyle": bend}
        start = depth[tensor.op.name], rows[tensor.op.name]
        panel.annotate("", xy=(x, y), xytext=start, arrowprops=look)
panel.set(xlim=(-0.5, max(depth.values()) + 0.5), ylim=(-2.4, -0.4), title="The graph of length_of")
panel.axis("off")
plt.show()
print([operation.type for operation in operations])
assert {"Mul", "Sum", "Sqrt"} <= {operation.type for operation in operations}

# %% tracing-error-text [markdown]
# `Placeholder` is the stand-in for the vector, `Const` the axis that `reduce_sum` folds, `Identity` hands the result out.
#
# **Predict.** While it is traced, does the vector have values? What does `.numpy()` do there?


# %% tracing-error
@tf.function
def looks_inside(vector):
    return vector.numpy()


try:
    looks_inside(tf.constant([1.0]))
except AttributeError as error:
    print(str(error).strip().splitlines()[-1].strip())

# %% loops-text [markdown]
# A stand-in has a shape and a dtype, no value. `if` and `for` on tensors are allowed all the same: **AutoGraph** rewrites them
# as operations of the graph. What such a loop collects cannot go into a Python list, since the loop's body is traced once
# and not once a round. For this there is the **`tf.TensorArray`**: `write` an element at a place, `stack` them all at the end.
#
# Below: the honey stores of a hive through the winter. Each week the bees eat a tenth of what is left.


# %% tensor-array
@tf.function
def winter(stores, weeks):
    shelf = tf.TensorArray(tf.float32, size=weeks)
    for week in tf.range(weeks):
        stores = 0.9 * stores
        shelf = shelf.write(week, stores)
    return shelf.stack()


print(winter(tf.constant(20.0), tf.constant(5)).numpy().round(2))
assert np.allclose(winter(tf.constant(20.0), tf.constant(5)), 20 * 0.9 ** np.arange(1, 6))

# %% tensor-array-question [markdown]
# **Predict.** The same with a Python list, and `append`. What happens?


# %% tensor-array-list
@tf.function
def winter_in_a_list(stores, weeks):
    shelf = []
    for _ in tf.range(weeks):
        stores = 0.9 * stores
        shelf.append(stores)
    return tf.stack(shelf)


try:
    winter_in_a_list(tf.constant(20.0), tf.constant(5))
except ValueError as error:  # of which this is a kind
    message = str(error).split("InaccessibleTensorError: ")[-1]
    print(type(error).__name__, "-", message.split(". ")[0])

# %% tracing-prepares [markdown]
# "Out of scope": the tensor exists only inside the loop of the graph.
#
# Mind the equals sign in `shelf = shelf.write(…)`. Like all that flows in a graph, the array does not change: `write` returns
# the array with the element in it. Drop the result and the element is dropped.
#
# *Prepares:* `running_maximum`.

# %% sets-intro [markdown]
# ## 13 Sets and queues
#
# `tf.sets` treats each **row** of an integer tensor as a set: order and repetitions do not matter. The results differ in length
# and come as sparse tensors.

# %% sets
monday = tf.constant([[0, 3, 3], [5, 6, 7]])  # flowers that hive 0 and hive 1 visited
tuesday = tf.constant([[3, 4, 0], [1, 1, 2]])
only_monday = tf.sets.difference(monday, tuesday)
on_both = tf.sets.intersection(monday, tuesday)
print("on both days:", on_both.values.numpy(), "at", on_both.indices.numpy().tolist())
print("made dense:\n", tf.sparse.to_dense(on_both).numpy())
print("only on Monday, how many:", tf.sets.size(only_monday).numpy())
assert tf.sets.size(only_monday).numpy().tolist() == [0, 3]

# %% sets-question [markdown]
# **Predict.** Row 1 of the dense table reads `[0 0]`. Did hive 1 visit flower 0 on both days?

# %% sets-answer
print("sizes of the common sets:", tf.sets.size(on_both).numpy())
print("made dense with a mark:\n", tf.sparse.to_dense(on_both, default_value=-1).numpy())
try:
    tf.sets.union(monday[0], tuesday[0])
except tf.errors.InvalidArgumentError as error:
    print("single rows:", said(error))
assert tf.sets.size(on_both).numpy().tolist() == [2, 0]

# %% queues-text [markdown]
# It visited none: the zeros are filling, while in row 0 the 0 is a flower. `tf.sets.size` counts what is there and does not
# fall for it. And sets want rows: a single one needs `[tf.newaxis, :]`.
#
# A **queue** hands elements from one part of a program to another, first in, first out; in early TensorFlow the
# training data came through queues. Today `tf.data` does that, below, and queues are left for passing things between threads.

# %% queues
line = tf.queue.FIFOQueue(capacity=3, dtypes=[tf.float32], shapes=[()])
for weight in (30.0, 42.0, 36.0):
    line.enqueue(weight)
print("waiting:  ", line.size().numpy())
print("first out:", line.dequeue().numpy(), "  then:", line.dequeue_many(2).numpy())

line.close()  # without this, `dequeue` on an empty queue would wait for ever
try:
    line.dequeue()
except tf.errors.OutOfRangeError as error:
    print("empty and closed:", re.sub(r"'\d+' ", "", said(error)))

# %% sets-prepares [markdown]
# *Prepares:* `jaccard`.

# %% data-intro [markdown]
# ## 14 Data in batches
#
# Training takes data a few rows at a time. Three words:
#
# - a **batch** is the rows that are used for one step;
# - an **iteration**, or step, is one use of one batch;
# - an **epoch** is once through all of the data.
#
# `tf.data.Dataset` is a recipe for such a stream: where the elements come from and what is done to them on the way. Nothing
# happens until somebody asks for elements, and asking again starts a new epoch.

# %% dataset
readings = tf.data.Dataset.range(10)  # ten readings, known by their numbers
print("one element:", readings.element_spec)
print("as it comes:", [int(number) for number in readings])
doubled = readings.map(lambda number: 2 * number).take(3)
print("map and take:", [int(number) for number in doubled])

pairs = tf.data.Dataset.from_tensor_slices((reading_hours, hives[0, 0]))
for hour, weight in pairs:
    print(f"   {hour:.0f} o'clock: {weight:.2f} kg")
try:
    tf.data.Dataset.from_tensor_slices((tf.zeros(3), tf.zeros(4)))
except ValueError as error:
    print("unlike lengths:", said(error))

# %% batching-question [markdown]
# `from_tensor_slices` cuts along axis 0, and a tuple of tensors gives a stream of tuples.
#
# **Predict.** Ten elements in batches of 4: how many iterations has an epoch, and how large is the last batch?

# %% batching
print([batch.tolist() for batch in readings.batch(4).as_numpy_iterator()])
full_only = readings.batch(4, drop_remainder=True)
print("iterations:", len(readings.batch(4)), "  with drop_remainder:", len(full_only))

# %% shuffle-question [markdown]
# `shuffle` mixes. **Predict** the difference between shuffle and then batch, and batch and then shuffle.

# %% shuffle-order
before = readings.shuffle(10, seed=3).batch(4)
after = readings.batch(4).shuffle(10, seed=3)
for epoch in range(2):
    print("shuffle, batch:", [batch.tolist() for batch in before.as_numpy_iterator()])
for epoch in range(2):
    print("batch, shuffle:", [batch.tolist() for batch in after.as_numpy_iterator()])
together = {tuple(batch.tolist()) for batch in after.as_numpy_iterator()}
assert together == {(0, 1, 2, 3), (4, 5, 6, 7), (8, 9)}

assert len(readings.batch(4)) == 3 and len(full_only) == 2

always_alike = readings.shuffle(10, seed=3, reshuffle_each_iteration=False)
assert list(always_alike.as_numpy_iterator()) == list(always_alike.as_numpy_iterator())

# %% shuffle-explained [markdown]
# After batching only whole batches are moved about: the same four elements always sit together. Before batching every element
# moves by itself, and the next epoch has another order (`reshuffle_each_iteration=False` would keep it).
#
# The number that `shuffle` takes is the size of its **buffer**: it keeps so many elements in hand, gives out one of them
# at random, and takes the next in its place. **Predict:** with a buffer of 10, how far forward can element 999 of 1000 come?

# %% shuffle-buffer
figure, panels = plt.subplots(1, 3, figsize=(10, 3.4), sharey=True, layout="constrained")
thousand = tf.data.Dataset.range(1000)
for panel, buffer in zip(panels, (10, 200, 1000)):
    order = np.array(list(thousand.shuffle(buffer, seed=5).as_numpy_iterator()))
    panel.scatter(range(1000), order, s=3, color=plots.COLOURS[0])
    panel.set(title=f"buffer of {buffer}", xlabel="place in the stream")
    earliest = int((order - np.arange(1000)).max())
    print(f"buffer {buffer:4}: an element comes at most {earliest} places early")
    assert earliest < buffer and sorted(order) == list(range(1000))
panels[0].set_ylabel("which element")
plt.show()

# %% shuffle-buffer-explained [markdown]
# Nine places, no more. Where data lie sorted by class, as files often do, a small buffer leaves them sorted, and the network
# sees one class at a time. Take the whole length of the data where memory allows.
#
# Last, **prefetch**: while the network works on one batch, the next is being prepared. It changes no element, only the
# waiting. `tf.data.AUTOTUNE` lets TensorFlow choose how many. The usual chain, then: source, shuffle, batch, prefetch.
#
# In the cell below it takes 20 ms to prepare an element and 20 ms to use it. **Predict** the time for ten elements, without and
# with prefetch. (Newer versions of TensorFlow put a prefetch at the end of every stream; we switch it off to see the difference.)


# %% prefetch
def epoch_seconds(stream):
    """Return how long an epoch takes if every element is used for 20 ms."""
    begin = time.perf_counter()
    for _ in stream:
        time.sleep(0.02)
    return time.perf_counter() - begin


def prepare(number):
    time.sleep(0.02)
    return number


by_hand = tf.data.Options()
by_hand.experimental_optimization.inject_prefetch = False
prepared = readings.map(lambda n: tf.numpy_function(prepare, [n], tf.int64)).with_options(by_hand)
epoch_seconds(prepared)  # the first epoch also builds the stream
in_turns = epoch_seconds(prepared)
at_once = epoch_seconds(prepared.prefetch(tf.data.AUTOTUNE))
print(f"in turns {1000 * in_turns:.0f} ms, with prefetch {1000 * at_once:.0f} ms")
assert in_turns > at_once

# %% data-prepares [markdown]
# *Prepares:* `batches`.

# %% summary [markdown]
# ## On one page
#
# | idea | in short |
# |---|---|
# | tensor | a full box of one dtype; rank = number of axes; shape = their sizes |
# | made | float32 and int32 unless told otherwise; `range` stops before its end, `linspace` on it |
# | random | the seed fixes a sequence, not a draw; a generator of your own is undisturbed |
# | constant and variable | a tensor never changes; a variable does, with `assign…`; `=` only moves a name |
# | indexing | a number removes its axis, a slice keeps it, `tf.newaxis` adds one |
# | `*` and `@` | element by element; rows with columns, (n, m) @ (m, k) → (n, k) |
# | transpose, reshape | exchanges axes; reads row by row and fills another shape |
# | reduction | `axis=` names what disappears; `keepdims=True` leaves a 1 |
# | broadcasting | aligned at the right; equal, or 1 is stretched; a column with a row gives every pair |
# | dtype | tensors never give way; `tf.cast` cuts, wraps and loses, silently |
# | ragged, sparse | unlike rows; mostly zeros. Filled-in zeros look like zeros |
# | text | one element each, kept as bytes; `tf.strings` |
# | `tf.function` | traced once for each shape and dtype; Python's lines run only then |
# | `tf.TensorArray` | collects in a loop of a graph; `write` returns the new array |
# | `tf.data` | source, shuffle (whole buffer), batch, prefetch |
#
# **When something is wrong**
#
# - "Incompatible shapes": write both, one below the other, aligned at the right.
# - "was expected to be a int32 tensor but is a float tensor": one `tf.cast`, before the operation.
# - "does not support item assignment": it is a tensor, or you need `assign` on the part.
# - A table appears where you expected a vector: (n,) met (n, 1).
# - A number does not change although you "set" it: look for `=` where `assign` belongs.
# - NaN: an empty mean, 0 / 0, or a difference of two large numbers.
# - A `print` in a function is silent the second time: it was traced.
# - The network sees one class at a time: the shuffle buffer is too small, or comes after the batch.
#
# Before you go on, see whether these eight are in your fingers: **predict** each shape, then run.

# %% last-questions
a, b = tf.zeros((4, 3)), tf.zeros((3, 2))
shapes = {
    "a @ b": (a @ b).shape,
    "a[0]": a[0].shape,
    "a[0:1]": a[0:1].shape,
    "a[..., tf.newaxis]": a[..., tf.newaxis].shape,
    "tf.reduce_max(a, axis=1)": tf.reduce_max(a, axis=1).shape,
    "tf.reduce_max(a, axis=1, keepdims=True)": tf.reduce_max(a, axis=1, keepdims=True).shape,
    "a[:, 0] + a[0, :, tf.newaxis]": (a[:, 0] + a[0, :, tf.newaxis]).shape,
    "tf.reshape(b, (-1,))": tf.reshape(b, (-1,)).shape,
}
for code, shape in shapes.items():
    print(f"{code:42} {shape}")
assert shapes["a[:, 0] + a[0, :, tf.newaxis]"] == (3, 4)

# %% next [markdown]
# *Prepares:* `shapes_quiz`.
#
# **Next:** the exercises of this chapter. `standardize`, `one_hot`, `mixed_sum`, `replace_row` and `batches` write again
# what you have seen. `pairwise_squared_distances`, `pad_ragged`, `sparse_matvec`, `word_counts`, `running_maximum` and `jaccard`
# take it one step further. `mend_update` is a repair, and `shapes_quiz` asks for predictions.
