"""How `tune` goes wrong.

Each search takes time: these are recognised by what was seen, and none is run again for that.
"""

from __future__ import annotations

import keras
import keras_tuner
import numpy as np

from ..budget import first_fault, tune


def _is(*names):
    """Recognise an answer by the first fault that a probe finds."""

    def when(seen, kept):
        fault = first_fault(seen, kept)
        return fault is not None and fault[0] in names

    return when


def _build(hp):
    model = keras.Sequential([keras.Input((64,)), keras.layers.Dense(10, "softmax")])
    rate = hp.Float("rate", 1e-3, 1e-1, sampling="log")
    model.compile(keras.optimizers.SGD(rate), "sparse_categorical_crossentropy")
    return model


def _trained(hp, x, y):
    model = _build(hp)
    model.fit(x, y, verbose=0)
    return model


def _search(x, y, max_trials, seed, directory, **fit):
    """Return a tuner that has searched; `fit` has what should be another way."""
    keras.utils.set_random_seed(seed)
    tuner = keras_tuner.RandomSearch(
        _build,
        objective=fit.pop("objective", "val_loss"),
        max_trials=max_trials,
        seed=seed,
        directory=directory,
    )
    tuner.search(x, y, verbose=0, **(fit or {"validation_split": 0.2}))
    return tuner


def _best(tuner):
    return tuner.get_best_hyperparameters()[0]


def _finished(tuner, x, y):
    return _best(tuner), _trained(_best(tuner), x, y)


@tune.wrong(
    "a budget of its own",
    says="The number of trials does not go by `max_trials`. The budget belongs to whoever calls: "
    "hand it on to the tuner.",
    when=_is("budget"),
)
def _(x, y, max_trials, seed, directory):
    return _finished(_search(x, y, 1, seed, directory), x, y)


@tune.wrong(
    "directory ignored",
    says="Nothing was written under `directory`. A tuner that is not told where to write makes a "
    "folder wherever the notebook happens to run.",
    when=_is("nowhere"),
)
def _(x, y, max_trials, seed, directory):
    return _finished(_search(x, y, max_trials, seed, None), x, y)


@tune.wrong(
    "judged by the rows trained on",
    says="Trials were validated on rows that they had trained on. So the trial that learns by "
    "heart wins. Split first, and keep both parts apart.",
    when=_is("shared"),
)
def _(x, y, max_trials, seed, directory):
    return _finished(_search(x, y, max_trials, seed, directory, validation_data=(x, y)), x, y)


@tune.wrong(
    "nothing kept back",
    says="Every trial trained on all it got, and no rows were left to judge it by. The search "
    "needs a validation part of its own, taken from `x` and `y`.",
    when=_is("not validated"),
)
def _(x, y, max_trials, seed, directory):
    tuner = _search(x, y, max_trials, seed, directory, objective="loss", epochs=1)
    return _finished(tuner, x, y)


@tune.wrong(
    "compared by the training loss",
    says="There is a validation part, but trials were compared by what they reached on the rows "
    "they trained on. Look at the tuner's `objective`.",
    when=_is("training score"),
)
def _(x, y, max_trials, seed, directory):
    split = {"objective": "loss", "validation_split": 0.2}
    return _finished(_search(x, y, max_trials, seed, directory, **split), x, y)


@tune.wrong(
    "rows from elsewhere",
    says="A model saw rows that are not in `x`, or that had the label of another row. All data "
    "comes from `x` and `y`, as it is, and whatever shuffles one shuffles the other alike.",
    when=_is("strangers"),
)
def _(x, y, max_trials, seed, directory):
    shuffled = np.random.default_rng(seed).permutation(x)
    return _finished(_search(shuffled, y, max_trials, seed, directory), x, y)


@tune.wrong(
    "not trained again",
    says="The model that came back is one that the search left. It has never seen the rows that "
    "were kept back. Build a new one with the best hyperparameters, and train that.",
    when=_is("never fitted", "not trained"),
)
def _(x, y, max_trials, seed, directory):
    tuner = _search(x, y, max_trials, seed, directory)
    return _best(tuner), tuner.get_best_models()[0]


@tune.wrong(
    "trained again on a part",
    says="The last training left some rows out. Once the search is over the kept back rows have "
    "done their work, and the model may learn from them too.",
    when=_is("part"),
)
def _(x, y, max_trials, seed, directory):
    most = len(x) - len(x) // 5
    return _finished(_search(x, y, max_trials, seed, directory), x[:most], y[:most])


@tune.wrong(
    "goes on where a trial ended",
    says="The last training went on with the weights of a trial: rows it knew already were counted "
    "twice over. The best hyperparameters go into a new model with fresh weights.",
    when=_is("not fresh"),
)
def _(x, y, max_trials, seed, directory):
    tuner = _search(x, y, max_trials, seed, directory)
    model = tuner.get_best_models()[0]
    model.fit(x, y, verbose=0)
    return _best(tuner), model


@tune.wrong(
    "not the best trial",
    says="What came back are the hyperparameters of a trial that another one beat. The tuner can "
    "sort them for you, the best first.",
    when=_is("not best"),
)
def _(x, y, max_trials, seed, directory):
    worst = _search(x, y, max_trials, seed, directory).get_best_hyperparameters(max_trials)[-1]
    return worst, _trained(worst, x, y)


@tune.wrong(
    "trained with the defaults",
    says="The model that was trained at the end is not the one that won: other widths, or another "
    "learning rate. Build it from the best hyperparameters.",
    when=_is("another model"),
)
def _(x, y, max_trials, seed, directory):
    best = _best(_search(x, y, max_trials, seed, directory))
    return best, _trained(keras_tuner.HyperParameters(), x, y)


@tune.wrong(
    "a list of hyperparameters",
    says="The first value should be one set of hyperparameters. `get_best_hyperparameters` gives a "
    "list, even where it holds a single one.",
    when=_is("no hyperparameters"),
)
def _(x, y, max_trials, seed, directory):
    tuner = _search(x, y, max_trials, seed, directory)
    return tuner.get_best_hyperparameters(), _trained(_best(tuner), x, y)


@tune.wrong(
    "the history",
    says="`fit` gives back a History. The second value should be the model that `fit` was called "
    "on.",
    when=_is("no model"),
)
def _(x, y, max_trials, seed, directory):
    best = _best(_search(x, y, max_trials, seed, directory))
    return best, _build(best).fit(x, y, verbose=0)


@tune.wrong(
    "seeded in part",
    says="The same seed twice, and not the same outcome. A search draws in three places: the "
    "split, the hyperparameters and the weights of the models. All of them should follow "
    "from `seed`.",
    when=_is("unlike"),
)
def _(x, y, max_trials, seed, directory):
    tuner = _search(x, y, max_trials, seed, directory)
    keras.utils.set_random_seed(int(np.random.default_rng().integers(2**31)))
    return _finished(tuner, x, y)


@tune.wrong(
    "one seed for all",
    says="Whatever seed is given, the outcome is the same: a number stands where `seed` should.",
    when=_is("all alike"),
)
def _(x, y, max_trials, seed, directory):
    return _finished(_search(x, y, max_trials, 1, directory), x, y)
