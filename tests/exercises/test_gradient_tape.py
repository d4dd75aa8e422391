"""Chapter 2: what is forbidden is noticed, and what became of a gradient is said."""

from __future__ import annotations

import pytest
import tensorflow as tf

from tfcourse_utils.checking import check_answer, find_exercise

from .cells import run_answer

ALIAS = """
from tensorflow import GradientTape as Notebook

def helper(parameters, loss):
    with Notebook() as notebook:
        notebook.watch(parameters)
        value = loss(*parameters)
    return notebook.gradient(value, parameters)

{decorator}
def backpropagate(x, y, w1, b1, w2, b2):
    def loss(w1, b1, w2, b2):
        return tf.reduce_mean((tf.nn.relu(x @ w1 + b1) @ w2 + b2 - y) ** 2)
    return helper([w1, b1, w2, b2], loss)
"""


@pytest.mark.parametrize("decorator", ["", "@tf.function"])
def test_a_tape_is_noticed_by_any_name(decorator: str) -> None:
    answer = run_answer(ALIAS.format(decorator=decorator), "backpropagate")
    for _ in range(2):  # by the second check it has been traced
        verdict = check_answer(find_exercise("gradient_tape.backpropagate"), answer)
        assert verdict.points == 3
        assert list(verdict.misconceptions) == ["with a tape"]


def test_a_gradient_without_a_tape_is_no_way_round() -> None:
    source = (
        "@tf.function\n"
        "def backpropagate(x, y, w1, b1, w2, b2):\n"
        "    loss = tf.reduce_mean((tf.nn.relu(x @ w1 + b1) @ w2 + b2 - y) ** 2)\n"
        "    return tf.gradients(loss, [w1, b1, w2, b2])\n"
    )
    answer = run_answer(source, "backpropagate")
    assert check_answer(find_exercise("gradient_tape.backpropagate"), answer).points == 3
    assert not tf.config.functions_run_eagerly()


LATE = """
def watched_gradient(x):
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(x**3)
        tape.watch(x)
    return tape.gradient(total, x)
"""

OVERFLOWING = """
def softplus(z):
    return tf.math.log(tf.exp(z) + 1)
"""

REBOUND = """
def train_step(model, x, y, learning_rate):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((y - model(x)) ** 2)
    dw, db = tape.gradient(loss, [model.w, model.b])
    model.w = model.w - learning_rate * dw
    model.b = model.b - learning_rate * db
    return loss
"""


@pytest.mark.parametrize(
    ("name", "source", "note"),
    [
        ("watched_gradient", LATE, "`total = tf.reduce_sum(x**3)`) had already used it"),
        ("softplus", OVERFLOWING, "The first infinite number is made by `tf.exp`"),
        ("train_step", REBOUND, "a tensor, no variable"),
    ],
)
def test_the_doctor_says_what_became_of_a_gradient(name: str, source: str, note: str) -> None:
    verdict = check_answer(find_exercise(f"gradient_tape.{name}"), run_answer(source, name))
    assert note in "\n".join(probe.note for probe in verdict.probes)


def test_the_doctors_own_calls_are_not_shown() -> None:
    answer = run_answer(OVERFLOWING, "softplus")
    verdict = check_answer(find_exercise("gradient_tape.softplus"), answer)
    assert "Symbolic" not in "".join(probe.called for probe in verdict.probes)


def test_the_softplus_of_tensorflow_gets_full_points() -> None:
    answer = run_answer("def softplus(z):\n    return tf.nn.softplus(z)", "softplus")
    verdict = check_answer(find_exercise("gradient_tape.softplus"), answer)
    assert verdict.points == verdict.possible


FORGOTTEN = {
    "gradient": """
def gradient(f, x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    tape.gradient(y, x, unconnected_gradients="zero")
""",
    "second_derivative": """
def second_derivative(f, x):
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = f(x)
        slope = inner.gradient(y, x)
    result = outer.gradient(slope, x, unconnected_gradients="zero")
""",
    "watched_gradient": """
def mended(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        total = tf.reduce_sum(x**3)
    slopes = tape.gradient(total, x)

def watched_gradient(x):
    return mended(x)
""",
}


