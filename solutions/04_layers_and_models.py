# %% title [markdown]
# # 4 · Layers and models: exercises
#
# Fifteen exercises on the lesson `course/04_layers_and_models.ipynb`. Each has a cell for your answer
# and, below it, a check. Write the answer, run its cell, run the check: it says at once what is
# right, what is not, and what to look at.
#
# - Replace `raise NotImplementedError("not attempted yet")` with your own lines. A class has one in
#   each method, and needs all of them.
# - Run `check(...)` as often as you like. Nothing is counted.
# - A check that does not end, as with an endless loop: stop it by *Kernel → Interrupt Kernel*.
# - Stuck? Open the hints in the check's verdict, or run `hint("layers_and_models.SimpleDense")` in a
#   new cell. Each call gives the next one.
# - Any way of writing an answer is right if it does what is asked: `tf.*`, `keras.ops` or plain
#   operators. What a weight is called, in which order weights are made and with which numbers they
#   begin is up to you, unless the exercise says so.
# - Inputs and weights are float32, as Keras has them.
# - Answers don't lean on each other. You can take them in any order.

# %% setup
import numpy as np

from tfcourse_utils import quiet_start
from tfcourse_utils.checking import check, hint

with quiet_start():  # TensorFlow has much to say about the hardware when it is imported
    import keras
    import tensorflow as tf

print(f"Keras {keras.__version__}, ready: six ones add up to {tf.reduce_sum(tf.ones(6)):.0f}")

# %% quiz-text [markdown]
# ## 1. What comes out?
#
# Eleven short programs with layers. Say what the last line of each gives, before you run anything:
#
# - a shape as a tuple, as `(2, 3)`,
# - a number, as `7`,
# - or `"error"`, where something is raised instead.
#
# Put each in place of its `...`. The check answers question by question, and you can leave some for
# later. Every question starts afresh, with `x = tf.ones((8, 3))`: 8 samples of 3 numbers, all 1.

# %% layers_quiz
from tfcourse_utils.reference.layers_and_models import layers_quiz

# %% parameter-count-text [markdown]
# ## 2. How large is it?
#
# Before a network is trained, somebody asks whether it fits into the memory of a parking meter.
# Count its numbers. `widths` describes a stack of dense layers: first how many inputs there are, then
# how many units each layer has. `[3, 64, 10]` is 3 inputs, a layer of 64 and a layer of 10.
#
# Return how many numbers its weights and biases hold, all together: for `[3, 64, 10]` they are 906. The
# list stays as it is, and has two widths or more.

# %% parameter_count
from tfcourse_utils.reference.layers_and_models import parameter_count

# %% simple-dense-text [markdown]
# ## 3. A dense layer by hand
#
# The layer that you will use most often is short enough to write yourself. `SimpleDense(units)` makes
# of inputs $x$ of shape (…, d)
#
# $$\mathrm{activation}(x \cdot w + b)$$
#
# of shape (…, units). The dots stand for any leading dimensions: samples alone, or samples and places
# in a sentence, or more.
#
# - `w` has shape (d, units) and `b` has shape (units,). Both are weights that Keras knows and trains.
# - d is not known when the layer is made. So `build` makes the weights, and none is there before.
# - `activation` is a function, as `tf.tanh`, or a name, as `"relu"`, or None for none.
#
# ```python
# layer = SimpleDense(4, activation="relu")
# layer(tf.ones((8, 3))).shape        # (8, 4)
# [w.shape for w in layer.weights]    # [(3, 4), (4,)]
# ```

# %% simple-dense
from tfcourse_utils.reference.layers_and_models import SimpleDense

# %% my-sequential-text [markdown]
# ## 4. A stack of your own
#
# `keras.Sequential` is no magic: its input goes through one layer after the other. Write it again,
# as a keras.Model, so that it has `fit` for nothing.
#
# `MySequential(layers)` gets a list of Keras layers. Called, it hands the input to the first, what
# that makes to the second, and so on, and returns what the last one makes.
#
# - The layers' weights are the model's weights, so that `compile` and `fit` train them.
# - `model(x, training=True)` tells the layers that this is training, and `training=False` that it is
#   not. Some behave differently then: dropout is one.
# - The list that came in stays as it is.

# %% my-sequential
from tfcourse_utils.reference.layers_and_models import MySequential

# %% dense-parts-text [markdown]
# ## 5–7. Three things that a Dense takes
#
# A `Dense` asks for more than units and an activation: how its kernel begins, what large weights
# cost, and which weights it may have at all. All three can be functions of your own. When they are
# done, this line has all of them:
#
# ```python
# keras.layers.Dense(
#     10,
#     kernel_initializer=glorot_normal,
#     kernel_regularizer=l1_penalty(0.01),
#     kernel_constraint=non_negative,
# )
# ```
#
# ### 5. How it begins
#
# An initializer is a function from a shape to numbers. Glorot and Bengio found that signals neither
# fade nor grow on their way through many layers if the kernels begin with mean 0 and a standard
# deviation of
#
# $$\sqrt{\frac{2}{\text{inputs} + \text{units}}}.$$
#
# `shape` is (inputs, units). Return normally distributed numbers in that shape, new ones in every
# call. Whether values far from 0 are cut off, as Keras does, is up to you. `dtype` is a name such
# as `"float64"`, or None for float32. For the shape (6, 2), the deviation is 0.5.

