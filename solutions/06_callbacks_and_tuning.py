# %% title [markdown]
# # 6 · Training: callbacks and tuning: exercises
#
# Exercises on the lesson `course/06_callbacks_and_tuning.ipynb`. Each has a cell for your answer
# and, below it, a check. Write the answer, run its cell, run the check: it says at once what is
# right, what is not, and what to look at.
#
# - Replace `raise NotImplementedError("not attempted yet")` with your own lines. A class has one in
#   each of its methods; you may add methods of your own, and leave a hook out that you don't need.
# - Run `check(...)` as often as you like. Nothing is counted. Where a check trains a model, it takes a
#   second or two.
# - Stuck? Open the hints in the check's verdict, or run `hint("callbacks_and_tuning.LossHistory")` in
#   a new cell. Each call gives the next one.
# - Data comes as NumPy arrays. What you give back may be arrays or tensors.
# - Answers don't lean on each other. You can take them in any order.

# %% setup
import json
import math
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from tfcourse_utils import quiet_start
from tfcourse_utils.checking import check, hint

with quiet_start():  # TensorFlow has much to say about the hardware when it is imported
    import keras
    import keras_tuner
    import tensorflow as tf

print(f"Keras {keras.__version__}, ready: the tangent of 45° is {tf.tan(math.pi / 4):.0f}")

# %% split-train-validation-text [markdown]
# ## 1. The jury
#
# A baker tries forty recipes, tastes each loaf himself, and declares the last one the best. Of course: he
# changed the recipe until it pleased *him*. It would say more if guests did the tasting who had no
# part in the baking. Validation rows are such guests. Draw them by lot before anything is baked.
#
# Write `split_train_validation(x, y, fraction, seed)`, which returns two pairs,
# `(x_train, y_train), (x_validation, y_validation)`.
#
# - `x` has n rows of any shape, `y` one target for each. An x keeps its own y.
# - `fraction` is the share of the rows that go to *validation*, to one row: of 20 rows with
#   `fraction=0.25`, five.
# - Every row is in one of the two, once. Which one, chance decides: data often comes sorted.
# - The same seed gives the same rows in the same order, another seed gives others.
# - The arrays of the caller stay as they are.

# %% split_train_validation
from tfcourse_utils.reference.callbacks_and_tuning import split_train_validation

# %% prepare-text [markdown]
# ## 2. Mend: a model that reads the answers first
#
# "0.93 on the test set," says the report, and the customer measures 0.81. Nobody has cheated. The
# notebook ran without a warning, and each line of it looks like a line one has seen before.
#
# The function below is where the two numbers parted. It makes three sets: by the first a model is
# trained; the second decides when to stop early and which settings to keep; the third is for the
# number in the report. It lets the test rows have a say in the first *and* in the second.
#
# Mend it:
#
# - 20 % of the rows validate and 20 % test, each to one row; the other 60 % train. Every row is in one
#   set, once, and chance decides in which.
# - After scaling, each column of `x_train` has the mean 0 and the standard deviation 1. The other two
#   sets are scaled by the *same* numbers, so that their columns come close to that, and no more.
# - No column is constant. `y` is not scaled.
# - The same seed gives the same sets, another seed others. `x` and `y` themselves stay as they are.

# %% prepare
from tfcourse_utils.reference.callbacks_and_tuning import prepare

# %% loss-history-text [markdown]
# ## 3. A seismograph
#
# `history.history["loss"]` has one number for each epoch. Whether the loss shook on the way, or jumped
# at the ninth batch, it does not tell. Write the callback `LossHistory`, which listens more closely.
#
# - `losses` is a list with a list for each epoch: what `fit` reports as the loss after each of its
#   training batches. (Keras reports the mean over the epoch so far. Keep it as it is.)
# - `figure(epoch)` returns a Matplotlib `Figure` with the losses of that epoch as a curve, both axes
#   labelled. Epochs count from 0.
#
# After two epochs of three batches, `losses` may be `[[0.9, 0.8, 0.8], [0.6, 0.6, 0.5]]`. Two callbacks
# have lists of their own, and the batches of a validation are not asked for.

