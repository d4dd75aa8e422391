# %% title [markdown]
# # 3 · Linear classifiers
#
# A straight line is the simplest machine that tells two kinds of things apart. In this lesson you
# move a line by hand, let gradient descent move it, give it better losses and more classes, meet the
# pictures it cannot cut, and add the one layer that changes this.
#
# Run the cells from top to bottom with Shift+Enter. Where it says **Predict**, decide on an answer
# before you open it or run the next cell: a wrong guess, noticed, is worth more than a right answer,
# read. The lesson takes about an hour.

# %% setup
import matplotlib.pyplot as plt
import numpy as np

from tfcourse_utils import data, plots, quiet_start
from tfcourse_utils.widgets import ByHandLine

with quiet_start():  # TensorFlow has much to say about the hardware when it is imported
    import keras
    import tensorflow as tf

print("TensorFlow", tf.__version__, "with Keras", keras.__version__, "ready:", tf.ones(3).numpy())

# %% clouds-intro [markdown]
# ## 1 Two clouds
#
# A nursery sorts seeds. Of every seed it measures length and roughness, each as the distance from
# the usual value, so 0 is ordinary and negative numbers are below it. A seed is then a point (x, y),
# and a kind of seed is a cloud of points.
#
# A **Gaussian cloud** has two parameters. The **mean** says where its middle is. The **covariance**
# matrix says how it spreads: the two numbers on the diagonal are the variances of x and of y, and the
# number off the diagonal, written twice, says how far the two go together.
#
# **Predict.** Three clouds have the variances 1 and 1. Off the diagonal they have 0, 0.9 and −0.6.
# Which of them leans to the right, like a rising line?

# %% covariance-pictures
dice = np.random.default_rng(1)
shared = {"sharex": True, "sharey": True, "layout": "constrained"}
figure, panels = plt.subplots(1, 3, figsize=(9, 3.2), **shared)
for panel, together in zip(panels, [0.0, 0.9, -0.6]):
    cloud = dice.multivariate_normal(mean=(0, 0), cov=[[1, together], [together, 1]], size=500)
    panel.scatter(cloud[:, 0], cloud[:, 1], s=8, color=plots.COLOURS[0])
    panel.set(title=f"off the diagonal: {together}", xlabel="x", aspect="equal")
    measured = np.cov(cloud.T)[0, 1]
    print(f"asked for {together:4.1f}, measured on 500 points {measured:5.2f}")
    assert abs(measured - together) < 0.2
panels[0].set_ylabel("y")
panels[0].set(xlim=(-4, 4), ylim=(-4, 4))
plt.show()

# %% covariance-answer [markdown]
# The middle one, with 0.9: where x is above its mean, y mostly is too. The measured numbers are near
# what was asked for, not equal to it; 500 points are a sample.
#
# Now the seeds: 150 of kind 0, short and rough, and 150 of kind 1, long and smooth.

# %% seed-clouds
dice = np.random.default_rng(3)
spread = [[1.0, 0.3], [0.3, 0.7]]
kind_0 = dice.multivariate_normal(mean=(-1.0, 1.5), cov=spread, size=150)
kind_1 = dice.multivariate_normal(mean=(1.5, -0.5), cov=spread, size=150)

seeds = np.vstack([kind_0, kind_1]).astype(np.float32)
kinds = np.vstack([np.zeros((150, 1)), np.ones((150, 1))]).astype(np.float32)
print("seeds", seeds.shape, seeds.dtype, "   kinds", kinds.shape, kinds.dtype)

names = ["kind 0: short, rough", "kind 1: long, smooth"]
axes = plots.scatter_classes(seeds, kinds, names=names, title="300 seeds")
axes.set(xlabel="length", ylabel="roughness")
plt.show()

# %% clouds-shapes [markdown]
# Two habits in this cell save trouble later. One sample is one **row**, so the inputs are (300, 2).
# The targets are a **column**, (300, 1), not a flat list of 300 numbers; section 3 shows what a flat
# list does. Both are float32, the type TensorFlow's layers work in; NumPy draws float64.
#
# `np.vstack` puts arrays one below the other; `np.concatenate` does so along any axis. Where the same row is
# wanted many times, `np.repeat` saves the typing.
#
# The numbers come from a generator that belongs to us, `np.random.default_rng(3)`. **Predict:** if
# somebody else's code changes NumPy's global seed, do our clouds change?

# %% own-generator
np.random.seed(0)
first = np.random.default_rng(3).normal(size=4)
np.random.seed(999)
second = np.random.default_rng(3).normal(size=4)
other = np.random.default_rng(4).normal(size=4)

print("seed 3:      ", first.round(3))
print("seed 3 again:", second.round(3))
print("seed 4:      ", other.round(3))
assert np.array_equal(first, second) and not np.array_equal(first, other)

# %% clouds-prepares [markdown]
# They do not: a generator of your own listens to its own seed and to nothing else.
#
# *Prepares:* `make_clouds`.

# %% affine-intro [markdown]
# ## 2 A score for every point
#
# A linear classifier gives a point (x, y) the **score**
#
# $$ s = W_0 \cdot x + W_1 \cdot y + b $$
#
# The **weights** W0 and W1 say how much each measurement counts and in which direction; the **bias**
# b is the score of the point (0, 0). Multiplying by weights and adding a bias is called an **affine
# map**. Here it is for one seed, by hand, and then for all seeds at once.

# %% one-score-by-hand
W = np.array([[0.17], [-0.21]], dtype=np.float32)
b = np.array([0.58], dtype=np.float32)

length, roughness = seeds[0]
by_hand = 0.17 * length - 0.21 * roughness + 0.58
print(f"seed 0 = ({length:.2f}, {roughness:.2f})   score by hand {by_hand:.4f}")

scores = tf.matmul(seeds, W) + b
print(f"all seeds at once: shape {scores.shape}, the first one {float(scores[0, 0]):.4f}")
assert np.isclose(by_hand, scores[0, 0], atol=1e-5)

# %% affine-shapes [markdown]
# The matrix product lines up the two columns of the seeds with the two rows of W: (300, **2**) times
# (**2**, 1) gives (300, 1). The bias, of shape (1,), is then added to every row.
#
# **Predict.** A layer may compute several scores for each point, one a column of W; each of them is
# called a **unit**. With 300 seeds, W of shape (2, 4) and b of shape (4,), what shape comes out? And
# what happens with a W of shape (4, 2)?

