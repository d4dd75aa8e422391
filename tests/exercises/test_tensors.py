"""Chapter 1: right answers of all kinds get full points, and what is forbidden is noticed."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
import tensorflow as tf

from tfcourse_utils.checking import (
    as_found,
    check_answer,
    find_exercise,
    topic_exercises,
)

from .cells import failed, verdict_on

_check = partial(verdict_on, "tensors")


def _failed(name: str, source: str) -> dict[str, str]:
    return failed(_check(name, source))


# no Python loop

_HEAD = "def pairwise_squared_distances(a, b):\n    "


@pytest.mark.parametrize(
    "body",
    [
        "return tf.stack([tf.reduce_sum((row - b) ** 2, axis=1) for row in a])",
        "return np.array(list(map(lambda row: np.sum((row - b) ** 2, axis=1), a)))",
        "return np.array([[np.sum((p - q) ** 2) for q in b.numpy()] for p in a.numpy()])",
        "return sum((a[:, k, None] - b[None, :, k]) ** 2 for k in range(a.shape[1]))",
        "i, rows = 0, []\n    while i < len(a):\n"
        "        rows.append(tf.reduce_sum((a[i] - b) ** 2, axis=1))\n        i += 1\n"
        "    return tf.stack(rows)",
        "def one(row):\n        return tf.reduce_sum((row - b) ** 2, axis=1)\n"
        "    return tf.stack([one(row) for row in a])",
        "a, b = a.numpy(), b.numpy()\n    c = np.zeros((len(a), len(b)), a.dtype)\n"
        "    for k in range(a.shape[1]): c += (a[:, [k]] - b[:, k]) ** 2\n    return c",
    ],
    ids=["comprehension", "map", "nested", "coordinates", "while", "helper", "one line"],
)
def test_a_python_loop_is_noticed(body: str) -> None:
    failed = _failed("pairwise_squared_distances", _HEAD + body)
    assert list(failed) == ["no Python loop"]
    assert "Python goes through" in failed["no Python loop"]


def test_a_python_loop_in_a_compiled_answer_is_noticed() -> None:
    body = "return tf.stack([tf.reduce_sum((a[i] - b) ** 2, axis=1) for i in range(a.shape[0])])"
    failed = _failed("pairwise_squared_distances", f"@tf.function\n{_HEAD}{body}")
    assert list(failed) == ["no Python loop"]


@pytest.mark.parametrize(
    "body",
    [
        "return tf.map_fn(lambda row: tf.reduce_sum((row - b) ** 2, axis=1), a)",
        "return tf.vectorized_map(lambda row: tf.reduce_sum((row - b) ** 2, axis=1), a)",
        "square = lambda x: x * x\n    return np.sum(square(a[:, None] - b[None]), axis=2)",
        "return np.linalg.norm(a[:, None].numpy() - b[None].numpy(), axis=2) ** 2",
        "from scipy.spatial.distance import cdist\n    return cdist(a, b, 'sqeuclidean')",
        "return -2 * (a @ tf.transpose(b)) + sum([tf.norm(a, axis=1)[:, None] ** 2,"
        " tf.norm(b, axis=1) ** 2])",
    ],
    ids=["map_fn", "vectorized_map", "helper", "norm", "scipy", "multiplied out"],
)
def test_what_is_no_python_loop_is_right(body: str) -> None:
    assert _failed("pairwise_squared_distances", _HEAD + body) == {}


# without tf.one_hot


@pytest.mark.parametrize(
    "source",
    [
        "def one_hot(labels, depth):\n    return tf.one_hot(labels, depth)",
        "def one_hot(labels, depth):\n    return tf.one_hot(labels.numpy(), depth).numpy()",
        "def one_hot(labels, depth):\n    return keras.ops.one_hot(labels, depth)",
        "def one_hot(labels, depth):\n    return tf.raw_ops.OneHot("
        "indices=labels, depth=depth, on_value=1.0, off_value=0.0, axis=-1)",
        "from tensorflow import one_hot as rows\ndef one_hot(labels, depth):\n"
        "    return rows(labels, depth)",
        "@tf.function\ndef one_hot(labels, depth):\n    return tf.one_hot(labels, depth)",
        "def helper(labels, depth):\n    return tf.one_hot(labels, depth)\n"
        "def one_hot(labels, depth):\n    return helper(labels, depth)",
        "def helper(labels, depth):\n    return tf.one_hot(labels.numpy(), depth).numpy()\n"
        "def one_hot(labels, depth):\n    return helper(labels, depth)",
    ],
    ids=["plain", "numpy", "keras", "raw", "renamed", "compiled", "helper", "helper in numpy"],
)
def test_tf_one_hot_is_noticed_under_any_name(source: str) -> None:
    failed = _failed("one_hot", source)
    assert list(failed) == ["without tf.one_hot"]
    assert "`tf.one_hot`" in failed["without tf.one_hot"]


def test_an_answer_may_call_itself() -> None:
    source = (
        "def one_hot(labels, depth):\n"
        "    if labels.shape == ():\n"
        "        return np.array([float(labels) == i for i in range(depth)], 'float32')\n"
        "    return np.stack([one_hot(label, depth) for label in labels])\n"
    )
    assert _failed("one_hot", source) == {}


# what happens beside the result


def test_the_code_to_mend_stops_with_the_error_of_the_old_notes() -> None:
    exercise = find_exercise("tensors.mend_update")
    found = as_found(exercise)
    assert found is not None
    verdict = check_answer(exercise, found.answer, seed=0)
    assert verdict.unchanged and verdict.points == 0
    assert all("unexpected keyword argument 'updated'" in probe.reason for probe in verdict.probes)


@pytest.mark.parametrize("buffer", ["10", "1000", "len(x) - 1", "len(x) // 2", "batch_size"])
def test_a_buffer_smaller_than_the_data_is_noticed(buffer: str) -> None:
    source = (
        "def batches(x, y, batch_size, seed):\n"
        "    pairs = tf.data.Dataset.from_tensor_slices((x, y))\n"
        f"    return pairs.shuffle({buffer}, seed=seed).batch(batch_size)"
    )
    assert list(_failed("batches", source)) == ["over all of the data"]


@pytest.mark.parametrize(
    "source",
    [
        "def batches(x, y, batch_size, seed):\n    return [(x, y)]",
        "def batches(x, y, batch_size, seed):\n    return iter(())",
    ],
)
def test_batches_that_are_no_dataset_are_told_so(source: str) -> None:
    verdict = _check("batches", source)
    assert verdict.points == 0
    assert all("should be a tf.data.Dataset" in probe.reason for probe in verdict.probes)


def test_a_loop_without_a_graph_is_right_too() -> None:
    source = (
        "def running_maximum(x):\n"
        "    largest, maxima = x[0], []\n"
        "    for number in x:\n"
        "        largest = number if number > largest else largest\n"
        "        maxima.append(largest)\n"
        "    return tf.stack(maxima)\n"
    )
    assert _failed("running_maximum", source) == {}


@pytest.mark.parametrize("name", [name.partition(".")[2] for name in topic_exercises("tensors")])
def test_nothing_earns_points_by_giving_back_nothing(name: str) -> None:
    exercise = find_exercise(f"tensors.{name}")
    answer: Any = {} if exercise.answer_kind == "dictionary" else lambda *args, **kwargs: None
    assert check_answer(exercise, answer, seed=0).points == 0


# what is said of a loop that goes wrong

_LOOP = """
@tf.function
def running_maximum(x):
    out, m = {out}, x[0]
    for i in tf.range(tf.size(x)):
        m = tf.maximum(m, x[i])
        {keep}
    return {maxima}
