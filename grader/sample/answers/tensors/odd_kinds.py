"""A learner whose answers are of the wrong kind, leave the program, or talk on stderr."""

import tensorflow as tf

mixed_sum = "the sum of the tensors"

replace_row = None


class one_hot:
    def __init__(self, labels, depth):
        self.rows = tf.cast(labels[..., None] == tf.range(depth), tf.float32)


def word_counts(sentences):
    import sys

    print("warning: this is only noise", file=sys.stderr)
    return tf.cast(tf.strings.split(sentences).row_lengths(), tf.int32)


def jaccard(a, b):
    import sys

    tf.print("sets are", a, b)
    sys.exit("the sets look wrong")
