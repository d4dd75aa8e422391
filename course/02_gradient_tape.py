# %% title [markdown]
# # 2 · Gradients
#
# A network learns by asking one question again and again: if this number were a little larger, would
# the result be better or worse, and how fast? The answers to that question, for all its numbers at
# once, are called the **gradient**. In this lesson you measure gradients, work them out by hand, let
# TensorFlow's tape work them out, and walk downhill with them.
#
# Run the cells from top to bottom with Shift+Enter. Where it says **Predict**, decide on an answer
# before you run the next cell: a wrong guess, noticed, is worth more than a right answer, read.
# The lesson takes about an hour and a half.

# %% setup
import time

import matplotlib.pyplot as plt
import numpy as np

from tfcourse_utils import plots, quiet_start
from tfcourse_utils.widgets import DescentExplorer

with quiet_start():  # TensorFlow has much to say about the hardware when it is imported
    import keras
    import tensorflow as tf

plt.rcParams["axes.prop_cycle"] = plt.cycler(color=plots.COLOURS)  # for every colour vision
print("TensorFlow", tf.__version__, "with Keras", keras.__version__, "ready:", tf.ones(3).numpy())

# %% network-intro [markdown]
# ## 1 What a network is made of
#
# A tea kitchen notes, for every cup, the grams of leaves, the minutes of brewing, and how strong the
# guest found it, from 0 to 10. A network is to foretell the strength.
#
# - A **unit** multiplies each of its inputs by a **weight**, adds a **bias**, and often bends the sum
#   with an **activation**. Here that is ReLU: what is below 0 becomes 0.
# - A **layer** is a row of units that look at the same inputs.
# - A **network** is layers in a chain: the results of one are the inputs of the next.
# - The **loss** is one number that says how wrong the network is on the data.
#
# Going from the inputs through the layers to the loss is called the **forward pass**.

# %% network-forward
grams_and_minutes = np.array([[2, 1], [2, 3], [3, 2], [3, 4], [4, 1], [5, 5]], dtype=np.float32)
strength = np.array([[1.5], [4.0], [4.5], [8.0], [3.5], [10.0]], dtype=np.float32)

first = np.array([[0.2, -0.4, 0.9], [0.8, 0.5, -0.7]], dtype=np.float32)
first_bias = np.array([-0.5, 0.2, 0.0], dtype=np.float32)
second = np.array([[1.4], [0.5], [-0.3]], dtype=np.float32)
second_bias = np.array([0.3], dtype=np.float32)


def foretold(cups, from_inputs, to_output):
    """Return what three units and then one make of the cups."""
    bent = np.maximum(0, cups @ from_inputs + first_bias)
    return bent @ to_output + second_bias


guesses = foretold(grams_and_minutes, first, second)
loss_now = np.mean((guesses - strength) ** 2)
print("inputs", grams_and_minutes.shape, "  guesses", guesses.shape)
print("guessed:", guesses.ravel().round(1))
print("true:   ", strength.ravel())
print(f"loss, the mean of the squared differences: {loss_now:.3f}")

# %% network-question [markdown]
# **Predict.** How many weights and biases does this network have?

# %% network-picture
numbers = [first, first_bias, second, second_bias]
print(
    "weights and biases:", [part.size for part in numbers], "=", sum(part.size for part in numbers)
)

axes = plots.new_axes("Two inputs, three hidden units, one output", width=6.5, height=3.4)
places = [[(0, 1.5), (0, 0.5)], [(1, 2), (1, 1), (1, 0)], [(2, 1)]]
for sources, goals, table in zip(places, places[1:], [first, second]):
    for source, row in zip(sources, table):
        for goal, weight in zip(goals, row):
            colour, style = (plots.COLOURS[0], "-") if weight > 0 else (plots.COLOURS[1], "--")
            axes.plot(
                *zip(source, goal), style, color=colour, linewidth=1 + 3 * abs(weight), zorder=1
            )
captions = [["grams", "minutes"], ["unit 0", "unit 1", "unit 2"], ["strength"]]
for column, texts in zip(places, captions):
    for place, caption in zip(column, texts):
        axes.scatter(*place, s=1500, color="white", edgecolor="#444444", zorder=2)
        axes.annotate(caption, place, ha="center", va="center", fontsize=8, zorder=3)
axes.set(xlim=(-0.4, 2.4), ylim=(-0.6, 2.6))
axes.axis("off")
plt.show()
print("Solid lines are positive weights, dashed ones negative; the thicker, the larger.")

# %% network-as-function [markdown]
# Thirteen: 2·3 weights and 3 biases, then 3·1 weights and 1 bias.
#
# One usually thinks of the network as a function of its inputs. Training turns this round. The cups stay
# as they are, and **the loss is a function of the thirteen numbers**. Hold twelve of them still and turn one:


# %% one-weight-turned
def loss_with(weight):
    """Return the loss with another first weight, from grams to unit 0, and all else as it was."""
    turned = first.copy()
    turned[0, 0] = weight
    return np.mean((foretold(grams_and_minutes, turned, second) - strength) ** 2)


tried = np.linspace(-0.5, 2.0, 101)
curve = [loss_with(weight) for weight in tried]
axes = plots.new_axes("The loss, seen from one weight", width=6, height=3.2)
axes.plot(tried, curve)
axes.plot(0.2, loss_with(0.2), "o", color=plots.COLOURS[1], label="now")
axes.set(xlabel="weight from grams to unit 0", ylabel="loss")
axes.grid(alpha=0.3)
axes.legend()
plt.show()

best = tried[int(np.argmin(curve))]
print(f"lowest near {best:.2f}: the weight of 0.2 should become larger")
assert best > 0.2 and sum(part.size for part in numbers) == 13

# %% network-explained [markdown]
# With one number a picture is enough. With thirteen there is no picture, and with a million no time to try.
# But no picture is needed. The curve at the dot has a **slope**, and the slope alone tells which way is down.

# %% slopes-intro [markdown]
# ## 2 Slopes
#
# The slope of a function at a point says how much its value rises for each unit of the input, near that
# point. To measure it, take a small step and compare:
#
# $$ \text{slope} \approx \frac{f(x + h) - f(x)}{h} $$

# %% slope-measured
for h in (0.5, 0.1, 0.01):
    print(f"step {h}: slope {(loss_with(0.2 + h) - loss_with(0.2)) / h:.3f}")
assert loss_with(0.21) < loss_with(0.2)

# %% slope-two-ways [markdown]
# The slope is negative: a larger weight gives a smaller loss, as the picture showed.
#
# The three answers differ, because the curve bends under the step. Looking **both ways** lets the bends cancel:
#
# $$ \text{slope} \approx \frac{f(x + h) - f(x - h)}{2h} $$
#
# This is called a **central difference**. To see what it is worth, take a function whose slope is known: the
# slope of the sine at 1 is the cosine of 1.
#
# **Predict.** If h becomes ten times smaller, by how much does the error of each way shrink?

# %% slope-errors
for h in (0.1, 0.01):
    one_way = (np.sin(1 + h) - np.sin(1)) / h - np.cos(1)
    both_ways = (np.sin(1 + h) - np.sin(1 - h)) / (2 * h) - np.cos(1)
    print(f"h = {h}: one way off by {abs(one_way):.6f}, both ways by {abs(both_ways):.8f}")

# %% slope-float32-question [markdown]
# Ten times, and a hundred times: looking both ways is far better for the same effort.
#
# **Predict.** Then h should be as small as can be. In float32, the type of TensorFlow's layers, what does the
# central difference give with h = 0.00000001?


# %% slope-float32
def central_error(h, dtype):
    """Return how far the central difference of the sine at 1 is off, computed in this type."""
    one, h = dtype(1), dtype(h)
    found = (np.sin(one + h) - np.sin(one - h)) / (2 * h)
    return abs(float(found) - np.cos(1.0))


print("1 + 0.00000001 in float32 is", np.float32(1) + np.float32(1e-8))
print("error of the slope:", central_error(1e-8, np.float32), "of", np.cos(1.0))

widths = 10.0 ** np.arange(-9, 0)
axes = plots.new_axes("Central differences: too wide, too narrow", width=6, height=3.4)
for dtype, style in ((np.float32, "o-"), (np.float64, "s--")):
    errors = [max(central_error(h, dtype), 1e-12) for h in widths]
    axes.loglog(widths, errors, style, label=dtype.__name__)
axes.set(xlabel="h", ylabel="error of the slope")
axes.grid(alpha=0.3)
axes.legend()
plt.show()
assert central_error(1e-2, np.float32) < 1e-4 < 0.1 < central_error(1e-8, np.float32)

# %% slope-float32-explained [markdown]
# float32 keeps about seven digits. A step below that changes nothing, and the "slope" is 0. Right of the lowest
# point the bend of the curve spoils the answer, left of it rounding does. In float32 a step between a hundredth
# and a thousandth is a good choice.
#
# With several inputs there is a slope for each of them: change that one and hold the others. All of them
# together, in the shape of the inputs, are the **gradient**.


