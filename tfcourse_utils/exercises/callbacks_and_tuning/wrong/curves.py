"""How `plot_learning_curves` goes wrong."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from ..curves import plot_learning_curves


def _dictionary(history: Any) -> dict[str, list[float]]:
    return getattr(history, "history", history)


def _figure(
    curves: dict[str, list[float]],
    labels: tuple[str, str] = ("training", "validation"),
    x_label: str = "epoch",
    y_label: str = "value",
    legend: bool = True,
) -> Figure:
    """Draw rightly, but for what is given."""
    metrics = [name for name in curves if not name.startswith("val_")]
    figure = Figure()
    for place, metric in enumerate(metrics, start=1):
        axes = figure.add_subplot(1, len(metrics), place)
        for name, label in zip((metric, f"val_{metric}"), labels):
            if name in curves:
                axes.plot(curves[name], label=label)
        axes.set(xlabel=x_label, ylabel=y_label)
        if legend:
            axes.legend()
    return figure


@plot_learning_curves.wrong(
    "only the loss",
    says="Only the loss is drawn. A history has the other metrics too: draw all that are there.",
)
def _(history):
    curves = _dictionary(history)
    return _figure({name: values for name, values in curves.items() if name.endswith("loss")})


@plot_learning_curves.wrong(
    "no validation",
    says="The curves on the validation data are missing, and those tell when a model overfits.",
)
def _(history):
    curves = _dictionary(history)
    return _figure({name: curves[name] for name in curves if not name.startswith("val_")})


@plot_learning_curves.wrong(
    "only a History",
    says="With a dictionary it ends in an error: only a `History` has the attribute `history`.",
)
def _(history):
    return _figure(history.history)


@plot_learning_curves.wrong(
    "only a dictionary",
    says="With a `History` it ends in an error: the dictionary is in its attribute `history`.",
)
def _(history):
    return _figure({name: history[name] for name in history})


@plot_learning_curves.wrong(
    "no legend",
    says="Nobody can tell which curve is which: give each a `label`, and the panel a legend.",
)
def _(history):
    return _figure(_dictionary(history), legend=False)


@plot_learning_curves.wrong(
    "no label on the epochs", says="The horizontal axis has no label. What is counted there?"
)
def _(history):
    return _figure(_dictionary(history), x_label="")


@plot_learning_curves.wrong(
    "no label on the values",
    says="The vertical axis has no label. A title does not say what an axis shows.",
)
def _(history):
    return _figure(_dictionary(history), y_label="")


@plot_learning_curves.wrong(
    "no labels at all", says="Neither axis has a label. What is counted, and what is measured?"
)
def _(history):
    return _figure(_dictionary(history), x_label="", y_label="")


@plot_learning_curves.wrong(
    "training and validation exchanged",
    says="The legend has the two the wrong way round: which of them is drawn first?",
)
def _(history):
    return _figure(_dictionary(history), labels=("validation", "training"))


@plot_learning_curves.wrong(
    "one name for both",
    says="The legend calls both curves by the metric's name. Which of them is on validation data?",
)
def _(history):
    return _figure(_dictionary(history), labels=("metric", "metric"))


@plot_learning_curves.wrong(
    "validation is a must",
    says="A history without validation data ends in an error. Draw `val_...` only where it is.",
)
def _(history):
    curves = _dictionary(history)
    for name in [name for name in curves if not name.startswith("val_")]:
        curves["val_" + name]
    return _figure(curves)


@plot_learning_curves.wrong(
    "val_ anywhere in the name",
    says="One metric of training is missing. Its name has `val_` in it, though not at its start.",
)
def _(history):
    curves = _dictionary(history)
    metrics = [name for name in curves if "val_" not in name]
    kept = [name for metric in metrics for name in (metric, f"val_{metric}") if name in curves]
    return _figure({name: curves[name] for name in kept})


@plot_learning_curves.wrong(
    "a panel for each curve",
    says="Training and validation are in panels of their own. The gap between them is what one "
    "wants to see: draw both in one.",
)
def _(history):
    curves = _dictionary(history)
    figure = Figure()
    for place, name in enumerate(curves, start=1):
        axes = figure.add_subplot(1, len(curves), place)
        axes.plot(curves[name], label=name)
        axes.set(xlabel="epoch", ylabel=name)
        axes.legend()
    return figure


@plot_learning_curves.wrong(
    "axes returned", says="What came back are the axes. The figure that they are in is asked for."
)
def _(history):
    return _figure(_dictionary(history)).axes[0]


@plot_learning_curves.wrong(
    "nothing returned", says="The figure is drawn, and not returned: nobody can save it then."
)
def _(history):
    _figure(_dictionary(history))