# %% loss_history
from tfcourse_utils.reference.callbacks_and_tuning import LossHistory

# %% stop-at-accuracy-text [markdown]
# ## 4. Good enough
#
# A piano tuner stops when the string is in tune; to go on turning would not make it more so. Write
# `StopAtAccuracy(target)`, a callback that ends the training at the end of the first epoch whose
# `"accuracy"` has reached the target. With a target of 0.9, an epoch of 0.9 is the last one.
#
# - The logs may lack an accuracy, it may be NaN, there may be no logs at all (`logs=None`): then the
#   training goes on.
# - A single good batch ends nothing. Wait for the end of the epoch.
# - It may be that another callback has told the model to stop. What it has said stays said.

# %% stop_at_accuracy
from tfcourse_utils.reference.callbacks_and_tuning import StopAtAccuracy

# %% patient-stopping-text [markdown]
# ## 5. The angler
#
# An angler tries a place. As long as the fish get bigger he stays; after some casts without a bigger
# one he packs up. How many casts, is his patience. `keras.callbacks.EarlyStopping` fishes like that, and
# so should your `PatientStopping(patience, restore_best_weights)`.
#
# - It watches `"val_loss"`, or `"loss"` in a training that logs no validation loss. A training logs either
#   always or never, and losses are finite.
# - An epoch is better if its loss is *below* the best one so far. Equal is not better.
# - Once `patience` epochs in a row were no better, it ends the training. With patience 2, the losses
#   5, 4, 6, 4 end it after the fourth epoch. With patience 0 it ends with the first epoch that is no
#   better, as with patience 1.
# - With `restore_best_weights=True` the model has, when the training is over, the weights of its best
#   epoch: also where the epochs ran out first. With False it keeps its last ones.
# - A second `fit` with the same callback begins anew.
#
# Don't make an `EarlyStopping` for this; the point is to see how little there is to it.

# %% patient_stopping
from tfcourse_utils.reference.callbacks_and_tuning import PatientStopping

# %% keep-best-text [markdown]
# ## 6. Hands off
#
# A photographer follows a race and keeps the one picture in which the runners are closest. The race does
# not stop for her. Write `KeepBest(monitor, mode)`, which does that to a training.
#
# - `best_weights` holds the weights of the best epoch so far, as `model.get_weights()` gives them. Best is
#   the least value of `monitor` in the logs with mode `"min"`, the greatest with `"max"`. Values may be
#   negative.
# - Of equally good epochs the first counts.
# - An epoch whose logs lack the value, hold NaN for it, or are None, is passed over. Before any epoch
#   counted, `best_weights` is None.
# - The model is left alone: it keeps its last weights, and trains for as long as it would have.

# %% keep_best
from tfcourse_utils.reference.callbacks_and_tuning import KeepBest

# %% warmup-cosine-text [markdown]
# ## 7. Not too fast on a cold morning
#
# A runner does not start at full speed, and does not stop dead at the finish. Training often goes
# better in the same way: the first steps are small, as the weights know nothing yet; the last ones
# are small too, as there is little left to mend.
#
# `warmup_cosine(epoch, warmup, total, peak)` should give the learning rate of an epoch:
#
# - from epoch 0 to epoch `warmup` it climbs in a straight line, from 0 to `peak`;
# - from there to epoch `total` it follows half a cosine down to 0, slowly, then fast, then slowly;
# - with `warmup` 0 there is no climb, and epoch 0 is at the peak.
#
# With `warmup=2`, `total=6` and `peak=1.0`, the rates of the epochs 0 to 6 are 0, 0.5, 1, 0.854, 0.5,
# 0.146 and 0. `epoch`, `warmup` and `total` are whole numbers, `warmup` is less than `total`, and `epoch`
# at most `total`. Give back a float: `keras.callbacks.LearningRateScheduler` takes nothing else.

