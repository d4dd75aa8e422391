"""A learner who is off by a little: one epoch too early, one row of labels short, just above."""

import keras
import numpy as np
from matplotlib.figure import Figure


def warmup_cosine(epoch, warmup, total, peak):
    if epoch < warmup:
        return float(peak * (epoch + 1) / warmup)
    progress = (epoch - warmup) / (total - warmup)
    return float(peak * 0.5 * (1 + np.cos(np.pi * progress)))


class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target = target

    def on_epoch_end(self, epoch, logs=None):
        if logs and logs.get("accuracy", 0.0) > self.target:
            self.model.stop_training = True


def plot_learning_curves(history):
    curves = getattr(history, "history", history)
    names = [name for name in curves if not name.startswith("val_")]
    figure = Figure()
    for number, name in enumerate(names, start=1):
        axes = figure.add_subplot(len(names), 1, number)
        axes.plot(np.arange(len(curves[name])), curves[name])
        if "val_" + name in curves:
            axes.plot(np.arange(len(curves[name])), curves["val_" + name])
        axes.set_xlabel("epoch")
        axes.set_ylabel(name)
    return figure