@pytest.mark.parametrize("name", FORGOTTEN)
def test_a_forgotten_return_is_not_taken_for_a_gradient_of_none(name: str) -> None:
    answer = run_answer(FORGOTTEN[name], name)
    verdict = check_answer(find_exercise(f"gradient_tape.{name}"), answer)
    assert {probe.reason for probe in verdict.probes} == {"nothing came back: is there a `return`?"}
    assert not verdict.misconceptions
    assert not verdict.unchanged


def test_none_from_the_tape_is_no_forgotten_return() -> None:
    answer = run_answer(LATE, "watched_gradient")
    assert check_answer(find_exercise("gradient_tape.watched_gradient"), answer).unchanged


ASSIGNED = """
def kept_variable_gradient(x):
    place = tf.Variable(tf.zeros_like(x))
    place.assign(x)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(place**3)
    return tape.gradient(total, x)
"""


def test_a_kept_variable_is_not_called_a_lost_one() -> None:
    answer = run_answer(ASSIGNED, "kept_variable_gradient")
    verdict = check_answer(find_exercise("gradient_tape.kept_variable_gradient"), answer)
    for probe in verdict.probes:
        assert "no longer" not in probe.diagnosis
        assert "only as the value that a variable was given" in probe.note


OWN = """
@tf.custom_gradient
def softplus(z):
    e = tf.exp(z)
    def gradient(upstream):
        {gradient}
    {result}
"""
QUOTIENT = "return upstream * e / (e + 1)"
BOTH = "return tf.math.softplus(z), gradient"


@pytest.mark.parametrize(
    ("gradient", "result", "says"),
    [
        (QUOTIENT, "value = tf.math.softplus(z), gradient", "None where two things are needed"),
        (QUOTIENT, "return tf.math.softplus(z)", "Two things are needed, and something else"),
        (QUOTIENT, "return tf.math.softplus(z), tf.sigmoid(z)", "where it needs a function"),
        ("upstream * e / (e + 1)", BOTH, "should give the gradient returns nothing"),
        ("upstream * e / (e + 1)", BOTH, "Is there a `return` in it?"),
        (QUOTIENT, BOTH, "infinity or NaN for numbers from 200 to 1000"),
    ],
)
def test_a_gradient_of_ones_own_is_told_what_it_lacks(
    gradient: str, result: str, says: str
) -> None:
    answer = run_answer(OWN.format(gradient=gradient, result=result), "softplus")
    verdict = check_answer(find_exercise("gradient_tape.softplus"), answer)
    assert says in "\n".join(f"{probe.diagnosis} {probe.note}" for probe in verdict.probes)


EARLY = """
def mean_squared_error(y, predictions):
    return tf.reduce_mean((y - predictions) ** 2)

def train_step(model, x, y, learning_rate):
    loss = mean_squared_error(y, model(x))
    with tf.GradientTape() as tape:
        pass
    dw, db = tape.gradient(loss, [model.w, model.b])
    model.w.assign_sub(learning_rate * dw)
    model.b.assign_sub(learning_rate * db)
    return loss
"""


def test_a_loss_before_the_block_is_not_called_a_lost_variable() -> None:
    answer = run_answer(EARLY, "train_step")
    verdict = check_answer(find_exercise("gradient_tape.train_step"), answer)
    assert list(verdict.misconceptions) == ["loss before the block"]
    assert "line 3 of `mean_squared_error` (`return" in verdict.probes[0].note


@pytest.mark.parametrize(
    ("prediction", "got", "note"),
    [
        ("None", "'None'", ""),
        (None, "'None'", ""),
        ("(2, 3)", "'(2, 3)'", "Write a shape as a tuple, without quotes."),
        ("6.0", "'6.0'", "Write a number without quotes."),
    ],
)
def test_a_prediction_is_shown_as_it_was_written(prediction: object, got: str, note: str) -> None:
    quiz = find_exercise("gradient_tape.tape_quiz")
    first = check_answer(quiz, {"variable": prediction}).probes[0]
    assert first.got == got
    assert first.note.endswith(note)
    assert bool(first.note) == bool(note)