# %% affine-shapes-answer
four_units = tf.matmul(seeds, np.ones((2, 4), np.float32)) + np.zeros(4, np.float32)
print("four units:", four_units.shape)
assert four_units.shape == (300, 4)

try:
    tf.matmul(seeds, np.ones((4, 2), np.float32))
except tf.errors.InvalidArgumentError as error:
    print("W of shape (4, 2):", type(error).__name__)
    print("  ", error.message.split("}}")[-1].split("[Op")[0])

# %% activation-intro [markdown]
# The inner sizes must agree: 2 columns need 2 rows. The error message gives both shapes; when you see
# one like it, write the shapes side by side and look at the middle.
#
# A **dense layer** is an affine map and then, if wanted, an **activation**: a function applied to
# every score by itself. The shape stays.

# %% activations
some = tf.constant([[-2.0, -0.5, 0.0, 0.5, 2.0]])
for activation in (tf.nn.relu, tf.nn.tanh, tf.nn.sigmoid):
    print(f"{activation.__name__:8}", activation(some).numpy().round(3))

layer = keras.layers.Dense(units=1)
layer.build((None, 2))
layer.set_weights([W, b])
assert np.allclose(layer(seeds), scores, atol=1e-6)
print("keras.layers.Dense with our W and b gives our scores")

# %% affine-prepares [markdown]
# *Prepares:* `dense`, `before_you_run`.

# %% square-loss-intro [markdown]
# ## 3 How wrong is it?
#
# The targets are 0 and 1, so let us ask that the scores be near 0 for kind 0 and near 1 for kind 1.
# The **square loss** takes the difference for each point, squares it and averages: far off costs
# much more than a little off, and too high costs as much as too low.

# %% square-loss-by-hand
wanted = np.array([[0.0], [1.0], [1.0]])
guessed = np.array([[0.5], [1.0], [3.0]])

costs = []
for target, guess in zip(wanted[:, 0], guessed[:, 0]):
    costs.append((target - guess) ** 2)
    print(f"wanted {target}, guessed {guess}: costs {costs[-1]}")
print("on average", round(sum(costs) / 3, 4))

# %% broadcasting-question [markdown]
# **Predict.** Now a perfect guesser. Its guesses equal the targets, but they come as a flat array of
# shape (3,), while the targets are a column, (3, 1). What is the average square of the differences?

# %% broadcasting-trap
flat = wanted[:, 0]
difference = wanted - flat
print("shapes", wanted.shape, "minus", flat.shape, "gives", difference.shape)
print(difference)
print("average square:", round(float((difference**2).mean()), 4))
assert difference.shape == (3, 3) and (difference**2).mean() > 0.4

# %% broadcasting-answer [markdown]
# Not 0. **Broadcasting** repeats the column along the row and the row along the column, and subtracts
# *every* guess from *every* target. With 300 seeds that makes 90 000 differences, no error message,
# and a "loss" of one half for a perfect guesser. This is the commonest silent fault in hand-written losses.
#
# The cure is to look before subtracting: if the two shapes differ, stop with a message that gives both.

# %% broadcasting-size
all_pairs = kinds - kinds[:, 0]
print("300 seeds:", all_pairs.shape, "=", all_pairs.size, "differences")
print("the 'loss' of a perfect guesser:", (all_pairs**2).mean())
assert all_pairs.size == 90_000 and (all_pairs**2).mean() == 0.5

# %% square-loss-prepares [markdown]
# *Prepares:* `square_loss`, `before_you_run`.

# %% by-hand-intro [markdown]
# ## 4 A line by hand
#
# A score becomes a decision with a **threshold**: above 0.5 we say kind 1, otherwise kind 0. The points
# whose score is exactly 0.5 form a line. Move it: the sliders take the mouse, and after Tab also the
# arrow keys.
#
# 1. How low can you bring the loss? Below 0.06 is good.
# 2. What does the line do as b grows, and why does it not turn?
# 3. Set W1 to 0, then W0 too.

# %% by-hand-widget
hand = ByHandLine(seeds, kinds)
hand

# %% by-hand-cases [markdown]
# When you have tried all three, run the next cell; it asks the widget for its words.

# %% by-hand-cases-answer
for w0, w1, bias in [(0.2, -0.2, 0.5), (0.2, -0.2, 0.7), (0.2, 0.0, 0.5), (0.0, 0.0, 0.6)]:
    words = ByHandLine(seeds, kinds, w0=w0, w1=w1, b=bias).words
    print(f"W0 {w0}, W1 {w1}, b {bias}:", words.split("side. ")[1])

# %% by-hand-question [markdown]
# As b grows the line shifts and keeps its slope, which is a matter of the weights alone. Without W1 it stands
# upright. Without both weights every point has the score b, and there is no line.
#
# **Predict.** Put W0 at 0.20, W1 at −0.20 and b at 0.50. Then double both weights to 0.40 and −0.40 and
# leave b alone. Does the line move? Does the loss?

# %% by-hand-answer
for w0, w1 in [(0.2, -0.2), (0.4, -0.4)]:
    hand_scores = w0 * seeds[:, [0]] + w1 * seeds[:, [1]] + 0.5
    hits = ((hand_scores > 0.5) == (kinds == 1)).sum()
    cost = ((hand_scores - kinds) ** 2).mean()
    print(f"W0 {w0}, W1 {w1}: {hits} of 300 right, loss {cost:.3f}")

# %% by-hand-explained [markdown]
# The line stays and the loss grows. The line depends only on where the score passes 0.5; the loss also
# asks how steeply the score climbs on both sides of it. So one line can have many losses, and **loss and
# accuracy are different questions**. Training follows the loss, because a small move of the sliders
# changes it a little; accuracy stands still and then jumps.
#
# *Prepares:* `boundary_line`.

