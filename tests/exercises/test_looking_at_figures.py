"""The vocabulary for figures: nothing stays open, and curves and labels are read off."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from tfcourse_utils.exercises.figures import curves, drawn, has_labels


def test_a_figure_is_closed_and_can_be_read() -> None:
    others = plt.figure()

    def make() -> Figure:
        figure, axes = plt.subplots()
        axes.plot([5, 6], [1.0, 2.0])
        axes.set(xlabel="epoch", ylabel="loss")
        return figure

    figure = drawn(make)
    assert plt.get_fignums() == [others.number]
    plt.close(others)
    np.testing.assert_array_equal(curves(figure), [[1.0, 2.0]])
    assert has_labels(figure)


@pytest.mark.parametrize(("make", "kind"), [(plt.gca, "Axes"), (lambda: None, "None")])
def test_what_is_no_figure_is_refused_and_closed(make, kind: str) -> None:
    with pytest.raises(TypeError, match=f"it is .*{kind}"):
        drawn(make)
    assert plt.get_fignums() == []


def test_labels_may_be_those_of_all_plots() -> None:
    figure = Figure()
    assert not has_labels(figure)
    figure.subplots(2)[0].set_ylabel("loss")
    figure.supxlabel("epoch")
    assert not has_labels(figure)
    figure.supylabel("loss")
    assert has_labels(figure)
