# %% title [markdown]
# # 3 · Linear classifiers: exercises
#
# Twelve exercises on the lesson `course/03_linear_classifiers.ipynb`. Each has a cell for your
# answer and, below it, a check. Write the answer, run its cell, run the check: it says at once
# what is right, what is not, and what to look at.
#
# - Replace `raise NotImplementedError("not attempted yet")` with your own lines.
# - Run `check(...)` as often as you like. Nothing is counted.
# - Stuck? Open the hints in the check's verdict, or run `hint("linear_classifiers.dense")` in a
#   new cell. Each call gives the next one.
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

print(f"TensorFlow {tf.__version__}, ready for shapes like {tf.zeros((2, 1)).shape}")

# %% predict-text [markdown]
# ## 1. Before you run anything
#
# Six questions to answer in your head, or on paper. Put each answer in place of its `...`; the
# check answers question by question, and you can leave some for later. A shape is a tuple, as
# `(2, 3)`; a shape with one axis is written `(3,)`.

# %% before_you_run
from tfcourse_utils.reference.linear_classifiers import before_you_run

# %% make-clouds-text [markdown]
# ## 2. Two clouds
#
# Every classifier needs something to classify. Draw two Gaussian clouds of `samples_per_class`
# points each:
#
# - the **negatives** (target 0) round (0, 3), the **positives** (target 1) round (3, 0), both with
#   covariance [[1, 0.5], [0.5, 1]];
# - the negatives in the first rows, the positives after them;
# - everything in float32: inputs of shape (2n, 2), targets of shape (2n, 1).
#
# The same `seed` must give the same points each time, whatever else draws random numbers in
# between; another seed must give other points.

# %% make_clouds
from tfcourse_utils.reference.linear_classifiers import make_clouds

# %% dense-text [markdown]
# ## 3. A dense layer
#
# One layer of a network in two lines: multiply the inputs by the weights, add the biases, and call
# the activation on the result, if there is one.

# %% dense
from tfcourse_utils.reference.linear_classifiers import dense

# %% square-loss-text [markdown]
# ## 4. The square loss
#
# The mean, over all entries, of the squared difference between targets and predictions. The lesson
# showed what broadcasting does to shapes that differ: it says nothing, and the loss is nonsense.
# This function should refuse them.

# %% square_loss
from tfcourse_utils.reference.linear_classifiers import square_loss

# %% training-step-text [markdown]
# ## 5. One training step
#
# Predict with the affine map, measure the square loss, take its gradient, and move `W` and `b` a
# little way against it. The loss is the mean over all entries, rows and columns. `W` and `b` are
# `tf.Variable`s and must be changed in place, so that whoever called this function finds them moved.
# Return the loss as it was *before* the step.

# %% training_step
from tfcourse_utils.reference.linear_classifiers import training_step

# %% boundary-line-text [markdown]
# ## 6. The line between the classes
#
# A linear classifier in the plane says yes where $W_0 x + W_1 y + b$ is above the threshold. Where it is
# exactly at the threshold it can't decide, and those points form a line. Return its slope and its
# intercept, as two scalars.
#
# One line has no slope: where $W_1 = 0$, raise a `ValueError` whose message has the word "vertical".

# %% boundary_line
from tfcourse_utils.reference.linear_classifiers import boundary_line

# %% mend-boundary-line-text [markdown]
# ## 7. Mend: a boundary in the wrong place
#
# This function has been copied from notebook to notebook for years. It draws a line, and on some
# data sets the line even looks plausible. Mend it: it should do what the previous exercise asks.
#
# The cell holds the code as it was found. Change it until the check is content; looking at one
# case that you can work out on paper is a good start.

# %% mend_boundary_line
from tfcourse_utils.reference.linear_classifiers import mend_boundary_line

# %% binary-cross-entropy-text [markdown]
# ## 8. Cross-entropy that survives large logits
#
# For a target $t$ (0 or 1) and a logit $z$, with $s = \mathrm{sigmoid}(z)$, the cross-entropy is
#
# $$-t \log s - (1 - t) \log(1 - s).$$
#
# Return its mean over all entries. Written down just like that, it fails where a model is very
# sure of itself: at $z = \pm 1000$, $s$ is rounded to 0 or 1 and a logarithm is infinite. Find a form
# whose value *and* gradient are right there too. Its gradient is taken through a tape, so write it
# with TensorFlow or Keras.

# %% binary_cross_entropy
from tfcourse_utils.reference.linear_classifiers import binary_cross_entropy

# %% train-softmax-text [markdown]
# ## 9. Several classes
#
# Train a linear classifier for `num_classes` classes: one column of weights and one bias for each
# class, softmax, cross-entropy, gradient descent for `epochs` rounds through the data. Whether you
# take all of the data at once or batch by batch is up to you.
#
# The check trains it on three clusters and counts how often it is right on samples it has not
# seen. 90 % are asked for, within 10 seconds. In one of the runs a class has no samples at all:
# it still needs its weights.

# %% train_softmax
from tfcourse_utils.reference.linear_classifiers import train_softmax

# %% solve-xor-text [markdown]
# ## 10. Exclusive or
#
# No line separates (0, 1) and (1, 0) from (0, 0) and (1, 1). Build a Keras model that does, train
# it, and return it. It has one output, above 0.5 where exactly one of the two bits is 1.
#
# The check calls your function with seeds of its own choice and looks at all four points each
# time. A call may take 20 seconds. An epoch costs time however few its samples are, and four
# samples make a single step: how could one epoch have a few hundred steps?

# %% solve_xor
from tfcourse_utils.reference.linear_classifiers import solve_xor

# %% fit-curve-text [markdown]
# ## 11. A curve through noise
#
# The points of a parabola, with noise. Return a Keras model trained to predict y from x. It is
# judged on x it has not seen, between the same limits, against the parabola without the noise:
# a mean squared error of 0.1 is allowed. (A straight line is off by more than 1.) A call may take
# 20 seconds.

# %% fit_curve
from tfcourse_utils.reference.linear_classifiers import fit_curve

# %% decision-grid-text [markdown]
# ## 12. A picture of a decision
#
# To colour the plane by what a classifier says, it has to be asked at many points. Make a square grid of
# them, `resolution` in each direction, with both ends of `x_limits` and of `y_limits` on it, and
# return the points, of shape (resolution², 2), with what `predict` says of them.
#
# `predict` is a model: calling it is slow, but it does thousands of points in the time of one. So
# don't call it point by point.

# %% decision_grid
from tfcourse_utils.reference.linear_classifiers import decision_grid

# %% finished [markdown]
# ## Done?
#
# Restart the kernel and run all cells once more (*Run → Restart Kernel and Run All Cells*). If every
# check is still content, the notebook is ready to be handed in: save it, and hand in this file.
