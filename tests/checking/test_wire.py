"""Observations as JSON: nothing is lost on the way, and nothing that arrives is trusted."""

from __future__ import annotations

import base64
import json
import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tfcourse_utils.checking import (
    Observation,
    Opaque,
    Outcome,
    decode_observations,
    encode_observations,
    to_plain,
)
from tfcourse_utils.checking.plain import DTYPES, MAX_BYTES, MAX_ITEMS
from tfcourse_utils.checking.wire import MalformedError, decode, encode

text = st.text(st.characters(codec="utf-8"), max_size=20)
arrays = hnp.arrays(
    st.sampled_from([*sorted(DTYPES), "<U4"]),
    hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=3),
)
plain = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(1 - 2**63, 2**63 - 1), st.floats(), text, arrays,
        st.builds(Opaque, text),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
).map(to_plain)  # fmt: skip
observations = st.dictionaries(
    text,
    st.builds(
        Observation, st.sampled_from(Outcome), plain, text, text, st.tuples(text, text), text, text
    ),
    max_size=3,
)

leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
json_values = st.recursive(
    leaves | st.just(2**80) | st.just([]) | st.just(MAX_BYTES),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(), inner, max_size=2)
        | st.builds(
            lambda tag, value: {tag: value},
            st.sampled_from(["array", "text", "dict", "float", "opaque"]),
            inner,
        )
    ),
    max_leaves=10,
)
shapes = st.lists(st.integers(-1, 5) | st.integers() | leaves, max_size=3)
forged_arrays = st.one_of(
    st.tuples(st.sampled_from([*sorted(DTYPES), "object", "O", "U4"]) | json_values, shapes,
              st.text("AB/+=", max_size=30) | json_values).map(lambda p: {"array": list(p)}),
    st.tuples(shapes, st.lists(st.text() | leaves)).map(lambda p: {"text": list(p)}),
)  # fmt: skip


def _sent(value: Any) -> Any:
    return json.loads(json.dumps(value))


def _same(left: Any, right: Any) -> None:
    assert type(left) is type(right)
    if isinstance(left, np.ndarray):
        assert left.shape == right.shape
        assert left.dtype == right.dtype or {left.dtype.kind, right.dtype.kind} == {"U"}
        np.testing.assert_array_equal(left, right)
    elif isinstance(left, list):
        assert len(left) == len(right)
        for pair in zip(left, right):
            _same(*pair)
    elif isinstance(left, dict):
        assert list(left) == list(right)
        _same(list(left.values()), list(right.values()))
    else:
        assert left == right or left != left


@given(plain)
def test_plain_data_comes_back_as_it_was(value: Any) -> None:
    _same(decode(_sent(encode(value))), value)


@pytest.mark.parametrize("dtype", sorted(DTYPES))
@pytest.mark.parametrize("shape", [(), (0,), (3, 0, 2), (2, 3), (1,) * 32])
def test_arrays_of_every_dtype_and_shape_come_back(dtype: str, shape: tuple[int, ...]) -> None:
    array = np.ones(shape, dtype)
    _same(decode(_sent(encode(array))), array)


@pytest.mark.parametrize("kind", [">f4", "float32"])
def test_numbers_survive_whatever_their_byte_order(kind: str) -> None:
    sent = np.array([np.nan, np.inf, -np.inf, -0.0, 1.5], kind)
    back = decode(_sent(encode(to_plain(sent))))
    np.testing.assert_array_equal(back, sent)
    assert np.signbit(back[3])


@given(observations)
def test_observations_come_back_as_they_were(seen: dict[str, Observation]) -> None:
    back = decode_observations(_sent(encode_observations(seen)))
    assert list(back) == list(seen)
    for name, observation in seen.items():
        _same(vars(back[name]), vars(observation))


@given(json_values | forged_arrays)
def test_any_json_is_plain_data_or_malformed(data: Any) -> None:
    try:
        value = decode(data)
    except MalformedError:
        return
    _same(to_plain(value), value)
    json.dumps(encode(value), ensure_ascii=False).encode("utf-8")


