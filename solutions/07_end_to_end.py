# %% title [markdown]
# # 7 · End to end: exercises
#
# Whole projects on the lesson `course/07_end_to_end.ipynb`. Each has a cell for your answer and,
# below it, a check. Write the answer, run its cell, run the check: it says at once what is right,
# what is not, and what to look at.
#
# - Replace `raise NotImplementedError("not attempted yet")` with your own lines.
# - Run `check(...)` as often as you like. Nothing is counted.
# - Stuck? Open the hints in the check's verdict, or run `hint("end_to_end.regression_project")` in a
#   new cell. Each call gives the next one.
# - A project is a function from raw data and a seed to a dictionary. How it gets there is your
#   affair: NumPy, `keras.ops` or `tf.*`, `Sequential` or not, any loss, any optimizer.
# - A check trains your model three times: once as it is, once with other inputs in the test rows, and
#   once with another seed. So each second of training counts three times. 20 s are allowed for one;
#   on a busy computer a check may take half a minute.
# - The check brings data of its own, which you don't see. Try your function on the real data that
#   the text shows you before you run it.
# - Answers don't lean on each other. You can take them in any order.

# %% setup
import numpy as np

from tfcourse_utils import quiet_start
from tfcourse_utils.checking import check, hint

with quiet_start():  # TensorFlow has much to say about the hardware when it is imported
    import keras
    import tensorflow as tf

print(f"Keras {keras.__version__}, ready: e is {tf.exp(1.0):.4f}")

# %% mend-project-text [markdown]
# ## 1. Mend: too good to be true
#
# A clinic wants to foresee how far an illness will have gone in a year. "Our error is smaller than
# in any paper," says the mail. A year later it is not. Nobody cheated; the notebook trains, stops in
# time and tries two models, as one should. But whoever wrote it asked the test rows three times
# before the score was worked out, and what was asked three times is no longer a surprise.
#
# The cell holds the code as it was found. Find the three places, and mend them:
#
# - `model` takes raw measurements and gives predictions (m, 1) in the unit of `y`;
# - `test_rows`, a fifth of the row numbers to one row, have no part in the model: whatever stands in
#   `x` at these rows, the model is the same;
# - `baseline` is the mean absolute error on the test rows of always saying the mean target of **all
#   other rows**, whatever you use these for;
# - `score` is the model's mean absolute error on the test rows.
#
# It should still train two models, stop each in time, and take the better one. One model alone may
# be tried on the test rows: the one that was taken.

# %% mend_project
from tfcourse_utils.reference.end_to_end import mend_project

# %% regression-project-text [markdown]
# ## 2. A number from measurements
#
# Age, blood pressure, six values of blood serum: each in its own unit, and a number to foresee.
# Scikit-learn ships such a table of 442 patients:
#
# ```python
# from sklearn.datasets import load_diabetes
#
# x, y = load_diabetes(return_X_y=True, scaled=False)
# x, y = x.astype("float32"), y.astype("float32")[:, np.newaxis]
# result = regression_project(x, y, seed=1)
# print(result["baseline"], result["score"])
# ```
#
# The baseline is wrong by some 65 to 70 points; 45 to 50 are what most models come to, as the illness
# keeps part of the story to itself. Where the larger table of California housing is already on your computer,
# `fetch_california_housing(return_X_y=True, download_if_missing=False)` gives you another one to try.
#
# Now write the project. `x` is float32 of shape (n, d), its columns on unlike scales; `y` is float32
# of shape (n, 1). Both are NumPy arrays and stay as they are. Return a dictionary of
#
# - `"model"`: a trained Keras model that takes **raw** rows and gives (m, 1) in the unit of `y`. The
#   scaling is a part of the model.
# - `"test_rows"`: the numbers of the rows you kept back, a fifth of all to one row. The seed decides
#   which: the same seed, the same rows; another seed, others.
# - `"baseline"`: the mean absolute error on the test rows of always saying the mean target of **all
#   other rows** (if you set some of them aside to validate with, they count too).
# - `"score"`: the mean absolute error of the model on the test rows.
#
# The check asks for six tenths of the error of the baseline, on rows that you have never seen: a
# straight line is not enough. It also puts other inputs in the test rows and calls again with the same
# seed. Your model must come out the same, so the seed has to decide about the weights as well. And the
# test rows are looked at once, by one model, when it is done: they are no `validation_data` either,
# and the baseline needs no model.

