"""The right answers of chapter 1, against built-ins, NumPy and loops written out slowly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.distance import cdist
from sklearn.preprocessing import StandardScaler

from tfcourse_utils.reference import tensors as reference

few = settings(max_examples=25, deadline=None)
sizes = st.integers(1, 6)
dtypes = st.sampled_from(["float32", "float64"])
numbers = st.floats(-100, 100, width=32)


def _matrix(data: st.DataObject, shape: Any, dtype: str = "float32") -> np.ndarray:
    return data.draw(arrays(dtype, shape, elements=numbers))


# replace_row and mend_update


@few
@given(data=st.data(), n=sizes, d=sizes)
def test_one_row_is_replaced_and_the_others_stay(data: st.DataObject, n: int, d: int) -> None:
    before, row = _matrix(data, (n, d)), _matrix(data, d)
    index = data.draw(st.integers(0, n - 1))
    variable = tf.Variable(before)
    reference.replace_row(variable, index, tf.constant(row))
    expected = [row if i == index else before[i] for i in range(n)]
    np.testing.assert_array_equal(variable, expected)


@few
@given(data=st.data(), shape=st.sampled_from([(1,), (4,), (3, 2), (2, 2, 2)]), rate=numbers)
def test_an_update_subtracts_in_place(
    data: st.DataObject, shape: tuple[int, ...], rate: float
) -> None:
    before, gradient = _matrix(data, shape), _matrix(data, shape)
    variable = tf.Variable(before)
    reference.mend_update(variable, tf.constant(gradient), rate)
    np.testing.assert_allclose(variable, before - rate * gradient, rtol=1e-4, atol=1e-2)


@pytest.mark.parametrize(
    ("change", "arguments"),
    [
        (reference.replace_row, (0, tf.zeros(2))),
        (reference.mend_update, (tf.ones((3, 2)), 0.1)),
    ],
)
def test_changes_in_place_return_nothing(change: Callable[..., Any], arguments: Any) -> None:
    assert change(tf.Variable(tf.ones((3, 2))), *arguments) is None


# standardize


@few
@given(data=st.data(), n=st.integers(2, 6), d=sizes, dtype=dtypes)
def test_columns_are_standardized_as_scikit_learn_does(
    data: st.DataObject, n: int, d: int, dtype: str
) -> None:
    noise = np.random.default_rng(data.draw(st.integers(0, 999))).normal(size=(n, d))
    x = (noise * data.draw(st.floats(0.1, 50)) + data.draw(st.floats(-9, 9))).astype(dtype)
    result = reference.standardize(tf.constant(x))
    assert result.dtype == dtype
    expected = StandardScaler().fit_transform(x.astype("float64"))
    np.testing.assert_allclose(result, expected, rtol=1e-2, atol=1e-3)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_constant_column_becomes_0(dtype: str) -> None:
    x = tf.constant([[3.0, 1.0], [3.0, 2.0], [3.0, 6.0]], dtype)
    np.testing.assert_array_equal(reference.standardize(x)[:, 0], [0, 0, 0])


def test_a_column_far_from_0_keeps_its_deviation() -> None:
    x = 1e4 + np.array([[-1.0], [1.0], [1.0], [-1.0]])
    result = reference.standardize(tf.constant(x, tf.float32))
    np.testing.assert_allclose(result, x - 1e4, atol=1e-5)


# pairwise_squared_distances


@few
@given(data=st.data(), n=sizes, m=sizes, d=sizes, dtype=dtypes)
def test_distances_are_those_of_scipy(
    data: st.DataObject, n: int, m: int, d: int, dtype: str
) -> None:
    a, b = _matrix(data, (n, d), dtype), _matrix(data, (m, d), dtype)
    result = reference.pairwise_squared_distances(tf.constant(a), tf.constant(b))
    assert result.dtype == dtype
    expected = cdist(a.astype("float64"), b.astype("float64"), "sqeuclidean")
    np.testing.assert_allclose(result, expected, rtol=1e-4, atol=1e-3)


# one_hot


@few
@given(
    labels=arrays(
        "int32", st.sampled_from([(), (4,), (2, 3), (1, 2, 2)]), elements=st.integers(-3, 8)
    ),
    depth=st.integers(1, 6),
)
def test_rows_are_those_of_tf_one_hot(labels: np.ndarray, depth: int) -> None:
    result = reference.one_hot(tf.constant(labels), depth)
    assert result.dtype == tf.float32
    np.testing.assert_array_equal(result, tf.one_hot(labels, depth))


# mixed_sum


@few
@given(data=st.data(), shape=st.sampled_from([(), (3,), (2, 1, 2)]))
def test_the_sum_is_that_of_python(data: st.DataObject, shape: tuple[int, ...]) -> None:
    kinds = data.draw(
        st.lists(
            st.sampled_from(["bool", "uint8", "int8", "int64", "float64"]), min_size=1, max_size=5
        )
    )
    parts = [data.draw(arrays(kind, shape, elements=_elements(kind))) for kind in kinds]
    result = reference.mixed_sum([tf.constant(part) for part in parts])
    assert result.dtype == tf.float32
    expected = np.zeros(shape)
    for part in parts:
        expected += part.astype("float64")
    np.testing.assert_allclose(result, expected, rtol=1e-5, atol=1e-3)


def _elements(kind: str) -> st.SearchStrategy[Any]:
    if kind == "bool":
        return st.booleans()
    if kind == "float64":
        return numbers
    return st.integers(0, 255) if kind == "uint8" else st.integers(-128, 127)


# pad_ragged


@few
@given(rows=st.lists(st.lists(numbers, max_size=4), max_size=4), value=numbers)
def test_rows_are_padded_as_by_a_loop(rows: list[list[float]], value: float) -> None:
    longest = 0
    for row in rows:
        longest = max(longest, len(row))
    expected = [[row[j] if j < len(row) else value for j in range(longest)] for row in rows]
    result = reference.pad_ragged(rows, value)
    assert result.dtype == tf.float32 and result.shape == (len(rows), longest)
    np.testing.assert_array_equal(result, np.reshape(expected, result.shape).astype("float32"))


def test_padding_takes_whole_numbers_for_floats() -> None:
    result = reference.pad_ragged([[1], [2, 3]])
    assert result.dtype == tf.float32
    np.testing.assert_array_equal(result, [[1, 0], [2, 3]])


# sparse_matvec


@few
@given(data=st.data(), n=sizes, m=sizes, dtype=dtypes)
def test_the_product_is_that_of_the_dense_matrix(
    data: st.DataObject, n: int, m: int, dtype: str
) -> None:
    matrix = _matrix(data, (n, m), dtype) * data.draw(arrays("bool", (n, m)))
    x = _matrix(data, m, dtype)
    result = reference.sparse_matvec(tf.sparse.from_dense(tf.constant(matrix)), tf.constant(x))
    assert result.dtype == dtype
    np.testing.assert_allclose(result, matrix @ x, rtol=1e-4, atol=1e-2)


def test_a_matrix_without_entries_gives_zeros() -> None:
    empty = tf.sparse.from_dense(tf.zeros((3, 2)))
    np.testing.assert_array_equal(reference.sparse_matvec(empty, tf.ones(2)), [0, 0, 0])


# word_counts

texts = st.text(alphabet="a éß語 ", max_size=12)


@few
@given(sentences=st.lists(texts, min_size=1, max_size=5))
def test_words_are_counted_as_by_python(sentences: list[str]) -> None:
    result = reference.word_counts(tf.constant(sentences))
    assert result.dtype == tf.int32
    assert result.numpy().tolist() == [len(sentence.split()) for sentence in sentences]


# running_maximum


@pytest.mark.parametrize("dtype", ["float32", "float64", "int32", "int64"])
def test_the_running_maximum_is_that_of_numpy(dtype: str) -> None:
    for seed in range(20):
        x = (10 * np.random.default_rng(seed).normal(size=8)).astype(dtype)
        result = reference.running_maximum(tf.constant(x))
        assert result.dtype == dtype
        np.testing.assert_array_equal(result, np.maximum.accumulate(x))


def test_the_running_maximum_of_one_number_is_that_number() -> None:
    np.testing.assert_array_equal(reference.running_maximum(tf.constant([-2.5])), [-2.5])


# jaccard

elements = st.integers(-2, 4)


@few
@given(data=st.data(), n=sizes, k=st.integers(1, 5), dtype=st.sampled_from(["int32", "int64"]))
def test_similarity_is_that_of_python_sets(data: st.DataObject, n: int, k: int, dtype: str) -> None:
    a, b = (data.draw(arrays(dtype, (n, k), elements=elements)) for _ in range(2))
    result = reference.jaccard(tf.constant(a), tf.constant(b))
    sets = [(set(p), set(q)) for p, q in zip(a.tolist(), b.tolist())]
    assert result.dtype.is_floating and result.shape == (n,)
    np.testing.assert_allclose(result, [len(p & q) / len(p | q) for p, q in sets])


# batches


def _epochs(count: int, *, n: int = 17, size: int = 5, seed: int = 3) -> list[list[Any]]:
    """Return the batches of some epochs, as lists of (number, target)."""
    x, y = tf.range(n), tf.range(n) * 10
    dataset = reference.batches(x, y, size, seed)
    assert isinstance(dataset, tf.data.Dataset)
    return [
        [list(zip(xs.tolist(), ys.tolist())) for xs, ys in dataset.as_numpy_iterator()]
        for _ in range(count)
    ]


@few
@given(n=st.integers(1, 20), size=st.integers(1, 7), seed=st.integers(0, 2**31 - 1))
def test_an_epoch_has_every_pair_once(n: int, size: int, seed: int) -> None:
    [epoch] = _epochs(1, n=n, size=size, seed=seed)
    assert [len(batch) for batch in epoch[:-1]] == [size] * (len(epoch) - 1)
    assert sorted(pair for batch in epoch for pair in batch) == [(i, 10 * i) for i in range(n)]


def test_the_seed_alone_decides_on_the_order() -> None:
    assert _epochs(2, seed=1) == _epochs(2, seed=1)
    assert _epochs(1, seed=1) != _epochs(1, seed=2)


def test_each_epoch_deals_the_pairs_anew() -> None:
    first, second = ({frozenset(batch) for batch in epoch} for epoch in _epochs(2))
    assert first != second


def test_every_pair_may_come_at_every_place() -> None:
    dataset = reference.batches(tf.range(4), tf.range(4), 4, seed=3)
    orders = [order for order, _ in dataset.repeat(400).as_numpy_iterator()]
    places = [np.bincount(numbers, minlength=4) for numbers in np.transpose(orders)]
    np.testing.assert_allclose(places, 100, atol=45)  # more than five standard deviations
