# %% title [markdown]
# # 5 · Losses and metrics: exercises
#
# Seventeen exercises on the lesson `course/05_losses_and_metrics.ipynb`. Each has a cell for your
# answer and, below it, a check. Write the answer, run its cell, run the check: it says at once
# what is right, what is not, and what to look at.
#
# - Replace `raise NotImplementedError("not attempted yet")` with your own lines. A class has one in
#   each of its methods; you may add methods of your own.
# - Run `check(...)` as often as you like. Nothing is counted.
# - Stuck? Open the hints in the check's verdict, or run `hint("losses_and_metrics.huber")` in a
#   new cell. Each call gives the next one.
# - Any way of writing an answer is right if it does what is asked: `tf.*`, `keras.ops` or plain
#   operators. `HuberLoss`, the metrics and the penalties can't be NumPy: `fit` makes a graph of them.
#   The loss functions of 4 to 7 may be here, as the check calls them by themselves; Keras could not
#   train with them then.
# - A loss on real numbers gets targets and predictions of one shape, both (n,) or both (n, 1), and of
#   one dtype, float32 or float64.
# - Answers don't lean on each other. You can take them in any order.

# %% setup
import numpy as np

from tfcourse_utils import quiet_start
from tfcourse_utils.checking import check, hint

with quiet_start():  # TensorFlow has much to say about the hardware when it is imported
    import keras
    import tensorflow as tf

print(f"Keras {keras.__version__}, ready: e is {tf.exp(1.0):.4f}")

# %% quiz-text [markdown]
# ## 1. What will it read?
#
# Twelve questions about small numbers, shapes and names. Take a pencil: none of them needs a
# computer, and every one has cost somebody an afternoon.
#
# Put each answer in place of its `...`. A number is written as `1.0`; a shape is a tuple, as `(2, 3)`,
# `(3,)` or, for a single number, `()`; a name stands in quotes. The check answers question by
# question, and you can leave some for later.

# %% metrics_quiz
from tfcourse_utils.reference.losses_and_metrics import metrics_quiz

# %% compile-for-text [markdown]
# ## 2. The loss for the task
#
# A colleague hands you a model and one word that says what it is for. Compile it, with the loss
# that belongs to the task, and with one metric at least that a person can read: an accuracy
# where there are classes, an error in the target's unit or its square where there are numbers.
#
# | `task` | the model ends in | targets |
# |---|---|---|
# | `"binary"` | a sigmoid | 0 or 1, (n, 1) |
# | `"multiclass_one_hot"` | a softmax | rows with a single 1, (n, k) |
# | `"multiclass_sparse"` | a softmax | whole numbers, (n,) |
# | `"regression"` | no activation | real numbers, (n, 1) |
#
# Compile the model itself; whether you return it does not matter. Its weights stay as they are. For any
# other task raise a `ValueError`. The check asks the compiled model for its loss and its metrics on a
# few samples and looks at the numbers; optimizer and names are your choice.

# %% compile_for
from tfcourse_utils.reference.losses_and_metrics import compile_for

# %% mend-compile-text [markdown]
# ## 3. Mend: nothing is ever right
#
# "My classifier does not learn," says the mail. "After twenty epochs the accuracy is still 0." The
# notebook runs without an error and without a warning, and the loss falls as it should. Only the
# accuracy reads `0.0000e+00`, from the first epoch to the last.
#
# Look again: a classifier of two classes that guesses is right on half of the samples. To be wrong on
# *all* of them it would have to know the answers. So the model is not what is broken. This fault goes
# unnoticed because one believes a metric before one doubts it: people widen the network, halve the
# learning rate, collect more data, and the model was fine all along.
#
# The cell holds the code as it was found. Mend it, so that the accuracy in the history is true; the
# loss stays what it is.

# %% mend_compile
from tfcourse_utils.reference.losses_and_metrics import mend_compile