# %% glorot_normal
from tfcourse_utils.reference.layers_and_models import glorot_normal

# %% l1-penalty-text [markdown]
# ### 6. What it costs
#
# A regularizer is called with the weights, and what it returns is added to the loss. The L1 penalty
# charges every weight for its distance from 0: `strength` times the sum of all distances.
#
# `l1_penalty(strength)` doesn't return the penalty: it returns the regularizer, a function that Keras
# calls with the weights of the moment, as often as it likes.
#
# ```python
# regularizer = l1_penalty(0.1)
# regularizer(tf.constant([[1.0, -2.0], [0.0, 4.0]]))    # 0.7
# ```

# %% l1_penalty
from tfcourse_utils.reference.layers_and_models import l1_penalty

# %% non-negative-text [markdown]
# ### 7. What it may be
#
# Some weights make no sense below 0: the share of flour in a dough, the time that a letter takes. A
# constraint is called after every step of the optimizer, with the weights as the step left them, and
# returns what they should be. The optimizer puts that in place.
#
# Return the weights with 0 in place of every negative one, in their shape. What came in is left
# alone: (-2, 0, 3) becomes (0, 0, 3).

# %% non_negative
from tfcourse_utils.reference.layers_and_models import non_negative

# %% layer-norm-text [markdown]
# ## 8. Every sample on its own scale
#
# One recording is loud, another one quiet. Layer normalisation gives every sample the same loudness,
# whatever the others in its batch are like:
#
# $$\text{scale} \cdot \frac{x - \text{mean}}{\sqrt{\text{variance} + \text{epsilon}}} + \text{offset}.$$
#
# Mean and variance are taken over the last axis, also where there are three axes or more; the
# variance is the mean of the squared distances from the mean. `scale` and `offset` are weights of shape
# (d,), where d is the length of that axis. They are trained, and begin as ones and zeros.
#
# Your layer agrees with `keras.layers.LayerNormalization(epsilon=epsilon)`, also when scale and offset
# have moved on. The row (1, 3) comes out as nearly (-1, 1).

# %% layer-norm
from tfcourse_utils.reference.layers_and_models import LayerNorm

# %% residual-block-text [markdown]
# ## 9. A way round
#
# A signal that goes through fifty layers forgets where it came from. A residual block leaves it a way
# round: it adds its input to a transformed copy of it,
#
# $$x + f(x).$$
#
# How $f$ transforms is up to you: a Dense layer, two of them, with a ReLU in between. But $f$ has
# weights, and where all of them are 0, nothing should be added: a non-negative input of width
# `units` then comes back unchanged.
#
# `ResidualBlock(units)` makes `units` numbers of inputs of shape (n, d). Where d is not `units`, the sum
# doesn't fit: then x goes through a linear projection to `units` numbers first, with weights that are
# trained. Where d is `units`, x is added as it is.

# %% residual-block
from tfcourse_utils.reference.layers_and_models import ResidualBlock

# %% build-ticket-model-text [markdown]
# ## 10. The post room
#
# A help desk gets hundreds of tickets a day. Each has a title, a text, and tags that the sender has
# ticked. For each, a model is to say two things: how likely it is to be urgent, and which department it
# belongs to. Words and tags arrive as 0 and 1, one place for each word of the vocabulary and one for
# each tag: 1 where the ticket has it.
#
# Build this model as a graph:
#
# - three inputs, named `title` and `text_body`, of width `vocabulary_size`, and `tags`, of width
#   `num_tags`;
# - one hidden layer, as wide as you like, that sees all three inputs side by side;
# - on it, two outputs, as a list in this order: `priority`, one unit with a sigmoid, and
#   `department`, a softmax over `num_departments`.
#
# Return a `keras.Model`. It is called with a dictionary, and for five tickets it answers with two
# tensors:
#
# ```python
# model = build_ticket_model(vocabulary_size=1000, num_tags=20, num_departments=4)
# priority, department = model({"title": title, "text_body": text, "tags": tags})
# # shapes (5, 1) and (5, 4)
# ```
#
# `keras.utils.plot_model(model, show_shapes=True)` draws what you have built.

# %% build_ticket_model
from tfcourse_utils.reference.layers_and_models import build_ticket_model