# %% line-intro [markdown]
# ## 5 Where the line is
#
# On the line the score equals the threshold:
#
# $$ W_0 \cdot x + W_1 \cdot y + b = \text{threshold} $$
#
# Take everything but y to the other side and divide by W1:
#
# $$ y = -\frac{W_0}{W_1} \cdot x + \frac{\text{threshold} - b}{W_1} $$
#
# The first fraction is the slope, the second the intercept. To draw the line, two points of it are
# enough: choose two x, and for each ask which y brings the score to the threshold.
#
# **Predict.** With the weights of section 2, kind 1 lies to the lower right. If the threshold goes up,
# from 0.5 to 0.8, does the line move towards kind 0 or towards kind 1?

# %% lines-for-thresholds
axes = plots.scatter_classes(seeds, kinds, names=names, title="One W and b, three thresholds")
axes.set(xlabel="length", ylabel="roughness")
two_x = np.array([-4.0, 5.0])
for threshold, style in [(0.2, ":"), (0.5, "-"), (0.8, "--")]:
    still_missing = threshold - float(b[0]) - float(W[0, 0]) * two_x
    two_y = still_missing / float(W[1, 0])
    axes.plot(two_x, two_y, style, color="black", label=f"threshold {threshold}")
    put_back = np.stack([two_x, two_y], axis=1) @ W + b
    print("threshold", threshold, "  scores of the two points:", put_back[:, 0].round(5))
    assert np.allclose(put_back, threshold)
axes.set(xlim=(-4.5, 5.5), ylim=(-3.5, 4.5))
plots.legend_below(axes)
plt.show()

# %% line-slips [markdown]
# Towards kind 1: a higher threshold asks for more before it says 1. The three lines are parallel, since
# the threshold is only in the intercept.
#
# Two slips are common here, and both stand in printed notes: forgetting the threshold, and exchanging W0
# and W1 in the slope. The check in the cell above catches both: **put a point of the line back into the
# score, and see the threshold come out.**

# %% line-slips-shown
for slip, slope, intercept in [
    ("threshold forgotten", -0.17 / -0.21, -0.58 / -0.21),
    ("W0 and W1 exchanged", 0.21 / 0.17, (0.5 - 0.58) / -0.21),
]:
    x, y = 2.0, slope * 2.0 + intercept
    print(f"{slip}: the score there is {abs(0.17 * x - 0.21 * y + 0.58):.2f}, not 0.50")

# %% vertical-question [markdown]
# **Predict.** What does TensorFlow answer when W1 is 0? An error, a warning, or a number?

# %% vertical-answer
slope_of_vertical = -tf.constant(0.17) / tf.constant(0.0)
print("TensorFlow:", slope_of_vertical.numpy())

try:
    print("Python:", -0.17 / 0.0)
except ZeroDivisionError as error:
    print("Python:", type(error).__name__, "-", error)

# %% line-prepares [markdown]
# TensorFlow answers minus infinity and goes on; plain Python refuses. A vertical line has no slope, and
# code that computes one has to say so itself, before it divides.
#
# *Prepares:* `boundary_line`, `mend_boundary_line`, `before_you_run`.

# %% step-intro [markdown]
# ## 6 One step downhill
#
# On the sliders you tried a little more W0 and kept it if the loss fell. The **gradient** answers for all
# sliders at once: for each number, how fast the loss rises when that number grows. A step goes the other
# way, by a **learning rate** times the gradient.
#
# For the square loss the gradient can be worked out by hand. With the error e = score − target of each
# point, it is the mean of 2·e·x for W0, of 2·e·y for W1,
# and of 2·e for b.
#
# TensorFlow works it out as well, for any loss:
#
# - A `tf.Variable` is a tensor that can be changed, with `assign`, `assign_add` and `assign_sub`.
# - A `tf.GradientTape` is a recorder. Inside its `with` block it writes down every operation on
#   variables that leads to the loss.
# - Afterwards, its method `gradient(loss, [variables])` goes back through the record and gives the
#   gradient for each variable. A loss worked out outside the block is not on the record.
#
# The next cell does it both ways. They must agree.

# %% gradient-two-ways
W = tf.Variable([[0.2], [0.2]])
b = tf.Variable([0.0])

with tf.GradientTape() as record:
    errors = tf.matmul(seeds, W) + b - kinds
    cost = tf.reduce_mean(errors**2)
slope_w, slope_b = record.gradient(cost, (W, b))

e, x, y = errors[:, 0], seeds[:, 0], seeds[:, 1]
worked_out = [tf.reduce_mean(2 * e * factor) for factor in (x, y, 1.0)]
print("tape:      ", slope_w.numpy().ravel().round(4), slope_b.numpy().round(4))
print("worked out:", np.round(worked_out, 4))
assert np.allclose(worked_out, [*slope_w[:, 0], *slope_b], atol=1e-5)

# %% step-question [markdown]
# **Predict.** The gradient for W0 is negative. Will the step make W0 larger or smaller?

# %% one-step
print("before: W", W.numpy().ravel(), " b", b.numpy(), f" loss {float(cost):.4f}")
W.assign(W - 0.1 * slope_w)
b.assign(b - 0.1 * slope_b)
cost_after = tf.reduce_mean((tf.matmul(seeds, W) + b - kinds) ** 2)
print("after:  W", W.numpy().ravel().round(3), " b", b.numpy().round(3), f" loss {cost_after:.4f}")
assert slope_w[0, 0] < 0 and W[0, 0] > 0.2 and cost_after < cost

# %% rebinding-intro [markdown]
# Larger: we go *against* the gradient, and the loss fell.
#
# The cell used `assign`, which writes into the variable. `assign_sub` subtracts in place and is shorter.
# What does not work is the plain equals sign, and it fails one step too late:

# %% rebinding-error
trial = tf.Variable([[0.2], [0.2]])
print("before:", type(trial).__name__)
trial = trial - 0.1 * slope_w
print("after trial = trial - …:", type(trial).__name__)
try:
    trial.assign_sub(0.1 * slope_w)
except AttributeError as error:
    print("second step:", type(error).__name__, "-", str(error).strip().splitlines()[0])

# %% rebinding-explained [markdown]
# The name `trial` now stands for a new tensor, the result of the subtraction. The variable, and whoever else
# holds it, has not changed; and the tape does not watch a tensor unless told to.
#
# Training is the step, repeated. The next cell takes 40 steps with each of three learning rates.
#
# **Predict.** 0.02, 0.1 and 0.5: which is best, and what does the largest do?