# %% gradient-of-two
def height(east, north):
    """A hillside: its height in metres at a place."""
    return 0.5 * east**2 + 3.0 * north + east * north


h = 1e-3
east, north = 2.0, -1.0
towards_east = (height(east + h, north) - height(east - h, north)) / (2 * h)
towards_north = (height(east, north + h) - height(east, north - h)) / (2 * h)
print(f"rises {towards_east:.3f} for a metre east, {towards_north:.3f} for a metre north")
assert np.allclose([towards_east, towards_north], [east + north, 3.0 + east])

# %% nudge-error-intro [markdown]
# So a gradient of a thousand numbers costs two thousand calls: right for checking, too slow for training.
#
# To nudge one number in a tensor, one is tempted to write into it. A tensor can't be changed:

# %% nudge-error
place = tf.constant([2.0, -1.0])
try:
    place[0] = 2.001
except TypeError as error:
    print(type(error).__name__, "-", str(error).rpartition("'")[2].strip())

nudge = np.array([0.001, 0.0], dtype=np.float32)
print("a new tensor instead:", (place + nudge).numpy())

# %% slopes-prepares [markdown]
# Adding a nudge that is 0 everywhere but in one place makes a new tensor, and leaves the old one alone.
#
# > **If you learned this earlier.** Notes that write `x[0] = 1.0` have NumPy arrays in mind. For a tensor that is
# > refused; a `tf.Variable` takes `x[0].assign(1.0)`.
#
# *Prepares:* `numeric_gradient`.

# %% downhill-intro [markdown]
# ## 3 Downhill
#
# You stand on a hillside in fog and want to get down. You feel the slope under your feet, take a step against
# it, and feel again. This is **gradient descent**:
#
# $$ x_{\text{new}} = x - \text{learning rate} \times \text{gradient at } x $$
#
# Steep ground gives long steps, flat ground short ones; at the bottom the slope is 0 and the walk stands still.
#
# Take the valley f(x) = (x − 3)². Its slope is 2·(x − 3), and its bottom is at 3.

# %% valley-walk
position = 0.0
for step in range(4):
    slope = 2 * (position - 3)
    print(f"step {step}: at {position:.3f}, slope {slope:.3f}")
    position = position - 0.25 * slope
assert 3 - position == 3 / 2**4

# %% rates-question [markdown]
# With the learning rate 0.25 every step halves the distance to the bottom. For this valley one step multiplies
# the distance by 1 − 2 · (learning rate), whatever the distance.
#
# **Predict.** What does the walk do with the rates 0.01, 0.5, 0.95, 1 and 1.05?


# %% rates-answer
def walk(rate, steps):
    """Return where the walk is at first and after each step down (x - 3)²."""
    visited = [0.0]
    while len(visited) <= steps:
        visited.append(visited[-1] - rate * 2 * (visited[-1] - 3))
    return visited


axes = plots.new_axes("Where the walk is: five learning rates", width=7, height=3.8)
for rate, marker in zip((0.01, 0.5, 0.95, 1.0, 1.05), plots.MARKERS):
    visited = walk(rate, 15)
    axes.plot(visited, marker=marker, markersize=4, label=f"rate {rate}")
    print(f"rate {rate}: factor {1 - 2 * rate:.2f}, after 15 steps at {visited[-1]:.2f}")
axes.set(xlabel="step", ylabel="position; the bottom is at 3")
axes.grid(alpha=0.3)
axes.legend(ncols=2)
plt.show()
assert walk(0.5, 1)[-1] == 3.0 and set(walk(1.0, 9)) == {0.0, 6.0}
assert abs(walk(1.05, 15)[-1] - 3) > 3 > abs(walk(0.95, 15)[-1] - 3)

# %% rates-explained [markdown]
# It crawls; it arrives in one step; it jumps from side to side and closes in; it jumps for ever; it jumps
# farther each time. The border lies where the factor reaches −1. How large a rate a function bears depends on
# how strongly it bends, and section 7 measures that.

# %% valleys-intro [markdown]
# Real losses have more than one valley. **Predict.** Two walks go down x⁴ − 4·x² + x, one from −0.1 and one from
# 0.3. Do they meet?

# %% two-valleys
axes = plots.new_axes("Two starts, two valleys", width=6.5, height=3.6)
x = np.linspace(-2.1, 2.0, 200)
axes.plot(x, x**4 - 4 * x**2 + x, color="#555555")
ends = []
for start, marker, colour in ((-0.1, "o", plots.COLOURS[0]), (0.3, "^", plots.COLOURS[1])):
    visited = [start]
    for _ in range(40):
        at = visited[-1]
        visited.append(at - 0.03 * (4 * at**3 - 8 * at + 1))
    path = np.array(visited)
    axes.plot(
        path, path**4 - 4 * path**2 + path, marker=marker, color=colour, label=f"from {start}"
    )
    ends.append(path[-1])
axes.set(xlabel="x", ylabel="f(x)")
axes.legend()
plt.show()
print("they end at", np.round(ends, 3))
assert ends[0] < -1 and ends[1] > 1

# %% valleys-explained [markdown]
# They do not. Descent finds *a* bottom, the one below its start, and not always the lowest.
#
# With two numbers there is a new difficulty: a **ravine**, steep across and nearly flat along. A rate small
# enough for the steep direction crawls in the flat one. **Momentum** helps: it remembers part of the last step
# and adds it to the next, as a heavy ball would. Across the ravine the steps cancel, along it they add up.
#
# $$ v_{\text{new}} = \text{momentum} \cdot v - \text{learning rate} \times \text{gradient}, \qquad
# x_{\text{new}} = x + v_{\text{new}} $$
#
# The height of this ravine is ½·x² + 10·y², and so its gradient is (x, 20·y).


# %% ravine
def roll(momentum, rounds=40):
    """Return the path of a ball down the ravine, with so much of its last step kept."""
    ball, velocity = np.array([-8.0, 1.5]), np.zeros(2)
    path = [ball]
    for _ in range(rounds):
        velocity = momentum * velocity - 0.09 * np.array([1.0, 20.0]) * ball
        ball = ball + velocity
        path.append(ball)
    return np.array(path)


figure, panels = plt.subplots(1, 2, figsize=(10, 3), sharey=True, layout="constrained")
along, across = np.meshgrid(np.linspace(-9, 5, 90), np.linspace(-2, 2, 60))
for momentum, panel in zip((0.0, 0.7), panels):
    path = roll(momentum)
    panel.contour(
        along, across, 0.5 * along**2 + 10 * across**2, 12, colors="#999999", linewidths=0.8
    )
    panel.plot(*path.T, "o-", markersize=3, color=plots.COLOURS[0])
    panel.set(title=f"momentum {momentum}: 40 steps", xlabel="x, along the ravine")
    print(f"momentum {momentum}: {np.hypot(*path[-1]):.4f} from the bottom")
panels[0].set_ylabel("y, across")
plt.show()
assert np.hypot(*roll(0.7)[-1]) < 0.2 * np.hypot(*roll(0.0)[-1])

# %% explorer-intro [markdown]
# Now walk yourself. The first slider follows the path step by step; the others change the path. They take the mouse,
# and after Tab also the arrow keys. The words under the figures say what becomes of the walk, and why.
#
# 1. *valley*: find the rate that arrives in one step, and the one from which it never comes to rest.
# 2. *two valleys*: start at the far left and give it momentum, until it leaves the lower valley for the higher one.
# 3. *ravine*: how large a rate does it bear without momentum? What does momentum do at that rate?
# 4. *saddle*: start at y = 0, and then just beside it.

# %% explorer
explorer = DescentExplorer("valley", start=-3, learning_rate=0.1)
explorer

# %% explorer-cases [markdown]
# The answers are in the next cell, which is folded up and asks the explorer for its words. When you have tried all
# four, select it and run it; a click on it opens it.

# %% explorer-cases-answer jupyter={"source_hidden": true}
cases = [
    ("valley", -3.0, 0.5, 0.0),
    ("valley", -3.0, 1.0, 0.0),
    ("two valleys", -4.0, 0.1, 0.0),
    ("two valleys", -4.0, 0.1, 0.8),
    ("ravine", (-3.5, 1.5), 0.09, 0.0),
    ("ravine", (-3.5, 1.5), 0.11, 0.0),
    ("ravine", (-3.5, 1.5), 0.11, 0.7),
    ("saddle", (-3.0, 0.0), 0.2, 0.0),
    ("saddle", (-3.0, 0.1), 0.2, 0.0),
]
said = []
for name, start, rate, momentum in cases:
    tried = DescentExplorer(name, start, learning_rate=rate, momentum=momentum, steps=100)
    said.append(tried.words)
    print(f"{name} from {start}, rate {rate}, momentum {momentum}:\n    {tried.words}")
assert "x = −2.33" in said[2] and "x = 2.13" in said[3]
assert "diverges" in said[5] and "converges" in said[6]
assert ", 0):" in said[7] and ", 2):" in said[8]