# %% huber-text [markdown]
# ## 4. Forgiving the outlier
#
# Nine thermometers agree to half a degree, and the tenth stands in the sun. The squared error
# listens to the tenth most of all. The Huber loss squares an error as long as it is small, and lets
# the loss grow along a straight line beyond. With the error $e$ = `y_true - y_pred`:
#
# $$\begin{cases} e^2 / 2 & \text{where } |e| \le 1 \\ |e| - 1/2 & \text{beyond} \end{cases}$$
#
# Errors of 0.5, -1 and 3 cost 0.125, 0.5 and 2.5. Return these, **one loss for each sample**: shape
# (n,) or (n, 1), whichever you like. Don't take the mean. Keras does that, after it has multiplied
# each loss by the weight of its sample; a mean that is taken before leaves it nothing to weigh.

# %% huber
from tfcourse_utils.reference.losses_and_metrics import huber

# %% create-huber-text [markdown]
# ## 5. A loss with a setting
#
# How large is an outlier? On a thermometer one degree, on house prices fifty thousand. Keras calls a loss
# with targets and predictions and nothing else, so that a threshold has no place among the arguments.
# Write the function that makes the loss: `create_huber(2.0)` gives back a function of
# `(y_true, y_pred)` whose threshold $t$ is 2.
#
# $$\begin{cases} e^2 / 2 & \text{where } |e| \le t \\ t \cdot (|e| - t / 2) & \text{beyond} \end{cases}$$
#
# With $t = 2$, errors of 1 and 5 cost 0.5 and 8. Without an argument the threshold is 1. Two losses
# made one after the other keep each its own threshold, and again each gives one loss for each sample.

# %% create_huber
from tfcourse_utils.reference.losses_and_metrics import create_huber

# %% weighted-binary-cross-entropy-text [markdown]
# ## 6. When one mistake is worse
#
# A smoke detector that stays silent in a fire has made a worse mistake than one that goes off over
# burnt toast. Write a function that makes a cross-entropy for such a case: what a positive costs is
# multiplied by `positive_weight` $w$, what a negative costs stays as it is.
#
# $$-\bigl(w \cdot y \log p + (1 - y) \log(1 - p)\bigr)$$
#
# $y$ is 0 or 1, $p$ a **probability**, as a sigmoid gives it, not a logit. With $w = 3$ and $p = 0.5$, a
# positive costs 2.079 and a negative 0.693. One loss for each sample.
#
# A sigmoid in float32 gives a probability of exactly 1 sooner than one would think. There the loss has
# to be finite: nearly 0 if the answer is right, large if it is wrong, and never NaN.

# %% weighted_binary_cross_entropy
from tfcourse_utils.reference.losses_and_metrics import weighted_binary_cross_entropy

# %% pinball-text [markdown]
# ## 7. Bread for nine days out of ten
#
# A baker who bakes for the average day runs out of bread every other day. To run out on one day in ten
# only, the amount has to be the 0.9-quantile of what is asked for, and there is a loss that leads
# to it, called the pinball loss. With $e$ = `y_true - y_pred` and the quantile $q$:
#
# $$\begin{cases} q \cdot e & \text{where } e > 0 \text{ (too little was baked)} \\
# (q - 1) \cdot e & \text{where } e \le 0 \text{ (too much)} \end{cases}$$
#
# With $q = 0.9$ a loaf too few costs 0.9, a loaf too many 0.1. `pinball(0.9)` gives back a function of
# `(y_true, y_pred)` that returns one loss for each sample, never below 0.

# %% pinball
from tfcourse_utils.reference.losses_and_metrics import pinball

# %% huber-loss-text [markdown]
# ## 8. A loss that can be packed up
#
# A function that another function has made has no name that a file could hold, so that a model saved with
# it does not know its threshold when it comes back. An object does: it has a config.
#
# Write the Huber loss with a threshold as a subclass of `keras.losses.Loss`:
#
# - `HuberLoss(threshold=1.0, **kwargs)`, where the rest, `name` and `reduction`, is for Keras;
# - `call(y_true, y_pred)` gives one loss for each sample. Mean and sample weights come from Keras;
# - `get_config()` gives a dictionary of plain numbers and text, from which
#   `HuberLoss.from_config(...)` makes the same loss again: threshold, name and reduction.

# %% huber_loss
from tfcourse_utils.reference.losses_and_metrics import HuberLoss

