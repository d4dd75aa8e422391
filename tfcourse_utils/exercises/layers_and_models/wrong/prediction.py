"""How `layers_quiz` goes wrong."""

from __future__ import annotations

from typing import Any

from ..prediction import layers_quiz


def _reply(key: str, choice: Any, says: str) -> None:
    """Add a wrong choice and what is answered to it."""
    layers_quiz.wrong(f"{key}: {choice}", says=says)({key: choice})


_reply("dense", (3, 4), "That is the shape of the kernel. What comes out has a row per sample.")
_reply("dense", (4,), "Each of the 8 samples has numbers of its own, and keeps them apart.")
_reply("dense", (4, 8), "Samples are rows, before the layer and behind it.")
_reply("dense", (8, 3), "The layer has 4 units. Which axis says how many numbers a sample has?")
_reply("dense", (8, 3, 4), "The 3 numbers of a sample are added up, each with its weight.")
_reply(
    "dense_on_sequences",
    (8, 4),
    "Nothing is flattened here. A dense layer carries along all axes but the last.",
)
_reply(
    "dense_on_sequences",
    (8, 20),
    "The five places are not strung together. A dense layer treats each of them by itself.",
)
_reply("dense_on_sequences", (8, 4, 3), "The layer works on the last axis, not on the second.")
_reply(
    "dense_on_sequences",
    (8, 5, 3, 4),
    "No axis is added. Which of the three is the one that the layer makes anew?",
)
_reply("dense_on_sequences", "error", "A dense layer takes any number of axes from two on.")
_reply(
    "recurrent",
    (8, 5, 4),
    "So it would be with `return_sequences=True`. What does the layer hand out without it?",
)
_reply("recurrent", (8, 5, 3), "The layer goes through 5 places, and keeps 4 numbers in mind.")
_reply("recurrent", (8, 3, 4), "Which of the axes does the layer go along, step by step?")
_reply("recurrent", (8, 20), "What it had in mind at the places is not strung together.")
_reply("recurrent", "error", "Samples, steps, numbers: three axes are just what it wants.")
_reply(
    "missing_axis",
    (8, 4),
    "It would be, with samples and steps and numbers. How many of these three axes has x?",
)
_reply("missing_axis", (4,), "The 8 rows are not taken as 8 steps. Which axes does the layer want?")
_reply("missing_axis", (8, 3, 4), "The 3 numbers are not taken as 3 steps of one number each.")
_reply(
    "missing_axis", "valueerror", 'Where a line raises an error, of whatever kind, write "error".'
)
_reply("parameters", 30, "Those are the weights, 3 · 6 + 6 · 2. Each unit has a bias as well.")
_reply("parameters", 36, "That counts the biases of the first layer, but not of the last.")
_reply("parameters", 32, "That counts the biases of the last layer, but not of the first.")
_reply("parameters", 41, "Inputs have no biases: they come as they are.")
_reply("parameters", 8, "Those are the units. Count what goes into each of them.")
_reply("parameters", 4, "Those are the variables. How many numbers are in each?")
_reply("used_twice", 24, "There are two calls, but how many layers, each with a kernel?")
_reply("used_twice", 9, "That is the kernel. The layer has biases too.")
_reply("used_twice", 18, "How many layers were made, and what have they besides a kernel?")
_reply("used_twice", "error", "A layer may be called more than once, if the widths fit.")
_reply(
    "before_build",
    2,
    "So it is after the first call. Can a kernel be made before the width is known?",
)
_reply("before_build", 1, "A bias could be made already, but the layer makes both at one time.")
_reply("before_build", 4, "That is the number of units. What has the layer made so far?")
_reply(
    "before_build",
    "error",
    "The list may be looked at. It is `count_params()` that raises before `build`.",
)
_reply(
    "variable_attribute",
    1,
    "Keras lists what `add_weight` makes, and layers in attributes. Is this one of the two?",
)
_reply("variable_attribute", 2, "2 is what the variable holds. Asked for is how many are listed.")
_reply("variable_attribute", "error", "Nothing complains, and y is right. What is in the list?")
_reply(
    "made_in_call",
    2,
    "The Dense has two weights, but it is nowhere kept. Whose list would they be in?",
)
_reply("made_in_call", 1, "How would the Head know of a layer that no attribute holds?")
_reply("made_in_call", 4, "Those are the numbers in the Dense. Is it one of the Head's layers?")
_reply(
    "made_in_call",
    "error",
    "It runs, with a new Dense in every call. What does the Head itself keep?",
)
_reply("dropout", 12.0, "That is half of them. Does a layer that is called alone train?")
_reply("dropout", 48.0, "Twice as large are those that are kept in training. Is this training?")
_reply("dropout", 0.0, "Dropout takes a part of the numbers, and only in training.")
_reply("dropout", "error", "A layer may be called without being told whether it trains.")
_reply(
    "dropout_in_training",
    1.0,
    "So it is without training. What makes up for the numbers that are dropped?",
)
_reply("dropout_in_training", 0.5, "0.5 is the share that is dropped, not what the rest becomes.")
_reply("dropout_in_training", 0.0, "Those are the dropped ones. Asked for is the largest.")
_reply("dropout_in_training", 1.5, "The mean should stay 1 while half of the numbers are 0.")
