"""The widget: it declares the state, and passes it on to the other modules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets

from ..boxes import notice
from ..explorer import Choice, Control, Explorer, Slider, View, finite
from ..svg import short
from ..unusable import UnusableError
from .curves import CONSTANTS, REACH, REST, curve, here, lowest
from .named import LOGIT, NUMBER, PREDICTED, PROBABILITY, Loss, Settings
from .outlier import draw_pulls
from .picture import Shown, draw
from .words import Pull, describe, describe_pulls, gradient, interval

__all__ = ["LossExplorer"]

SAMPLE, OUTLIER = "one sample", "one outlier"
NO_OTHER = "none"
KEYS = {NUMBER: "number", PROBABILITY: "probability", LOGIT: "logit"}


def _within(predicted: str, first: float) -> traitlets.CFloat:
    """Return a trait that moves in the range of what is predicted."""
    low, high = REACH[predicted]
    return traitlets.CFloat(first, min=low, max=high)


class LossExplorer(Explorer):
    """Compare losses and their gradients over the prediction, and what an outlier does to each.

    Args:
        losses: your own, functions of `y_true` and `y_pred` or Keras `Loss` objects, which join
            the choice; one that can't be used is shown with the reason.
        predicts: what the model predicts: "a number", "a probability" or "a logit".
        view: "one sample" or "one outlier".

    Raises:
        traitlets.TraitError: a value is none of these, or a number not between its bounds.

    Example:
        >>> LossExplorer().words
        'Target 0, prediction 2. squared: loss 4, gradient 4: it pulls the prediction down. \
Huber: loss 1.5, gradient 1: it pulls the prediction down.'
    """

    view = traitlets.Enum((SAMPLE, OUTLIER), SAMPLE).tag(sync=True)
    predicts = traitlets.Enum(tuple(PREDICTED), NUMBER).tag(sync=True)
    number_loss = traitlets.Unicode("squared").tag(sync=True)
    number_other = traitlets.Unicode("Huber").tag(sync=True)
    number_at = _within(NUMBER, 2.0).tag(sync=True)
    number_target = _within(NUMBER, 0.0).tag(sync=True)
    probability_loss = traitlets.Unicode("cross-entropy").tag(sync=True)
    probability_other = traitlets.Unicode("squared").tag(sync=True)
    probability_at = _within(PROBABILITY, 0.3).tag(sync=True)
    logit_loss = traitlets.Unicode("cross-entropy").tag(sync=True)
    logit_other = traitlets.Unicode("hinge").tag(sync=True)
    logit_at = _within(LOGIT, -1.0).tag(sync=True)
    label = traitlets.Enum(("0", "1"), "1").tag(sync=True)
    threshold = traitlets.CFloat(1.0, min=0.05, max=8).tag(sync=True)
    quantile = traitlets.CFloat(0.9, min=0.01, max=0.99).tag(sync=True)
    gamma = traitlets.CFloat(2.0, min=0, max=10).tag(sync=True)
    outlier = traitlets.CFloat(8.0, min=CONSTANTS[0], max=CONSTANTS[1]).tag(sync=True)

    def __init__(self, *losses: Any, **state: Any) -> None:
        own = _own(losses)
        self._losses = {
            KEYS[predicted]: {loss.name: loss for loss in (*named, *own)}
            for predicted, named in PREDICTED.items()
        }
        firsts = {
            f"{key}_{which}": loss.name
            for key in self._losses
            for which, loss in zip(("loss", "other"), own)
        }
        super().__init__(**{**firsts, **state})
        self.begin()

    @property
    def settings(self) -> Settings:
        return Settings(self.threshold, self.quantile, self.gamma)

    @property
    def chosen(self) -> list[Loss]:
        """The one or two losses that are compared."""
        key = KEYS[self.predicts]
        names = [getattr(self, f"{key}_loss"), getattr(self, f"{key}_other")]
        return [self._losses[key][name] for name in dict.fromkeys(names) if name != NO_OTHER]

    @traitlets.validate(*(f"{key}_{which}" for key in KEYS.values() for which in ("loss", "other")))
    def _known(self, proposal: dict[str, Any]) -> str:
        key, which = proposal["trait"].name.split("_")
        known = [*self._losses[key], *([NO_OTHER] if which == "other" else [])]
        if proposal["value"] not in known:
            names = ", ".join(known)
            raise traitlets.TraitError(f"{proposal['value']!r} is none of the losses: {names}")
        return str(proposal["value"])

    @traitlets.validate(
        "number_at", "number_target", "probability_at", "logit_at", "threshold", "quantile",
        "gamma", "outlier",
    )  # fmt: skip
    def _finite(self, proposal: dict[str, Any]) -> float:
        return finite(proposal["trait"].name, proposal["value"])

    @property
    def _pulls(self) -> bool:
        return self.view == OUTLIER and self.predicts == NUMBER

    def controls_now(self) -> Sequence[Control]:
        numbers, one = self.predicts == NUMBER, not self._pulls
        used = {loss.setting for loss in self.chosen} if one else {"threshold", "quantile"}
        return [
            Choice("predicts", "the model predicts", options=tuple(PREDICTED)),
            Choice("view", "show", options=(SAMPLE, OUTLIER), shown=numbers),
            Slider("outlier", "outlier", shown=not one, low=CONSTANTS[0], high=CONSTANTS[1],
                   step=0.1),
            *(control for predicted in PREDICTED for control in self._of(predicted, one)),
            Slider("number_target", "target", shown=one and numbers, low=REACH[NUMBER][0],
                   high=REACH[NUMBER][1], step=0.1),
            Choice("label", "target", options=("0", "1"), shown=not numbers),
            Slider("threshold", "Huber’s threshold", low=0.1, high=4, step=0.1,
                   shown="threshold" in used),
            Slider("quantile", "quantile", "that pinball aims at", low=0.05, high=0.95, step=0.05,
                   shown="quantile" in used),
            Slider("gamma", "gamma", "of the focal loss", low=0, high=5, step=0.1,
                   shown="gamma" in used),
        ]  # fmt: skip

    def _of(self, predicted: str, one: bool) -> tuple[Control, Control, Control]:
        """Return the controls that are shown when the model predicts this."""
        key, shown = KEYS[predicted], one and self.predicts == predicted
        names, (low, high) = tuple(self._losses[key]), REACH[predicted]
        step = 0.01 if predicted == PROBABILITY else 0.1
        return (
            Choice(f"{key}_loss", "loss", options=names, shown=shown),
            Choice(f"{key}_other", "beside it", options=(NO_OTHER, *names), shown=shown),
            Slider(f"{key}_at", "prediction", low=low, high=high, step=step, shown=shown),
        )

    def view_now(self) -> View:
        try:
            return self._outlier() if self._pulls else self._sample()
        except UnusableError as error:
            return View(notice(str(error)), str(error))

    def _sample(self) -> View:
        target = self.number_target if self.predicts == NUMBER else float(self.label)
        at = getattr(self, f"{KEYS[self.predicts]}_at")
        shown = [
            Shown(
                loss.name,
                *curve(loss, self.predicts, target, self.settings),
                here(loss, target, at, self.settings),
                loss.is_own,
            )
            for loss in self.chosen
        ]
        words = describe(target, at, [(one.name, one.here) for one in shown])
        figures = []
        for one in shown:
            figures.append((f"{one.name}: loss", short(one.here.value)))
            figures.append((f"{one.name}: gradient", gradient(one.here)))
        return View(draw(self.predicts, target, at, shown, words), words, figures)

    def _outlier(self) -> View:
        pulls = [self._pull(loss) for loss in self._losses["number"].values()]
        words = describe_pulls(self.outlier, pulls)
        figures = [(pull.name, interval(pull.best)) for pull in pulls[:2]]
        return View(draw_pulls(self.outlier, pulls, words), words, figures)

    def _pull(self, loss: Loss) -> Pull:
        try:
            without = lowest(loss, REST, self.settings)
            best = lowest(loss, np.append(REST, self.outlier), self.settings)
        except UnusableError as error:
            return Pull(loss.name, None, None, wrong=str(error).rstrip("."))
        return Pull(loss.name, without, best)


def _own(losses: Sequence[Any]) -> list[Loss]:
    if not losses:
        return []
    from .own import own_loss  # TensorFlow takes seconds, and named losses need none

    made: list[Loss] = []
    for given in losses:
        made.append(own_loss(given, {loss.name for loss in made}))
    return made
