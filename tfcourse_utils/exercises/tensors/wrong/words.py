"""How `word_counts` goes wrong."""

from __future__ import annotations

import tensorflow as tf

from ..words import word_counts


def _blanks(sentences):
    """Return how many blanks each sentence has."""
    characters = tf.strings.unicode_split(sentences, "UTF-8")
    return tf.reduce_sum(tf.cast(characters == " ", tf.int32), axis=1)


@word_counts.wrong(
    "characters", says="Those are the lengths of the sentences. Split them into words first."
)
def _(sentences):
    return tf.strings.length(sentences)


@word_counts.wrong(
    "blanks", says="Those are the blanks. Between n words there are n - 1 of them, or more."
)
def _(sentences):
    return _blanks(sentences)


@word_counts.wrong(
    "split at every blank",
    says="Every blank counts. Split at each of them, a run of blanks has empty words in it, and a "
    "blank at an end has one beside it. `tf.strings.split` without a separator makes none.",
)
def _(sentences):
    return tf.cast(tf.strings.split(sentences, sep=" ").row_lengths(), tf.int32)


@word_counts.wrong(
    "only the ends",
    says="Blanks at the ends are taken off, but a run of blanks between words still counts as "
    "empty words.",
)
def _(sentences):
    trimmed = tf.strings.strip(sentences)
    return tf.cast(tf.strings.split(trimmed, sep=" ").row_lengths(), tf.int32)


@word_counts.wrong(
    "only the runs",
    says="Runs of blanks count once, but those at the ends still make an empty word before or "
    "after them.",
)
def _(sentences):
    single = tf.strings.regex_replace(sentences, " +", " ")
    return tf.cast(tf.strings.split(single, sep=" ").row_lengths(), tf.int32)


@word_counts.wrong(
    "int64", says="The numbers are right, but int64, as `row_lengths` gives them. Cast them."
)
def _(sentences):
    return tf.strings.split(sentences).row_lengths()


@word_counts.wrong(
    "the words", says="Those are the words themselves, a row for each sentence. Count them."
)
def _(sentences):
    return tf.strings.split(sentences)


@word_counts.wrong(
    "all together", says="All sentences are counted together. Each has a number of its own."
)
def _(sentences):
    return tf.size(tf.strings.split(sentences).flat_values)


@word_counts.wrong(
    "the longest",
    says="Every sentence has the number of words of the longest: a dense tensor is filled up with "
    "empty words. Count before it is made dense, or leave those out.",
)
def _(sentences):
    words = tf.strings.split(sentences).to_tensor()
    return tf.reduce_sum(tf.ones_like(words, tf.int32), axis=1)
