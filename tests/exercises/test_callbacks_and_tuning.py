"""Chapter 6: other right answers get full points, and what goes wrong is said."""

from __future__ import annotations

from functools import partial

import pytest

from tfcourse_utils.checking import Status, as_found, check_answer, find_exercise, wrong_answers

from .cells import run_answer, verdict_on

_check = partial(verdict_on, "callbacks_and_tuning")


# sets

_SPLIT = """
def split_train_validation(x, y, fraction, seed):
    rng = np.random.default_rng(seed)
    chosen = np.zeros(len(x), bool)
    chosen[rng.choice(len(x), {count}, replace=False)] = True
    return (x[~chosen], y[~chosen]), (x[chosen], y[chosen])
"""


@pytest.mark.parametrize("count", ["int(fraction * len(x))", "int(fraction * len(x)) + 1"])
def test_rows_may_keep_their_order_and_shares_be_rounded(count: str) -> None:
    verdict = _check("split_train_validation", _SPLIT.format(count=count))
    assert verdict.status is Status.RIGHT, verdict


def test_a_share_is_not_a_number_of_rows() -> None:
    verdict = _check("split_train_validation", _SPLIT.format(count="3"))
    assert verdict.points == verdict.possible - 1


def test_an_empty_set_is_one_with_no_rows() -> None:
    verdict = _check("split_train_validation", _SPLIT.format(count="0"))
    assert verdict.points == verdict.possible - 2, verdict
    assert all("looked at" not in probe.reason for probe in verdict.probes)


_PREPARE = """
def prepare(x, y, seed):
    rows = np.random.default_rng(seed).permutation(len(x))
    fifth = {fifth}
    parts = rows[2 * fifth:], rows[:fifth], rows[fifth:2 * fifth]
    known = x[{known}]
    deviation = known.std(axis=0) + 1e-7
    return [((x[part] - known.mean(axis=0)) / deviation, y[part]) for part in parts]
"""


@pytest.mark.parametrize("fifth", ["len(x) // 5", "-(-len(x) // 5)"])
def test_fifths_may_be_rounded_either_way(fifth: str) -> None:
    verdict = _check("prepare", _PREPARE.format(fifth=fifth, known="parts[0]"))
    assert verdict.status is Status.RIGHT, verdict


@pytest.mark.parametrize(
    ("known", "misconception"),
    [
        (":", "scaled by all rows"),
        ("np.concatenate(parts[:2])", "scaled by training and validation"),
    ],
)
def test_the_rows_that_leak_are_named(known: str, misconception: str) -> None:
    verdict = _check("prepare", _PREPARE.format(fifth="len(x) // 5", known=known))
    assert set(verdict.misconceptions) == {misconception}
    assert verdict.points == verdict.possible - 2


def test_inputs_without_their_targets_are_counted() -> None:
    source = _PREPARE.format(fifth="len(x) // 5", known="parts[0]")
    verdict = _check("prepare", source.replace("y[part])", "y[part][1:])"))
    assert "30 inputs and 29 targets" in verdict.probes[1].reason, verdict


def test_what_is_not_mended_is_not_attempted() -> None:
    exercise = find_exercise("callbacks_and_tuning.prepare")
    found = as_found(exercise)
    assert found is not None
    assert check_answer(exercise, found.answer, seed=5).unchanged


# callbacks

_CALLBACK = """
class {name}(keras.callbacks.Callback):
    {body}
"""


def test_what_is_no_callback_is_told_so() -> None:
    verdict = _check("StopAtAccuracy", "class StopAtAccuracy:\n    def __init__(self, target): ...")
    assert all("keras.callbacks.Callback" in probe.reason for probe in verdict.probes)


def test_lists_that_all_callbacks_share_are_named() -> None:
    body = """losses = []

    def on_epoch_begin(self, epoch, logs):
        self.losses.append([])

    def on_train_batch_end(self, batch, logs):
        self.losses[-1].append(logs["loss"])
"""
    source = _CALLBACK.format(name="LossHistory", body=body)
    answer = run_answer(source, "LossHistory")
    exercise = find_exercise("callbacks_and_tuning.LossHistory")
    for _ in range(2):  # a second check meets what the first has left
        verdict = check_answer(exercise, answer, seed=1)
        assert verdict.probes[0].misconception == "shared by all callbacks"


