# %% title [markdown]
# # 1 · Tensors: exercises
#
# Thirteen exercises on the lesson `course/01_tensors.ipynb`, in the order of its sections. Each has a
# cell for your answer and, below it, a check. Write the answer, run its cell, run the check: it says
# at once what is right, what is not, and what to look at.
#
# - Replace `raise NotImplementedError("not attempted yet")` with your own lines.
# - Run `check(...)` as often as you like. Nothing is counted.
# - A check that does not end, as with an endless loop: stop it by *Kernel → Interrupt Kernel*.
# - Stuck? Open the hints in the check's verdict, or run `hint("tensors.one_hot")` in a new cell. Each
#   call gives the next one.
# - Any way of writing an answer is right if it does what is asked: `tf.*`, `keras.ops`, NumPy or
#   plain operators. Your functions are given tensors; NumPy's functions take them (`np.mean(x)`), but
#   they don't have NumPy's methods (`x.mean()`).
# - Answers don't lean on each other. You can take them in any order.

# %% setup
import numpy as np

from tfcourse_utils import quiet_start
from tfcourse_utils.checking import check, hint

with quiet_start():  # TensorFlow has much to say about the hardware when it is imported
    import keras
    import tensorflow as tf

print(f"TensorFlow {tf.__version__}, ready for tensors like {tf.range(3).numpy()}")

# %% shapes-quiz-text [markdown]
# ## 1. Which shape will it have?
#
# Most errors in this subject are errors of shape, and the quiet ones are the worst. Eight questions to
# answer in your head, or on paper, before you run anything. Put each answer in place of its `...`;
# the check answers question by question, and you can leave some for later.
#
# A shape is a tuple, as `(2, 3)`; with one axis it is written `(3,)`. For something that TensorFlow
# refuses, write `"error"`. Question 6 wants the letter, as `"a"`.

# %% shapes_quiz
from tfcourse_utils.reference.tensors import shapes_quiz

# %% replace-row-text [markdown]
# ## 2. A row of the score board
#
# A variable holds a score board: a row for each player, a column for each round. One player's scores
# were entered wrongly. Put the row right, in the variable itself: whoever else holds it should see the
# new numbers.
#
# With `board = tf.Variable([[1., 2.], [3., 4.]])`, after `replace_row(board, 1, tf.constant([7., 8.]))`
# the board is `[[1., 2.], [7., 8.]]`. The function returns nothing, as `list.sort` does: what changes
# something in place should not look as if it made something new.

# %% replace_row
from tfcourse_utils.reference.tensors import replace_row

# %% mend-update-text [markdown]
# ## 3. Mend: an update that updates nothing
#
# These lines were meant to move a variable a little way against its gradient, as in every training loop.
# They come from notes that were written for an older TensorFlow, and it shows: they stop with an error,
# and mending only what the error names makes things worse.
#
# What is asked for: subtract `learning_rate * gradient` from the variable, in place, and return nothing.
# With `[1., 2.]` in the variable, the gradient `[10., -10.]` and the learning rate 0.1, it holds
# `[0., 3.]` afterwards. The cell has the code as it was found; keep of it what you like.

# %% mend_update
from tfcourse_utils.reference.tensors import mend_update

# %% standardize-text [markdown]
# ## 4. Columns that can be compared
#
# A table has a row for each house: its floor area in square metres, its rooms, the year it was built.
# A network that is shown these numbers as they are would hear nothing but the year. So shift and scale
# each column to mean 0 and standard deviation 1, where the standard deviation is that of the population:
# the root of the mean of the squares.
#
# - `[[1.], [3.]]` becomes `[[-1.], [1.]]`.
# - A column in which all numbers are equal becomes 0 everywhere, never NaN. That is what `epsilon` is
#   for: a small number that keeps what is divided by away from 0.
# - A column far from zero, such as the years round 2000, must come out right too, in float32.

# %% standardize
from tfcourse_utils.reference.tensors import standardize

# %% pairwise-squared-distances-text [markdown]
# ## 5. Every shop to every house
#
# One tensor has the places of n shops, another those of m houses, each a row of d coordinates. Return
# the square of the distance from every shop to every house, as a table of shape (n, m): row i for the
# i-th shop, column j for the j-th house.
#
# From `a = [[0., 0.]]` to `b = [[3., 4.], [1., 0.]]` the squared distances are `[[25., 1.]]`.
#
# Write it without a Python loop, comprehensions included. The check counts the lines that your function
# runs: for more points there should not be more of them.

# %% pairwise_squared_distances
from tfcourse_utils.reference.tensors import pairwise_squared_distances