"""
_ARRAY = "tf.TensorArray(x.dtype, size=tf.size(x))"


def test_writes_that_are_lost_are_not_taken_for_a_start_at_0() -> None:
    loop = _LOOP.format(out=_ARRAY, keep="out.write(i, m)", maxima="out.stack()")
    failed = _failed("running_maximum", loop)
    assert len(failed) == 4
    assert all("as if nothing had been written" in says for says in failed.values())


@pytest.mark.parametrize("maxima", ["out", "tf.stack(out)", "tf.convert_to_tensor(out)"])
def test_a_list_in_a_loop_of_the_graph_is_explained(maxima: str) -> None:
    answer = _LOOP.format(out="[]", keep="out.append(m)", maxima=maxima)
    verdict = _check("running_maximum", answer)
    assert verdict.points == 0
    for probe in verdict.probes:
        assert probe.misconception == "a list in a graph's loop"
        assert probe.reason.startswith("InaccessibleTensorError: a tensor that was made in the")


@pytest.mark.parametrize("decorated", [True, False])
@pytest.mark.parametrize("dtype, count", [("float32", 1), ("int32", 4), ("float64", 4)])
def test_an_array_of_one_dtype_is_explained_in_a_few_words(
    dtype: str,
    count: int,
    decorated: bool,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tf.get_logger(), "handlers", [caplog.handler])
    array = f"tf.TensorArray(tf.{dtype}, size=tf.size(x))"
    answer = _LOOP.format(out=array, keep="out = out.write(i, m)", maxima="out.stack()")
    failed = _failed("running_maximum", answer if decorated else answer.replace("@tf.function", ""))
    assert len(failed) == count
    assert all("is made for one dtype" in says for says in failed.values())
    assert not caplog.records
    assert not tf.get_logger().disabled


# what is said of shapes and dtypes that clash


def test_labels_compared_as_they_are_are_told_of_the_plain_false() -> None:
    body = "return tf.cast(tf.range(depth) == labels, tf.float32)"
    failed = _failed("one_hot", f"def one_hot(labels, depth):\n    {body}")
    assert len(failed) == 4
    assert all("one plain False" in says for says in failed.values())


@pytest.mark.parametrize("module", ["np.", "keras.ops."])
@pytest.mark.parametrize("axis", [1, -1])
def test_means_of_rows_that_do_not_fit_are_explained(module: str, axis: int) -> None:
    source = (
        "def standardize(x, epsilon=1e-7):\n"
        f"    mean, deviation = {module}mean(x, axis={axis}), {module}std(x, axis={axis})\n"
        "    return (x - mean) / (deviation + epsilon)"
    )
    failed = _failed("standardize", source)
    assert len(failed) == 4
    assert all("each row gives one number" in says for says in failed.values())


@pytest.mark.parametrize("axis", ["1", "-2"])
def test_squares_summed_over_the_points_are_explained(axis: str) -> None:
    body = f"return tf.reduce_sum((a[:, None] - b) ** 2, axis={axis})"
    failed = _failed("pairwise_squared_distances", _HEAD + body)
    assert len(failed) == 3
    assert all("over the points of `b`" in says for says in failed.values())


@pytest.mark.parametrize("total", ["sum(tensors)", "tf.cast(sum(tensors), tf.float32)"])
def test_a_plain_sum_is_explained(total: str) -> None:
    failed = _failed("mixed_sum", f"def mixed_sum(tensors):\n    return {total}")
    assert len(failed) == 4
    assert all("`sum`, which begins with 0" in says for says in failed.values())


@pytest.mark.parametrize("name", ["variable", "weights"])
def test_a_new_tensor_under_any_name_is_told_of_both_ways(name: str) -> None:
    source = (
        "def mend_update(variable, gradient, learning_rate):\n"
        f"    {name} = variable - learning_rate * gradient"
    )
    failed = _failed("mend_update", source)
    assert len(failed) == 2
    assert all("with `-` or with `-=`" in says for says in failed.values())


@pytest.mark.parametrize("buffer, place", [("1000", 0), ("len(x) - 1", 1)])
def test_of_two_calls_the_one_with_too_small_a_buffer_is_shown(buffer: str, place: int) -> None:
    source = (
        "def batches(x, y, batch_size, seed):\n"
        "    pairs = tf.data.Dataset.from_tensor_slices((x, y))\n"
        f"    return pairs.shuffle({buffer}, seed=seed).batch(batch_size)"
    )
    verdict = _check("batches", source).probes[-1]
    assert ("(2000, 2)" in verdict.called) == (place == 0)
    assert verdict.misconception == ["small buffer", "buffer without the last"][place]
