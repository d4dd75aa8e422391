"""The plotting functions: what is drawn, where, and which arguments they refuse."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from tfcourse_utils import plots

INPUTS = np.array([[0.0, 0.0], [1.0, 2.0], [2.0, 1.0]])


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def colours_of(axes):
    return {to_hex(artist.get_facecolor()[0]) for artist in axes.collections}


@pytest.mark.parametrize("targets", [np.array([0, 1, 2]), np.array([[0.0], [1.0], [2.0]])])
def test_each_class_has_its_own_colour_marker_and_name(targets):
    axes = plots.scatter_classes(INPUTS, targets, title="Three")
    assert len(colours_of(axes)) == 3
    outlines = [artist.get_paths()[0].vertices.tolist() for artist in axes.collections]
    assert len({str(outline) for outline in outlines}) == 3
    names = [text.get_text() for text in axes.get_legend().get_texts()]
    assert names == ["class 0", "class 1", "class 2"]
    assert axes.get_title() == "Three" and axes.get_xlabel() and axes.get_ylabel()


def test_a_class_keeps_its_colour_where_another_is_missing():
    axes = plots.scatter_classes(INPUTS, [1, 1, 1], names=["no", "yes"])
    assert colours_of(axes) == {plots.COLOURS[1].lower()}
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["yes"]


@pytest.mark.parametrize(
    ("inputs", "targets", "message"),
    [
        (np.zeros(4), [0, 0, 0, 0], r"inputs should have the shape \(n, 2\)"),
        (np.zeros((4, 3)), [0, 0, 0, 0], r"\(4, 3\)"),
        (np.zeros((4, 2)), [0, 0, 0], "targets should be 4"),
        (np.zeros((2, 2)), [0, 6], "whole numbers from 0 to 5"),
        (np.zeros((2, 2)), [0, 0.5], "whole numbers from 0 to 5"),
    ],
)
def test_points_that_do_not_fit_are_refused(inputs, targets, message):
    with pytest.raises(ValueError, match=message):
        plots.scatter_classes(inputs, targets)


def tints(axes):
    return [
        to_hex(artist.get_facecolor()[0])
        for artist in axes.collections
        if len(artist.get_facecolor())
    ]


def square():
    axes = plots.new_axes()
    axes.set(xlim=(-1, 3), ylim=(-2, 2))
    return axes


@pytest.mark.parametrize("shape", [(-1,), (-1, 1)])
def test_one_score_is_cut_at_the_threshold(shape):
    axes = plots.decision_regions(lambda p: p[:, 0].reshape(shape), square(), threshold=1.0)
    border = axes.collections[-1].get_paths()[0].vertices
    np.testing.assert_allclose(border[:, 0], 1.0, atol=1e-6)
    assert set(tints(axes)) == {colour.lower() for colour in plots.COLOURS[:2]}
    assert axes.get_xlim() == (-1, 3) and axes.get_ylim() == (-2, 2)


def test_several_scores_let_the_largest_win():
    axes = plots.decision_regions(
        lambda p: np.stack([p[:, 0], p[:, 1], p[:, 0] * 0 - 9], 1), square()
    )
    assert set(tints(axes)) == {colour.lower() for colour in plots.COLOURS[:2]}


def test_a_plane_of_one_class_has_one_tint_and_no_border():
    axes = plots.decision_regions(lambda p: np.ones(len(p)), square())
    assert tints(axes) == [plots.COLOURS[1].lower()] and len(axes.collections) == 1


def test_predict_is_called_once_with_float32_points_and_the_ends():
    seen = []
    plots.decision_regions(lambda p: seen.append(p) or p[:, 0], square(), resolution=5)
    (points,) = seen
    assert points.shape == (25, 2) and points.dtype == np.float32
    np.testing.assert_array_equal(points.min(axis=0), [-1, -2])
    np.testing.assert_array_equal(points.max(axis=0), [3, 2])


@pytest.mark.parametrize("answer", [np.ones(3), np.ones((2, 2, 2)), 1.0])
def test_a_predict_that_gives_something_else_is_refused(answer):
    with pytest.raises(ValueError, match="predict should give 16 rows"):
        plots.decision_regions(lambda _: answer, square(), resolution=4)


def test_loss_curves_are_named_lines():
    axes = plots.loss_curves({"slow": [3.0, 2.0], "fast": [3.0, 1.0, 0.5]}, title="Loss")
    assert [line.get_label() for line in axes.lines] == ["slow", "fast"]
    assert axes.lines[1].get_ydata().tolist() == [3.0, 1.0, 0.5]
    assert axes.lines[0].get_linestyle() != axes.lines[1].get_linestyle()
    assert axes.get_xlabel() == "epoch" and axes.get_ylim()[0] == 0


def test_no_loss_curves_are_refused():
    with pytest.raises(ValueError, match="curves"):
        plots.loss_curves({})