# %% learning-rates
histories = {}
for rate in (0.02, 0.1, 0.5):
    W, b = tf.Variable([[0.2], [0.2]]), tf.Variable([0.0])
    history = []
    for _ in range(40):
        with tf.GradientTape() as record:
            cost = tf.reduce_mean((tf.matmul(seeds, W) + b - kinds) ** 2)
        slope_w, slope_b = record.gradient(cost, (W, b))
        W.assign(W - rate * slope_w)
        b.assign(b - rate * slope_b)
        history.append(float(cost))
    histories[f"learning rate {rate}"] = history
    print(f"rate {rate}: loss {history[0]:.3f} at first, {history[-1]:.3g} after 40 steps")
    if rate == 0.1:
        trained_w, trained_b = W.numpy(), b.numpy()

axes = plots.loss_curves(histories, xlabel="step", title="Three learning rates")
axes.set(ylim=(0, 1))
plt.show()

# %% learning-rates-explained [markdown]
# The small rate arrives, slowly. The middle one arrives soon. The large one jumps across the valley, lands
# higher on the other side, and jumps again, farther: the loss leaves the picture. Halve the rate when a loss
# explodes; that is the first thing to try.
#
# How good is the line that came out? The square loss of a linear model is a bowl with one lowest point, and
# NumPy can solve for it directly. Below, the trained line in the picture you moved by hand.

# %% trained-line
with_ones = np.hstack([seeds, np.ones((300, 1))])
best, *_ = np.linalg.lstsq(with_ones, kinds, rcond=None)
best_loss = ((with_ones @ best - kinds) ** 2).mean()
print("solved: ", best.ravel().round(3), f" loss {best_loss:.4f}")
print(
    "trained:",
    np.append(trained_w, trained_b).round(3),
    f" loss {histories['learning rate 0.1'][-1]:.4f}",
)
assert best_loss <= histories["learning rate 0.1"][-1] < best_loss + 0.01

w0, w1 = trained_w.ravel()
ByHandLine(seeds, kinds, w0=w0, w1=w1, b=trained_b[0])

# %% step-prepares [markdown]
# *Prepares:* `training_step`.

# %% batches-intro [markdown]
# ## 7 Full batch and mini-batch
#
# Each step so far used all 300 seeds: a **full batch**. With a million seeds that is a lot of work for one
# step. A **mini-batch** takes a few rows, steps, takes the next few. When all rows have had their turn, one
# **epoch** is over; then the rows are shuffled again.
#
# **Predict.** 300 seeds in batches of 32: how many steps has an epoch, and how large is the last batch?

# %% batch-sizes
rows = tf.data.Dataset.from_tensor_slices((seeds, kinds))
stream = rows.shuffle(300, seed=5).batch(32)
sizes = [len(some_kinds) for _, some_kinds in stream]
print(len(sizes), "steps:", sizes)
assert len(sizes) == 10 and sizes[-1] == 300 - 9 * 32 == 12

# %% batches-run-intro [markdown]
# Ten, and the last has only 12 rows. A seed and its kind travel as a pair, so shuffling never parts them.
#
# Same start, same learning rate, eight epochs each. The full batch makes one step an epoch, the mini-batches ten.

# %% full-against-mini
noisy_steps, per_epoch = [], {"full batch": [], "mini-batches of 32": []}
for name, batch_size in [("full batch", 300), ("mini-batches of 32", 32)]:
    W, b = tf.Variable([[0.2], [0.2]]), tf.Variable([0.0])
    stream = rows.shuffle(300, seed=5).batch(batch_size)
    for _ in range(9):
        whole = tf.reduce_mean((tf.matmul(seeds, W) + b - kinds) ** 2)
        per_epoch[name].append(float(whole))
        for some_seeds, some_kinds in stream:
            with tf.GradientTape() as record:
                cost = tf.reduce_mean((tf.matmul(some_seeds, W) + b - some_kinds) ** 2)
            slope_w, slope_b = record.gradient(cost, (W, b))
            W.assign(W - 0.05 * slope_w)
            b.assign(b - 0.05 * slope_b)
            if batch_size == 32:
                noisy_steps.append(float(cost))

figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
plots.loss_curves(per_epoch, left).set_title("On all seeds, after each epoch")
plots.loss_curves({"loss of the batch": noisy_steps}, right, "step").set_title(
    "Mini-batches, every step"
)
assert per_epoch["mini-batches of 32"][1] < per_epoch["full batch"][8]

# %% batches-explained [markdown]
# One epoch of mini-batches gets further than eight full-batch steps. Each of its steps is a little wrong,
# because 32 seeds are not all seeds, and the curve of single steps trembles for that reason; it is still
# downhill on average. When you compare two runs, say whether you count steps or epochs.
#
# *Prepares:* `training_step`, `train_softmax`.

# %% sigmoid-intro [markdown]
# ## 8 Sigmoid and cross-entropy
#
# The square loss has a strange opinion. A seed of kind 1 with the score 5 is beyond doubt, yet it costs
# (5 − 1)² = 16, more than a seed on the wrong side with the score −1, which costs 4. It punishes being
# **too right**.
#
# Watch what this does. A shipment of 60 very long seeds arrives, all of kind 1 and all far on the correct
# side. **Predict:** what happens to the best square-loss line, and to its accuracy on the old 300 seeds?

# %% far-seeds-square-loss
dice = np.random.default_rng(8)
far = dice.multivariate_normal(mean=(12.0, -1.0), cov=spread, size=60).astype(np.float32)
all_seeds = np.vstack([seeds, far])
all_kinds = np.vstack([kinds, np.ones((60, 1), np.float32)])

tilted, *_ = np.linalg.lstsq(np.hstack([all_seeds, np.ones((360, 1))]), all_kinds, rcond=None)
right_before = ((with_ones @ best > 0.5) == (kinds == 1)).mean()
right_after = ((with_ones @ tilted > 0.5) == (kinds == 1)).mean()
print(f"best square-loss line without the shipment: {right_before:.1%} of the old seeds right")
print(f"best square-loss line with the shipment:    {right_after:.1%}")
assert right_after < right_before - 0.03
assert (5 - 1) ** 2 == 16 and (-1 - 1) ** 2 == 4

