"""A learner whose answers are of the wrong kind, leave the program, or talk on stderr."""

import keras
import numpy as np

mend_project = None


class regression_project:
    def __init__(self, x, y, seed):
        self.baseline = abs(y - y.mean()).mean()


def species_project(x, y, seed):
    import sys

    print("warning: this is only noise", file=sys.stderr)
    kinds = int(y.max()) + 1
    order = np.random.default_rng(seed).permutation(len(x))
    test = order[np.argsort(y[order], kind="stable")][::5]
    train = np.setdiff1d(order, test)
    scale = keras.layers.Normalization()
    scale.adapt(x[train])
    model = keras.Sequential([keras.Input((x.shape[1],)), scale, keras.layers.Dense(kinds)])
    model.add(keras.layers.Softmax())
    columns = np.column_stack([np.array(scale(x[train])), np.ones(len(train))])
    lines = np.linalg.lstsq(columns, 20 * np.eye(kinds)[y[train]], rcond=None)[0]
    model.layers[1].set_weights([lines[:-1], lines[-1]])
    return {
        "model": model,
        "test_rows": test,
        "baseline": np.mean(y[test] == np.bincount(y[train]).argmax()),
        "score": np.mean(y[test] == model.predict(x[test], verbose=0).argmax(axis=1)),
    }


def capstone(points, labels, layer, loss, metric, callback, seed):
    import sys

    sys.exit("the project is over")
