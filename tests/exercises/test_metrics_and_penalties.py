"""Chapter 5: other right answers get full points, and what goes wrong is said."""

from __future__ import annotations

from functools import partial

import pytest

from tfcourse_utils.checking import Status, as_found, check_answer, find_exercise

from .cells import run_answer, verdict_on

_check = partial(verdict_on, "losses_and_metrics")


# PenalizedModel: by any means

_PENALIZED = """
class PenalizedModel(keras.Model):
    def __init__(self, units, strength):
        super().__init__()
        self.hidden = keras.layers.Dense(units, "relu")
        self.last = keras.layers.Dense(1)
        self.strength = strength

    def call(self, x):
        return self.last(self.hidden(x))

    {means}
"""

_MEANS = {
    "compute_loss": """
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        loss = super().compute_loss(x, y, y_pred, sample_weight, training)
        return loss + self.strength * tf.reduce_sum(abs(self.hidden.kernel))
""",
    "a train step with the trackers of Keras": """
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(y=y, y_pred=self(x, training=True))
            loss += self.strength * tf.norm(self.last.kernel)
        self.optimizer.apply(tape.gradient(loss, self.trainable_weights), self.trainable_weights)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
        return {metric.name: metric.result() for metric in self.metrics}
""",
    "a strength that Keras keeps": """
    def build(self, shape):
        self.s = self.add_weight(shape=(), trainable=False, name="s")
        self.s.assign(self.strength)
        super().build(shape)

    def call(self, x):
        y = self.last(self.hidden(x))
        self.add_loss(self.s * keras.ops.sum(keras.ops.square(self.hidden.kernel)))
        return y
""",
}


@pytest.mark.parametrize("means", _MEANS)
def test_a_penalty_by_any_means(means: str) -> None:
    verdict = _check("PenalizedModel", _PENALIZED.format(means=_MEANS[means]))
    assert verdict.status is Status.RIGHT, verdict


_SUM = """
    def call(self, x):
        y = self.last(self.hidden(x))
        self.add_loss({penalty} * tf.reduce_sum(self.hidden.kernel**2))
        return y
"""


@pytest.mark.parametrize("seed", range(4))
def test_a_small_penalty_is_in_proportion_too(seed: int) -> None:
    source = _PENALIZED.format(means=_SUM.format(penalty="0.005 * self.strength"))
    answer = run_answer(source, "PenalizedModel")
    exercise = find_exercise("losses_and_metrics.PenalizedModel")
    verdict = check_answer(exercise, answer, seed)
    assert verdict.status is Status.RIGHT, verdict


def test_a_power_of_the_strength_is_not_in_proportion() -> None:
    means = _SUM.format(penalty="self.strength**1.05")
    verdict = _check("PenalizedModel", _PENALIZED.format(means=means))
    broke = [probe.probe for probe in verdict.probes if probe.status is not Status.RIGHT]
    assert broke == ["in proportion to strength"]


@pytest.mark.parametrize("layer", ["hidden", "last"])
def test_biases_alone_are_no_penalty(layer: str) -> None:
    means = f"self.add_loss(self.strength * tf.reduce_sum(self.{layer}.bias**2))"
    call = f"def call(self, x):\n        y = self.last(self.hidden(x))\n        {means}\n"
    verdict = _check("PenalizedModel", _PENALIZED.format(means=call + "        return y\n"))
    assert "biases alone" in verdict.misconceptions, verdict


def test_a_fixed_strength_is_named() -> None:
    source = _PENALIZED.format(means="").replace('"relu")', '"relu", kernel_regularizer="l2")')
    assert "strength ignored" in _check("PenalizedModel", source).misconceptions


def test_a_mean_of_penalized_losses_is_named() -> None:
    verdict = _check(
        "penalized_loss",
        "def penalized_loss(model, strength):\n"
        "    entropy = keras.losses.CategoricalCrossentropy()\n"
        "    def size(): return sum(tf.reduce_sum(w**2) for w in model.trainable_weights)\n"
        "    return lambda y, p: entropy(y, p) + strength * size()\n",
    )
    assert set(verdict.misconceptions) == {"already averaged"}
    assert verdict.points == verdict.possible - 1


