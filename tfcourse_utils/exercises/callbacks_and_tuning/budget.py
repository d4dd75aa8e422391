"""`tune`: a search within a budget, judged by its trials and by the rows that models were given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np

from tfcourse_utils.checking import close, exercise

from ..folders import in_empty_folder
from ..searches import Fit, fits_recorded, rows_in, trials_under
from ..tools import parts
from ..weights import shapes

__all__ = ["first_fault", "tune"]

tune = exercise("callbacks_and_tuning.tune", kind="transfer", section="Searching within a budget")

Fault = tuple[str, str]  # a name, and what to say


def _searched(answer, shown, seed):
    """Let an answer search once; return what it gave back, what it wrote and whom it trained."""
    x, y = shown["x"].copy(), shown["y"].copy()
    with in_empty_folder(), fits_recorded() as fits:
        directory = Path("asked").absolute()
        directory.mkdir()
        best, model = parts(answer(x, y, shown["max_trials"], seed, str(directory)), 2)
        trials, everywhere = trials_under(directory), trials_under(Path())
    return {
        "hyperparameters": _values(best),
        "model": _outputs(model, shown["unseen"]),
        "trials": trials,
        "trials beside": len(everywhere) - len(trials),
        "fits": [_fitted(fit, model, shown) for fit in fits],
        "data": [x, y],
    }


def _values(best):
    """Return hyperparameters as a dictionary; what is none of either, as it came."""
    return best if isinstance(best, dict) else getattr(best, "values", best)


def _outputs(model, x):
    return model(x, training=False) if isinstance(model, keras.Model) else model


def _fitted(fit: Fit, model, shown):
    """Return a call of `fit` as plain data."""
    return {
        "of the model that came back": fit.model is model,
        "trained": rows_in(fit.trained, shown["x"], shown["y"]),
        "validated": rows_in(fit.validated, shown["x"], shown["y"]),
        "shapes": shapes(fit.model.trainable_weights),
        "rate": fit.rate,
        "began": fit.began,
        "epochs": fit.epochs,
    }


def _task(asks: str, max_trials: int) -> Any:
    """Return how data is drawn for a probe that asks for one thing."""

    def draw(rng):
        pixels = rng.integers(0, 17, (33, 64)).astype("float32") / 16
        labels = rng.permutation(np.arange(30) % 3)  # of ten classes three are there
        shown = {
            "x": pixels[:30],
            "y": labels,
            "unseen": pixels[30:],
            "max_trials": max_trials,
            "seeds": [int(seed) for seed in rng.choice(10_000, 2, replace=False)],
        }
        return shown, shown | {"asks": asks}

    return draw


def first_fault(seen: Any, kept: Any) -> Fault | None:
    """Return the first thing that is wrong with what one probe asks for."""
    look = {"search": _of_the_search, "model": _of_the_model, "seeds": _of_the_seeds}
    return next(look[kept["asks"]](seen, kept), None)


def _reason(seen, kept):
    fault = first_fault(seen, kept)
    return fault[1] if fault else None


def _of_the_search(seen, kept) -> Iterator[Fault]:
    trials, most = len(seen["trials"]), kept["max_trials"]
    if not trials:
        elsewhere = f", and {seen['trials beside']} elsewhere" if seen["trials beside"] else ""
        yield "nowhere", f"no trial was written under `directory`{elsewhere}"
        return
    yield from _over_budget(seen, kept)
    if trials < 2:
        yield "budget", f"{trials} trial was made, and `max_trials` is {most}"
    for trial in seen["trials"]:
        if trial["status"] != "COMPLETED":
            yield "failed", f"a trial did not end well: its status is {trial['status']}"
    if any(not np.array_equal(*pair) for pair in zip(seen["data"], (kept["x"], kept["y"]))):
        yield "changed", "the arrays `x` and `y` themselves were changed"
    fits = _trial_fits(seen)
    if not fits:
        yield "no fits", "no trial called `fit`"
    for fit in fits:
        yield from _of_a_fit(fit)
    for name, metrics in {trial["objective"]: trial["metrics"] for trial in seen["trials"]}.items():
        if f"val_{name}" in metrics:
            yield "training score", f"trials were compared by `{name}`, which is of training rows"


def _over_budget(search, kept) -> Iterator[Fault]:
    trials, most = len(search["trials"]), kept["max_trials"]
    if trials > most:
        yield "budget", f"{trials} trials were made, and `max_trials` is {most}"


def _of_a_fit(fit) -> Iterator[Fault]:
    trained, validated = fit["trained"], fit["validated"]
    strangers = int(np.sum(trained < 0) + np.sum(validated < 0))
    if strangers:
        yield (
            "strangers",
            f"{strangers} rows of a trial are no row of `x` with its own label in `y`",
        )
    if not len(validated):
        yield "not validated", "a trial was trained and nothing was kept back to validate it on"
    if shared := len(np.intersect1d(trained, validated)):
        yield "shared", f"{shared} rows were trained on and validated on in the same trial"


def _trial_fits(seen):
    return [fit for fit in seen["fits"] if not fit["of the model that came back"]]


def _of_the_model(seen, kept) -> Iterator[Fault]:
    if np.shape(seen["model"]) != (len(kept["unseen"]), 10):
        yield "no model", "the second value that came back is no model with 10 outputs"
    if not isinstance(seen["hyperparameters"], dict):
        yield "no hyperparameters", "the first value that came back is no set of hyperparameters"
    if not seen["trials"]:
        yield "nowhere", "no trial was written under `directory`"
        return
    yield from _over_budget(seen, kept)
    best = _best_trials(seen["trials"])
    if not best:
        yield "failed", "no trial has a score"
        return
    chosen = [place for place in best if _same(seen["hyperparameters"], seen["trials"][place])]
    if not chosen:
        yield "not best", "the hyperparameters that came back are not those of the best trial"
        return
    fits = [fit for fit in seen["fits"] if fit["of the model that came back"]]
    if not fits:
        yield "never fitted", "the model that came back was not trained again after the search"
        return
    for fit in fits:
        yield from _of_the_last_fit(fit, len(kept["x"]))
    yield from _of_its_start(fits[0], seen, chosen[0])


def _best_trials(trials):
    """Return the places of the trials with the best score; one that failed has none."""
    scores = np.array([t["score"] * (-1 if t["direction"] == "max" else 1) for t in trials])
    best = np.min(scores, where=~np.isnan(scores), initial=np.inf)
    return np.flatnonzero(scores == best).tolist()


def _same(values, trial):
    return close(rtol=1e-9)(values, trial["values"]) is None


def _of_the_last_fit(fit, samples) -> Iterator[Fault]:
    rows = np.unique(fit["trained"][fit["trained"] >= 0])
    if len(fit["trained"]) > np.sum(fit["trained"] >= 0):
        yield "strangers", "the last training had rows that are none of `x` with its label in `y`"
    if len(rows) < samples:
        yield "part", f"the last training had {len(rows)} of the {samples} rows"
    if not fit["epochs"] or fit["epochs"][-1] == fit["began"]:
        yield "not trained", "the last training left the weights as they were"


def _of_its_start(last, seen, place) -> Iterator[Fault]:
    """Look at where the last training began: at fresh weights, in a model like the best trial's."""
    fits = _trial_fits(seen)
    if any(last["began"] in fit["epochs"] for fit in fits):
        yield "not fresh", "the last training began with weights that a trial had already trained"
    each = len(fits) // len(seen["trials"])
    like = fits[place * each] if each else last
    if last["shapes"] != like["shapes"] or not np.isclose(last["rate"], like["rate"]):
        yield "another model", "the model trained at the end is not built as in the best trial"