# %% explorer-explained [markdown]
# A heavy ball rolls out of the lower valley and comes to rest in the higher one: momentum is no way to the lowest
# bottom either. In the ravine the rate must suit the steepest direction, here below 0.1; momentum raises the limit.
# On the saddle the slope across is exactly 0 at y = 0, so the walk comes to rest on the ridge between two
# valleys: a slope of 0 is a sign of a bottom and no proof of one. Just beside it, the walk finds its way down.
#
# The explorer also takes a function of your own, of one or of two numbers. Change this one:


# %% explorer-own
def my_valley(z):
    return 0.3 * z**2 + tf.sin(3.0 * z)


DescentExplorer(my_valley, start=2.5, learning_rate=0.02)

# %% explorer-unusable [markdown]
# **Predict.** What will it say to a function that rounds?

# %% explorer-unusable-answer
print(DescentExplorer(lambda z: tf.round(z) ** 2).words)

# %% blow-up-intro [markdown]
# Rounding has no slope of use; section 6 comes back to this.
#
# **Predict.** A walk that goes farther with every step will soon leave the range of its numbers. Does Python
# notice? Does TensorFlow?

# %% blow-up
try:
    position = 0.0
    for step in range(2000):
        position = position - 1.5 * 4 * (position - 3) ** 3
except OverflowError as error:
    print("Python:", type(error).__name__, "in step", step)

wandering = tf.constant(0.0)
for step in range(6):
    wandering = wandering - 1.5 * 4 * (wandering - 3) ** 3
    print("TensorFlow, step", step, "is at", wandering.numpy())
assert tf.math.is_nan(wandering)

# %% downhill-prepares [markdown]
# Plain Python stops. TensorFlow goes on to infinity, and then to NaN, "not a number", which is infinity minus
# infinity. When a loss becomes NaN, look a few steps back: mostly it had been growing.
#
# *Prepares:* `gradient_descent`.

# %% backwards-intro [markdown]
# ## 4 Backwards by hand
#
# Measuring a gradient takes two forward passes for each number. **Backpropagation** takes one backward pass for
# all of them. It rests on one law, the **chain rule**: if a change passes through several steps, the slopes of
# the steps multiply.
#
# Here is a single unit with its loss, cut into its smallest steps. First forwards, from the numbers to the loss.

# %% small-graph-forward
a, x, b, t = 2.0, 3.0, -1.0, 2.0
p = a * x  # the product
q = p + b  # the sum
r = max(0.0, q)  # ReLU
d = r - t  # the difference from the target
loss = d**2
print(f"p = {p}, q = {q}, r = {r}, d = {d}, loss = {loss}")

# %% small-graph-rules [markdown]
# Now backwards. Begin at the loss with the slope 1, and ask of each step: if its input grows a little, how fast
# does its output grow? Multiply by what has come back so far.
#
# | step | its own slope |
# |---|---|
# | `loss = d²` | 2·d |
# | `d = r − t` | 1 for r, −1 for t |
# | `r = relu(q)` | 1 where q is above 0, else 0 |
# | `q = p + b` | 1 for both |
# | `p = a · x` | x for a, and a for x |
#
# **Predict.** Work out on paper the slope of the loss for b and for a, before you run the next cell.

# %% small-graph-backward
back_loss = 1.0
back_d = back_loss * 2 * d
back_r, back_t = back_d * 1, back_d * -1
back_q = back_r * (1.0 if q > 0 else 0.0)
back_p, back_b = back_q * 1, back_q * 1
back_a, back_x = back_p * x, back_p * a
print(f"a: {back_a}   x: {back_x}   b: {back_b}   t: {back_t}")
assert (back_a, back_x, back_b, back_t) == (18.0, 12.0, 6.0, -6.0)

# %% small-graph-picture
spots = {"a": (0, 2), "x": (0, 1), "b": (1, 0), "p": (1, 1.5), "q": (2, 1), "r": (3, 1)}
spots |= {"t": (3, 0), "d": (4, 0.6), "loss": (5, 0.6)}
values = {"a": a, "x": x, "b": b, "t": t, "p": p, "q": q, "r": r, "d": d, "loss": loss}
backs = {"a": back_a, "x": back_x, "b": back_b, "t": back_t, "p": back_p}
backs |= {"q": back_q, "r": back_r, "d": back_d, "loss": back_loss}
arrows = ["a p", "x p", "p q", "b q", "q r", "r d", "t d", "d loss"]

axes = plots.new_axes("Values forwards (above), slopes backwards (below)", width=9, height=3.6)
for source, goal in map(str.split, arrows):
    style = {"arrowstyle": "->", "color": "#666666", "shrinkA": 24, "shrinkB": 24}
    axes.annotate("", spots[goal], spots[source], arrowprops=style)
for name, spot in spots.items():
    axes.annotate(f"{name} = {values[name]:g}", spot, ha="center", va="bottom", weight="bold")
    text = f"slope {backs[name]:g}".replace("-", "−")
    axes.annotate(text, spot, ha="center", va="top", color=plots.COLOURS[1])
axes.set(xlim=(-0.5, 5.5), ylim=(-0.5, 2.5))
axes.axis("off")
plt.show()


# %% small-graph-check
def whole(a, x, b, t):
    """Return the loss of the small graph in one line."""
    return (max(0.0, a * x + b) - t) ** 2


h = 1e-4
print("slope for a, measured:", round((whole(a + h, x, b, t) - whole(a - h, x, b, t)) / (2 * h), 6))
print("slope for b, measured:", round((whole(a, x, b + h, t) - whole(a, x, b - h, t)) / (2 * h), 6))
print("with b = -7, so q = -1:", (whole(a + h, x, -7, t) - whole(a - h, x, -7, t)) / (2 * h))
assert whole(a + h, x, -7, t) == whole(a - h, x, -7, t)

# %% gates-explained [markdown]
# The measured slopes agree. And where q is below 0, ReLU is a closed gate: nothing comes back through it, and
# neither a nor b learns from this sample. For whole tensors ReLU is `tf.nn.relu`.
#
# Two more rules complete the method. A value that is **used twice** gets two answers, and they are **added**. And
# with arrays the **shapes lead the way**: a gradient has the shape of what it belongs to.
#
# **Predict.** Six cups with two inputs each, (6, 2), pass through weights (2, 3) and biases (3,). From the scores,
# (6, 3), comes back a gradient of the same shape. Which product of which matrices has the shape of the weights?
# What makes (3,) of (6, 3)?

# %% layer-backward
cups, table, offsets = grams_and_minutes, first, first_bias
bent = np.tanh(0.3 * (cups @ table + offsets))
total = np.sum(bent**2)

back_bent = 2 * bent
back_scores = back_bent * (1 - bent**2) * 0.3
back_table = np.matmul(cups.T, back_scores)
back_offsets = np.sum(back_scores, axis=0)
back_cups = np.matmul(back_scores, table.T)
for caption, array in (
    ("scores", back_scores),
    ("weights", back_table),
    ("biases", back_offsets),
    ("inputs", back_cups),
):
    print(f"gradient for the {caption}: {array.shape}")


# %% layer-check
def total_with(table, offsets):
    return np.sum(np.tanh(0.3 * (cups @ table + offsets)) ** 2)


h = 1e-3
corner = np.zeros((2, 3))
corner[1, 2] = h
measured = (total_with(table + corner, offsets) - total_with(table - corner, offsets)) / (2 * h)
print(f"one weight: by hand {back_table[1, 2]:.5f}, measured {measured:.5f}")
assert np.isclose(measured, back_table[1, 2], atol=1e-4)

tail = np.array([0.0, h, 0.0])
measured = (total_with(table, offsets + tail) - total_with(table, offsets - tail)) / (2 * h)
print(f"one bias:   by hand {back_offsets[1]:.5f}, measured {measured:.5f}")
assert np.isclose(measured, back_offsets[1], atol=1e-4)

# %% layer-explained [markdown]
# The inputs turned on their side, (2, 6), times what came back, (6, 3), gives (2, 3). The bias is added to all six
# rows, so it is used six times, and the six answers are added. Further back, into a layer before this one, goes
# what came back times the turned weights: (6, 3) times (3, 2) gives (6, 2).
#
# The loss here was a sum. A **mean** over so many numbers divides each slope by that many; nothing else changes.
#
# A wrong order of factors mostly fails loudly, and the shapes say why:

# %% layer-error
try:
    np.matmul(back_scores, cups.T)
except ValueError as error:
    print(
        "ValueError:",
        str(error).partition(", with")[0],
        back_scores.shape,
        "times",
        cups.T.shape,
    )

# %% backwards-prepares [markdown]
# When you have written a gradient by hand, measure some of its numbers as above. It costs three lines.
#
# *Prepares:* `backpropagate`.

# %% tape-intro [markdown]
# ## 5 The tape
#
# Every step had a forward rule and a backward rule, and the backward pass only followed the forward pass in
# reverse order. A machine can do that. A `tf.GradientTape` writes down what is computed inside its `with` block;
# `gradient` then plays it backwards.