def test_a_penalty_that_only_evaluate_knows_is_none() -> None:
    means = """
    def test_step(self, data):
        x, y = data
        return {"loss": self.compute_loss(y=y, y_pred=self(x)) + self.strength}
"""
    verdict = _check("PenalizedModel", _PENALIZED.format(means=means))
    assert "no penalty" in verdict.misconceptions


# metrics

_NUMPY_RMSE = """
class RootMeanSquaredError(keras.metrics.Metric):
    def __init__(self, name="rmse", **kwargs):
        super().__init__(name=name, **kwargs)
        self.mean = keras.metrics.Mean()

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_pred = np.asarray(y_pred)
        one_hot = np.eye(y_pred.shape[-1])[np.ravel(y_true)]
        self.mean.update_state(np.sum((one_hot - y_pred) ** 2, axis=-1), sample_weight)

    def result(self):
        return tf.sqrt(self.mean.result())
"""


def test_a_metric_that_can_not_run_in_a_graph_is_noticed() -> None:
    verdict = _check("RootMeanSquaredError", _NUMPY_RMSE)
    broke = [probe.probe for probe in verdict.probes if probe.status is not Status.RIGHT]
    assert broke == ["sample weights"]


_MEAN_OF_BATCHES = """
class F1Score(keras.metrics.Mean):
    def __init__(self, threshold=0.5, **kwargs):
        super().__init__(**kwargs)
        self.threshold = threshold

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true, y_pred = keras.ops.ravel(y_true), keras.ops.ravel(y_pred)
        said = keras.ops.cast(y_pred > self.threshold, "float32")
        hits, both = keras.ops.sum(y_true * said), keras.ops.sum(y_true + said)
        super().update_state(keras.ops.divide_no_nan(2 * hits, both))
"""


def test_a_mean_of_batches_is_told_from_their_results() -> None:
    verdict = _check("F1Score", _MEAN_OF_BATCHES)
    [streamed] = [probe for probe in verdict.probes if probe.probe == "many batches"]
    assert streamed.misconception == "mean of the batches"
    assert "this is their mean" in streamed.note


_ONE_HOT = "tf.one_hot(y_true, y_pred.shape[-1])"


def test_a_table_of_errors_is_named() -> None:
    verdict = _check(
        "RootMeanSquaredError",
        _NUMPY_RMSE.replace("np.asarray(y_pred)", "tf.convert_to_tensor(y_pred)")
        .replace("np.eye(y_pred.shape[-1])[np.ravel(y_true)]", _ONE_HOT)
        .replace("self.mean.update_state(np.sum(", "self.mean.update_state(tf.reduce_sum("),
    )
    assert "a table of errors" in verdict.misconceptions


_F1 = """
class F1Score(keras.metrics.Metric):
    def __init__(self, threshold=0.5, **kwargs):
        super().__init__(**kwargs)
        self.threshold = threshold
        self.hits = self.add_weight({name}, initializer="zeros")
        self.both = self.add_weight(name="both", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        actual = tf.reshape(y_true, [-1])
        said = tf.cast(tf.reshape(y_pred, [-1]) > self.threshold, "float32")
        weights = tf.ones_like(said) if sample_weight is None else sample_weight
        self.hits.assign_add(tf.reduce_sum(weights * actual * said))
        self.both.assign_add(tf.reduce_sum(weights * (actual + said)))

    def result(self):
        {result}
"""


def test_a_condition_in_result_is_noticed() -> None:
    result = "return 2 * self.hits / self.both if self.both > 0 else 0.0"
    verdict = _check("F1Score", _F1.format(name='name="hits"', result=result))
    assert verdict.points == verdict.possible - 1
    assert set(verdict.misconceptions) == {"a Python condition"}


def test_the_jaccard_index_is_known() -> None:
    result = "return tf.math.divide_no_nan(self.hits.value, self.both - self.hits)"
    verdict = _check("F1Score", _F1.format(name='name="hits"', result=result))
    assert set(verdict.misconceptions) == {"no factor of 2"}


def test_a_name_by_its_place_is_noted() -> None:
    verdict = _check("F1Score", _F1.format(name='"hits"', result="return 0.0"))
    assert all("takes the shape first" in probe.note for probe in verdict.probes)