# %% sigmoid-definition [markdown]
# It turns towards the newcomers to lower *their* cost, and gives up old seeds that it had right.
#
# The way out is to read the score differently. Call it a **logit**, z, and turn it into a probability of
# kind 1 with the **sigmoid**
#
# $$ s(z) = \frac{1}{1 + e^{-z}} $$
#
# **Predict.** What is s(2) + s(−2)? And which logit belongs to the probability one half?

# %% sigmoid-values
for z in (-4.0, -2.0, 0.0, 2.0, 4.0):
    print(f"z = {z:4.1f}   s(z) = {1 / (1 + np.exp(-z)):.4f}")

print("s(2) + s(-2) =", float(tf.sigmoid(2.0) + tf.sigmoid(-2.0)))

# %% cross-entropy-intro [markdown]
# They add up to 1: turning the sign of z exchanges the two kinds. And the threshold one half on the
# probability is the threshold **0 on the logit**.
#
# The **cross-entropy** of one point is −log of the probability that was given to the truth: −log s for kind
# 1, −log(1 − s) for kind 0. Certain and right costs nothing; certain and wrong costs without limit. With the
# target t, 0 or 1, both cases fit in one line:
#
# $$ -t \log s - (1 - t) \log (1 - s) $$

# %% two-losses-picture
z = np.linspace(-5, 5, 201)
axes = plots.new_axes("The cost of a point of kind 1", width=6, height=3.4)
axes.plot(z, (z - 1) ** 2, "--", color=plots.COLOURS[1], label="square loss of the score")
axes.plot(
    z, -np.log(1 / (1 + np.exp(-z))), color=plots.COLOURS[0], label="cross-entropy of the logit"
)
axes.set(xlabel="score, or logit", ylabel="cost", ylim=(0, 10))
axes.grid(alpha=0.3)
axes.legend()
plt.show()

# %% far-seeds-intro [markdown]
# The square loss rises again beyond 1; the cross-entropy sinks for ever, and never asks a point to come back.
# The same shipment, the same linear model, the other loss.
#
# This time Keras takes the steps. It needs four things:
#
# - `keras.Sequential([...])` makes a model of layers; a `Dense` layer is the affine map.
# - `compile` says how to step (an optimizer; Adam chooses the length of each step by itself) and down
#   which loss.
# - `fit` shuffles the data, goes through it batch by batch and takes a step for each; once through all
#   of it is an epoch. It gives back a record of the losses; the model itself is changed in place.
# - `keras.utils.set_random_seed` fixes the random numbers that the weights and the shuffling start from.

# %% far-seeds-cross-entropy
keras.utils.set_random_seed(11)
linear = keras.Sequential([keras.Input(shape=(2,)), keras.layers.Dense(units=1)])
linear.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.1),
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
)
linear.fit(all_seeds, all_kinds, batch_size=20, epochs=15, verbose=0)
right_now = float(np.mean((linear(seeds).numpy() > 0) == (kinds == 1)))
print(f"cross-entropy with the shipment: {right_now:.1%} of the old seeds right")
assert right_now > right_after + 0.03

figure, panels = plt.subplots(1, 2, figsize=(10, 3.2), layout="constrained")
plots.scatter_classes(all_seeds, all_kinds, panels[0], title="square loss")
plots.decision_regions(lambda grid: grid @ tilted[:2] + tilted[2], panels[0], threshold=0.5)
plots.scatter_classes(all_seeds, all_kinds, panels[1], title="cross-entropy")
plots.decision_regions(linear, panels[1], threshold=0.0)
plt.show()

# %% sigmoid-prepares [markdown]
# *Prepares:* `binary_cross_entropy`, `before_you_run`.

# %% logits-intro [markdown]
# ## 9 Why logits
#
# The formula of the cross-entropy is exact, and a computer can still not follow it to the letter.
#
# **Predict.** A point of kind 0 has the logit 200: confidently wrong. The true cost is very nearly 200. What
# does the formula give in float32, and what is the gradient?

# %% log-of-zero
z = tf.constant(200.0)
with tf.GradientTape() as record:
    record.watch(z)
    probability = tf.sigmoid(z)
    literal = -tf.math.log(1.0 - probability)
print("probability:", probability.numpy(), "  1 - probability:", (1.0 - probability).numpy())
print("cost to the letter:", literal.numpy(), "  gradient:", record.gradient(literal, z).numpy())

# %% log-of-zero-explained [markdown]
# The sigmoid of 200 differs from 1 by less than float32 can hold, so it *is* 1. Then log(0) is minus infinity,
# and the gradient multiplies infinity by 0, which is NaN: "not a number". One NaN in one step writes NaN into
# every weight, and the run is lost.
#
# The information was there in the logit and was thrown away by the sigmoid. So keep the logit. On paper,
# −log(1 − s(z)) equals log(1 + e^z), and for large z that is very nearly z: no small difference from 1 is left
# to lose. Losses that take logits are written along this line. In Keras: `from_logits=True`.

# %% from-logits
z = tf.constant([[200.0]])
with tf.GradientTape() as record:
    record.watch(z)
    steady = keras.losses.BinaryCrossentropy(from_logits=True)(tf.constant([[0.0]]), z)
print("from logits:", float(steady), "  gradient:", float(record.gradient(steady, z)[0, 0]))
assert abs(float(steady) - 200) < 1e-3

# %% softplus-overflow-box [markdown]
# > **If you learned this earlier.** Older notes write log(1 + e^z) just so, as `log(exp(z) + 1)`. That moves the
# > fault instead of removing it: e^z overflows. The function has a name, softplus, and a built-in that is safe.

# %% softplus-overflow
z = tf.constant(200.0)
with tf.GradientTape(persistent=True) as record:
    record.watch(z)
    overflowing = tf.math.log(tf.exp(z) + 1)
    safe = tf.nn.softplus(z)
print(
    "log(exp(z) + 1):", overflowing.numpy(), "  gradient:", record.gradient(overflowing, z).numpy()
)
print("tf.nn.softplus: ", safe.numpy(), "  gradient:", record.gradient(safe, z).numpy())

# %% accuracy-box [markdown]
# > **If you learned this earlier.** Three ways to ask Keras for accuracy run without a complaint, and two of them
# > mislead. `Accuracy()` counts predictions that *equal* the target, which a logit or a probability hardly ever does.
# > `"accuracy"` cuts at 0.5, which is right for probabilities and wrong for logits. With logits, say 0.