# %% add-difficulty-head-text [markdown]
# ## 11. One more question
#
# The model has been at work for a year when the help desk asks for something new: how difficult is a
# ticket? Nobody wants to train all of it again. What the hidden layer has learned about tickets is
# worth keeping, and a third output can stand on it, beside the other two.
#
# `model` is a functional model with a list of two outputs, named `priority` and `department`. Both
# come from layers of these names, which stand on the same hidden layer. Return a new model that
#
# - takes the same inputs,
# - gives a list of three outputs: the two old ones, in order, then `difficulty`, a softmax over
#   `levels`, on that hidden layer too,
# - shares its weights with the old model. If one of the two learns something, both know it. Freeze
#   nothing: both may go on learning.
#
# Don't count layers. The check brings models with other inputs, and with more hidden layers than one;
# then the last of them is the one that counts. And its name can be anything.

# %% add_difficulty_head
from tfcourse_utils.reference.layers_and_models import add_difficulty_head

# %% ticket-model-text [markdown]
# ## 12. The same, spoken
#
# A graph is drawn before any data comes. A subclassed model is told what to do when it comes: layers
# are made once, in `__init__`, and `call` says what happens with a batch.
#
# Write the model of exercise 10 this way. `TicketModel(4)` knows only how many departments there are;
# how wide the inputs are it sees when it is first called. It gets a dictionary of `title`,
# `text_body` and `tags`, and returns (priority, department) as a tuple or a list: again a sigmoid of one
# unit and a softmax. Behind both is one hidden layer, as wide as you like, on the three inputs side by
# side. A dictionary has no first and last: take its entries by name.
#
# Afterwards, try `model.summary()` on this twin and on the graph. What does the one know that the
# other does not?

# %% ticket-model
from tfcourse_utils.reference.layers_and_models import TicketModel

# %% my-dense-text [markdown]
# ## 13. A recipe of itself
#
# To copy a cake you need the recipe, not the cake. The recipe of a layer is its config: a dictionary
# with all that `__init__` has to be told to make such a layer again. What the layer has learned is
# not in it; weights travel by another way.
#
# `MyDense(units, activation=None, **kwargs)` computes activation(inputs · kernel + bias). The
# activation comes as a name that Keras knows, as a function of its own, or not at all. The rest,
# `name` for one, is what every layer takes.
#
# - The kernel and the bias are made in `build`, when the width of the inputs is known.
# - `get_config` returns the recipe. For an activation that has a name in Keras, all of it can be
#   written as JSON: names and numbers, no functions.
# - `MyDense.from_config(layer.get_config())` is a layer of the same name which, given the same weights,
#   does the same. You need not write `from_config`: Keras hands the config to `__init__`.
#
# For example, the config of `MyDense(8, activation="relu", name="first")` has `"first"` under
# `"name"`, and says of units and activation what it was told. The layer works in a functional model,
# too.

# %% my-dense
from tfcourse_utils.reference.layers_and_models import MyDense

# %% mended-dense-text [markdown]
# ## 14. Found in an old notebook
#
# This layer worked for years. It is meant to do just what `MyDense` does, and it has one method more:
# `compute_output_shape` gets the shape of a batch, as (None, 3), and returns the shape of what comes
# out, as (None, 8). Three things are wrong with it today.
#
# Two of them say so at once. Keras 3 no longer takes the name of a weight in first place, and a shape is
# a plain tuple now, which has other methods than the shapes of old.
#
# The third says nothing. It was there in all those years, and this is its story. The layer was made with
# `activation="tanh"` and trained for a night. It did well. It was saved, and the saving was quiet: the
# weights were all there, and the config wrote down what it wrote down. A week later the file was loaded,
# in a process that had only the config to go by. `activation` has a default, so nothing was missing. A layer
# without an activation took its place in the model, was given the trained weights, which fitted, and
# computed something else. No error, no warning, only predictions that were worse than they had
# been. As long as nobody loads the file, every number is right, for the layer in memory has its
# activation; and after that, nobody looks at `get_config`.
#
# Mend all three faults. And remember the test that would have found the third on the first day: make
# a copy by config, give it the weights, and compare the outputs.

# %% mended-dense
from tfcourse_utils.reference.layers_and_models import MendedDense

# %% round-trip-text [markdown]
# ## 15. There and back
#
# The test of the last exercise, for a whole model, and through a file, which is the way it matters.
#
# `round_trip(model, path)` saves the model to `path`, which ends in `.keras` and is text or a
# `pathlib.Path`. It returns the model that comes back from that file: a new one with weights of its own,
# that gives the same outputs as the old one. Custom layers in the model are registered, so Keras finds
# their classes by itself.

# %% round_trip
from tfcourse_utils.reference.layers_and_models import round_trip

# %% round-trip-use [markdown]
# Where your `round_trip` is done, put it to use before you trust a model to a file:
#
# ```python
# x = np.random.default_rng(0).normal(size=(5, 3)).astype("float32")
# model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(8, activation="tanh")])
# restored = round_trip(model, "model.keras")
# np.testing.assert_allclose(restored(x), model(x), rtol=1e-5)
# ```

# %% finished [markdown]
# ## Done?
#
# Restart the kernel and run all cells once more (*Run → Restart Kernel and Run All Cells*). If every
# check is still content, the notebook is ready to be handed in: save it, and hand in this file.
