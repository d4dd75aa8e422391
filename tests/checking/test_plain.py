"""Plain data: whatever an answer gives back is converted, and never raises."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from tfcourse_utils.checking import Opaque, to_plain
from tfcourse_utils.checking.plain import MAX_BYTES, MAX_DEPTH, MAX_ITEMS

NUMBERS = np.array([[1.5, -2.0], [0.0, 3.25]], "float32")


def _boom(*_: object, **__: object) -> Any:
    raise SystemExit("boom")


class _LyingType(type):
    @property
    def __name__(cls) -> str:  # type: ignore[override]
        return _boom()


@pytest.mark.parametrize(
    "value", [tf.constant(NUMBERS), tf.Variable(NUMBERS), keras.Variable(NUMBERS), NUMBERS]
)
def test_tensors_and_variables_become_arrays(value: Any) -> None:
    plain = to_plain(value)
    assert type(plain) is np.ndarray
    assert plain.dtype == "float32"
    np.testing.assert_array_equal(plain, NUMBERS)


def test_an_array_is_a_copy() -> None:
    array = NUMBERS.copy()
    plain = to_plain(array)
    array[:] = 0
    np.testing.assert_array_equal(plain, NUMBERS)


@pytest.mark.parametrize(
    ("dtype", "held_as"),
    [
        ("bfloat16", "float32"),
        ("float8_e5m2", "float32"),
        ("int4", "int8"),
        ("float16", "float16"),
        ("bool", "bool"),
        ("complex64", "complex64"),
        ("uint16", "uint16"),
    ],
)
def test_dtypes_that_json_can_not_name_are_held_as_others(dtype: str, held_as: str) -> None:
    plain = to_plain(tf.constant(np.array([0, 1, 1]).astype(tf.as_dtype(dtype).as_numpy_dtype)))
    assert plain.dtype == held_as
    assert plain.tolist() == [0, 1, 1]


@pytest.mark.parametrize("dtype", [">f4", ">i8", "longdouble"])
def test_arrays_are_held_in_the_byte_order_of_the_machine(dtype: str) -> None:
    plain = to_plain(np.array([1, 2], dtype))
    assert plain.dtype.isnative
    assert plain.tolist() == [1, 2]


def test_string_tensors_become_text() -> None:
    assert to_plain(tf.constant([["a", "bc"]])).tolist() == [["a", "bc"]]
    assert to_plain(tf.constant("word")) == np.array("word")
    assert to_plain(tf.constant([b"\xff"])).tolist() == ["\ufffd"]
    assert to_plain(np.array(["a", b"b"], object)).tolist() == ["a", "b"]


def test_ragged_tensors_become_their_rows() -> None:
    rows = to_plain(tf.ragged.constant([[1, 2], [3]]))
    assert [row.tolist() for row in rows] == [[1, 2], [3]]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (tf.sparse.from_dense(NUMBERS), "SparseTensor"),
        (keras.Input((2,)), "KerasTensor"),
        (np.array(["2024-01-01"], "datetime64[D]"), "ndarray"),
        (np.zeros(2, [("a", "f4")]), "ndarray"),
        ({1: 2}, "dict"),
        ({1, 2}, "set"),
        (b"bytes", "bytes"),
        (tf.Tensor, "type"),
        ((i for i in ()), "generator"),
        (2**70, "huge int"),
    ],
)
def test_other_things_keep_the_name_of_their_type(value: Any, name: str) -> None:
    plain = to_plain(value)
    assert type(plain) is Opaque
    assert plain.type_name.startswith(name) or name == "type"


def test_one_odd_part_does_not_hide_the_others() -> None:
    assert to_plain([1, {1}, "x"]) == [1, Opaque("set"), "x"]


@pytest.mark.parametrize(
    "value",
    [
        np.broadcast_to(np.float32(0), (10**6, 10**6)),
        [np.zeros(MAX_BYTES // 8 * 3 // 4)] * 2,
        ["x" * MAX_BYTES],
        np.array(["x" * 10_000, *[""] * 10_000], object),
        np.zeros((0, 10**9)),
        list(range(MAX_ITEMS + 1)),
        {"k" * 1_000: 1},
    ],
    ids=["view", "total", "string", "padding", "empty", "items", "key"],
)
def test_what_is_huge_is_opaque_and_says_so(value: Any) -> None:
    assert to_plain(value).type_name.startswith("something ")


def test_nesting_and_cycles_end() -> None:
    cycle: list[Any] = []
    cycle.append(cycle)
    endless: Any = {}
    endless["again"] = [endless]
    deep: Any = 1
    for _ in range(MAX_DEPTH):
        deep = (deep,)
    for value in (cycle, endless, deep):
        assert "nested more than" in to_plain(value).type_name


def test_an_endless_list_ends() -> None:
    class Endless(list[int]):
        def __iter__(self) -> Any:
            while True:
                yield 1

    assert "parts" in to_plain(Endless()).type_name


@pytest.mark.parametrize("name", ["numpy", "__array__", "__len__", "__class__", "__iter__"])
@pytest.mark.parametrize("base", [object, list, dict, float, int, str, np.ndarray])
def test_hostile_objects_never_raise(name: str, base: type) -> None:
    hostile = type("Hostile", (base,), {name: property(_boom)})
    value = hostile((2,)) if base is np.ndarray else hostile()
    to_plain(value), to_plain([value]), to_plain({"k": value})


def test_a_type_that_hides_its_name_does_not_raise() -> None:
    assert to_plain(_LyingType("Nameless", (), {})()) == Opaque("Nameless")


def test_subclasses_of_numbers_and_strings_can_not_lie() -> None:
    def lying(base: type, value: Any) -> Any:
        names = ("__float__", "__int__", "__index__", "__str__", "__abs__", "__len__", "__eq__")
        return type("Lying", (base,), dict.fromkeys(names, _boom) | {"__hash__": base.__hash__})(
            value
        )

    plain = to_plain([lying(float, 1.5), lying(int, 3), lying(str, "x")])
    assert plain == [1.5, 3, "x"]
    assert [type(item) for item in plain] == [float, int, str]


@given(st.text(st.characters()))
def test_every_string_becomes_one_that_utf8_can_hold(text: str) -> None:
    for plain in (to_plain(text), *to_plain({text[:100]: 0})):
        plain.encode("utf-8")


def test_a_text_array_of_no_characters_is_opaque() -> None:
    assert to_plain(np.frombuffer(b"\xff" * 4, "U1")) == Opaque("ndarray")


def test_keyboard_interrupt_passes() -> None:
    class Stopped:
        def numpy(self) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        to_plain(Stopped())


_things = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.complex_numbers(),
        st.binary(), st.datetimes(), st.functions(), st.builds(object),
    ),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
)  # fmt: skip


@given(_things)
def test_plain_data_stays_as_it_is(value: Any) -> None:
    plain = to_plain(value)
    np.testing.assert_equal(to_plain(plain), plain)