# %% warmup_cosine
from tfcourse_utils.reference.callbacks_and_tuning import warmup_cosine

# %% training-callbacks-text [markdown]
# ## 8. While you are asleep
#
# The training will take all night, and you would rather not sit beside it. Five callbacks of Keras can
# take turns at watching. `training_callbacks(directory)` should give back a list of them:
#
# - **early stopping**: when the validation loss has not become better for some epochs in a row, training
#   ends, and the model gets back the weights of its best epoch. How many epochs is up to you, from 2 to
#   20. One bad epoch alone does not end it;
# - **a lower rate on a plateau**: some epochs before it would come to that, the learning rate is lowered
#   (and not to 0), so that a few epochs at least are tried with smaller steps. One bad epoch alone does
#   not lower it;
# - **the best model**, by the validation loss, in a file that ends in `.keras`;
# - **a log as CSV**, with a row for each epoch;
# - **the logs for TensorBoard**.
#
# Everything that is written lies under `directory`, in files of whatever name. The directory, given as
# text or as a `pathlib.Path`, may be there or not; make it if it is not, with all that is above it.
# `fit` will be given validation data.

# %% training_callbacks
from tfcourse_utils.reference.callbacks_and_tuning import training_callbacks

# %% plot-learning-curves-text [markdown]
# ## 9. A chart for the bedside
#
# A nurse's chart shows at a glance what a column of numbers hides. Draw one of a training:
# `plot_learning_curves(history)` gives back a Matplotlib `Figure`.
#
# - `history` is what `fit` gives back, or its dictionary, such as
#   `{"loss": [0.9, 0.5], "val_loss": [1.0, 0.8], "mae": [0.7, 0.4], "val_mae": [0.8, 0.7]}`: for each
#   metric a number for each epoch, and its values on validation data under `val_` and the metric's name.
# - For each metric there are both curves over the epochs, in one panel; the training curve alone where there
#   was no validation. Count the epochs from 0 or from 1, as you like.
# - Both axes of each panel have a label.
# - A legend says which curve is which. In the name of a curve on validation data is `val`, as in
#   "validation" or "val_loss"; in that of a training curve it is not.
#
# `plt.subplots` and a `matplotlib.figure.Figure` with its `add_subplot` will both do, and so will one panel for all or a panel
# for each metric.

# %% plot_learning_curves
from tfcourse_utils.reference.callbacks_and_tuning import plot_learning_curves

# %% save-everything-text [markdown]
# ## 10. Four jars
#
# A good harvest is kept in more than one way: some frozen whole, some dried, some as seed. The
# function in the cell kept a model in four ways, and did so for years. Then Keras 3 came. It
# refuses a suffix here and an argument there, and one of the files has never been of any use.
#
# Mend it, so that these are in `directory`, which is there already:
#
# | name | what it holds | who reads it |
# |---|---|---|
# | `model.keras` | all of the model | `keras.saving.load_model` |
# | `model.weights.h5` | its weights | `load_weights` of a model of the same architecture |
# | `model.json` | its architecture | `keras.models.model_from_json`, from the file's text |
# | `export` | its computation | `tf.saved_model.load`, and programs without Keras |
#
# The model itself stays as it is.

# %% save_everything
from tfcourse_utils.reference.callbacks_and_tuning import save_everything

# %% fit-loop-text [markdown]
# ## 11. What `fit` does when nobody looks
#
# One day `fit` will not do what you need: two optimizers that take turns, a loss that looks at two
# batches. Then it helps to have written the loop once by hand. Write
# `fit_loop(model, loss, optimizer, dataset, epochs)`, without `fit`:
#
# - `model` is a Keras model that nobody has compiled. Call it as `fit` does, so that layers which
#   behave differently in training do so.
# - `loss` takes targets and predictions. It is a loss object, which gives the mean of a batch, or a
#   function, which gives one number for each sample; you train on the mean either way.
# - To that mean comes what the model itself asks for: its penalties, in `model.losses` after each call.
# - `optimizer` changes the trainable weights, and those alone.
# - `dataset` has the batches `(x, y)` of an epoch. It is a list or a `tf.data.Dataset`; both can be
#   gone through again. Batches may have unlike sizes.
#
# Return `{"loss": [...]}`, one number for each epoch: the mean over the epoch's samples of what you
# trained on, taken as each step begins. Suppose a batch of 30 had a loss of 1.0, and the last batch,
# of 10, one of 2.0. The epoch's loss is (30 · 1.0 + 10 · 2.0) / 40 = 1.25, not 1.5.