# %% accuracy-three-ways
metrics = {
    "keras.metrics.Accuracy()": keras.metrics.Accuracy(),
    "BinaryAccuracy(), what 'accuracy' stands for": keras.metrics.BinaryAccuracy(),
    "BinaryAccuracy(threshold=0.0)": keras.metrics.BinaryAccuracy(threshold=0.0),
}
few_logits = tf.constant([[-1.0], [0.2], [0.3], [2.0]])
few_kinds = tf.constant([[0.0], [1.0], [1.0], [1.0]])
for name, metric in metrics.items():
    metric.update_state(few_kinds, few_logits)
    print(f"{name}: {float(metric.result())}")

# %% logits-prepares [markdown]
# All four logits have the right sign, so the last answer is the true one.
#
# *Prepares:* `binary_cross_entropy`.

# %% softmax-intro [markdown]
# ## 10 Several classes
#
# A third kind of seed needs no new idea, only more columns: one unit, and so one logit, for each class. To turn
# k logits into k probabilities, make each positive with e^z and divide by the sum. This is the **softmax**.

# %% softmax-by-hand
logits = np.array([2.0, 1.0, -1.0])
powers = np.exp(logits)
print("e^z:    ", powers.round(3), "  sum", powers.sum().round(3))
print("softmax:", (powers / powers.sum()).round(3))
assert np.allclose(powers / powers.sum(), tf.nn.softmax(logits))

# %% softmax-question [markdown]
# **Predict.** Add 100 to all three logits. What do the probabilities do? And what is the softmax of a layer with a
# single unit?

# %% softmax-answer
print("plus 100:   ", tf.nn.softmax(logits + 100.0).numpy().round(3))
print("single unit:", tf.nn.softmax([[-3.0], [0.0], [5.0]]).numpy().ravel())

# %% softmax-loss-intro [markdown]
# Nothing: only the differences count. And a single unit always gets the probability 1, whatever the logit. A
# softmax on one unit is a classifier that has made up its mind before it looks; use a sigmoid there.
#
# The cross-entropy stays what it was: −log of the probability given to the truth. The labels are now whole
# numbers, 0 to k − 1, in a flat array; "sparse" in the name of the Keras loss means just that.

# %% three-kinds
flowers, labels = data.three_clouds(100, seed=2)
print(
    "inputs", flowers.shape, "  labels", labels.shape, labels.dtype, "  classes", np.unique(labels)
)

keras.utils.set_random_seed(12)
three_units = keras.Sequential([keras.Input(shape=(2,)), keras.layers.Dense(units=3)])
three_units.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.1),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
)
three_units.fit(flowers, labels, batch_size=20, epochs=10, verbose=0)

table = three_units(flowers).numpy()
print(
    "one row of logits:",
    table[0].round(2),
    "  largest in column",
    table[0].argmax(),
    "  label",
    labels[0],
)
print(f"{(table.argmax(axis=1) == labels).mean():.1%} right")
assert (table.argmax(axis=1) == labels).mean() > 0.9

axes = plots.scatter_classes(flowers, labels, title="Three classes: the largest logit wins")
axes = plots.decision_regions(three_units, axes)

# %% softmax-picture-explained [markdown]
# Between any two classes the border is where their logits are equal: an affine equation again, so a straight line.
# Three straight lines meet in a point.
#
# > **If you learned this earlier.** `keras.losses.sparse_categorical_crossentropy` with small letters is a function
# > of targets and predictions. Called with empty brackets, as the class is, it complains:

# %% function-or-class
try:
    keras.losses.sparse_categorical_crossentropy()
except TypeError as error:
    print(type(error).__name__, "-", error)
print("the class:", type(keras.losses.SparseCategoricalCrossentropy(from_logits=True)).__name__)

# %% softmax-prepares [markdown]
# TensorFlow has a plain function too, `tf.nn.sparse_softmax_cross_entropy_with_logits`: labels first, then logits, and
# one loss for each sample.
#
# *Prepares:* `train_softmax`.

# %% limits-intro [markdown]
# ## 11 What a line cannot do
#
# **Predict.** A linear classifier trains on each of these three: four clouds in a checkerboard (XOR, "one or the
# other but not both"), two moons, two rings. Guess its accuracy on each, before you run.

# %% line-on-three-sets
puzzles = {
    "XOR": data.xor_clouds(200, seed=1),
    "moons": data.moons(200, seed=1),
    "rings": data.rings(200, seed=1),
}


def trained(units, inputs, targets, epochs, activation="relu"):
    """Train a classifier with one hidden layer, or with none where units is 0."""
    keras.utils.set_random_seed(1)
    hidden = [keras.layers.Dense(units=units, activation=activation)] if units else []
    network = keras.Sequential([keras.Input(shape=(2,)), *hidden, keras.layers.Dense(units=1)])
    network.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.05),
        loss=keras.losses.BinaryCrossentropy(from_logits=True),
    )
    network.fit(inputs, targets, batch_size=16, epochs=epochs, verbose=0)
    return network


def share_right(network, inputs, targets):
    """Return the share of points on the right side of logit 0."""
    return float(np.mean((network(inputs).numpy() > 0) == (targets == 1)))


def show(network, inputs, targets, axes, title):
    """Draw points and regions; return the share of points that are right."""
    share = share_right(network, inputs, targets)
    plots.scatter_classes(inputs, targets, axes, title=f"{title}: {share:.0%} right")
    plots.decision_regions(network, axes, threshold=0.0)
    return share


figure, panels = plt.subplots(1, 3, figsize=(12, 4), layout="constrained")
line_shares = {}
for (name, (inputs, targets)), panel in zip(puzzles.items(), panels):
    linear = trained(0, inputs, targets, epochs=5)
    line_shares[name] = show(linear, inputs, targets, panel, name)
assert max(line_shares["XOR"], line_shares["rings"]) < 0.76 and line_shares["moons"] > 0.8

# %% limits-explained [markdown]
# The moons are mostly done with a line, which is why one should look at a picture and not only at a percentage.
# On XOR and on the rings it does no better than a coin.
#
# For XOR this is no lack of training. Take the four corners alone. Their scores obey a law: opposite corners have
# the same sum, whatever the weights. XOR wants both corners of one diagonal above the threshold and both of the
# other below it. Then one sum is above twice the threshold and the other below it, and they cannot be equal.