# %% regression_project
from tfcourse_utils.reference.end_to_end import regression_project

# %% species-project-text [markdown]
# ## 3. One kind of several
#
# Three kinds of iris, told apart by the length and width of their sepals and petals:
#
# ```python
# from sklearn.datasets import load_iris
#
# x, y = load_iris(return_X_y=True)
# result = species_project(x.astype("float32"), y, seed=1)
# print(result["baseline"], result["score"])
# ```
#
# Here the baseline is right on a third and a model on all flowers but a few. The table is a kind one: fifty flowers of each. In a meadow some kinds are rare, and of thirty flowers kept back at random
# perhaps none is of the rarest, so that nobody learns whether the model knows it.
#
# `x` is float32 of shape (n, d) and `y` holds labels from 0 to k - 1, whole numbers of shape (n,);
# each label is there. Return the dictionary of exercise 2, with these differences:
#
# - `"model"` gives the probabilities of the k kinds, (m, k). Keras wants a number of units that is Python's
#   own: `int(y.max()) + 1`, since `y.max() + 1` is one of NumPy's, which it refuses.
# - `"test_rows"` has a fifth of the rows **of each kind**, to one row.
# - `"baseline"` and `"score"` are accuracies on the test rows; the baseline always says the commonest
#   kind of all other rows.

# %% species_project
from tfcourse_utils.reference.end_to_end import species_project

# %% image-project-text [markdown]
# ## 4. What a picture shows
#
# A picture is a table of pixels, and which of them are neighbours matters. Handwritten digits are the
# usual way to begin:
#
# ```python
# from tfcourse_utils.real_data import mnist
#
# images, labels, name, says = mnist()
# print(says)
# result = image_project(images, labels, seed=1)
# print(result["baseline"], result["score"])
# ```
#
# This says which data it is: MNIST where it is on your computer already, else the small digits of
# scikit-learn, with pixels up to 16. Your function should take both, and take less than half a minute.
#
# One could do it without a network. Lay all training pictures of a kind on top of each other, and their
# mean is a blurred picture of that kind. A new picture is of the kind whose mean it is nearest to. That
# gets eight or nine digits in ten right, and it is the baseline.
#
# `images` has shape (n, h, w), with pixels in any range, whole numbers or float; h and w may differ.
# `labels` are whole numbers from 0 to k - 1, of shape (n,), and each of them is there. Return the
# dictionary of exercise 3, with these differences:
#
# - `"model"` takes **raw** pictures (m, h, w) and gives the probabilities of the k kinds, (m, k). A
#   channel axis, if your layers ask for one, is the model's affair.
# - `"baseline"` is the accuracy on the test rows of the nearest mean image. The mean images are those of
#   **all other rows**; nearest is where the sum of the squared differences of all pixels is least.
#
# `"test_rows"` has a fifth of the rows of each kind again, and `"score"` is the model's accuracy on
# them.
#
# The check draws marks as a scanner sees them: out of place, noisy, and some of them negatives. The
# means are grey then, and a linear model is not enough. On pictures that you have never seen, it asks
# for six in ten. It puts brighter pictures in the test rows, too: the range of the pixels, if you scale
# by it, is learnt from the training rows.

# %% image_project
from tfcourse_utils.reference.end_to_end import image_project