# %% tape-first
a, b = tf.Variable(2.0), tf.Variable(-1.0)
with tf.GradientTape() as record:
    loss = (tf.nn.relu(a * 3.0 + b) - 2.0) ** 2
for_a, for_b = record.gradient(loss, [a, b])
print("for a:", for_a.numpy(), "  for b:", for_b.numpy())
assert (for_a, for_b) == (back_a, back_b)

# %% tape-structure [markdown]
# The same 18 and 6 as by hand. The second argument may be one variable, a list, a dictionary; the answer has the
# same structure, and each gradient has the shape of its variable.
#
# **Predict.** Variables are watched by themselves. A constant is not. What does the tape answer for a constant?

# %% tape-watch
north = tf.constant(-1.0)
with tf.GradientTape() as record:
    view = 3.0 * north**2
print("not watched:", record.gradient(view, north))

with tf.GradientTape() as record:
    record.watch(north)
    view = 3.0 * north**2
print("watched:    ", record.gradient(view, north).numpy())

parts = {"table": tf.Variable(first), "offsets": tf.Variable(first_bias)}
with tf.GradientTape() as record:
    total = tf.reduce_sum(tf.tanh(0.3 * (cups @ parts["table"] + parts["offsets"])) ** 2)
for name, found in record.gradient(total, parts).items():
    print(f"for the {name}:", found.shape)
    assert np.allclose(found, {"table": back_table, "offsets": back_offsets}[name], atol=1e-4)

# %% tape-none-and-zero [markdown]
# `None` means "nothing on the record leads from here to there". A constant has to be named with `watch`, inside
# the block and before it is used. (And the five lines of backward pass for a whole layer are now one.)
#
# Even a watched constant gets `None` where the result does not depend on it. If zeros suit you better, as in
# mathematics, say so:

# %% tape-unconnected
elsewhere = tf.constant([1.0, 2.0])
with tf.GradientTape(persistent=True) as record:
    record.watch(elsewhere)
    unrelated = tf.constant(5.0) * 2.0
print("as it is:", record.gradient(unrelated, elsewhere))
print("as zeros:", record.gradient(unrelated, elsewhere, unconnected_gradients="zero").numpy())

# %% tape-arrow-intro [markdown]
# The gradient is a list of slopes, and it is also an arrow: it points where the ground rises fastest, straight
# across the contour lines. Descent goes the other way. Here are the downhill arrows of a landscape, each from a tape.


# %% tape-arrows
def landscape(east, north):
    return tf.sin(east) * tf.cos(0.8 * north) + 0.1 * (east**2 + north**2)


steps_east, steps_north = np.meshgrid(np.linspace(-3, 3, 13), np.linspace(-2.4, 2.4, 11))
east, north = tf.constant(steps_east), tf.constant(steps_north)
with tf.GradientTape() as record:
    record.watch([east, north])
    ground = landscape(east, north)
up_east, up_north = record.gradient(ground, [east, north])

axes = plots.new_axes("Downhill arrows", width=6.5, height=4.6)
fine = np.meshgrid(np.linspace(-3.2, 3.2, 90), np.linspace(-2.6, 2.6, 80))
lines = axes.contour(*fine, landscape(*fine), 14, cmap="cividis")
axes.clabel(lines, fontsize=7)
axes.quiver(steps_east, steps_north, -up_east, -up_north, color=plots.COLOURS[1], width=0.004)
axes.set(xlabel="east", ylabel="north", aspect="equal")
plt.show()

# %% tape-sum-question [markdown]
# Something in that cell deserves a second look. The height was asked for at 143 places at once, so the target of
# `gradient` was no single number but an array, (11, 13). **Predict** what this small case gives:

# %% tape-sum
z = tf.Variable(3.0)
with tf.GradientTape() as record:
    powers = tf.stack([z, z**2, z**3])
of_all = record.gradient(powers, z)
print("powers", powers.numpy(), "  gradient", of_all.numpy())

# %% tape-sum-explained [markdown]
# 34 = 1 + 6 + 27: of a target with several numbers the tape takes the **sum** and gives the gradient of that. For
# the arrows this was right, since the height at one place depends on that place only. Section 8 takes sums apart.
#
# **Predict.** Ask the same tape twice. What happens?

# %% tape-twice
with tf.GradientTape() as record:
    volume = z**3
print("first: ", record.gradient(volume, z).numpy())
try:
    record.gradient(volume, z)
except RuntimeError as error:
    print("second:", type(error).__name__, "-", error)

with tf.GradientTape(persistent=True) as record:
    area = z**2
    volume = z * area
print(
    "kept:  ",
    record.gradient(volume, z).numpy(),
    record.gradient(area, z).numpy(),
    record.gradient(volume, area).numpy(),
)
del record
assert of_all == 1 + 2 * 3 + 3 * 3**2 == 34  # of the three powers above

# %% tape-twice-explained [markdown]
# A tape plays once and then lets go of what it holds. With `persistent=True` it can be asked again, also about values
# in between; `del` frees the memory when you are done.
#
# > **If you learned this earlier.** Before TensorFlow 2 one wrote `tf.gradients(y, x)` and ran it in a session.

# %% tape-sessions
try:
    tf.gradients(area, z)
except RuntimeError as error:
    print(type(error).__name__, "-", error)

# %% tape-prepares [markdown]
# *Prepares:* `gradient`, `gradient_descent`, `tape_quiz`.

# %% records-intro [markdown]
# ## 6 What the tape records
#
# The tape is not a reader of your code. It sees TensorFlow operations at the moment they run, inside the block, if
# they touch something that is watched. Everything else about your program is invisible to it.

# %% records-watched
grip, slack = tf.Variable(2.0, name="grip"), tf.Variable(0.5, name="slack")
fixed = tf.Variable(9.0, name="fixed", trainable=False)
with tf.GradientTape() as record:
    pull = grip * fixed + 1.0
watched = [variable.name.partition(":")[0] for variable in record.watched_variables()]
print("watched:", watched)
print(
    "gradients:",
    [None if g is None else float(g) for g in record.gradient(pull, [grip, slack, fixed])],
)
assert watched == ["grip"]

# %% records-watched-explained [markdown]
# `grip` was used, so it is watched; `slack` was not used; `fixed` is not trainable, and so the tape passes it by.
#
# **Predict.** A function has an `if` in it. What is the gradient at 4, and what at −4?


# %% records-branches
def bent_path(z):
    if z > 0:
        return 5.0 * z
    for _ in range(3):
        z = 2.0 * z
    return z


for value in (4.0, -4.0):
    z = tf.Variable(value)
    with tf.GradientTape() as record:
        result = bent_path(z)
    print(f"at {value}: value {result.numpy()}, gradient {record.gradient(result, z).numpy()}")

# %% records-branches-explained [markdown]
# 5 and 8. The record of the first holds one multiplication, the record of the second holds three. The `if` and the
# `for` are on neither: the tape knows only the way that was taken.

# %% records-viewer-intro [markdown]
# `TapeViewer(f, *inputs)` shows a record: the operations from top to bottom with their values, and, a step at a time,
# the gradients on their way back. Here is the unit of section 4 again, with a second way from q to the result.
#
# **Predict.** q is used twice, by ReLU and by the penalty. Two gradients will come back to it. What happens to them?

# %% records-viewer
from tfcourse_utils.widgets import TapeViewer


def penalized_unit(a, b):
    q = a * 3.0 + b
    miss = tf.nn.relu(q) - 2.0
    return miss**2 + 0.1 * q**2


viewer = TapeViewer(penalized_unit, tf.Variable(2.0), tf.Variable(-1.0))
viewer

# %% records-viewer-explained [markdown]
# The viewer calls q `t2`. Move the first slider until the gradients have reached a and b. Then make a negative, and q
# with it: the gate of ReLU closes, and what still arrives has come by the penalty. The next cell asks the viewer for
# its words.

# %% records-viewer-words
for a in (2.0, -1.0):
    print("a =", a)
    for back in (4, 7, 9):
        told = TapeViewer(penalized_unit, tf.Variable(a), tf.Variable(-1.0), back=back)
        print("   ", told.words.partition(". ")[2])
    assert ("b: 7" if a > 0 else "b: −0.8") in told.words

# %% records-by-hand [markdown]
# The 1 of the penalty and the 6 of ReLU meet at q, and are added: b gets 7. With the gate closed, only the penalty is
# left.
#
# Now keep something off the record on purpose. `tf.stop_gradient` passes a value on and cuts the way back.
# `record.stop_recording()` turns the tape off for a few lines.
#
# **Predict.** z · z has the gradient 2·z, which is 14 at 7. What is left if one of the two factors is cut?

# %% records-stopped
z = tf.Variable(7.0)
with tf.GradientTape(persistent=True) as record:
    whole_square = z * z
    half_cut = z * tf.stop_gradient(z)
    all_cut = tf.stop_gradient(z * z)
    with record.stop_recording():
        unseen = z * z
