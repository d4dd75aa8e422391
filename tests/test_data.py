"""The generators: shapes, types, seeds, and that each set is what its name says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfcourse_utils import data

TWO_CLASSES = [data.xor_clouds, data.rings, data.moons, data.spirals]
EVERY = [*TWO_CLASSES, data.three_clouds, data.noisy_parabola]


@pytest.mark.parametrize("draw", TWO_CLASSES)
@given(count=st.integers(1, 40), seed=st.integers(0, 2**32))
def test_two_classes_have_the_promised_shapes(draw, count, seed):
    inputs, targets = draw(count, seed)
    assert inputs.shape == (2 * count, 2) and inputs.dtype == np.float32
    assert targets.shape == (2 * count, 1) and targets.dtype == np.float32
    assert targets[:, 0].tolist() == [0.0] * count + [1.0] * count


@pytest.mark.parametrize("draw", EVERY)
def test_same_seed_same_points_whatever_the_global_seed(draw):
    np.random.seed(1)
    first = draw(20, seed=7)
    np.random.seed(2)
    second, other = draw(20, seed=7), draw(20, seed=8)
    for one, same in zip(first, second, strict=True):
        np.testing.assert_array_equal(one, same)
    assert not np.array_equal(first[0], other[0])


@pytest.mark.parametrize("draw", EVERY)
def test_global_random_state_is_left_alone(draw):
    np.random.seed(5)
    expected = np.random.random()
    np.random.seed(5)
    draw(10, seed=1)
    assert np.random.random() == expected


@pytest.mark.parametrize("draw", EVERY)
@pytest.mark.parametrize("noise", [-0.1, float("nan")])
def test_bad_arguments_are_named(draw, noise):
    with pytest.raises(ValueError, match="samples"):
        draw(0, seed=1)
    with pytest.raises(ValueError, match="noise"):
        draw(5, seed=1, noise=noise)


def test_xor_without_noise_sits_on_the_corners():
    inputs, targets = data.xor_clouds(4, seed=0, noise=0.0)
    product = inputs[:, 0] * inputs[:, 1]
    np.testing.assert_array_equal(product, np.where(targets[:, 0] == 1, -1.0, 1.0))
    assert len(np.unique(inputs, axis=0)) == 4


def test_rings_without_noise_are_circles():
    inputs, targets = data.rings(50, seed=0, noise=0.0)
    radii = np.hypot(*inputs.T)
    np.testing.assert_allclose(radii, np.where(targets[:, 0] == 1, 0.8, 2.0), rtol=1e-5)


def test_moons_lie_on_the_half_circles_of_scikit_learn():
    inputs, targets = data.moons(50, seed=0, noise=0.0)
    upper, lower = inputs[targets[:, 0] == 0], inputs[targets[:, 0] == 1]
    np.testing.assert_allclose(np.hypot(*upper.T), 1.0, rtol=1e-5)
    np.testing.assert_allclose(np.hypot(*(lower - [1.0, 0.5]).T), 1.0, rtol=1e-5)
    assert upper[:, 1].min() >= -1e-6 and lower[:, 1].max() <= 0.5 + 1e-6


def test_spirals_without_noise_wind_outwards_half_a_circle_apart():
    inputs, targets = data.spirals(200, seed=0, noise=0.0)
    radii = np.hypot(*inputs.T)
    assert radii.max() <= 2.0 and radii.min() > 0.03
    direction = np.exp(1j * (1.75 * np.pi * radii + np.pi * (1.0 - targets[:, 0])))
    np.testing.assert_allclose(inputs @ [1j, 1.0], radii * direction, atol=1e-4)


def test_three_clouds_sit_round_their_centres():
    inputs, labels = data.three_clouds(2000, seed=0, noise=0.5)
    assert inputs.shape == (6000, 2) and labels.shape == (6000,) and labels.dtype == np.int32
    for label, centre in enumerate([(-2.0, 0.0), (2.0, 0.0), (0.0, 2.5)]):
        cloud = inputs[labels == label]
        np.testing.assert_allclose(cloud.mean(axis=0), centre, atol=0.08)
        np.testing.assert_allclose(cloud.std(axis=0), 0.5, atol=0.05)


def test_as_many_clouds_as_centres():
    inputs, labels = data.three_clouds(3, seed=0, centres=[(0.0, 0.0)] * 5)
    assert inputs.shape == (15, 2) and np.bincount(labels).tolist() == [3] * 5


def test_parabola_has_the_noise_that_was_asked_for():
    x, y = data.noisy_parabola(4000, seed=0, noise=0.3)
    assert x.shape == y.shape == (4000, 1) and x.dtype == y.dtype == np.float32
    assert x.min() >= -2.0 and x.max() <= 2.0
    residuals = y - (x**2 - 1)
    assert abs(residuals.mean()) < 0.03 and abs(residuals.std() - 0.3) < 0.02
