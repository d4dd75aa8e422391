# %% title [markdown]
# # 2 · Gradients: exercises
#
# Fifteen exercises on the lesson `course/02_gradient_tape.ipynb`. Each has a cell for your answer
# and, below it, a check. Write the answer, run its cell, run the check: it says at once what is
# right, what is not, and what to look at.
#
# - Replace `raise NotImplementedError("not attempted yet")` with your own lines.
# - Run `check(...)` as often as you like. Nothing is counted.
# - A check that does not end, as with an endless loop: stop it by *Kernel → Interrupt Kernel*.
# - Stuck? Open the hints in the check's verdict, or run `hint("gradient_tape.gradient")` in a new
#   cell. Each call gives the next one.
# - Any way of writing an answer is right if it does what is asked: `tf.*`, `keras.ops`, NumPy or
#   plain operators. A tape, though, sees only what TensorFlow and Keras compute.
# - Numbers come as tensors of float32 or float64. Keep to the dtype that came in: the two don't mix.
# - Answers don't lean on each other. You can take them in any order.

# %% setup
import numpy as np

from tfcourse_utils import quiet_start
from tfcourse_utils.checking import check, hint

with quiet_start():  # TensorFlow has much to say about the hardware when it is imported
    import keras
    import tensorflow as tf

print(f"TensorFlow {tf.__version__}, ready: the square root of 16 is {tf.sqrt(16.0):.0f}")

# %% quiz-text [markdown]
# ## 1. What will the tape say?
#
# Ten short programs. Each ends with a question to a tape; say what comes back before you run
# anything. The answer is one of
#
# - a number, as `1.0`, or a list of numbers, as `[1.0, 2.0]`,
# - `"None"`, where the tape finds no way,
# - `"error"`, where nothing comes back because something is raised.
#
# Put each in place of its `...`. The check answers question by question, and you can leave some for
# later. Every question starts afresh, with `v = tf.Variable(3.0)` and `c = tf.constant(3.0)`.

# %% tape_quiz
from tfcourse_utils.reference.gradient_tape import tape_quiz

# %% numeric-gradient-text [markdown]
# ## 2. Slopes with a ruler
#
# You stand on a hillside in fog. To find out how steep it is towards the east, take a short step
# east, read your height, take one as far to the west, read it again: the difference of the two
# heights, divided by the distance between the two places, is nearly the slope. Then the same for
# north and south.
#
# Do this for a function `f` and a tensor `x` of any shape: a single number, a vector, or numbers with
# several axes. For each element, with only that element moved,
#
# $$\frac{f(x + \text{step}) - f(x - \text{step})}{2 \cdot \text{step}}.$$
#
# Return the slopes in the shape of `x`. A way through all places of any shape: think of `x` as one flat
# row of numbers, move them one after the other, and give the row its shape back before `f` sees it, and
# the slopes theirs in the end. For $f(x) = x_0^2 + 5 x_1$ at $(3, 1)$ they are 6 and 5. Keep
# this function: whenever you doubt a gradient, it is a witness that knows no calculus.

# %% numeric_gradient
from tfcourse_utils.reference.gradient_tape import numeric_gradient

# %% gradient-descent-text [markdown]
# ## 3. The way to the valley
#
# Water flows where the ground falls most steeply. Let it: from `start`, take `steps` steps, each from
# the present place $p$ to
#
# $$p - \text{learning rate} \cdot (\text{gradient of } f \text{ at } p).$$
#
# The gradient has a slope for each coordinate of the place.
#
# Return every place on the way, the start first, as the rows of one tensor of shape
# (`steps` + 1, d). For $f(p) = p_0^2$, the start (4,) and a learning rate of 0.25, two steps visit
# 4, 2 and 1. With `steps=0` the start is the only row.

# %% gradient_descent
from tfcourse_utils.reference.gradient_tape import gradient_descent

# %% backpropagate-text [markdown]
# ## 4. You are the tape
#
# A network with one hidden layer predicts
#
# $$\mathrm{relu}(x \cdot w_1 + b_1) \cdot w_2 + b_2,$$
#
# and its loss is the mean of the squared differences to `y`, over all n · k entries. Return the
# loss's gradients for the four parameters, as a tuple (dw1, db1, dw2, db2), each in the shape of its
# parameter.
#
# This once, do it without a tape: go forward through the network and keep what you need, then go
# backwards, step by step, and hand the gradient on. The check notices tapes. While you work, though,
# nothing stops you from comparing with one in a cell of your own.

# %% backpropagate
from tfcourse_utils.reference.gradient_tape import backpropagate

# %% gradient-text [markdown]
# ## 5. Ask the tape
#
# Now the other way round: let the tape do all of it. `x` is a constant tensor of any shape, and `f`
# makes a single number of it. Return the gradient of `f` at `x`, in the shape of `x`.
#
# Some functions don't depend on `x` at all. Then the answer is zeros, in the shape of `x`, and not
# None: whoever calls this function wants to calculate with what comes back.

# %% gradient
from tfcourse_utils.reference.gradient_tape import gradient

# %% second-derivative-text [markdown]
# ## 6. How the slope changes
#
# The slope of a road says whether it rises; its second derivative, whether it gets steeper. `f` works
# element by element, like `tf.sin`, and `x` is a vector of constants. Return the second derivative of
# `f` at each element. For $f(x) = x^3$ at 1 and 2 that is 6 and 12.
#
# For a straight road the answer is zeros, not None.

# %% second_derivative
from tfcourse_utils.reference.gradient_tape import second_derivative

