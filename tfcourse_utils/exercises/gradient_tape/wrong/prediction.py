"""How `tape_quiz` goes wrong."""

from __future__ import annotations

from typing import Any

from ..prediction import tape_quiz


def _reply(key: str, choice: Any, says: str) -> None:
    """Add a wrong choice and what is answered to it."""
    tape_quiz.wrong(f"{key}: {choice}", says=says)({key: choice})


_reply("variable", "None", "v is a tf.Variable: does a tape have to be told to follow one?")
_reply("variable", 9.0, "That is y. The gradient says how y changes with v.")
_reply("variable", 3.0, "y has v in it twice, and both count.")
_reply("constant", 6.0, "It would be, if the tape followed c. Does it do that by itself?")
_reply("constant", 0.0, "`tape.gradient` gives zeros for a missing way only if asked to.")
_reply("constant", "error", "The tape does not complain about what it has not followed.")
_reply("stopped", 6.0, "It would be without the stop. Which of the two factors counts?")
_reply("stopped", 0.0, "Only one of the two factors is stopped. The other is an ordinary c.")
_reply("stopped", "None", "One of the two ways from c to y is closed. What of the other?")
_reply("whole_number", 6.0, "3 without the point is an int32. Has a whole number a slope?")
_reply("whole_number", 0.0, "A slope of 0 would be a slope. Has a whole number one?")
_reply("whole_number", "error", "There is a warning, but no error. What comes back instead?")
_reply("rebound", 4.0, "It would be, if w were a variable. What does `v - 1.0` make?")
_reply("rebound", 0.0, "A missing way gives zeros only if they are asked for.")
_reply("rebound", "error", "All of this may be done. Which of the tensors does the tape follow?")
_reply("outside", 12.0, "It would be, if the tape had seen all steps from v to z. Has it?")
_reply("outside", 6.0, "That is the gradient of y. Asked for is z.")
_reply("outside", 0.0, "A missing way gives zeros only if they are asked for.")
_reply("outside", "error", "A tape may be asked for any tensor. What if it has not seen it made?")
_reply("second_call", 6.0, "So it is the first time. What does a tape keep after that?")
_reply("second_call", "None", "The tape says something stronger than None when asked again.")
_reply("second_call", 0.0, "Nothing comes back at all. What happens instead?")
_reply("vector", 6.0, "The slopes are not added up: x has two elements, and the gradient as well.")
_reply("vector", "error", "y needn't be one number. The tape takes the gradient of its sum.")
_reply("vector", [1.0, 4.0], "That is y. The gradient says how it changes with each element.")
_reply("vector", [[2.0, 0.0], [0.0, 4.0]], "That is `tape.jacobian`. `gradient` adds up over y.")
_reply("vector", "None", "x is a variable with floating numbers, and the block has all the steps.")
_reply("flat", "None", "There is a way from v to y, through the ReLU. How steep is it at -3?")
_reply("flat", -1.0, "It would be for a negative v. What does a ReLU do with -3?")
_reply("flat", 1.0, "A ReLU is that steep where its input is above 0. What is its input here?")
_reply("flat", -3.0, "That is the input of the ReLU. How steep is a ReLU there?")
_reply("unconnected", "None", "It would be without the last argument.")
_reply("unconnected", 6.0, "y is made of c. Asked for is how it changes with v.")
_reply("unconnected", "error", "The last argument says what to do where there is no way.")