def _of_the_seeds(seen, kept) -> Iterator[Fault]:
    for search in seen:
        yield from _over_budget(search, kept)
    first, again, other = (_course(search) for search in seen)
    for what in first:
        if not _alike(first[what], again[what]):
            yield "unlike", f"the same seed, and {what} not the same"
    if all(_alike(first[what], other[what]) for what in first):
        yield "all alike", "another seed, and everything is the same"


def _course(search):
    fits = _trial_fits(search)
    return {
        "the hyperparameters of the trials are": [trial["values"] for trial in search["trials"]],
        "the rows kept back are": [np.unique(fit["validated"]) for fit in fits],
        "the predictions of the model are": search["model"],
    }


def _alike(one, other):
    return close(rtol=1e-3, atol=1e-4)(one, other) is None


@tune.probe("the search", points=2, compare=_reason, data=_task("search", 3))
def _(answer, shown):
    return _searched(answer, shown, shown["seeds"][0])


@tune.probe("the best, trained again", points=2, compare=_reason, data=_task("model", 2))
def _(answer, shown):
    return _searched(answer, shown, shown["seeds"][0])


@tune.probe("the seed decides", compare=_reason, data=_task("seeds", 1))
def _(answer, shown):
    seed, other = shown["seeds"]
    return [_searched(answer, shown, chosen) for chosen in (seed, seed, other)]


tune.hint(
    "Which rows may a trial train on, which rows judge it, and who sees all of them, and when?",
    "First `keras.utils.set_random_seed(seed)`. Then a split of your own, a small "
    "`build(hp)`, and a tuner that is told `max_trials`, `seed`, `directory` and an objective on "
    'the rows kept back, as `"val_loss"`.',
    "`tuner.search` takes what `fit` takes: training rows, `validation_data`, `epochs`, "
    "`verbose=0`. Afterwards, `tuner.get_best_hyperparameters()` gives a list, the best first.",
    "`build(best)` makes a model with fresh weights. Train it with `fit` on all of `x` and `y`.",
)
