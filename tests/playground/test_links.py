"""Links and JSON: every state comes back, and what is no state is said."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfcourse_utils.playground.features import FEATURES
from tfcourse_utils.playground.kinds import KINDS
from tfcourse_utils.playground.links import from_json, from_link, to_json, to_link
from tfcourse_utils.playground.parts import ACTIVATIONS, OPTIMIZERS, PENALTIES
from tfcourse_utils.playground.state import (
    CONTROLS,
    DataState,
    NetworkState,
    Shown,
    State,
    TrainingState,
)

SEEDS = st.integers(0, 2**32 - 1)
PLACES = st.floats(-6, 6)


def some(names: object, least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(names)), min_size=least, unique=True).map(tuple)  # type: ignore[call-overload]


STATES = st.builds(
    State,
    st.builds(
        DataState,
        st.sampled_from(sorted(KINDS)),
        st.integers(10, 5000),
        st.floats(0, 3),
        st.floats(0.1, 1),
        SEEDS,
        st.lists(st.tuples(PLACES, PLACES, st.sampled_from([0.0, 1.0])), max_size=5).map(tuple),
    ),
    st.builds(
        NetworkState,
        some(FEATURES, 1),
        st.lists(st.integers(1, 16), max_size=8).map(tuple),
        st.sampled_from(sorted(ACTIVATIONS)),
        SEEDS,
    ),
    st.builds(
        TrainingState,
        st.sampled_from(sorted(OPTIMIZERS)),
        st.floats(1e-6, 100),
        st.integers(1, 1000),
        st.just("usual"),
        st.sampled_from(sorted(PENALTIES)),
        st.floats(0, 10),
        SEEDS,
    ),
    st.builds(Shown, *[st.booleans()] * len(fields(Shown))),
    some(CONTROLS),
)


@given(STATES)
def test_every_state_comes_back(state: State) -> None:
    assert from_json(to_json(state)) == state
    assert from_link(to_link(state)) == state
    assert from_link("https://host/page?a=1" + to_link(state)) == state
    assert to_link(state).isprintable() and " " not in to_link(state)


def test_a_link_is_short_and_readable() -> None:
    state = State(DataState("spiral", noise=1.0), NetworkState(("x", "xy"), ()), hidden=("step",))
    assert to_link(state) == (
        "#version=1&data.kind=spiral&data.noise=1&network.features=x,xy&network.hidden=&hidden=step"
    )
    assert to_link(State()) == "#version=1"


def test_what_is_left_out_is_as_usual() -> None:
    assert from_json("{}") == State()
    assert from_json('{"network": {"hidden": [8]}}') == State(network=NetworkState(hidden=(8,)))
    assert from_link("data.seed=3") == State(DataState(seed=3))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "this is no JSON"),
        ("{", "this is no JSON"),
        ("[" * 100_000, "this is no JSON"),
        ('{"version": ' + "9" * 5000 + "}", "this is no JSON"),
        ("[]", "dictionary of its parts, but is list"),
        ('{"version": 2, "sound": {}}', "newer playground, of version 2, .* update the course"),
        ('{"version": null}', "version should be 1, but is None"),
        ('{"version": -1}', "version should be 1, but is -1"),
        ('{"sound": {}}', "a state has no field 'sound'"),
        ('{"data": []}', "data should be a dictionary of its fields, but is list"),
        ('{"data": {"colour": 1}}', "data has no field 'colour'"),
        ('{"data": {"noise": NaN}}', "data.noise should be a number from 0 to 3, but is nan"),
        ('{"data": {"noise": 1e999}}', "data.noise .* but is inf"),
        ('{"data": {"points": [[1, 2]]}}', "each of data.points"),
        ('{"hidden": {"step": 1}}', "hidden should be a tuple"),
        (" " * 2_000_000, "characters long"),
    ],
)
def test_json_that_is_no_state_is_said(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as caught:
        from_json(text)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "link is broken"),
        ("#", "link is broken"),
        ("#%ff", "link is broken"),
        ("#data.kind=%ff", "link is broken"),
        ("#data.kind", "link is broken"),
        ("#data.kind=xor&data.kind=rings", "comes twice"),
        ("#version=2&sound=1", "newer playground, of version 2"),
        ("#version=new", "version should be 1, but is 'new'"),
        ("#sound=1", "the link has no field 'sound'"),
        ("#data.samples=many", "data.samples can't be 'many'"),
        ("#data.samples=" + "9" * 5000, "data.samples can't be '9{29}…'"),
        ("#data.points=1,2", "data.points can't be '1,2'"),
        ("#network.hidden=4,", "network.hidden can't be '4,'"),
        ("#shown.curves=true", "shown.curves can't be 'true'"),
        ("#data.kind=ring", "data.kind should be one of"),
    ],
)
def test_a_link_that_is_broken_is_said(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        from_link(text)


NAMES = st.sampled_from(["version", "data", "network", "training", "kind", "hidden", "points"])
JUNK = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(NAMES | st.text(), inner),
)


@given(st.dictionaries(NAMES, JUNK))
def test_whatever_json_holds_it_is_a_state_or_a_value_error(found: dict[str, object]) -> None:
    try:
        assert isinstance(from_json(json.dumps(found)), State)
    except ValueError as error:
        assert str(error) and "\n" not in str(error)


@given(
    st.lists(
        st.tuples(st.sampled_from(["data.kind", "data.points", "hidden", "version"]), st.text())
    )
)
def test_whatever_a_link_holds_it_is_a_state_or_a_value_error(pairs: list[tuple[str, str]]) -> None:
    try:
        assert isinstance(from_link("#" + "&".join(f"{a}={b}" for a, b in pairs)), State)
    except ValueError as error:
        assert str(error) and "\n" not in str(error)