# %% xor-law
w0, w1, bias = 0.7, -1.3, 0.4
corner_score = {(x, y): w0 * x + w1 * y + bias for x in (0, 1) for y in (0, 1)}
print("(0,0) + (1,1):", round(corner_score[0, 0] + corner_score[1, 1], 6))
print("(0,1) + (1,0):", round(corner_score[0, 1] + corner_score[1, 0], 6))

dice = np.random.default_rng(0)
many_lines = dice.normal(size=(3, 100_000))
square = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
called_one = square @ many_lines > 0
hits = (called_one == np.array([[False], [True], [True], [False]])).sum(axis=0)
print("the best of 100 000 random lines has", hits.max(), "of 4 corners right")
assert hits.max() == 3

# %% xor-playground-intro [markdown]
# Watch a line that cannot win. The **playground** shows a network while it learns: the colours are what it says of
# every place, and they change with every step of training. This one has no hidden layer, so it is a line, and the
# puzzle is the checkerboard. It asks what you expect before it shows anything.
#
# Afterwards, give it one more **feature**, a number computed from x and y: each box under *Network* is one.
# **Predict**, before you begin: which one of x², y², xy, sin x and sin y makes this puzzle easy for a line?

# %% xor-playground
from tfcourse_utils.widgets import Playground

Playground(preset="line_for_xor")

# %% xor-feature-answer
corners, kinds_of_corners = puzzles["XOR"]
x, y = corners.T
features = {"x²": x**2, "y²": y**2, "xy": x * y, "sin x": np.sin(x), "sin y": np.sin(y)}
feature_shares = {}
for name, feature in features.items():
    above = feature[:, None] > feature  # whether each point is above each threshold there is
    shares = (above == (kinds_of_corners == 1)).mean(axis=0)
    feature_shares[name] = max(shares.max(), 1 - shares.min())
    print(f"{name:5}: the best threshold has {feature_shares[name]:.0%} right")
assert feature_shares.pop("xy") > 0.98 and max(feature_shares.values()) < 0.62

# %% xor-feature-explained [markdown]
# The product: xy is positive on one diagonal and negative on the other. Given x, y and xy, the classifier is as
# straight as before, only in three numbers; seen in the plane of two, its border bends.
#
# So a line can do it, if somebody finds the feature. What if nobody knows it beforehand?
#
# *Prepares:* `solve_xor`, `before_you_run`.

# %% hidden-intro [markdown]
# ## 12 One hidden layer
#
# If one line is not enough, take several. A **hidden layer** computes a few affine maps of the point, bends each
# with an activation, and hands the results to the last unit, which is a linear classifier as before, only of the
# hidden values instead of x and y. With ReLU, max(0, score), each hidden unit is silent on one side of its line and
# grows on the other.
#
# **Predict.** How many hidden units does it take to fence in the inner ring? The playground asks the same, and then
# trains two before your eyes; the small picture of a unit shows its line. Change their number under *Hidden layers*,
# and play again.

# %% ring-playground
Playground(preset="how_many_neurons_for_rings")

# %% ring-pictures [markdown]
# And here are 1, 2, 3 and 8 units side by side, with ReLU, each after the same training.

# %% units-for-a-ring
inputs, targets = puzzles["rings"]
figure, panels = plt.subplots(2, 2, figsize=(8.0, 8.8), layout="constrained")
fences, ring_shares = {}, {}
for units, panel in zip((1, 2, 3, 8), panels.flat):
    fences[units] = trained(units, inputs, targets, epochs=16)
    title = "1 hidden unit" if units == 1 else f"{units} hidden units"
    ring_shares[units] = show(fences[units], inputs, targets, panel, title)
assert ring_shares[1] < 0.8 and ring_shares[2] < 0.95 < min(ring_shares[3], ring_shares[8])

# %% ring-explained [markdown]
# Three. One unit gives a single straight line, whatever its weights. Two give a strip or a corner, open at one end at
# least. With three the fence closes: straight pieces, which turn where the fence crosses the line of a unit. With
# eight it grows rounder.
#
# Count what is trained: every hidden unit has one weight for each input and a bias, and the last unit has a weight
# for each hidden unit and a bias. **Predict** the count for 2 inputs, 3 hidden units, 1 output.

# %% counting-parameters
print([tuple(weight.shape) for weight in fences[3].weights], "together", fences[3].count_params())
assert fences[3].count_params() == (2 * 3 + 3) + (3 * 1 + 1) == 13

# %% no-activation-question [markdown]
# **Predict.** Eight hidden units again, but the activation is forgotten. How good is it on the rings?

# %% no-activation
forgotten = trained(8, inputs, targets, epochs=5, activation=None)
print(f"eight units without an activation: {share_right(forgotten, inputs, targets):.1%} right")

W_1, b_1, W_2, b_2 = forgotten.get_weights()
merged_w, merged_b = W_1 @ W_2, b_1 @ W_2 + b_2
print(
    "the two layers are one affine map with W",
    merged_w.ravel().round(3),
    "and b",
    merged_b.round(3),
)
assert np.allclose(inputs @ merged_w + merged_b, forgotten(inputs), atol=1e-4)
assert share_right(forgotten, inputs, targets) < 0.76

# %% no-activation-explained [markdown]
# No better than a line, because it *is* one: an affine map of an affine map is an affine map. The bend between the
# layers is what makes the second layer worth having.
#
# Eight units with ReLU on all three puzzles:

# %% hidden-on-three-sets
figure, panels = plt.subplots(1, 3, figsize=(12, 4), layout="constrained")
networks = {"rings": fences[8]}
for (name, (inputs, targets)), panel in zip(puzzles.items(), panels):
    if name not in networks:
        networks[name] = trained(8, inputs, targets, epochs=12)
    assert show(networks[name], inputs, targets, panel, name) > line_shares[name] + 0.05

# %% tint-intro [markdown]
# Where do the tinted regions come from? The plane is covered with a grid of points, the network is asked about each
# of them, and the answers become colours. Here is a grid coarse enough to see. The points go in as **one** array,
# because a call costs about the same for one point as for hundreds. Where all x lie in one flat array and all y
# in another, `np.column_stack` makes such an array of them.

