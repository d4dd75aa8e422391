"""The widget: it declares the state, and passes it on to the other modules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import traitlets

from ..boxes import notice
from ..explorer import Choice, Control, Explorer, Slider, Text, View
from ..shapes import Shape, read_shape
from .picture import draw
from .presets import PRESETS
from .reading import MOST_LAYERS, read_layers, read_shape_text
from .sizes import memory, whole, written
from .tracing import Trace, trace
from .words import describe

__all__ = ["ShapeTracer"]

OWN = "your layers"
_WIDEST, _LARGEST = 100_000, 1_000_000


class ShapeTracer(Explorer):
    """Send a shape through layers: what each gives, its parameters, its memory, and what breaks.

    Args:
        layers: a list of Keras layers, your own among them, or a Sequential model. They stay as
            they are: shapes are tried on copies. Or the name of a preset: "image network",
            "dense network", "text network", "recurrent network", "no Flatten",
            "broken: no channels", "broken: one step left", "broken: much pooling".
        input_shape: of one sample, without the batch axis, as (28, 28, 1) or as a text.

    Raises:
        ValueError: `layers` is no list, or holds more than 100.
        traitlets.TraitError: no preset has this name.

    Example:
        >>> tracer = ShapeTracer([keras.layers.Dense(64), keras.layers.Dense(10)], (3,))
        >>> [step.shape for step in tracer.trace.steps]
        [(None, 64), (None, 10)]
        >>> tracer.trace.parameters
        906
    """

    preset = traitlets.Unicode().tag(sync=True)
    shape = traitlets.Unicode().tag(sync=True)
    units = traitlets.CInt(64, min=1, max=_WIDEST).tag(sync=True)
    without = traitlets.CInt(0, min=0, max=MOST_LAYERS).tag(sync=True)
    batch = traitlets.CInt(32, min=1, max=_LARGEST).tag(sync=True)

    def __init__(
        self,
        layers: Sequence[Any] | str | None = None,
        input_shape: Sequence[int] | str | None = None,
    ) -> None:
        preset = next(iter(PRESETS))
        self._own: list[Any] | None = None
        if isinstance(layers, str):
            preset = layers
        elif layers is not None:
            preset = OWN
            self._own, told = read_layers(layers)
            input_shape = told if input_shape is None else input_shape
        self._first = preset, read_shape_text(input_shape, preset)
        self._known: tuple[Any, Trace] | None = None
        super().__init__(preset=preset, shape=self._first[1])
        self.observe(self._begin_anew, "preset")  # before the view follows
        self.begin()

    @property
    def trace(self) -> Trace:
        """What becomes of the input shape in each layer.

        Raises:
            ValueError: the text in its place is no shape.
        """
        state = self.preset, self.shape, self.units, self.without
        if self._known is None or self._known[0] != state:
            self._known = state, trace(self._layers(), _sizes(self.shape), self.without)
        return self._known[1]

    def _layers(self) -> list[Any]:
        own = self._own if self.preset == OWN else None
        return PRESETS[self.preset].layers(self.units) if own is None else own

    @traitlets.validate("preset")
    def _known_preset(self, proposal: dict[str, Any]) -> str:
        names = self._presets()
        if proposal["value"] not in names:
            known = ", ".join(names)
            raise traitlets.TraitError(f"{proposal['value']!r} is none of the presets: {known}")
        return str(proposal["value"])

    def _presets(self) -> tuple[str, ...]:
        return (*PRESETS,) if self._own is None else (OWN, *PRESETS)

    def _begin_anew(self, change: Any) -> None:
        """Give another network the shape that it is made for, and all its layers."""
        first, shape = self._first
        self.shape = shape if change["new"] == first else read_shape_text(None, change["new"])
        self.without = 0

    def controls_now(self) -> Sequence[Control]:
        layers = len(self._layers())
        return (
            Choice("preset", "network", options=self._presets()),
            Text("shape", "input shape", "of one sample, without n"),
            Slider("units", "width", "units or filters of the hidden layers", 1, 512, 1,
                   shown=self.preset != OWN),
            Slider("without", "leave out", "the layer of this number; 0 for none", 0, layers, 1),
            Slider("batch", "n", "samples in a batch, for the memory", 1, 512, 1),
        )  # fmt: skip

    def view_now(self) -> View:
        try:
            found = self.trace
        except ValueError as error:
            return View(notice(str(error)), str(error), [("Output", "—")])
        words = describe(found, self.batch)
        return View(draw(found, self.batch, words), words, _figures(found, self.batch))


def _sizes(text: str) -> Shape:
    shape = read_shape(text)
    if 0 in shape:
        raise ValueError("A size of 0 leaves no number to pass on; the smallest size is 1.")
    return shape


def _figures(found: Trace, batch: int) -> list[tuple[str, str]]:
    shape, each = found.output_shape, found.activations
    return [
        ("Output", "none" if shape is None else written(shape)),
        ("Parameters", whole(found.parameters)),
        ("Weights", memory(found.parameters)),
        ("Activations", memory(None if each is None else batch * each)),
    ]
