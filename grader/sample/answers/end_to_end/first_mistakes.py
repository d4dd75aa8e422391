"""A learner who squares where nothing was to be squared, and takes accuracy for recall."""

import keras
import numpy as np


def regression_project(x, y, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    test, train = order[: len(x) // 5], order[len(x) // 5 :]
    mean, spread = x[train].mean(axis=0), x[train].std(axis=0)
    columns = np.column_stack([(x[train] - mean) / spread, np.ones(len(train))])
    line = np.linalg.lstsq(columns, y[train], rcond=None)[0]
    scale = keras.layers.Normalization(mean=mean, variance=spread**2)
    model = keras.Sequential([keras.Input((x.shape[1],)), scale, keras.layers.Dense(1)])
    model.set_weights([*scale.get_weights(), line[:-1], line[-1]])
    return {
        "model": model,
        "test_rows": test,
        "baseline": np.abs(y[test] - y[train].mean()).mean(),
        "score": np.square(y[test] - model.predict(x[test], verbose=0)).mean(),
    }


projects_quiz = {
    "kinds_in_the_last_fifth": 1,
    "baseline_of_the_mean": 10,
    "baseline_of_the_commonest": 0.25,
    "scaled_by": "train",
    "stopped_by": "test",
    "chosen_by": "validation",
    "best_of_ten": "too good",
    "error_in_the_unit": 2500,
    "none_is_urgent": 0.98,
    "urgent_ones_found": 0.98,
}