for name, value in [
    ("z * z", whole_square),
    ("one cut", half_cut),
    ("all cut", all_cut),
    ("unseen", unseen),
]:
    print(f"{name:8} value {value.numpy()}   gradient", record.gradient(value, z))
of_half_cut = record.gradient(half_cut, z)

# %% records-steps [markdown]
# One factor counts as a plain number, so 7 is left. With the whole product cut, nothing leads back: `None`.
#
# Some operations have no slope that would be of use. **Predict** for each of these what the tape answers at
# [−1.5, 0, 2.5]: numbers, zeros, or `None`?

# %% records-flat
places = tf.constant([-1.5, 0.0, 2.5])
flat_functions = {
    "relu": tf.nn.relu,
    "abs": tf.abs,
    "sign": tf.sign,
    "round": tf.round,
    "above 0, as a number": lambda v: tf.cast(v > 0, tf.float32),
    "index of the largest": tf.argmax,
}
for name, function in flat_functions.items():
    with tf.GradientTape() as record:
        record.watch(places)
        result = function(places)
    answer = record.gradient(result, places)
    print(f"{name:22}", None if answer is None else answer.numpy())
assert of_half_cut == 7.0

# %% records-flat-picture
figure, panels = plt.subplots(1, 4, figsize=(11, 2.8), sharey=True, layout="constrained")
across = tf.linspace(-2.5, 2.5, 201)
for panel, name in zip(panels, ("relu", "abs", "sign", "round")):
    with tf.GradientTape() as record:
        record.watch(across)
        result = flat_functions[name](across)
    answer = record.gradient(result, across)
    panel.plot(across, result, color=plots.COLOURS[0], label="value")
    if answer is None:
        panel.text(0, -1.6, "no gradient at all", ha="center", color=plots.COLOURS[1])
    else:
        panel.plot(across, answer, "--", color=plots.COLOURS[1], label="gradient")
    panel.set(title=name, xlabel="z")
panels[0].legend(fontsize=8)
plt.show()

# %% records-flat-explained [markdown]
# At a kink, as of ReLU and the absolute value at 0, TensorFlow settles for 0. Sign is flat and says so. Rounding,
# comparing and choosing the largest have no gradient registered at all: `None`. This is why accuracy, which
# compares, can be a metric and not a loss.

# %% records-prepares [markdown]
# *Prepares:* `gradient`, `tape_quiz`.

# %% second-intro [markdown]
# ## 7 Gradients of gradients
#
# The slope of a curve is a curve again, and it too has a slope: the **second derivative**, or curvature. To the tape
# a gradient is a computation like any other, so a second tape can record it. What matters is who is inside whom:

# %% second-nested
s = tf.Variable(2.0)
with tf.GradientTape() as outer_record:
    with tf.GradientTape() as inner_record:
        wave = s * tf.sin(s)
    slope = inner_record.gradient(wave, s)  # inside the outer block, so it is on the outer record
curvature = outer_record.gradient(slope, s)

print(
    "value",
    wave.numpy().round(4),
    "  slope",
    slope.numpy().round(4),
    "  curvature",
    curvature.numpy().round(4),
)
assert np.isclose(slope, np.sin(2.0) + 2 * np.cos(2.0), atol=1e-5)
assert np.isclose(curvature, 2 * np.cos(2.0) - 2 * np.sin(2.0), atol=1e-5)

# %% second-question [markdown]
# **Predict.** What is the curvature if the line `slope = …` comes only after both blocks? And what is the curvature of the straight line 7·s + 1?

# %% second-none
with tf.GradientTape() as outer_record, tf.GradientTape() as inner_record:
    wave = s * tf.sin(s)
slope = inner_record.gradient(wave, s)
print("worked out too late:", outer_record.gradient(slope, s))

with tf.GradientTape(persistent=True) as outer_record:
    with tf.GradientTape() as inner_record:
        straight = 7.0 * s + 1.0
    slope = inner_record.gradient(straight, s)
print("straight line: slope", slope.numpy(), "  curvature", outer_record.gradient(slope, s))
print("as a number:  ", outer_record.gradient(slope, s, unconnected_gradients="zero").numpy())

# %% second-explained [markdown]
# `None` both times, for unlike reasons. In the first the slope was worked out where nobody recorded. In the second
# the slope is 7, whatever s is: it does not depend on s, so nothing leads back. Mathematics would call that 0.


# %% second-picture
def three_at(value):
    """Return value, slope and curvature of s·sin(s) at one place."""
    s = tf.constant(float(value))
    with tf.GradientTape() as outer_record:
        outer_record.watch(s)
        with tf.GradientTape() as inner_record:
            inner_record.watch(s)
            wave = s * tf.sin(s)
        slope = inner_record.gradient(wave, s)
    return [float(wave), float(slope), float(outer_record.gradient(slope, s))]


along = np.linspace(0, 7, 71)
table = np.array([three_at(value) for value in along])
axes = plots.new_axes("s·sin(s), its slope and its curvature", width=7, height=3.6)
for column, name, style in zip(table.T, ("value", "slope", "curvature"), ("-", "--", ":")):
    axes.plot(along, column, style, label=name)
axes.axhline(0, color="#999999", linewidth=0.8)
axes.set(xlabel="s")
axes.legend()
plt.show()

lowest = along[np.argmin(table[:, 0])]
print(
    f"lowest near s = {lowest:.1f}: slope {table[np.argmin(table[:, 0]), 1]:.2f}, curvature positive"
)
assert table[np.argmin(table[:, 0]), 2] > 0

# %% curvature-rate [markdown]
# At a bottom the slope is 0 and the curvature positive. And now section 3 can be completed: near a bottom, a step
# multiplies the distance by 1 − (learning rate) · (curvature). Descent comes to rest if the rate is below
# **2 / curvature**, and no other.
#
# **Predict.** Around the bottom near 4.9 the curvature is about 5.2. Will a rate of 0.35 come to rest? And 0.4?

# %% curvature-rate-answer
bottom_curvature = three_at(lowest)[2]
print(f"curvature {bottom_curvature:.2f}, so the limit is {2 / bottom_curvature:.3f}")
for rate in (0.35, 0.4):
    at = lowest + 0.05
    for _ in range(60):
        at = at - rate * three_at(at)[1]
    slope_there = abs(three_at(at)[1])
    print(f"rate {rate}: after 60 steps the slope is {slope_there:.4f}")
    assert (slope_there < 1e-3) == (rate < 2 / bottom_curvature)

# %% hessian-intro [markdown]
# With several inputs each slope may change with each input. The table of all these second derivatives is the
# **Hessian**; `jacobian`, the subject of the next section, makes it of a gradient. For the ravine of section 3:

# %% hessian
spot = tf.Variable([-8.0, 1.5])
with tf.GradientTape() as outer_record:
    with tf.GradientTape() as inner_record:
        ravine = 0.5 * spot[0] ** 2 + 10.0 * spot[1] ** 2
    slopes = inner_record.gradient(ravine, spot)
print(outer_record.jacobian(slopes, spot).numpy())

# %% second-prepares [markdown]
# Curvature 20 across and 1 along. The rate must stay below 2/20 for the steep direction, and with such a rate a step
# makes up less than a tenth of the way along the flat one. That is all there is to a ravine.
#
# *Prepares:* `second_derivative`.

# %% examples-intro [markdown]
# ## 8 One gradient for each example
#
# The loss of a batch is a mean, so its gradient is a mean too: all examples pull, and only the average pull is
# seen. Sometimes one wants to know who pulls: to find a wrong label, to limit the pull of any one person's data,
# to see how noisy a step is.
#
# Take the cups again, and for once a plain linear guess, strength = grams·c₀ + minutes·c₁. One cup has been written
# down wrongly: 40 instead of 4.0.

# %% examples-losses
noted = strength[:, 0].copy()
noted[1] = 40.0
c = tf.Variable([1.0, 1.0])


def costs_of_cups(c):
    """Return one cost for each cup, (6,)."""
    return (tf.linalg.matvec(cups, c) - noted) ** 2


with tf.GradientTape(persistent=True) as record:
    costs = costs_of_cups(c)
    average = tf.reduce_mean(costs)
print("of the average:", record.gradient(average, c).numpy().round(2))
print("of the costs:  ", record.gradient(costs, c).numpy().round(2))
assert np.allclose(record.gradient(costs, c), 6 * record.gradient(average, c))

# %% examples-question [markdown]
# The second is six times the first, since the tape adds up a target of six costs.
#
# `record.jacobian(costs, c)` keeps them apart. The **Jacobian** has a row of slopes for each number of the target.
# **Predict** its shape.

# %% examples-jacobian
pulls = record.jacobian(costs, c)
print("shape", pulls.shape)
print(pulls.numpy().round(1))
assert np.allclose(tf.reduce_mean(pulls, axis=0), record.gradient(average, c), rtol=1e-5)

