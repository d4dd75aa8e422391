"""The vocabulary for figures: none stays open, and lines are read off however they were drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from tfcourse_utils.exercises.figures import drawn, drawn_lines, line_through


@pytest.fixture(autouse=True)
def _none_stays_open() -> Iterator[None]:
    yield
    plt.close("all")


def test_a_figure_is_closed_and_can_be_read() -> None:
    others = plt.figure()

    def make() -> Figure:
        figure, axes = plt.subplots()
        axes.plot([5, 6], [1.0, 2.0])
        return figure

    figure = drawn(make)
    assert plt.get_fignums() == [others.number]
    plt.close(others)
    [line] = drawn_lines(figure)
    assert line["y"].tolist() == [1.0, 2.0]


@pytest.mark.parametrize(("make", "kind"), [(plt.gca, "Axes"), (lambda: None, "None")])
def test_what_is_no_figure_is_refused_and_closed(make, kind: str) -> None:
    with pytest.raises(TypeError, match=f"it is .*{kind}"):
        drawn(make)
    assert plt.get_fignums() == []


def _with_labels() -> Figure:
    figure, axes = plt.subplots()
    axes.plot([1, 2, 3], [3, 2, 1], label="falls")
    axes.plot([1, 2, 3], [1, 2, 3], "--", label="rises")
    axes.set(xlabel="epoch", ylabel="loss")
    axes.legend()
    return figure


def _with_names_given_to_the_legend() -> Figure:
    figure = Figure()
    axes = figure.add_subplot()
    axes.plot([1, 2, 3], np.array([[3, 1], [2, 2], [1, 3]]))
    axes.legend(["falls", "rises"])
    figure.supxlabel("epoch")
    figure.supylabel("loss")
    return figure


def _with_twins_and_a_legend_for_all() -> Figure:
    figure, left = plt.subplots()
    right = left.twinx()
    left.plot([1, 2, 3], [3, 2, 1], label="falls")
    right.plot([1, 2, 3], [1, 2, 3], color="black", label="rises")
    left.set(xlabel="epoch", ylabel="loss")
    right.set_ylabel("loss")
    figure.legend()
    return figure


def _with_shared_axes() -> Figure:
    figure, (upper, lower) = plt.subplots(2, 1, sharex=True, sharey=True)
    upper.plot([1, 2, 3], [3, 2, 1], label="falls")
    upper.legend()
    lower.plot([1, 2, 3], [1, 2, 3], label="rises")
    lower.legend()
    lower.set(xlabel="epoch", ylabel="loss")
    return figure


WAYS = (
    _with_labels,
    _with_names_given_to_the_legend,
    _with_twins_and_a_legend_for_all,
    _with_shared_axes,
)


@pytest.mark.parametrize("draw", WAYS)
def test_lines_labels_and_legends_are_found(draw: Callable[[], Figure]) -> None:
    lines = drawn_lines(draw())
    for name, heights in {"falls": [3, 2, 1], "rises": [1, 2, 3]}.items():
        line: Any = line_through(lines, heights)
        assert (line["names"], line["x label"], line["y label"]) == ([name], "epoch", "loss")
        assert line["x"].tolist() == [1, 2, 3]


def test_panels_are_told_apart_and_twins_are_not() -> None:
    def panels(figure: Figure) -> list[int]:
        return [line["panel"] for line in drawn_lines(figure)]

    assert panels(_with_shared_axes()) == [0, 1]
    assert panels(_with_twins_and_a_legend_for_all()) == [0, 0]


def test_what_is_missing_is_empty() -> None:
    figure = Figure()
    figure.add_subplot().plot([1, 2])
    [line] = drawn_lines(figure)
    assert (line["names"], line["x label"], line["y label"]) == ([], "", "")
    assert line_through([line], [2, 1]) is None
    assert line_through([line], [1, 2, 3]) is None


def test_lines_that_look_alike_share_their_names() -> None:
    figure = Figure()
    axes = figure.add_subplot()
    for label in ("one", "two"):
        axes.plot([1, 2], color="black", label=label)
    axes.legend()
    assert [line["names"] for line in drawn_lines(figure)] == [["one", "two"]] * 2