@pytest.mark.parametrize("place", ["__init__", "call"])
def test_a_penalty_of_no_weights_is_no_other_models(place: str) -> None:
    means = "def call(self, x):\n        {}\n        return self.last(self.hidden(x))\n"
    squares = "sum(tf.reduce_sum(w**2) for w in self.trainable_weights)"
    source = _PENALIZED.format(means=means.format(f"self.add_loss(self.strength * {squares})"))
    if place == "__init__":
        source = _PENALIZED.format(means="").replace(
            "self.strength = strength", f"self.add_loss(strength * {squares})"
        )
    assert set(_check("PenalizedModel", source).misconceptions) == {"a number of Python"}


# confusion_matrix


@pytest.mark.parametrize("dtype", ["int8", "int64", "float32", "float64"])
def test_counts_may_be_of_any_dtype(dtype: str) -> None:
    verdict = _check(
        "confusion_matrix",
        "def confusion_matrix(y_true, y_pred, num_classes):\n"
        f'    return tf.math.confusion_matrix(y_true, y_pred, num_classes, dtype="{dtype}")',
    )
    assert verdict.status is Status.RIGHT, verdict


# compile_ticket_model

_COMPILED = """
constants = [lambda y, p, n=n: n / 30 for n in range(31)]

def compile_ticket_model(model):
    model.compile(
        loss={{"priority": "binary_crossentropy", "department": "categorical_crossentropy"}},
        metrics={metrics},
    )
"""


@pytest.mark.parametrize(
    ("metrics", "says"),
    [
        ('{"priority": ["accuracy"], "department": ["accuracy", "mse"]}', ""),
        ('{"priority": "binary_accuracy", "department": "categorical_accuracy"}', ""),
        ('{"priority": ["mae"], "department": ["accuracy"]}', "expected accuracy 0."),
        ('{"priority": [], "department": ["accuracy"]}', "nothing is reported"),
        ('{"priority": constants, "department": ["accuracy"]}', "expected accuracy 0."),
    ],
)
def test_the_accuracy_is_looked_for_among_the_metrics(metrics: str, says: str) -> None:
    verdict = _check("compile_ticket_model", _COMPILED.format(metrics=metrics))
    reasons = [probe.reason for probe in verdict.probes if probe.status is not Status.RIGHT]
    assert bool(reasons) == bool(says)
    assert says in "".join(reasons)


@pytest.mark.parametrize(
    ("more", "misconception"),
    [
        ("", None),
        ("loss_weights=[0.5, 0.5],", "weights of the losses"),
        ("loss_weights=[1.0, 0.2],", "weights of the losses"),
    ],
)
def test_weights_of_losses_are_named(more: str, misconception: str | None) -> None:
    source = _COMPILED.format(metrics='{"priority": ["accuracy"], "department": ["accuracy"]}')
    verdict = _check("compile_ticket_model", source.replace("loss=", f"{more} loss="))
    assert next(iter(verdict.misconceptions), None) == misconception


# the code as it was found


@pytest.mark.parametrize("name", ["MendedRMSE", "penalized_loss", "predicted_classes"])
def test_what_is_not_mended_is_not_attempted(name: str) -> None:
    exercise = find_exercise(f"losses_and_metrics.{name}")
    found = as_found(exercise)
    assert found is not None
    assert check_answer(exercise, found.answer, seed=5).unchanged


# metrics_quiz


@pytest.mark.parametrize(
    ("choice", "status"),
    [
        ("CategoricalAccuracy", Status.RIGHT),
        ("categorical accuracy", Status.RIGHT),
        ("sparse_categorical_accuracy", Status.WRONG),
        ("accuracy", Status.WRONG),
    ],
)
def test_a_name_of_keras_says_which_of_the_three(choice: str, status: Status) -> None:
    quiz = find_exercise("losses_and_metrics.metrics_quiz")
    [*_, verdict] = check_answer(quiz, {"accuracy_of_tags": choice}).probes
    assert verdict.status is status
    assert (verdict.misconception == "accuracy_of_tags: sparse") == choice.startswith("sparse")