lengths = np.linalg.norm(pulls, axis=1)
axes = plots.new_axes("How hard each cup pulls", width=6, height=3)
axes.bar(
    range(6),
    lengths,
    color=[plots.COLOURS[1] if i == lengths.argmax() else plots.COLOURS[0] for i in range(6)],
)
axes.set(xlabel="cup", ylabel="length of its gradient")
plt.show()
print("cup", lengths.argmax(), "pulls hardest; it is the one noted wrongly")
assert lengths.argmax() == 1

# %% examples-by-hand [markdown]
# The shape is (6, 2): the shape of the target, then the shape of the variable. The mean of the rows is the gradient
# of the average. And the misread cup stands out.
#
# A Jacobian of a large network is large and slow. Often the rows can be written down: by the chain rule, the pull of
# one cup is the slope of its cost for its guess, times its inputs.
#
# **Predict.** The slopes for the guesses have the shape (6,), the cups (6, 2). Is `slopes * cups` the table?

# %% examples-by-hand-answer
off = tf.linalg.matvec(cups, c) - noted
try:
    print((2 * off * cups).shape)
except tf.errors.InvalidArgumentError as error:
    print(
        type(error).__name__,
        "- shapes",
        off.shape,
        "and",
        cups.shape,
        "do not line up from the right",
    )

by_hand = (2 * off)[:, None] * cups
print("with the slopes as a column:", by_hand.shape)
assert np.allclose(by_hand, pulls, rtol=1e-5)

# %% examples-prepares [markdown]
# Shapes are lined up from the right, so 6 meets 2. As a column, (6, 1), each slope multiplies its own row. For another
# loss only the slope of the cost for the guess is another: work it out as in section 4, and let a tape check it.
#
# *Prepares:* `per_example_gradients`.

# %% none-intro [markdown]
# ## 9 Four ways to None
#
# A gradient of `None` is no bug of TensorFlow; it says that no way leads back. There are four common reasons. Each of
# the next cells shows one, on the area of a circle, whose slope is the circumference, 2·π·radius. Before you read
# on, **predict** for each what went wrong.

# %% none-not-watched
radius = tf.constant(2.0)
with tf.GradientTape() as record:
    disc = np.pi * radius**2
print(record.gradient(disc, radius))

# %% none-not-watched-why [markdown]
# **1. Nobody watches.** The radius is a constant. Watch it, or make it a variable.

# %% none-replaced
radius = tf.Variable(2.0)
for step in range(2):
    with tf.GradientTape() as record:
        disc = np.pi * radius**2
    found = record.gradient(disc, radius)
    print("step", step, type(radius).__name__, found)
    if found is not None:
        radius = radius - 0.1 * found

# %% none-replaced-why [markdown]
# **2. The variable is gone.** A subtraction gives a tensor, and the name `radius` now stands for that. The first
# step works, the second one has a tensor that nobody watches. Change the variable in place: `assign`,
# `assign_add`, `assign_sub`. The short form with an equals sign is refused, and says so:

# %% none-replaced-error
radius = tf.Variable(2.0)
try:
    radius -= 0.1 * 12.57
except RuntimeError as error:
    print(type(error).__name__, "-", str(error).partition(". ")[0])
radius.assign_sub(0.1 * 12.57)
print("in place:", type(radius).__name__, radius.numpy())

# %% none-outside
radius = tf.Variable(2.0)
with tf.GradientTape() as record:
    square_radius = radius**2
disc = np.pi * square_radius
print("after the block: ", record.gradient(disc, radius))

with tf.GradientTape() as record:
    square_radius = np.square(radius)
    disc = tf.constant(np.pi, tf.float32) * square_radius
print("by way of NumPy: ", record.gradient(disc, radius))

# %% none-outside-why [markdown]
# **3. Part of the way is off the record.** Once the last line was outside the block, once NumPy did a part of the
# work. The values are right both times, and no error is raised. Everything from the input to the result must
# happen inside the block, and in TensorFlow.

# %% none-integers
radius = tf.Variable(2)
with tf.GradientTape() as record:
    square_radius = radius**2
print("whole numbers:   ", radius.dtype.name, record.gradient(square_radius, radius))

radius = tf.Variable(2.0)
with tf.GradientTape() as record:
    rounded = tf.cast(radius, tf.int32)
    square_radius = tf.cast(rounded, tf.float32) ** 2
print("whole in between:", rounded.dtype.name, record.gradient(square_radius, radius))

# %% none-integers-why [markdown]
# **4. Whole numbers.** A whole number can't grow "a little", so integers have no gradients, neither at the start nor
# on the way. Write `2.0`, or cast to float before the block.
#
# And the cure of all four:

# %% none-cured
radius = tf.Variable(2.0)
with tf.GradientTape() as record:
    disc = np.pi * radius**2
slope = record.gradient(disc, radius)
print("slope", slope.numpy(), "  circumference", 2 * np.pi * 2)
assert np.isclose(slope, 2 * np.pi * 2)

# %% none-loud-intro [markdown]
# `None` is quiet; it makes its noise later. **Predict** where each of these two fails.

# %% none-loud
lonely = tf.Variable(1.0)
with tf.GradientTape() as record:
    disc = np.pi * radius**2
nothing = record.gradient(disc, lonely)
try:
    lonely.assign_sub(0.1 * nothing)
except TypeError as error:
    print("by hand:  ", type(error).__name__, "-", error)
try:
    keras.optimizers.SGD(0.1).apply_gradients([(nothing, lonely)])
except ValueError as error:
    print("optimizer:", type(error).__name__, "-", error)

# %% none-doctor-intro [markdown]
# In a long function the break is hard to see. `examine(f, *inputs)` runs a function of yours under a tape, follows the
# record backwards, and says in which line the way ends. It watches the inputs itself, so it finds the third and
# the fourth cause, and a fifth: a result that has nothing to do with the input.
#
# **Predict** for each of these three functions which line it will name.


# %% none-doctor
from tfcourse_utils.gradient_doctor import examine


def by_way_of_numpy(radius):
    longer = radius + 1.0
    square_radius = np.square(longer)
    return tf.constant(np.pi, tf.float32) * square_radius


def by_way_of_integers(radius):
    shorter = radius - 0.5
    whole = tf.cast(shorter, tf.int32)
    return np.pi * tf.cast(whole, tf.float32) ** 2


def of_something_else(radius):
    other = tf.constant(3.0)
    return np.pi * other**2


for function in (by_way_of_numpy, by_way_of_integers, of_something_else):
    finding = str(examine(function, 2.0))
    print(f"{function.__name__}:\n    {finding}")
    assert "None" in finding

# %% none-prepares [markdown]
# When you meet either message, print the gradients, find the `None`, and ask the four questions: watched? still a
# variable? all on the record? floating point?
#
# *Prepares:* `watched_gradient`, `kept_variable_gradient`, `inside_tape_gradient`, `float_gradient`.

# %% own-intro [markdown]
# ## 10 Gradients of your own
#
# The tape goes back operation by operation, and each backward rule is right. Put together they can still fail.
# The function log(cosh(z)) is a fine loss: like a parabola near 0, like |z| far away, with the slope tanh(z), which
# is never above 1.
#
# **Predict.** cosh(z) is (e^z + e^−z) / 2. What do value and gradient become at z = 200, in float32?


# %% own-overflow
def literal_log_cosh(z):
    return tf.math.log(tf.cosh(z))


for value in (2.0, 200.0):
    z = tf.Variable(value)
    with tf.GradientTape() as record:
        cost = literal_log_cosh(z)
    print(f"z = {value}: value {cost.numpy()}, gradient {record.gradient(cost, z).numpy()}")
print("wanted at 200: about", 200 - np.log(2), "and", np.tanh(200.0))

# %% own-overflow-explained [markdown]
# e^200 is too large for float32, so it becomes infinity, and the way back multiplies infinity by 0: NaN. The doctor
# of section 9 finds this too:

# %% own-doctor
print(examine(literal_log_cosh, 200.0))

# %% own-where-intro [markdown]
# The obvious repair is to choose: for large z take the form that is safe there. **Predict** whether this works.

# %% own-where
z = tf.Variable([2.0, 200.0])
with tf.GradientTape() as record:
    chosen = tf.where(z > 20.0, z - np.log(2.0), literal_log_cosh(z))
print("values:   ", chosen.numpy())
gradient_of_choice = record.gradient(chosen, z)
print("gradients:", gradient_of_choice.numpy())
assert np.isfinite(chosen).all() and np.isnan(gradient_of_choice[1])

# %% own-where-explained [markdown]
# The values are right and one gradient is NaN. `tf.where` computes **both** sides and keeps one. On the way back the
# side that was not kept gets the slope 0, and 0 times infinity is NaN. The bad number must not arise in the first
# place, chosen or not.
#
# So write down both the value and the slope in a form that is safe everywhere. For the value, take the larger of the
# two powers out of the sum: log(e^z + e^−z) = |z| + log(1 + e^(−2·|z|)). The power is now at most 1. For the
# slope we know better than the tape: tanh. `tf.custom_gradient` takes a function that returns both: the value, and
# a function for the way back. That function gets what has come back so far, which is called the **upstream
# gradient** (`back` in the cells below), and multiplies it by the slope.


