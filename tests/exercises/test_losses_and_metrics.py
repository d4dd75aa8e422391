"""Chapter 5: what the checks let pass, and what they say of losses and metrics that go wrong."""

from __future__ import annotations

from functools import partial

import pytest

from tfcourse_utils.checking import Status, Verdict, check_answer, find_exercise

from .cells import verdict_on

_check = partial(verdict_on, "losses_and_metrics")


def notes(verdict: Verdict) -> str:
    return "\n".join(probe.note for probe in verdict.probes)


REGRESSION = """
def compile_for(model, task):
    losses = {{
        "binary": "binary_crossentropy",
        "multiclass_one_hot": "categorical_crossentropy",
        "multiclass_sparse": "sparse_categorical_crossentropy",
    }}
    if task == "regression":
        model.compile(loss={loss}, metrics=[{metric}])
    elif task in losses:
        model.compile(loss=losses[task], metrics=["accuracy"])
    else:
        raise ValueError(task)
"""


@pytest.mark.parametrize("loss", ["'mse'", "'mae'", "'log_cosh'", "keras.losses.Huber()"])
@pytest.mark.parametrize("metric", ["'mae'", "keras.metrics.RootMeanSquaredError()"])
def test_any_loss_and_any_error_of_regression_will_do(loss: str, metric: str) -> None:
    verdict = _check("compile_for", REGRESSION.format(loss=loss, metric=metric))
    assert verdict.status is Status.RIGHT


@pytest.mark.parametrize("loss", ["'binary_crossentropy'", "'cosine_similarity'", "'hinge'"])
def test_other_losses_are_none_of_regression(loss: str) -> None:
    verdict = _check("compile_for", REGRESSION.format(loss=loss, metric="'mae'"))
    assert verdict.points == verdict.possible - 1


BESIDE = """
def mend_compile(model):
    metrics = [keras.metrics.{other}, keras.metrics.BinaryAccuracy({name})]
    model.compile(loss="binary_crossentropy", metrics=metrics)
"""


def test_other_metrics_beside_a_true_accuracy_are_welcome() -> None:
    for name in ["", "name='share'"]:
        verdict = _check("mend_compile", BESIDE.format(other="AUC()", name=name))
        assert verdict.status is Status.RIGHT


def test_a_false_accuracy_beside_a_true_one_is_still_there() -> None:
    source = BESIDE.format(other="Accuracy(name='exact_accuracy')", name="")
    verdict = _check("mend_compile", source)
    assert verdict.points == 0
    assert "`exact_accuracy` reads 0 on one batch and 0 on another" in verdict.probes[0].reason


CONSTANTS = """
def {name}(model, task="binary"):
    losses = {{
        "binary": "binary_crossentropy",
        "multiclass_one_hot": "categorical_crossentropy",
        "multiclass_sparse": "sparse_categorical_crossentropy",
        "regression": "mse",
    }}
    if task not in losses:
        raise ValueError(task)
    metrics = [lambda y, p, n=n: n / {parts} for n in {readings}]
    model.compile(loss=losses[task], metrics=metrics)
"""


@pytest.mark.parametrize(("name", "kept"), [("compile_for", 1), ("mend_compile", 0)])
@pytest.mark.parametrize(("parts", "readings"), [(10, "[7]"), (10, "range(11)"), (20, "range(21)")])
def test_what_reads_the_same_of_every_batch_is_no_metric(
    name: str, kept: int, parts: int, readings: str
) -> None:
    source = CONSTANTS.format(name=name, parts=parts, readings=readings)
    verdict = _check(name, source)
    assert verdict.points == kept, verdict


def test_the_code_to_mend_with_another_optimizer_is_still_as_found() -> None:
    source = (
        "def mend_compile(model):\n"
        "    model.compile('sgd', 'binary_crossentropy', metrics=[keras.metrics.Accuracy()])\n"
    )
    assert _check("mend_compile", source).unchanged


def test_a_mean_and_a_table_are_noted() -> None:
    mean = "def huber(y, p):\n    return keras.losses.Huber()(y, p)"
    assert "One number came back for 6 samples" in notes(_check("huber", mean))
    table = (
        "def pinball(q):\n"
        "    def loss(y, p):\n"
        "        e = tf.squeeze(y) - p\n"
        "        return tf.maximum(q * e, (q - 1) * e)\n"
        "    return loss\n"
    )
    assert "A table of 8 by 8 came back" in notes(_check("pinball", table))