# %% huber-metric-text [markdown]
# ## 9. A metric that keeps count
#
# A metric meets the data batch by batch and never sees it whole. Write the mean Huber loss as a
# subclass of `keras.metrics.Metric`:
#
# - `update_state(y_true, y_pred, sample_weight=None)` takes in a batch. The weights, where there are
#   any, have shape (n,);
# - `result()` is the weighted mean over **all samples** since the last reset, however they were cut
#   into batches, and 0 before the first;
# - `reset_state()` forgets them (for what `add_weight` has made, Keras does this);
# - `get_config()` holds what a copy needs: the threshold, and what Keras needs for itself.
#
# Losses of 1, 1, 1 in one batch and 5 in another make 2, not 3. If the last sample has the weight 0
# and the others 1, they make 1.

# %% huber_metric
from tfcourse_utils.reference.losses_and_metrics import HuberMetric

# %% rmse-text [markdown]
# ## 10. A running account of error
#
# A model listens to recordings and says which of `k` birds is singing, with a probability for each.
# You want to know by how far it misses, over a whole evening of recordings that come in batches.
#
# Write the metric as a class. For one recording, take the squared difference between each
# probability and the entry of the label's one-hot, and add these up over the classes. The result is
# the square root of the **mean over all recordings seen so far**. For the probabilities (0.6, 0.4)
# and the label 0, the error is $0.4^2 + 0.4^2 = 0.32$, and if that is the only one, the result
# is 0.57.
#
# - `update_state` gets integer labels of shape (n,) or (n, 1), and probabilities of shape (n, k).
# - With `sample_weight`, of shape (n,), the mean is a weighted one: the sum of weight · error,
#   divided by the sum of the weights.
# - However the recordings are cut into batches, the result is the same.
# - After `reset_state()` the metric is as good as new. Keras resets by itself whatever `add_weight` made.
# - Its name is `rmse`, unless another is given; further arguments go to `keras.metrics.Metric`.
#
# `fit` counts batches in a graph. So compute with TensorFlow or `keras.ops`, not with NumPy.

# %% rmse
from tfcourse_utils.reference.losses_and_metrics import RootMeanSquaredError

# %% mended-rmse-text [markdown]
# ## 11. Worse than the worst
#
# The same metric once more, as it was found in a notebook. It reported 5.4 after the first epoch,
# 4.9 after the second, 4.1 after the third.
#
# Nobody noticed. No error was raised, and the number went down while the model learned, as it
# should. In metres or in euros, 5.4 may be a fine error, and a number without a unit
# tells nobody how large it can get. Here it can be told: whoever puts all probability on one class,
# and the wrong one, is off by 1 in two places, and $\sqrt{1^2 + 1^2}$ is 1.41. No sample can be
# further off, and no mean of samples either.
#
# With labels of shape (n,), the metric is right. With labels of shape (n, 1), as in that notebook, it
# is not. Find out where the shapes go astray, and change as little as you can.

# %% mended-rmse
from tfcourse_utils.reference.losses_and_metrics import MendedRMSE

# %% penalized-model-text [markdown]
# ## 12. Weights that cost something
#
# A network with more weights than it needs can learn its training data by heart, and it takes large
# weights to do so. Let them cost something, then, and it stays modest.
#
# `PenalizedModel(units, strength)` is a model with one hidden layer of `units` units and one output:
# for `x` of shape (n, d), `model(x)` has the shape (n, 1). Somebody else compiles it, with a loss of
# their choice. What `fit` then reports, and trains on, is that loss **plus a penalty** that
#
# - grows with the size of the model's own weights, whatever their sign,
# - is in proportion to `strength`: three times the strength, three times the penalty; none at 0.
#
# Squares or absolute values, all weights or the kernels alone, a regularizer of the layers,
# `add_loss` or a train step of your own: all of these are right.

# %% penalized-model
from tfcourse_utils.reference.losses_and_metrics import PenalizedModel

# %% penalized-loss-text [markdown]
# ## 13. The neighbour's weights
#
# Another way to a penalty: a function that takes a model and gives back a loss, which remembers the
# model. `penalized_loss(model, strength)` should return a function of one-hot labels and
# probabilities, both of shape (n, k), to one loss for each sample, shape (n,). That is the sample's
# categorical cross-entropy plus `strength` times the sum of the squares of the model's trainable
# weights, as they are at the moment.
#
# The one in the cell was used for a week of training. Its penalty was the same every day, to the last
# digit.

