"""Right answers of chapter 1: tensors made, changed in place, summed, compared and batched."""

import tensorflow as tf

shapes_quiz = {
    # 1. The rank of a tensor of shape (4, 1, 3), a number:
    "rank": 3,
    # 2. x has shape (4, 5). The shape of x[1], as a tuple:
    "row_shape": (5,),
    # 3. x has shape (4, 5). The shape of x[1:2, ..., tf.newaxis]:
    "slice_shape": (1, 5, 1),
    # 4. x has shape (4, 5). The shape of tf.reduce_sum(x, axis=0):
    "sum_shape": (5,),
    # 5. a has shape (3, 1, 5), b (4, 1). The shape of a + b:
    "broadcast_shape": (3, 4, 5),
    # 6. Which can't be added? "a": (4, 1) and (3,), "b": (5, 3) and (5,), "c": (2, 3) and (3,)
    "clash": "b",
    # 7. a has shape (2, 3, 4), b (4, 5). The shape of a @ b:
    "product_shape": (2, 3, 5),
    # 8. x has shape (10, 3) and comes in batches of 4. The shape of the last batch:
    "last_batch_shape": (2, 3),
}


def replace_row(variable, index, row):
    """Put new numbers into one row of a variable, in place.

    Returns nothing.

    Args:
        variable: a tf.Variable of shape (n, d).
        index: which row, 0 to n - 1.
        row: its new numbers, shape (d,).
    """
    variable[index].assign(row)


def mend_update(variable, gradient, learning_rate):
    """Move a variable against its gradient: subtract learning_rate · gradient, in place.

    Returns nothing.

    Args:
        variable: a tf.Variable with at least one axis.
        gradient: the same shape as `variable`.
        learning_rate: how far to go, a number.
    """
    variable.assign_sub(learning_rate * gradient)


def standardize(x, epsilon=1e-7):
    """Shift and scale each column to mean 0 and (population) standard deviation 1.

    The population standard deviation is √(mean of (x - mean)²), over n and not n - 1.

    Args:
        x: shape (n, d), one sample a row. A constant column becomes 0.
        epsilon: a small number that keeps what is divided by away from 0.

    Returns:
        Shape (n, d).
    """
    mean = tf.reduce_mean(x, axis=0)
    deviation = tf.math.reduce_std(x, axis=0)
    return (x - mean) / (deviation + epsilon)


def pairwise_squared_distances(a, b):
    """Return the squared Euclidean distance of every point of `a` to every point of `b`.

    The distance of a_i and b_j, squared, is the sum over k of (a_ik - b_jk)².

    Args:
        a: shape (n, d), one point a row.
        b: shape (m, d).

    Returns:
        Shape (n, m); entry (i, j) belongs to a_i and b_j.
    """
    differences = a[:, tf.newaxis, :] - b[tf.newaxis, :, :]
    return tf.reduce_sum(tf.square(differences), axis=-1)


def one_hot(labels, depth):
    """Return a 1 in the place that each label names, and 0 in the others.

    Args:
        labels: int32, any shape. A label outside [0, depth) gives zeros only.
        depth: the number of places.

    Returns:
        float32, the shape of `labels` with an axis of length `depth` after it.
    """
    is_named = labels[..., tf.newaxis] == tf.range(depth)
    return tf.cast(is_named, tf.float32)


def mixed_sum(tensors):
    """Add tensors of one shape, element by element, whatever their dtypes are.

    Args:
        tensors: a list of at least one; floats, integers of any size, and booleans (True is 1).

    Returns:
        float32, the shape of each of them.
    """
    return tf.add_n([tf.cast(tensor, tf.float32) for tensor in tensors])


def pad_ragged(rows, value=0.0):
    """Make one tensor of rows of unlike length, filling the shorter ones up at their end.

    Args:
        rows: a list of n lists of numbers; some or all may be empty, and n may be 0.
        value: what to fill up with.

    Returns:
        float32 of shape (n, length of the longest row); (0, 0) where there are no rows.
    """
    ragged = tf.ragged.constant(rows, tf.float32, ragged_rank=1)
    return ragged.to_tensor(default_value=value)


def sparse_matvec(sparse, x):
    """Multiply a sparse matrix by a vector.

    Args:
        sparse: a tf.SparseTensor of shape (n, m).
        x: shape (m,).

    Returns:
        Shape (n,).
    """
    column = tf.sparse.sparse_dense_matmul(sparse, x[:, tf.newaxis])
    return column[:, 0]


def word_counts(sentences):
    """Count the words of each sentence: what stands between blanks.

    Args:
        sentences: strings, shape (n,). Blanks may stand at both ends and side by side.

    Returns:
        int32 of shape (n,).
    """
    words = tf.strings.split(sentences)
    return tf.cast(words.row_lengths(), tf.int32)


@tf.function
def running_maximum(x):
    """Return the largest number so far, at every place: max(x[0], …, x[i]).

    Args:
        x: floats or integers, shape (n,), n ≥ 1.

    Returns:
        The shape and dtype of `x`.
    """
    maxima = tf.TensorArray(x.dtype, size=tf.size(x))
    largest = x[0]
    for i in tf.range(tf.size(x)):
        largest = tf.maximum(largest, x[i])
        maxima = maxima.write(i, largest)
    return maxima.stack()


def jaccard(a, b):
    """Return how much two sets have in common, row by row: |a ∩ b| / |a ∪ b|.

    Args:
        a: integers, shape (n, k), a set in each row. Repeats count once; 0 is an element.
        b: the same shape and dtype.

    Returns:
        Floats from 0 to 1, shape (n,).
    """
    shared = tf.sets.size(tf.sets.intersection(a, b))
    together = tf.sets.size(tf.sets.union(a, b))
    return shared / together


def batches(x, y, batch_size, seed):
    """Return a dataset of shuffled batches of (x, y) pairs.

    Each time it is gone through, every pair comes once, in a new order of all pairs.

    Args:
        x: samples, shape (n, …).
        y: targets, shape (n, …).
        batch_size: pairs in a batch; the last batch may have fewer.
        seed: the same seed gives the same order, another seed another one.

    Returns:
        A tf.data.Dataset of batches (x, y).
    """
    pairs = tf.data.Dataset.from_tensor_slices((x, y))
    return pairs.shuffle(len(x), seed=seed).batch(batch_size)