# %% own-custom
@tf.custom_gradient
def log_cosh(z):
    size = tf.abs(z)
    value = size + tf.math.log1p(tf.exp(-2.0 * size)) - np.log(2.0)
    return value, lambda back: back * tf.tanh(z)


z = tf.Variable([-200.0, -2.0, 0.0, 2.0, 200.0])
with tf.GradientTape() as record:
    costs = log_cosh(z)
slopes = record.gradient(costs, z)
print("values:   ", costs.numpy().round(4))
print("gradients:", slopes.numpy().round(4))
assert np.allclose(costs[1:4], literal_log_cosh(z[1:4]), atol=1e-6)
assert np.allclose(slopes, np.tanh(z), atol=1e-6)

# %% own-log1p [markdown]
# `log1p(u)` is log(1 + u), exact also where u is so small that 1 + u would be rounded to 1.
#
# **Predict.** Why must the way back multiply by `back`? Try a function that forgets it, inside another one.


# %% own-forgot-back
@tf.custom_gradient
def forgetful(z):
    return z**2, lambda back: 2.0 * z


z = tf.Variable(3.0)
for name, function in [("z²", lambda z: z**2), ("the forgetful z²", forgetful)]:
    with tf.GradientTape() as record:
        tenfold = 10.0 * function(z)
    print(f"gradient of 10 · {name}:", record.gradient(tenfold, z).numpy())

# %% own-forgot-explained [markdown]
# The slope of 10·z² at 3 is 60. The chain rule multiplies, and whoever drops `back` drops all that comes after. Tried
# by itself the forgetful one looks right, because there `back` is 1.
#
# What happens if the second function is missing altogether?


# %% own-missing
@tf.custom_gradient
def incomplete(z):
    return 2.0 * z


try:
    incomplete(tf.constant(1.0))
except TypeError as error:
    print(type(error).__name__, "-", error)

# %% own-through [markdown]
# TensorFlow expects two things, and tries to take the one tensor it got apart. When a message about "iterating" comes
# from a custom gradient, look at the `return`.
#
# A gradient of one's own need not even be the true one. Rounding has none, and so nothing learns in front of it.
# Networks with rounded values are trained by *pretending*, on the way back, that rounding did nothing:


# %% own-straight-through
@tf.custom_gradient
def rounded(z):
    return tf.round(z), lambda back: back


dial = tf.Variable(0.2)
for _ in range(30):
    with tf.GradientTape() as record:
        miss = (rounded(dial) - 4.0) ** 2
    dial.assign_sub(0.05 * record.gradient(miss, dial))
print("the dial is at", dial.numpy().round(3), "and rounds to", rounded(dial).numpy())
assert rounded(dial) == 4.0

# %% own-box [markdown]
# > **If you learned this earlier.** Notes on custom gradients write softplus as `log(exp(z) + 1)`, with a gradient of
# > their own that divides by e^−z. The value overflows all the same, at a modest z already:

# %% own-softplus-box
for value in (80.0, 90.0):
    z = tf.constant(value)
    print(
        f"z = {value}: log(exp(z) + 1) = {tf.math.log(tf.exp(z) + 1).numpy()}, tf.nn.softplus gives {tf.nn.softplus(z).numpy()}"
    )

# %% own-prepares [markdown]
# Try a function of this kind at 0, at 1000 and at −1000, value and gradient, before you trust it.
#
# *Prepares:* `softplus`.

# %% line-intro [markdown]
# ## 11 A line from scratch
#
# All parts are there. A spring gets longer with the load that hangs on it:
#
# $$ \text{length} = \text{rest} + \text{stretch} \cdot \text{load} $$
#
# Fifty measurements, a little noisy; two numbers to find. The recipe is always this: guess, measure the loss, ask the
# tape, step, repeat.

# %% line-data
dice = np.random.default_rng(7)
loads = dice.uniform(0, 4, size=50).astype(np.float32)
lengths = (3.0 + 1.5 * loads + dice.normal(scale=0.4, size=50)).astype(np.float32)
print("loads", loads.shape, "  lengths", lengths.shape)

# %% line-training
rest, stretch = tf.Variable(0.0), tf.Variable(0.0)
losses, snapshots = [], {}
for step in range(201):
    with tf.GradientTape() as record:
        misses = rest + stretch * loads - lengths
        cost = tf.reduce_mean(misses**2)
    losses.append(float(cost))
    if step in (0, 5, 20, 200):
        snapshots[step] = (float(rest), float(stretch))
    down_rest, down_stretch = record.gradient(cost, [rest, stretch])
    rest.assign_sub(0.08 * down_rest)
    stretch.assign_sub(0.08 * down_stretch)

print(f"trained: rest {rest.numpy():.3f}, stretch {stretch.numpy():.3f}")
solved_stretch, solved_rest = np.polyfit(loads, lengths, 1)
print(f"solved:  rest {solved_rest:.3f}, stretch {solved_stretch:.3f}")
assert np.allclose([rest, stretch], [solved_rest, solved_stretch], atol=0.01)

# %% line-pictures
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
left.scatter(loads, lengths, s=12, color="#777777", label="measured")
ends = np.array([0.0, 4.0])
for (step, (at_rest, per_load)), style in zip(snapshots.items(), (":", "-.", "--", "-")):
    left.plot(ends, at_rest + per_load * ends, style, color="black", label=f"after {step} steps")
left.set(title="The line on its way", xlabel="load", ylabel="length")
left.legend(fontsize=8)
plots.loss_curves({"mean squared error": losses[:60]}, right, "step").set(
    title="The loss, on a logarithmic scale", yscale="log", ylim=(0.05, 100)
)
plt.show()
print(f"loss {losses[0]:.2f} at first, {losses[5]:.2f} after 5 steps, {losses[-1]:.3f} at the end")

# %% line-floor-question [markdown]
# **Predict.** The noise was drawn with a standard deviation of 0.4. Can the loss come down to 0?

# %% line-floor
true_spring = float(np.mean((lengths - 3.0 - 1.5 * loads) ** 2))
floor = float(np.mean((lengths - solved_rest - solved_stretch * loads) ** 2))
print(f"noise of 0.4 costs, on average: {0.4**2:.3f}")
print(f"the noise of these fifty costs: {true_spring:.3f}, the loss of the true spring")
print(f"the lowest loss of any line:    {floor:.3f}")
print(f"the loss of the trained line:   {losses[-1]:.3f}")

# %% line-shapes-intro [markdown]
# It can't: no line goes through noise. In the long run noise of 0.4 costs 0.4², which is 0.16; these fifty
# measurements happen to be quieter. That the trained line is a shade *better* than the true spring is no wonder
# either: it was fitted to these fifty points, and has come down to the lowest loss that any line has on them.
#
# Two faults make such a loop fail in silence. The first is one of shapes. Somebody reads the lengths from a file, as a
# column:

# %% line-shapes
column = lengths[:, None]
misses = rest + stretch * loads - column
print("guesses", loads.shape, "minus targets", column.shape, "gives", misses.shape)
print(f"'loss' of the finished line: {tf.reduce_mean(misses**2):.3f}, really {losses[-1]:.3f}")
assert misses.shape == (50, 50)
assert 0 < floor < true_spring < 0.4**2 and abs(losses[-1] - floor) < 1e-4  # of the cell before

# %% line-class-intro [markdown]
# Every guess was compared with every target. Make sure that both have the same shape.
#
# A **model** is its numbers together with what it does with them; in Python that is a class. The second fault lives
# there. Tea cools from where it starts to the temperature of the room; two numbers describe it, and here are two
# ways to hold them. **Predict:** when the cup cools faster, does the pot?


# %% line-class
class SharedCooling:
    rate = tf.Variable(0.1)
    room = tf.Variable(20.0)


class Cooling:
    def __init__(self, rate=0.1, room=20.0):
        self.rate = tf.Variable(rate)
        self.room = tf.Variable(room)

    def __call__(self, minutes):
        """Return the temperature after so many minutes, from 90 degrees, in any shape."""
        return self.room + (90.0 - self.room) * tf.exp(-self.rate * minutes)


for kind in (SharedCooling, Cooling):
    cup, pot = kind(), kind()
    cup.rate.assign(0.5)
    print(f"{kind.__name__}: cup {cup.rate.numpy()}, pot {pot.rate.numpy()}")

# %% line-class-explained [markdown]
# What stands directly in the class body is made once and belongs to all. What `__init__` makes belongs to one object.
# And `__call__` is what runs when the object is used like a function: `cup(minutes)`.
#
# > **If you learned this earlier.** A loss function that reads a global `model` trains or punishes whatever that name
# > stands for at the moment. Hand the model in as an argument.