# %% penalized_loss
from tfcourse_utils.reference.losses_and_metrics import penalized_loss

# %% compile-ticket-model-text [markdown]
# ## 14. Two questions to one ticket
#
# A model reads a customer's ticket and answers two questions. Its output `priority`, of shape (n, 1),
# is a sigmoid: how likely is it that the ticket is urgent? The targets are 0 or 1. Its output
# `department`, of shape (n, k), is a softmax: who should get it? The targets are one-hot.
#
# Compile the model so that each output has the cross-entropy that fits it, and both count alike:
# leave both weights at 1.
# Let it report the accuracy of both; further metrics do no harm. Losses and metrics go into
# dictionaries with the outputs' names for keys. The optimizer is up to you, and nothing has to be
# returned.

# %% compile_ticket_model
from tfcourse_utils.reference.losses_and_metrics import compile_ticket_model

# %% predicted-classes-text [markdown]
# ## 15. One class for everybody
#
# The function in the cell should say which class a model finds most likely, for each sample of a
# dataset: an array or tensor of integers, shape (n,), in the order of the dataset. It was written for a test set that
# somebody had cut out of the training set, which had been batched already, and so it batches
# once more. For some datasets it ends with an error. For others it gives a single number, and somebody
# took that for the class of all samples.
#
# `model` is a Keras model that gives each sample k probabilities. `dataset` is a `tf.data.Dataset` of
# batches (inputs, labels); the last batch may be smaller than the others. The labels are not needed.

# %% predicted_classes
from tfcourse_utils.reference.losses_and_metrics import predicted_classes

# %% confusion-matrix-text [markdown]
# ## 16. Who is taken for whom
#
# "90 % right" hides who is mixed up with whom. Three oaks and two limes were looked at; one oak was
# taken for a lime, everything else for what it was. With oak as class 0 and lime as class 1, that is
#
# | | predicted oak | predicted lime |
# |---|---|---|
# | **oak** | 2 | 1 |
# | **lime** | 0 | 2 |
#
# Return such a table, an array or tensor, for any number of classes: in row `i` and column `j` how many samples of class `i`
# were predicted as class `j`. `y_true` and `y_pred` are integers of shape (n,), from 0 to
# `num_classes` - 1. A class that is absent keeps its row and its column: the table always has the
# shape (`num_classes`, `num_classes`).
#
# There is such a function in TensorFlow, and using it is right. Writing your own takes two or three lines.

# %% confusion_matrix
from tfcourse_utils.reference.losses_and_metrics import confusion_matrix

# %% f1-score-text [markdown]
# ## 17. Neither too eager nor too shy
#
# A smoke detector that always howls misses no fire. One that never howls never wakes anybody for
# nothing. **Precision** asks how many of the alarms were fires, **recall** how many of the fires
# raised an alarm. F1 is high only if both are:
#
# $$F_1 = \frac{2 \cdot \text{precision} \cdot \text{recall}}{\text{precision} + \text{recall}}
# = \frac{2 \cdot \text{hits}}{2 \cdot \text{hits} + \text{false alarms} + \text{misses}}.$$
#
# Write it as a metric that streams, `F1Score(threshold=0.5, **kwargs)`.
#
# - A score above the threshold is an alarm. No score is exactly on it.
# - `update_state` gets targets 0 or 1 and scores, both of shape (n,) or both of shape (n, 1), and
#   perhaps `sample_weight` of shape (n,): then a sample of weight 2 counts as two.
# - The result is that of all samples seen since the last reset, and not the mean of the batches'
#   scores.
# - Where there is nothing to divide by, as before the first batch, it is 0.
#
# With 3 hits, 1 false alarm and 2 misses it is 6 / 9. As before, compute with TensorFlow or
# `keras.ops`.

# %% f1-score
from tfcourse_utils.reference.losses_and_metrics import F1Score

# %% finished [markdown]
# ## Done?
#
# Restart the kernel and run all cells once more (*Run → Restart Kernel and Run All Cells*). If every
# check is still content, the notebook is ready to be handed in: save it, and hand in this file.
