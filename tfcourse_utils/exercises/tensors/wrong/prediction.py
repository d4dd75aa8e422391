"""How `shapes_quiz` goes wrong."""

from __future__ import annotations

from typing import Any

from ..prediction import shapes_quiz


def _reply(key: str, choice: Any, says: str) -> None:
    """Add a wrong choice and what is answered to it."""
    shapes_quiz.wrong(f"{key}: {choice}", says=says)({key: choice})


_reply("rank", 12, "That is how many numbers it has, 4 · 1 · 3. The rank counts the axes.")
_reply("rank", 4, "That is the length of the first axis. How many axes are there?")
_reply("rank", 2, "An axis of length 1 is an axis, too.")
_reply("rank", (4, 1, 3), "That is its shape. The rank is how long the shape is, one number.")
_reply("row_shape", (1, 5), "x[1:2] has that shape. A number as index takes its axis away.")
_reply("row_shape", (4,), "That is a column's, x[:, 1]. A single index chooses a row.")
_reply("row_shape", (4, 5), "That is the shape of all of x. One row of it is left.")
_reply("row_shape", 5, "Five is its length. A shape is a tuple: with one axis it is (5,).")
_reply("slice_shape", (5, 1), "The slice 1:2 is short, but it is a slice: it keeps its axis.")
_reply("slice_shape", (1, 5), "`tf.newaxis` puts in one more axis, where it stands.")
_reply("slice_shape", (2, 5, 1), "A slice ends before its second number: 1:2 has row 1 only.")
_reply("slice_shape", (1, 1, 5), "The new axis comes where `tf.newaxis` stands: behind the `...`.")
_reply("sum_shape", (4,), "That is left when axis 1 is summed over. Axis 0 is the one that goes.")
_reply("sum_shape", (1, 5), "It would be with keepdims=True. Otherwise the axis goes altogether.")
_reply("sum_shape", (), "Without an axis everything is summed. Here one axis is named.")
_reply("sum_shape", (4, 1), "Axis 1 was summed over and kept. Which axis is named, and is it kept?")
_reply(
    "broadcast_shape",
    (3, 1, 5),
    "That is the shape of a. Its 1 is stretched to what stands below it.",
)
_reply(
    "broadcast_shape",
    (3, 4, 1),
    "The 1 at the end of b is stretched to the 5 above it, not the other way round.",
)
_reply(
    "broadcast_shape",
    (4, 5),
    "The axis that b does not have stays as it is in a: b is the same all along it.",
)
_reply(
    "broadcast_shape",
    "error",
    "Aligned at the right, each column has a 1 in it or nothing below, so nothing clashes.",
)
_reply(
    "clash",
    "a",
    "Aligned at the right, 1 stands over 3 and is stretched: the sum has shape (4, 3).",
)
_reply(
    "clash",
    "c",
    "Aligned at the right, 3 stands over 3: the vector is added to both rows.",
)
_reply(
    "product_shape",
    (2, 3, 4, 5),
    "The 4 is summed over: a product of rows and columns leaves neither of the two fours.",
)
_reply("product_shape", (3, 5), "The first axis of a counts matrices. Each is multiplied by b.")
_reply(
    "product_shape",
    "error",
    "`@` multiplies the last two axes. Where a has more, b is used for each of its matrices.",
)
_reply("product_shape", (2, 3, 4), "That is the shape of a. What takes the place of its last axis?")
_reply("last_batch_shape", (4, 3), "A full batch has that shape. How many are left for the last?")
_reply("last_batch_shape", (2,), "The two samples that are left have three numbers each.")
_reply("last_batch_shape", (3, 3), "There are three batches. How many samples has the last?")
_reply("last_batch_shape", (1, 3), "10 is 4 + 4 and what is left. How many samples is that?")