METRIC = """
class HuberMetric(keras.metrics.Metric):
    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(**kwargs)
        self.threshold = threshold
        self.total, self.count = tf.Variable(0.0), tf.Variable(0.0)

    def update_state(self, y_true, y_pred, sample_weight=None):
        losses = tf.reshape(keras.losses.huber(y_true[..., None], y_pred[..., None],
                            delta=self.threshold), [-1])
        weights = tf.ones_like(losses) if sample_weight is None else sample_weight
        self.total.assign_add(tf.reduce_sum(weights * losses))
        self.count.assign_add(tf.reduce_sum(weights))

    def result(self):
        return tf.math.divide_no_nan(self.total, self.count)
"""


def test_state_and_config_of_a_metric_are_noted() -> None:
    verdict = _check("HuberMetric", METRIC)
    assert "`self.total` is a tf.Variable" in notes(verdict)
    assert "`__init__` takes `threshold`, and the config does not hold it" in notes(verdict)
    assert set(verdict.misconceptions) == {"not reset", "config without the threshold"}


TRUE_METRIC = METRIC.replace(
    "tf.Variable(0.0), tf.Variable(0.0)",
    "[self.add_weight(name=name, initializer='zeros') for name in 'ab']",
).replace("(self.total, self.count)", "(self.total + 0.0, self.count + 0.0)")
TRUE_METRIC += """
    def get_config(self):
        return {**super().get_config(), "threshold": self.threshold}
"""


@pytest.mark.parametrize(
    ("right", "slip", "misconception", "note"),
    [
        ("is None", "is None", "", ""),
        ("[..., None]", "", "mean over the last axis", ""),
        ("if sample_weight is None", "if not sample_weight", "a Python condition", "`is None`"),
        (".assign_add(", " += (", "a tensor in place of the variable", "`self.total` was"),
        ("y_true[..., None]", "y_true.numpy()[..., None]", "", "NumPy, `float()` and"),
    ],
)
def test_slips_in_a_metric_are_named(right: str, slip: str, misconception: str, note: str) -> None:
    verdict = _check("HuberMetric", TRUE_METRIC.replace(right, slip))
    assert (verdict.status is Status.RIGHT) == (right == slip)
    assert set(verdict.misconceptions) == ({misconception} - {""})
    assert note in notes(verdict)


def test_a_loss_in_the_graph_of_a_model_must_be_tensorflow() -> None:
    source = (
        "class HuberLoss(keras.losses.Loss):\n"
        "    def __init__(self, threshold=1.0, **kwargs):\n"
        "        super().__init__(**kwargs)\n"
        "        self.threshold = threshold\n"
        "    def call(self, y_true, y_pred):\n"
        "        size = np.abs(y_true.numpy() - y_pred.numpy())\n"
        "        small = np.minimum(size, self.threshold)\n"
        "        return small**2 / 2 + self.threshold * (size - small)\n"
        "    def get_config(self):\n"
        "        return super().get_config() | {'threshold': self.threshold}\n"
    )
    verdict = _check("HuberLoss", source)
    assert verdict.points == verdict.possible - 1
    assert list(verdict.misconceptions) == ["no gradient"]


@pytest.mark.parametrize("epsilon", ["1e-7", "1e-6", "keras.config.epsilon()"])
def test_any_epsilon_that_float32_can_tell_from_0_will_do(epsilon: str) -> None:
    source = (
        "def weighted_binary_cross_entropy(w):\n"
        "    def loss(y, p):\n"
        f"        q = {epsilon}\n"
        "        return -w * y * tf.math.log(p + q) - (1 - y) * tf.math.log(1 - p + q)\n"
        "    return loss\n"
    )
    assert _check("weighted_binary_cross_entropy", source).status is Status.RIGHT


def test_nobody_is_told_what_the_quiz_expects() -> None:
    exercise = find_exercise("losses_and_metrics.metrics_quiz")
    verdict = check_answer(exercise, {"squares": 18.0, "digits": "binary", "weighted": 0.5})
    assert list(verdict.misconceptions) == ["squares: 18.0", "digits: binary"]
    assert not any(probe.expected for probe in verdict.probes)
    assert verdict.points == 1


@pytest.mark.parametrize(
    ("metric", "misconception"),
    [("'mape'", "an error in percent"), ("keras.metrics.R2Score()", "a score")],
)
def test_metrics_of_regression_without_a_unit_are_named(metric: str, misconception: str) -> None:
    verdict = _check("compile_for", REGRESSION.format(loss="'mse'", metric=metric))
    assert set(verdict.misconceptions) == {misconception}


def test_a_ranking_is_no_accuracy() -> None:
    compiled = "model.compile(loss='binary_crossentropy', metrics=['AUC'])"
    source = f"def mend_compile(model):\n    {compiled}\n"
    assert set(_check("mend_compile", source).misconceptions) == {"area under a curve"}
