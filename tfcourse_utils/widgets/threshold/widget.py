"""The widget: it declares the state, and passes it on to the other modules."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import traitlets

from ..boxes import notice
from ..explorer import Choice, Control, Explorer, Slider, View, finite
from ..svg import number
from ..unusable import UnusableError
from .measures import Counts, count, look, measures
from .picture import draw
from .samples import FURTHEST, Samples, generate, read_samples
from .words import ROC, describe, value

__all__ = ["ThresholdExplorer"]

CURVES = (ROC, "precision and recall")


class ThresholdExplorer(Explorer):
    """Move the threshold above which scores are called 1, and watch what follows.

    Args:
        scores: of your own model, an array, list or tensor of shape (n,) or (n, 1); without
            them scores are generated. What can't be used is shown with the reason.
        targets: 0 or 1 for each of them, of the same shapes.
        threshold: where it starts; well inside the scores if None.
        share: of the generated samples that are positive.
        separation: of the generated classes, in standard deviations.
        samples: how many are generated, 10 to 2000.

    Raises:
        traitlets.TraitError: a number is not between its bounds.

    Example:
        >>> explorer = ThresholdExplorer([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1], threshold=0.5)
        >>> explorer.counts
        Counts(true_negatives=1, false_positives=1, false_negatives=1, true_positives=1)
    """

    threshold = traitlets.CFloat(0.5, min=-2 * FURTHEST, max=2 * FURTHEST).tag(sync=True)
    curve = traitlets.Enum(CURVES, CURVES[0]).tag(sync=True)
    share = traitlets.CFloat(0.3, min=0.0, max=1.0).tag(sync=True)
    separation = traitlets.CFloat(2.0, min=0.0, max=10.0).tag(sync=True)
    samples = traitlets.CInt(400, min=10, max=2000).tag(sync=True)

    def __init__(
        self, scores: Any = None, targets: Any = None, threshold: float | None = None, **state: Any
    ) -> None:
        self._own: Samples | UnusableError | None = None
        if scores is not None or targets is not None:
            self._own = _read(scores, targets)
        start = _start(self._own) if threshold is None else threshold
        super().__init__(threshold=start, **state)
        self.begin()

    @property
    def data(self) -> Samples:
        """The scores and targets now.

        Raises:
            UnusableError: the caller's own can't be used.
        """
        if isinstance(self._own, UnusableError):
            raise self._own
        return self._own or generate(self.samples, self.share, self.separation)

    @property
    def counts(self) -> Counts:
        """The confusion matrix now.

        Raises:
            UnusableError: the caller's own scores or targets can't be used.
        """
        return count(self.data, self.threshold)

    @traitlets.validate("threshold", "share", "separation")
    def _finite(self, proposal: dict[str, Any]) -> float:
        return finite(proposal["trait"].name, proposal["value"])

    def controls_now(self) -> Sequence[Control]:
        usable, generated = not isinstance(self._own, UnusableError), self._own is None
        low, high = self._own.limits if isinstance(self._own, Samples) else (0.0, 1.0)
        fine = 10.0 ** math.floor(math.log10((high - low) / 80))
        return (
            Slider("threshold", "threshold", "scores above it are called 1", shown=usable,
                   low=low, high=high, step=fine),
            Choice("curve", "curve", "of all thresholds", CURVES, shown=usable),
            Slider("share", "share of positives", shown=generated, low=0.01, high=0.99),
            Slider("separation", "separation", "of the classes, in standard deviations",
                   shown=generated, high=5, step=0.1),
            Slider("samples", "samples", shown=generated, low=10, high=2000, step=10),
        )  # fmt: skip

    def view_now(self) -> View:
        try:
            shown = look(self.data, self.threshold)
        except UnusableError as error:
            return View(notice(str(error)), str(error))
        words = describe(shown)
        found = measures(shown.counts)
        figures = [(one.name[0].upper() + one.name[1:], value(one)) for one in found]
        area = "undefined" if shown.area is None else number(shown.area, 3)
        return View(draw(shown, self.curve, words), words, [*figures, ("AUC", area)])


def _read(scores: Any, targets: Any) -> Samples | UnusableError:
    try:
        return read_samples(scores, targets)
    except UnusableError as error:
        return error


def _start(own: Samples | UnusableError | None) -> float:
    """Return where a threshold starts: 0.5 for probabilities, 0 for logits, else the middle."""
    low, high = own.limits if isinstance(own, Samples) else (0.0, 1.0)
    if low < 0 < high:
        return 0.0
    return 0.5 if (low, high) == (0.0, 1.0) else (low + high) / 2
