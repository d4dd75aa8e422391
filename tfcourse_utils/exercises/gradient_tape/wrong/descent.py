"""How `gradient_descent` goes wrong."""

from __future__ import annotations

import tensorflow as tf

from ..descent import gradient_descent


def _gradient(f, place):
    with tf.GradientTape() as tape:
        tape.watch(place)
        height = f(place)
    return tape.gradient(height, place)


def _walk(f, start, learning_rate, steps):
    places = [start]
    for _ in range(steps):
        places.append(places[-1] - learning_rate * _gradient(f, places[-1]))
    return places


@gradient_descent.wrong(
    "start left out",
    says="The trajectory begins after the first step. The start is the first place on the way, "
    "also where no step follows.",
)
def _(f, start, learning_rate, steps):
    return tf.reshape(_walk(f, start, learning_rate, steps)[1:], (steps, *start.shape))


@gradient_descent.wrong(
    "only the end",
    says="Only the last place came back. The whole way is asked for, a row for each place.",
)
def _(f, start, learning_rate, steps):
    return _walk(f, start, learning_rate, steps)[-1]


@gradient_descent.wrong(
    "uphill", says="The walk climbs: it goes along the gradient, which points up. Go against it."
)
def _(f, start, learning_rate, steps):
    return tf.stack(_walk(f, start, -learning_rate, steps))


@gradient_descent.wrong(
    "learning rate ignored",
    says="Each step is as long as the gradient itself: the learning rate is not used.",
)
def _(f, start, learning_rate, steps):
    return tf.stack(_walk(f, start, 1.0, steps))


@gradient_descent.wrong(
    "one step too many",
    says="There is a row too many. Counted with the start, how many places do `steps` steps visit?",
)
def _(f, start, learning_rate, steps):
    return tf.stack(_walk(f, start, learning_rate, steps + 1))


@gradient_descent.wrong(
    "one variable in every row",
    says="Every row shows the last place. A list that holds one variable several times holds no "
    "copies: keep the value that it has at the moment.",
)
def _(f, start, learning_rate, steps):
    place = tf.Variable(start)
    places = [place]
    for _ in range(steps):
        place.assign_sub(learning_rate * _gradient(f, place))
        places.append(place)
    return tf.stack(places)


@gradient_descent.wrong(
    "one gradient for all steps",
    says="All steps are the same, as if the slope were everywhere what it is at the start. Take "
    "the gradient again at each place.",
)
def _(f, start, learning_rate, steps):
    slope = _gradient(f, start)
    return tf.stack([start - n * learning_rate * slope for n in range(steps + 1)])


@gradient_descent.wrong(
    "heights",
    says="These are the values of f on the way. Return the places at which they were taken.",
)
def _(f, start, learning_rate, steps):
    return tf.stack([f(place) for place in _walk(f, start, learning_rate, steps)])


@gradient_descent.wrong(
    "every step from the start",
    says="Each step begins at the start again. It should begin where the last one ended.",
)
def _(f, start, learning_rate, steps):
    return tf.stack([start] + [_walk(f, start, learning_rate, 1)[1]] * steps)


@gradient_descent.wrong(
    "lost variable",
    says="The gradient is None: the tape did not follow the place. A constant has to be watched, "
    "in every round, and `place = place - …` makes a constant even of a variable.",
)
def _(f, start, learning_rate, steps):
    place = tf.Variable(start)
    places = [tf.identity(place)]
    for _ in range(steps):
        with tf.GradientTape() as tape:
            height = f(place)
        place = place - learning_rate * tape.gradient(height, place)
        places.append(place)
    return tf.stack(places)
