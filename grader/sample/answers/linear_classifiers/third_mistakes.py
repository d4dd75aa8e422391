"""A learner who is slow with pictures and guessed the predictions."""

import numpy as np

before_you_run = {
    "output_shape": (5, 2),
    "difference_shape": (4, 1),
    "sigmoid_of_zero": 0,
    "slope": -2.0,
    "parameter_count": 32,
    "separable": "xor",
}


def decision_grid(predict, x_limits, y_limits, resolution):
    points, predictions = [], []
    for x in np.linspace(x_limits[0], x_limits[1], resolution):
        for y in np.linspace(y_limits[0], y_limits[1], resolution):
            points.append([x, y])
            predictions.append(predict(np.array([[x, y]]))[0])
    return np.array(points), np.array(predictions)


def mend_boundary_line(W, b, threshold=0.5):
    slope = -W[0, 0] / W[1, 0]
    intercept = -b[0] / W[1, 0]
    return slope, intercept