# %% coarse-grid
import time

columns, rows_of_grid = np.linspace(-1.5, 2.5, 21), np.linspace(-1.0, 1.5, 14)
grid = np.array([(x, y) for y in rows_of_grid for x in columns], dtype=np.float32)
answers = networks["moons"](grid).numpy() > 0
print("grid", grid.shape, "  answers", answers.shape)
assert len(grid) == 21 * 14

begin = time.perf_counter()
networks["moons"](grid)
one_call = time.perf_counter() - begin
for point in grid:
    networks["moons"](point[None, :])
many_calls = time.perf_counter() - begin - one_call
print(f"one call: {1000 * one_call:.1f} ms   one call a point: {1000 * many_calls:.0f} ms")
assert many_calls > 5 * one_call

axes = plots.scatter_classes(
    grid, answers.astype(int), title="What the network says, point by point"
)

# %% hidden-boxes [markdown]
# > **If you learned this earlier.** `input_shape=` on the first layer still works and warns; put `keras.Input` first
# > instead. And the learning rate of an optimizer is `learning_rate=`; the short `lr=` is refused.

# %% old-arguments
import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    keras.layers.Dense(units=4, input_shape=(2,))
print("input_shape:", caught[0].category.__name__, "-", str(caught[0].message)[:72], "…")

try:
    keras.optimizers.Adam(lr=0.1)
except ValueError as error:
    print("lr:", type(error).__name__, "-", error)

# %% hidden-prepares [markdown]
# *Prepares:* `solve_xor`, `decision_grid`, `before_you_run`.

# %% regression-intro [markdown]
# ## 13 Curves instead of classes
#
# The same network predicts a number when the last unit stays as it is, without sigmoid, and the loss is the square
# loss, which is the right choice here: too high and too low are equally wrong. The data are points near a parabola.
#
# **Predict.** A line and a network with twelve ReLU units learn from x between −2 and 2. What will the network draw
# *outside* that range, where the parabola climbs on?

# %% parabola
x, y = data.noisy_parabola(200, seed=4)
wide = np.linspace(-3.5, 3.5, 200, dtype=np.float32)[:, None]
axes = plots.new_axes("A line and a network on a noisy parabola", width=7, height=4)
axes.scatter(x, y, s=12, color="#777777", label="data")

errors = {}
for name, hidden, style in [("line", [], "--"), ("network", [keras.layers.Dense(12, "relu")], "-")]:
    keras.utils.set_random_seed(4)
    curve = keras.Sequential([keras.Input(shape=(1,)), *hidden, keras.layers.Dense(units=1)])
    curve.compile(optimizer=keras.optimizers.Adam(learning_rate=0.05), loss="mse")
    curve.fit(x, y, batch_size=10, epochs=20, verbose=0)
    errors[name] = curve.evaluate(x, y, verbose=0)
    colour = plots.COLOURS[len(hidden)]
    axes.plot(
        wide,
        curve(wide),
        style,
        color=colour,
        label=f"{name}, mean square error {errors[name]:.2f}",
    )
assert errors["network"] < 0.3 * errors["line"]

axes.plot(wide, wide**2 - 1, ":", color="black", label="parabola without noise")
axes.axvspan(-2, 2, color="#777777", alpha=0.1)
axes.set(xlabel="x", ylabel="y", ylim=(-3, 9))
axes.legend(loc="upper center")
plt.show()

# %% regression-explained [markdown]
# Inside the grey band the network follows the curve, in short straight pieces: each ReLU unit adds one bend.
# Outside there are no bends left, so it goes straight on. A network says nothing about places it has not seen, and
# it does not warn you there.
#
# The error does not go to 0 and should not. The noise was drawn with the standard deviation 0.3, so even the true
# parabola has a mean square error near 0.3² = 0.09.

# %% noise-floor
floor = float(np.mean((x**2 - 1 - y) ** 2))
print(f"true parabola {floor:.3f}   network {errors['network']:.3f}   line {errors['line']:.3f}")
assert abs(floor - 0.3**2) < 0.03

# %% regression-prepares [markdown]
# The 200 points in batches of ten made 20 steps an epoch. Fewer points make fewer steps: then train for more epochs,
# or repeat the rows with `np.tile`, so that each epoch is longer.
#
# *Prepares:* `fit_curve`.

# %% summary [markdown]
# ## On one page
#
# | idea | in short | shapes |
# |---|---|---|
# | affine map | score = W0·x + W1·y + b | (n, d) times (d, k), plus (k,), gives (n, k) |
# | dense layer | affine map, then an activation or none | the activation keeps the shape |
# | square loss | mean of squared differences | equal shapes, or (n, n) appears silently |
# | training step | go against the gradient, in place | one gradient number for each weight |
# | mini-batch | some rows a step, all rows an epoch | the last batch may be smaller |
# | line | y = −W0/W1·x + (threshold − b)/W1 | W1 = 0: vertical, no slope |
# | sigmoid | 1 / (1 + e^−z); one half at logit 0 | one logit a point |
# | cross-entropy | −log of the probability given to the truth | from logits, always |
# | softmax | e^z divided by its sum; only differences count | k logits a point, labels (n,) |
# | hidden layer | several lines, bent, then combined | without the bend it is one line again |
# | regression | last unit as it is, square loss | (n, 1) to (n, 1) |
#
# **When something is wrong**
#
# - The loss stands still at a strange height: print the shapes of targets and predictions.
# - The loss explodes: halve the learning rate.
# - The loss is NaN: look for a logarithm or an exponential, and pass logits instead.
# - The accuracy reads 0 or stays odd: ask which threshold the metric uses, and on what.
# - The drawn line looks off: put one of its points back into the score.
# - The accuracy stays near one half: look at a picture; perhaps no line can do it.
#
# **Next:** the exercises of this chapter. `make_clouds`, `dense`, `square_loss`, `training_step` and `boundary_line`
# write again what you have seen. `binary_cross_entropy`, `train_softmax`, `solve_xor`, `fit_curve` and
# `decision_grid` take it one step further. `mend_boundary_line` is a repair, and `before_you_run` asks for predictions.
#
# *Prepares:* `before_you_run`.