# %% one-hot-text [markdown]
# ## 6. One-hot
#
# A label, such as 2, says which of several classes something belongs to. A network answers with one number
# for each class, and to compare the two, the label becomes a row as well: a 1 in the place it names, 0 in
# the others. With the depth 4, `[2, 0]` becomes `[[0., 0., 1., 0.], [1., 0., 0., 0.]]`, in float32.
#
# `labels` (int32) may have any number of axes, also none; the result has one more. A label below 0, or
# not below `depth`, belongs to no class and gives zeros only.
#
# TensorFlow has `tf.one_hot`. Here you build it yourself, so don't call it, nor what calls it for you
# (such as `keras.ops.one_hot`).

# %% one_hot
from tfcourse_utils.reference.tensors import one_hot

# %% mixed-sum-text [markdown]
# ## 7. A sum of all sorts
#
# A list of tensors of one shape and of various dtypes: ratings as uint8, prices as float64, answers to
# "would you come again?" as booleans. Add them, element by element, and return the sum in float32.
# `True` counts as 1.
#
# The sum of `[True, False]` and `[0.5, 2.5]` is `[1.5, 2.5]`. And two of `[200]` in uint8 make `[400.]`,
# a number that uint8 does not have.

# %% mixed_sum
from tfcourse_utils.reference.tensors import mixed_sum

# %% pad-ragged-text [markdown]
# ## 8. Readings of a week
#
# A thermometer is read now and then: three times on Monday, once on Tuesday, never on Wednesday. That
# makes a list of lists of unlike length, and a network wants one dense tensor. Fill the shorter rows up
# at their end, with `value`, to the length of the longest:
#
# `[[20.5, 21.0, 19.5], [18.0], []]` becomes `[[20.5, 21.0, 19.5], [18.0, 0.0, 0.0], [0.0, 0.0, 0.0]]`.
#
# The result is float32, also where all readings happen to be whole numbers. If every row is empty, its
# shape is (n, 0); without any rows it is (0, 0). The lists you are given stay as they are.

# %% pad_ragged
from tfcourse_utils.reference.tensors import pad_ragged

# %% sparse-matvec-text [markdown]
# ## 9. A bill from a sparse table
#
# A shop has a million products, and each customer has bought five of them. A table with a row for each
# customer and a column for each product is nearly all zeros, so it is kept as a `tf.SparseTensor`, of
# shape (n, m). The vector `x` has the m prices. Return what each of the n customers has to pay: the
# product of the matrix and the vector, of shape (n,).
#
# Some customers have bought nothing. And there may be only one customer, who wants a bill of shape (1,).

# %% sparse_matvec
from tfcourse_utils.reference.tensors import sparse_matvec

# %% word-counts-text [markdown]
# ## 10. How many words?
#
# Count the words of each sentence in a string tensor of shape (n,). A word is what stands between blanks;
# several blanks side by side count as one, and blanks at the beginning and at the end as none. An empty
# sentence has no words, and neither has one that is nothing but blanks.
#
# `["to be or", "  not   to be ", ""]` gives `[3, 3, 0]`, in int32.

# %% word_counts
from tfcourse_utils.reference.tensors import word_counts

# %% running-maximum-text [markdown]
# ## 11. High-water marks
#
# A tide gauge is read every hour. Return, for every hour, the highest water so far:
# `[2, 1, 5, 3]` becomes `[2, 2, 5, 5]`. The result has the dtype of `x`, and `x` has one number or more.
#
# This is the place to write a loop that becomes part of a graph: `@tf.function` stands above the function
# already, `tf.range` goes through the places, and a `tf.TensorArray` keeps what each of them gives.

# %% running_maximum
from tfcourse_utils.reference.tensors import running_maximum

# %% jaccard-text [markdown]
# ## 12. How alike are two baskets?
#
# Each row of `a` is a shopping basket, a set of product numbers, and so is the same row of `b`. How alike
# are the two? Jaccard's answer is the number of products in both, divided by the number of products in
# either: 1 for equal sets, 0 for sets that share nothing.
#
# For `[[1, 2, 2]]` and `[[2, 3, 0]]` it is `[0.25]`: only 2 is in both, and 0, 1, 2 and 3 are in either.
# A product that is in a basket twice counts once, and product number 0 is a product like any other.

# %% jaccard
from tfcourse_utils.reference.tensors import jaccard

# %% batches-text [markdown]
# ## 13. Shuffle and deal
#
# Training goes through the data again and again, a batch at a time, each time in another order. Make a
# `tf.data.Dataset` of samples `x` and targets `y` that does so:
#
# - it gives batches `(x, y)` of `batch_size` pairs, and a smaller one at the end if the pairs don't fill it;
# - in each epoch, every pair comes once, and no sample loses its own target;
# - the order is new in each epoch, over all of the data: pairs change places, not whole batches;
# - the same `seed` gives the same order when you make the dataset again, another seed another order.

# %% batches
from tfcourse_utils.reference.tensors import batches

# %% finished [markdown]
# ## Done?
#
# Restart the kernel and run all cells once more (*Run → Restart Kernel and Run All Cells*). If every
# check is still content, the notebook is ready to be handed in: save it, and hand in this file.