# %% line-global
minutes = tf.range(0.0, 40.0, 2.0)
thermometer = 18.0 + (90.0 - 18.0) * tf.exp(-0.15 * minutes)
cup, pot = Cooling(), Cooling()
model = pot


def careless_cost(minutes, thermometer):
    return tf.reduce_mean((model(minutes) - thermometer) ** 2)


def careful_cost(cooling, minutes, thermometer):
    return tf.reduce_mean((cooling(minutes) - thermometer) ** 2)


with tf.GradientTape(persistent=True) as record:
    careless = careless_cost(minutes, thermometer)
    careful = careful_cost(cup, minutes, thermometer)
print("careless:", record.gradient(careless, cup.rate))
print("careful: ", record.gradient(careful, cup.rate).numpy())

# %% line-optimizer-box [markdown]
# The careless cost is that of the pot, so the cup has no part in it.
#
# > **If you learned this earlier.** `optimizer.minimize` is gone in Keras 3: take the gradients with a tape and call
# > `apply_gradients`.

# %% line-optimizer
optimizer = keras.optimizers.Adam(learning_rate=0.1)
try:
    optimizer.minimize(lambda: 0.0, [cup.rate])
except AttributeError as error:
    print(type(error).__name__, "-", error)

history = []
for _ in range(150):
    with tf.GradientTape() as record:
        cost = careful_cost(cup, minutes, thermometer)
    numbers = [cup.rate, cup.room]
    optimizer.apply_gradients(zip(record.gradient(cost, numbers), numbers))
    history.append(float(cost))
print(
    f"rate {cup.rate.numpy():.3f}, room {cup.room.numpy():.2f}, loss {history[0]:.1f} to {history[-1]:.4f}"
)
assert np.allclose([cup.rate, cup.room], [0.15, 18.0], atol=0.05)

# %% line-prepares [markdown]
# The same loop with another model and another rule for the step. Note which loss a loop reports: the one
# **before** the step, since it was worked out with the old numbers.
#
# *Prepares:* `LinearModel`, `mean_squared_error`, `train_step`.

# %% graph-intro [markdown]
# ## 12 What a graph buys
#
# Up to here every operation ran by itself, as soon as Python came to it: **eager execution**. Decorated with
# `tf.function`, a Python function runs only once in Python, to be **traced**: its operations become a graph, and
# from then on the graph runs without Python. The tape may be inside.
#
# **Predict.** The function below prints a line. It is called five times. How often does the line appear?

# %% graph-tracing
traces = []


@tf.function
def slope_of_cube(z):
    traces.append(z)
    print("  tracing for", z)
    with tf.GradientTape() as record:
        record.watch(z)
        cube = z**3
    return record.gradient(cube, z)


for z in (1.0, 2.0, 3.0):
    print("tensor", z, "gives", slope_of_cube(tf.constant(z)).numpy())
for z in ([1.0, 2.0], [3.0, 4.0]):
    print("tensor", z, "gives", slope_of_cube(tf.constant(z)).numpy())

# %% graph-retrace-question [markdown]
# Twice: once for each kind of input, where shape and dtype make the kind. Python's `print` belongs to the tracing;
# `tf.print` would go into the graph.
#
# **Predict.** And if the learning rate is a plain Python number, and another one in each call?

# %% graph-retrace
counts = {"Python number": 0, "tensor": 0}


@tf.function
def damped(z, rate, kind):
    counts[kind] += 1
    return z - rate * 2.0 * z


seconds = {"Python number": [], "tensor": []}
for rate in (0.1, 0.2, 0.3):
    for kind, number in [("Python number", rate), ("tensor", tf.constant(rate))]:
        begin = time.perf_counter()
        damped(tf.constant(1.0), number, kind)
        seconds[kind].append(time.perf_counter() - begin)
print("traced:", counts)
for kind, taken in seconds.items():
    print(f"fastest call with a {kind}: {1000 * min(taken):.2f} ms")
assert len(traces) == 2  # of the slope of the cube

# %% graph-measure-intro [markdown]
# A Python number is part of the kind, so every new value is traced anew, and tracing takes far longer than a call. Pass
# numbers that change as tensors.
#
# Now to what it buys. Below are a training step of many small operations, and two products of large matrices, each
# of them eager and as a graph. **Predict** which of the two gains more.

# %% graph-measure
coefficients = tf.Variable(tf.zeros(10))
positions = tf.linspace(-1.0, 1.0, 20)
big = tf.random.stateless_uniform((700, 700), seed=(1, 2))


def many_small():
    with tf.GradientTape() as record:
        curve = tf.zeros_like(positions)
        for power in range(10):
            curve += coefficients[power] * positions**power
        cost = tf.reduce_mean((curve - tf.sin(positions)) ** 2)
    coefficients.assign_sub(0.1 * record.gradient(cost, coefficients))


def few_large():
    return tf.matmul(big, tf.matmul(big, big))


def milliseconds(action, calls):
    """Return the time of one call: the best of five rounds, after one call to warm up."""
    action()
    rounds = []
    for _ in range(5):
        begin = time.perf_counter()
        for _ in range(calls):
            action()
        rounds.append((time.perf_counter() - begin) / calls)
    return 1000 * min(rounds)


gains = {}
for name, action, calls in [("many small", many_small, 10), ("few large", few_large, 2)]:
    eager, graph = milliseconds(action, calls), milliseconds(tf.function(action), calls)
    gains[name] = eager / graph
    print(
        f"{name:10}  eager {eager:6.2f} ms   graph {graph:6.2f} ms   gain {gains[name]:.1f} times"
    )
assert counts == {"Python number": 3, "tensor": 1}
assert min(seconds["Python number"]) > min(seconds["tensor"])

# %% graph-picture
axes = plots.new_axes("How many times faster as a graph", width=6, height=2.4)
bars = axes.barh(list(gains), list(gains.values()), color=plots.COLOURS[:2])
axes.bar_label(bars, fmt="%.1f", padding=3)
axes.axvline(1.0, color="#444444", linestyle=":")
axes.set(xlabel="gain; the dotted line is no gain", xlim=(0, 1.15 * max(gains.values())))
plt.show()
assert gains["many small"] > max(2, gains["few large"])

# %% graph-explained [markdown]
# Many small operations gain many times over, since most of their time was spent in Python between them. Large ones
# gain less, since most of their time is spent multiplying, and that has to be done either way; how much they gain
# depends on the machine, and on what else it does just then. Write and mend in eager mode, and decorate the step
# when it works.
#
# One error belongs to graphs. A variable must be made once, outside; a function that makes a new one each time is
# refused:


# %% graph-variable-error
@tf.function
def makes_a_variable(z):
    return tf.Variable(2.0) * z


try:
    makes_a_variable(tf.constant(1.0))
except ValueError as error:
    print(type(error).__name__, "-", str(error).split("ValueError: ")[-1].split(". ")[0])

# %% graph-prepares [markdown]
# *Prepares:* `train_step`, `tape_quiz`.

# %% summary [markdown]
# ## On one page
#
# | idea | in short | remember |
# |---|---|---|
# | network | units in layers, layers in a chain | the loss is a function of the weights |
# | gradient | one slope for each number, same shape | points uphill |
# | central difference | (f(x + h) − f(x − h)) / 2h | for checking; h near 0.001 in float32 |
# | gradient descent | x − learning rate × gradient | comes to rest below 2 / curvature |
# | momentum | part of the last step is added | for ravines |
# | backpropagation | slopes multiply along the way back | used twice: add; shapes lead |
# | tape | records inside its block, plays once | constants must be watched |
# | target with many numbers | the gradient of their sum | `jacobian` keeps them apart |
# | second derivative | a tape in a tape | the inner gradient inside the outer block |
# | `stop_gradient` | value passes, nothing comes back | `None` if nothing else leads back |
# | `custom_gradient` | value, and a function for the way back | multiply by what came back |
# | `tf.function` | traced once for each kind of input | gains on many small operations |
#
# **When a gradient is `None`**
#
# - Is it watched? Variables are, if trainable and used; constants need `watch`.
# - Is it still a variable? A subtraction with an equals sign makes a tensor of it.
# - Is the whole way inside the block, and in TensorFlow, not in NumPy?
# - Is everything floating point, from the start to the result?
# - Does the result depend on it at all? If not, ask for zeros: `unconnected_gradients="zero"`.
#
# **When a gradient is NaN**
#
# - Look for a logarithm, a root, a division or an exponential at its edge.
# - `tf.where` computes both sides; make both safe.
# - Look a few steps back: was the loss growing? Then take a smaller learning rate.
#
# **Next:** the exercises of this chapter. `numeric_gradient`, `gradient`, `gradient_descent`, `LinearModel`,
# `mean_squared_error` and `train_step` write again what you have seen. `backpropagate`, `second_derivative`,
# `per_example_gradients` and `softplus` take it one step further. `watched_gradient`, `kept_variable_gradient`,
# `inside_tape_gradient` and `float_gradient` are repairs, and `tape_quiz` asks what the tape returns.
#
# *Prepares:* `tape_quiz`.