# %% per-example-gradients-text [markdown]
# ## 7. Every vote by itself
#
# A training step adds up what all examples of a batch want. Here each is asked by itself, which
# shows the odd ones out: an example with a wrong label pulls hard, and alone.
#
# The model says how likely it is that an example's label `y` is 1 rather than 0: it takes the number
# $z = x \cdot \text{weights}$, called the logit, and the sigmoid makes of it a probability $s$ between 0
# and 1. The logistic loss, also called cross-entropy, is small where the label that is right got a high
# probability, and large where it got a low one:
#
# $$s = \mathrm{sigmoid}(z) = \frac{1}{1 + e^{-z}}, \qquad \text{loss} = -y \log s - (1 - y) \log(1 - s).$$
#
# `tf.sigmoid(z)` is the sigmoid of each element, and there is no bias.
#
# Return the gradient of each example's loss for the weights, a row for each of the n examples:
# shape (n, d). Nothing is divided by n. A tape or a formula of your own, both are fine.

# %% per_example_gradients
from tfcourse_utils.reference.gradient_tape import per_example_gradients

# %% nones-text [markdown]
# ## 8–11. Four ways to None
#
# Four functions that should all do the same: return the gradient of the sum of $x^3$, in the shape of
# the constant tensor `x`. All four return None, each for another reason, and none of them says why.
#
# The cells hold the code as it was found. Find the fault in each and change as little as you can. At
# (1, 2), the gradient is (3, 12).
#
# ### 8. Not followed

# %% watched_gradient
from tfcourse_utils.reference.gradient_tape import watched_gradient

# %% kept-variable-text [markdown]
# ### 9. Lost on the way
#
# This one makes a variable at 0 and moves it to `x`, before the tape starts. The tape follows
# variables by itself.

# %% kept_variable_gradient
from tfcourse_utils.reference.gradient_tape import kept_variable_gradient

# %% inside-tape-text [markdown]
# ### 10. Behind the tape's back
#
# There is a variable, and it stays one.

# %% inside_tape_gradient
from tfcourse_utils.reference.gradient_tape import inside_tape_gradient

# %% float-text [markdown]
# ### 11. Nothing in between
#
# There is a variable, it stays one, and all of the work is in the block.

# %% float_gradient
from tfcourse_utils.reference.gradient_tape import float_gradient

# %% softplus-text [markdown]
# ## 12. A softer ReLU
#
# $\log(e^z + 1)$ is a ReLU with its corner rounded off. The formula, taken at its word, fails already
# at $z = 100$: $e^z$ is too large for float32, the value is infinite and the gradient NaN.
#
# Write it so that value *and* gradient are right for any z between -1000 and 1000. The gradient is
# $e^z / (e^z + 1)$, which is the sigmoid of z, `tf.sigmoid(z)`.
#
# The cell begins with `@tf.custom_gradient`. A function that is decorated with it returns two things:
# its value, and a function that makes the gradient for `z` of the upstream gradient. That is what has
# come back so far, on the way from the end to here: the gradient for the value of this function.
#
# TensorFlow has a function of its own for all this, `tf.nn.softplus`, and it gets full points, too. But
# the exercise is about a gradient of your own. If you find a way without `@tf.custom_gradient`, take the
# decorator away.

# %% softplus
from tfcourse_utils.reference.gradient_tape import softplus

# %% linear-model-text [markdown]
# ## 13. A line from scratch: the model
#
# The last three exercises together are all that it takes to fit a line to points. First the model:
# an object that remembers two numbers and can be called.
#
# `LinearModel()` makes one, with a scalar variable `w` and a scalar variable `b`; with what values they
# begin is up to you. `model(x)` is w · x + b for each element of `x`, whether `x` has shape (n,) or
# (n, 1). Training one model must not change another.

# %% linear-model
from tfcourse_utils.reference.gradient_tape import LinearModel

# %% mean-squared-error-text [markdown]
# ## 14. A line from scratch: the loss
#
# How far off are the predictions? Return the mean of the squared differences, one number. Targets
# and predictions have the same shape, (n,) or (n, 1). For targets 1 and 5 and predictions 2 and 2
# it is (1 + 9) / 2 = 5.

# %% mean_squared_error
from tfcourse_utils.reference.gradient_tape import mean_squared_error

# %% train-step-text [markdown]
# ## 15. A line from scratch: the step
#
# Call the model, take its mean squared error, take the gradients of that, and move `model.w` and
# `model.b` a little way against them, in place. Return the loss as it was *before* the step.
#
# The check also brings models of its own, which do other things with their `w` and `b` than a line
# does. So don't calculate what the model calculates: call it.

# %% train_step
from tfcourse_utils.reference.gradient_tape import train_step

# %% all-together [markdown]
# ## All together
#
# Where the last three are done, these lines in a cell of your own fit a line to six points. Watch
# the loss fall:
#
# ```python
# x = tf.constant([0.0, 1.0, 2.0, 3.0, 4.0, 5.0])
# y = tf.constant([1.1, 2.9, 5.2, 7.1, 8.8, 11.1])
# model = LinearModel()
# for epoch in range(200):
#     loss = train_step(model, x, y, learning_rate=0.05)
#     if epoch % 40 == 0:
#         print(f"loss {loss:.3f}, line y = {model.w.numpy():.2f} x + {model.b.numpy():.2f}")
# ```

# %% finished [markdown]
# ## Done?
#
# Restart the kernel and run all cells once more (*Run → Restart Kernel and Run All Cells*). If every
# check is still content, the notebook is ready to be handed in: save it, and hand in this file.