# %% fit_loop
from tfcourse_utils.reference.callbacks_and_tuning import fit_loop

# %% build-model-text [markdown]
# ## 12. A kit instead of a model
#
# A tuner asks for more than a model: it asks for a whole shelf of them. You give it a function, and
# it calls that function with another `hp` each time. Whatever you read from `hp` becomes a knob that
# the tuner may turn.
#
# Write `build_model(hp)`. It returns a **compiled** classifier for the small digits of the lesson:
# 64 inputs, 10 classes, labels as whole numbers of shape (n,). Read from `hp`:
#
# | knob | what it should do |
# |---|---|
# | how many hidden layers | they come and go |
# | a width for *each* hidden layer | a layer's width can change while the others keep theirs |
# | dropout | more or fewer units are dropped, in training only |
# | learning rate | the optimizer's; drawn so that each power of ten comes as often as another |
#
# Names and ranges are yours, and so is everything else, as the kind of optimizer. The check trains
# nothing. It turns one knob after the other and looks at what has changed in the model; a knob that
# is read and leads nowhere is found that way.

# %% build_model
from tfcourse_utils.reference.callbacks_and_tuning import build_model

# %% tune-text [markdown]
# ## 13. The search, from start to end
#
# Somebody hands you images and labels and says: "You may try `max_trials` settings. Bring me the
# best one, and a model to go with it." Whether a low score is luck or honest work shows in the
# procedure alone, so it is the procedure that is judged here.
#
# Write `tune(x, y, max_trials, seed, directory)`. `x` is a NumPy array (n, 64) with numbers from 0
# to 1, `y` one of shape (n,) with labels from 0 to 9; some classes may be missing. No two rows are alike.
#
# - Search with a tuner of KerasTuner, whichever you like, and a small `build(hp)` of your own: one or
#   two knobs will do. It makes at most `max_trials` trials, more than one where it may, and writes
#   them under `directory`.
# - Each trial trains with `fit` on one part of `x` and `y` and is judged on another. No row is in both.
#   All rows come from `x` and `y`, as they are.
# - Afterwards build the model anew, with the best hyperparameters and fresh weights, and train it with
#   `fit` on **all** of `x` and `y`.
# - Return both: `(best_hyperparameters, model)`. The model has 10 outputs.
# - The same seed gives the same split, trials and model. Another one gives others.
#
# The check searches five times, with a few rows. Two or three epochs are plenty, `verbose=0` keeps
# the verdict readable, and the whole should be a matter of seconds. If you try your function
# by hand, hand it an empty directory: a tuner that finds an earlier search there goes on with that,
# unless it is told `overwrite=True`.

# %% tune
from tfcourse_utils.reference.callbacks_and_tuning import tune

# %% training-quiz-text [markdown]
# ## 14. What will it do?
#
# Seven questions on what `fit` and its callbacks do, and on what a number is worth that was chosen from
# several. None of them needs a computer; a pencil helps.
#
# Put each answer, a number, in place of its `...`. If you expect an error, write `"error"`. You can leave
# some for later.

# %% training_quiz
from tfcourse_utils.reference.callbacks_and_tuning import training_quiz

# %% finished [markdown]
# ## Done?
#
# Restart the kernel and run all cells once more (*Run → Restart Kernel and Run All Cells*). If every
# check is still content, the notebook is ready to be handed in: save it, and hand in this file.