@given(
    json_values
    | st.dictionaries(
        st.text(),
        st.fixed_dictionaries(
            {
                "outcome": st.sampled_from(["returned", "raised"]) | json_values,
                "value": json_values | forged_arrays,
                "called": st.text() | json_values,
                "error": st.text(),
                "lines": st.lists(st.text() | leaves) | json_values,
                "printed": st.text(),
                "note": st.text() | json_values,
            }
        ),
    )
)
def test_any_json_is_observations(data: Any) -> None:
    for observation in decode_observations(data).values():
        assert type(observation) is Observation


def _nested(depth: int) -> Any:
    data: Any = 1
    for _ in range(depth):
        data = [data]
    return data


ZEROS = base64.b64encode(bytes(8)).decode()


@pytest.mark.parametrize(
    "data",
    [
        {"array": ["float64", [2], ZEROS]},
        {"array": ["float64", [], ""]},
        {"array": ["float64", [10**9], ZEROS]},
        {"array": ["float64", [2**40, 2**40], ""]},
        {"array": ["float64", [0, *[MAX_BYTES] * 7], ""]},
        {"array": ["int8", [0] * 33, ""]},
        {"array": ["float64", [True], ZEROS]},
        {"array": ["float64", [-1], ZEROS]},
        {"array": ["float64", [1.0], ZEROS]},
        {"array": ["float64", "1", ZEROS]},
        {"array": ["float64", [1], "no base64!"]},
        {"array": ["float64", [1], "é"]},
        {"array": [[], [1], ZEROS]},
        {"array": ["object", [1], ZEROS]},
        {"array": ["U2", [1], ZEROS]},
        {"array": ["bool", [8], base64.b64encode(bytes(range(8))).decode()]},
        {"text": [[2], ["a"]]},
        {"text": [[1], [1]]},
        {"text": [[1], "a"]},
        {"text": [[10_001], ["x" * 10_000, *[""] * 10_000]]},
        {"text": [[0, MAX_BYTES, MAX_BYTES], []]},
        [{"text": [[501], ["x" * 1_000, *[""] * 500]]}] * 3,
        {"dict": {"k" * 1_000: 1}},
        {"dict": {}, "more": 1},
        {"float": "1.5"},
        {"float": []},
        {"pickle": "gASVAAAAAAAAAIwA"},
        {},
        2**63,
        -(2**63),
        "x" * (MAX_BYTES + 1),
        "\ud800",
        _nested(50),
        [0] * (MAX_ITEMS + 1),
        [[0] * 200] * 100,
        object(),
        b"bytes",
    ],
    ids=lambda data: repr(data)[:40],
)
def test_forgeries_are_malformed_and_build_nothing_large(data: Any) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(MalformedError):
            decode(data)
        assert tracemalloc.get_traced_memory()[1] < 5 * MAX_BYTES
    finally:
        tracemalloc.stop()


def _observation(**changes: Any) -> dict[str, Any]:
    return encode_observations({"p": Observation(Outcome.RETURNED, 1)})["p"] | changes


@pytest.mark.parametrize(
    "item",
    [
        None,
        [],
        {},
        {k: v for k, v in _observation().items() if k != "value"},
        _observation(value={"array": [{}, [], []]}),
        _observation(outcome="right"),
        _observation(outcome=[]),
        _observation(called=None),
        _observation(error="x" * 10_000),
        _observation(printed="\udfff"),
        _observation(note=None),
        _observation(note="x" * 10_000),
        _observation(lines="line"),
        _observation(lines=["line"] * 1_000),
        _observation(lines=[{}]),
    ],
)
def test_a_malformed_observation_is_left_out_and_the_others_stay(item: Any) -> None:
    assert list(decode_observations({"bad": item, "good": _observation()})) == ["good"]


def test_an_observation_from_before_there_were_notes_has_none() -> None:
    old = _observation()
    del old["note"]
    assert decode_observations({"p": old}) == {"p": Observation(Outcome.RETURNED, 1)}


@pytest.mark.parametrize("data", [None, [], "text", 3, {"k" * 1_000: _observation()}])
def test_what_is_no_mapping_of_observations_is_none_at_all(data: Any) -> None:
    assert decode_observations(data) == {}


def test_a_flood_of_observations_is_cut() -> None:
    assert len(decode_observations({str(n): _observation() for n in range(10_000)})) < 100