_PATIENCE = """
    def __init__(self, patience, restore_best_weights):
        super().__init__()
        self.patience, self.restore = patience, restore_best_weights

    def on_train_begin(self, logs):
        self.best, self.waited = float("inf"), 0

    def on_epoch_end(self, epoch, logs):
        loss = logs.get("val_loss", logs["loss"])
        if loss < self.best:
            self.best, self.waited, self.kept = loss, 0, {kept}
        else:
            self.waited += 1
            self.model.stop_training = self.waited >= self.patience

    def on_train_end(self, logs):
        if self.restore:
            self.model.set_weights(self.kept)
"""


@pytest.mark.parametrize(
    ("kept", "misconceptions"),
    [("self.model.get_weights()", set()), ("self.model.weights", {"never restores"})],
)
def test_weights_have_to_be_copied(kept: str, misconceptions: set[str]) -> None:
    body = _PATIENCE.format(kept=kept)
    verdict = _check("PatientStopping", _CALLBACK.format(name="PatientStopping", body=body))
    assert set(verdict.misconceptions) == misconceptions


def test_early_stopping_itself_agrees_with_keras() -> None:
    body = """
    def __new__(cls, patience, restore_best_weights):
        class Both(keras.callbacks.EarlyStopping):
            def on_epoch_end(self, epoch, logs):
                self.monitor = "val_loss" if "val_loss" in logs else "loss"
                super().on_epoch_end(epoch, logs)

        return Both(
            mode="min", patience=patience, restore_best_weights=restore_best_weights
        )
"""
    verdict = _check("PatientStopping", _CALLBACK.format(name="PatientStopping", body=body))
    assert verdict.status is Status.RIGHT, verdict


def test_a_checkpoint_in_memory_is_a_best_one() -> None:
    body = """
    def __init__(self, monitor, mode):
        super().__init__()
        self.history, self.monitor, self.pick = [], monitor, min if mode == "min" else max

    def on_epoch_end(self, epoch, logs):
        value = (logs or {}).get(self.monitor)
        if value is not None and value == value:
            self.history.append((value, self.model.get_weights()))

    @property
    def best_weights(self):
        return self.pick(self.history, key=lambda one: one[0], default=(0, None))[1]
"""
    verdict = _check("KeepBest", _CALLBACK.format(name="KeepBest", body=body))
    assert verdict.status is Status.RIGHT, verdict


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", ["begins at zero", "the greatest begins at zero"])
def test_a_best_value_that_begins_at_zero_is_always_seen(name: str, seed: int) -> None:
    exercise = find_exercise("callbacks_and_tuning.KeepBest")
    verdict = check_answer(exercise, wrong_answers(exercise)[name].answer, seed)
    assert verdict.probes[0].misconception == name


_STOP = """
    def __init__(self, target):
        super().__init__()
        self.target = target

    def {hook}(self, epoch, logs=None):
        if {when}:
            {then}
"""
_REACHED = '(logs or {}).get("accuracy", 0) >= self.target'


@pytest.mark.parametrize(
    ("hook", "when", "then", "misconceptions", "points"),
    [
        ("on_epoch_end", "True", "pass", ["never stops"], 0),
        ("on_epoch_end", "True", "self.model.stop_training = True", ["always stops"], 0),
        (
            "on_train_batch_end",
            _REACHED,
            "self.model.stop_training = True",
            ["never stops", "after a batch"],
            1,
        ),
    ],
)
def test_stopping_always_never_and_early(
    hook: str, when: str, then: str, misconceptions: list[str], points: int
) -> None:
    body = _STOP.format(hook=hook, when=when, then=then)
    verdict = _check("StopAtAccuracy", _CALLBACK.format(name="StopAtAccuracy", body=body))
    assert list(verdict.misconceptions) == misconceptions
    assert verdict.points == points


def test_a_callback_without_hooks_is_told_so() -> None:
    body = """
    def __init__(self, patience, restore_best_weights):
        super().__init__()
"""
    verdict = _check("PatientStopping", _CALLBACK.format(name="PatientStopping", body=body))
    assert list(verdict.misconceptions) == ["does nothing"]
