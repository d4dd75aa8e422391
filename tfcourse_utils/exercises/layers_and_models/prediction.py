"""`layers_quiz`: which shapes and how many weights? Answered before anything is run."""

from __future__ import annotations

from tfcourse_utils.checking import exercise

from ..tools import question

__all__ = ["layers_quiz"]

layers_quiz = exercise(
    "layers_and_models.layers_quiz",
    kind="predict",
    section="On one page",
    answer_kind="dictionary",
)

question(layers_quiz, "dense", "1. what comes out of a dense layer")
question(layers_quiz, "dense_on_sequences", "2. a dense layer and three axes")
question(layers_quiz, "recurrent", "3. a recurrent layer and three axes")
question(layers_quiz, "missing_axis", "4. a recurrent layer and two axes")
question(layers_quiz, "parameters", "5. numbers in two layers")
question(layers_quiz, "used_twice", "6. numbers in a layer used twice")
question(layers_quiz, "before_build", "7. weights before any input")
question(layers_quiz, "variable_attribute", "8. a tf.Variable as an attribute")
question(layers_quiz, "made_in_call", "9. a layer made in call")
question(layers_quiz, "dropout", "10. dropout, called as it is")
question(layers_quiz, "dropout_in_training", "11. dropout in training")

layers_quiz.hint(
    "For the shapes: which axes does the layer work on, and which does it only carry along? A "
    "dense layer changes the last axis alone; a recurrent one goes along the second.",
    "For the weights: when is the width of the input known, which object makes the variables, and "
    "what does Keras keep a list of? A layer used twice is still one layer.",
    "`len(layer.weights)` counts variables, as a kernel and a bias, and only those that Keras made "
    "or was handed in `__init__` or `build`.",
    "For dropout: it does its work only in training. There it drops some numbers and makes up for "
    "them with the others, so that the mean stays.",
)
