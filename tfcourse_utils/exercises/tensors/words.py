"""`word_counts`: what stands between blanks."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import exercise

from .looking import same_dtype

__all__ = ["word_counts"]

word_counts = exercise("tensors.word_counts", kind="transfer", section="Text")

_WORDS = ["a", "tensor", "has", "axes", "naïve", "Übung", "ΔE", "42", "don't", "stop."]


def _words(rng, count):
    return [str(word) for word in rng.choice(_WORDS, count)]


def _sentences(rng, counts, blanks=" "):
    return [blanks.join(_words(rng, count)) for count in counts]


@word_counts.probe("words with one blank between them", compare=same_dtype)
def _(answer, rng):
    sentences = _sentences(rng, rng.permutation([1, 2, 3, 5, 8]))
    return [answer(tf.constant(sentences)), answer(tf.constant(_sentences(rng, [4])))]


@word_counts.probe("runs of blanks", compare=same_dtype)
def _(answer, rng):
    sentences = [*_sentences(rng, [2, 5], "  "), *_sentences(rng, [3], "     ")]
    return answer(tf.constant(sentences))


@word_counts.probe("blanks at the ends", compare=same_dtype)
def _(answer, rng):
    one, two, three = _sentences(rng, [1, 2, 3])
    return answer(tf.constant([f" {one}", f"{two} ", f"   {three}  "]))


@word_counts.probe("no words", compare=same_dtype)
def _(answer, rng):
    return answer(tf.constant(["", *_sentences(rng, [3]), "    "]))


word_counts.hint(
    "How many words are there in an empty sentence? And how many blanks between n words?",
    "`tf.strings.split` without a separator takes a run of blanks as one and gives a ragged "
    "tensor, a row of words for each sentence.",
    "A ragged tensor knows its `row_lengths()`. They are int64; int32 is asked for.",
)