# %% ticket-project-text [markdown]
# ## 5. Two answers to every letter
#
# "The screen stays black, and I have a shop to open." Somebody at the help desk reads the title, the
# text and the tags, says how much of a hurry there is, and carries the ticket to one of four rooms.
# A model is to do both in one go. These tickets are made up, and there is noise in them as in real
# ones:
#
# ```python
# from tfcourse_utils import data
#
# tickets = data.tickets(2000, seed=0)
# print({name: array.shape for name, array in tickets.items()})
# result = ticket_project(tickets, seed=1)
# print(result["baseline"], result["score"])
# ```
#
# The baseline is right on about half of the priorities and a third of the departments. Four fifths and
# nineteen of twenty are within reach.
#
# `tickets` is a dictionary of float32 arrays with n rows. Three of them are inputs, of 0 and 1 and of
# **any number of columns**: `title`, `text_body` and `tags`. Two are targets: `priority`, 0 or 1 of shape
# (n, 1), and `department`, one-hot of shape (n, k). Dictionary and arrays stay as they are. Return a
# dictionary of
#
# - `"model"`: a trained Keras model. It takes a dictionary of the three inputs and gives a dictionary of
#   two outputs: `priority`, the chance (m, 1) that a ticket is urgent, and `department`, the
#   probabilities (m, k) of the departments.
# - `"test_rows"`: the numbers of the rows you kept back, a fifth of all to one row. The seed decides
#   which.
# - `"baseline"`: a dictionary with a number for `"priority"` and one for `"department"`: how often, on the
#   test rows, it is right to say what is commonest in **all other rows**.
# - `"score"`: a dictionary with the same two keys, the model's accuracies on the test rows. A ticket is
#   called urgent when its chance is more than a half; it goes to the most probable department.
#
# The check brings tickets of another help desk. Each of the three inputs tells a part of the story there,
# and a model that leaves one out stays below what is asked for. As in exercise 2, the check puts other
# inputs in the test rows, calls again with the same seed, and expects the same model. The test rows are
# looked at once, by one model, when it is done.

# %% ticket_project
from tfcourse_utils.reference.end_to_end import ticket_project

# %% projects-quiz-text [markdown]
# ## 6. What is a score worth?
#
# Ten questions that can be answered before anything is trained. Take a pencil.
#
# Put each answer in place of its `...`. A number is written as `4` or `0.4`; a word stands in quotes.
# The check answers question by question, and you can leave some for later.

# %% projects-quiz
from tfcourse_utils.reference.end_to_end import projects_quiz

# %% capstone-text [markdown]
# ## 7. A project of your own
#
# The last project is made of your own parts. In chapter 4 you wrote a layer, in chapter 5 a loss and
# a metric, in chapter 6 a callback. This function takes one of each and makes a classifier of them,
# for points that somebody has drawn in a plane: two moons, rings, a spiral, the letters of a name.
#
# Any array (n, 2) with a whole number for each row will do. Here it is two moons:
#
# ```python
# from tfcourse_utils import data
#
# points, targets = data.moons(150, seed=1)
# labels = targets[:, 0].astype("int64")
# layer = keras.layers.Dense(16, activation="relu")
# loss = keras.losses.SparseCategoricalCrossentropy()
# metric = keras.metrics.SparseCategoricalAccuracy(name="hits")
# callback = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: print(epoch, logs))
# result = capstone(points, labels, layer, loss, metric, callback, seed=1)
# print(result["baseline"], result["score"])
# ```
#
# Then put your own in their place. Copy your answers of the other notebooks into a new cell, and
# hand in `SimpleDense(16, tf.nn.relu)` for the layer, `PatientStopping(3, True)` for the callback,
# and a loss and a metric of your own for labels and probabilities. (Those of chapter 5 measure
# distances between numbers; what has to change?) `capstone` itself stays as it is: it knows nothing
# of the parts but where each of them goes.
#
# `points` is float32 of shape (n, 2), the two columns on unlike scales; `labels` holds whole numbers
# from 0 to k - 1, of shape (n,), each of them at least once. The four objects are new, and each
# belongs in one place:
#
# - `layer` is a hidden layer of the model, for inputs and outputs (m, …) of any width. The training
#   changes its weights. It may be one among several.
# - `loss` takes whole-number labels and probabilities, and the model is trained by it. Every point
#   weighs the same.
# - `metric` takes the same. `fit` works it out in every epoch and keeps it under its name.
# - `callback` is told by `fit` of each epoch.
#
# Return the dictionary of exercise 3, with the model's probabilities (m, k) for **raw** points and a
# fifth of each kind in `"test_rows"`. `"baseline"` and `"score"` are accuracies, whatever the given metric
# measures. And one thing more:
#
# - `"history"`: what `fit` gave back, or its dictionary of lists: the loss and the metric in every
#   epoch.
#
# The check brings parts of its own, new ones for each call, and looks whether each was used. An equal
# one in its place does not count. It asks for three of four points that the model has never seen, of
# kinds that no straight line divides.

# %% capstone
from tfcourse_utils.reference.end_to_end import capstone

# %% finished [markdown]
# ## Done?
#
# Restart the kernel and run all cells once more (*Run → Restart Kernel and Run All Cells*). If every
# check is still content, the notebook is ready to be handed in: save it, and hand in this file.
