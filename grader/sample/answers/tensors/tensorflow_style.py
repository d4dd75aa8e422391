import tensorflow as tf

shapes_quiz = {
    "rank": tf.rank(tf.zeros([4, 1, 3])),
    "row_shape": tf.zeros([4, 5])[1].shape,
    "slice_shape": tuple(tf.zeros([4, 5])[1:2, ..., tf.newaxis].shape),
    "sum_shape": tf.shape(tf.reduce_sum(tf.zeros([4, 5]), axis=0)),
    "broadcast_shape": tf.broadcast_static_shape(tf.TensorShape([3, 1, 5]), tf.TensorShape([4, 1])),
    "clash": ["b"],
    "product_shape": list(tf.matmul(tf.zeros([2, 3, 4]), tf.zeros([4, 5])).shape),
    "last_batch_shape": [10 % 4, 3],
}


def replace_row(variable, index, row):
    variable.scatter_nd_update([[index]], tf.expand_dims(row, 0))


def mend_update(variable, gradient, learning_rate):
    rows = tf.range(tf.shape(variable)[0])[:, tf.newaxis]
    variable.scatter_nd_sub(indices=rows, updates=tf.multiply(gradient, learning_rate))


def standardize(x, epsilon=1e-7):
    mean, variance = tf.nn.moments(x, axes=[0])
    return tf.nn.batch_normalization(x, mean, variance, None, None, epsilon)


@tf.function
def pairwise_squared_distances(a, b):
    return tf.map_fn(lambda point: tf.reduce_sum(tf.math.squared_difference(b, point), 1), a)


def one_hot(labels, depth):
    """Put ones into zeros, at the places of the labels that are inside."""
    flat = tf.reshape(labels, [-1])
    rows = tf.where((flat >= 0) & (flat < depth))
    columns = tf.cast(tf.gather(flat, rows), tf.int64)
    ones = tf.ones([tf.size(rows)])
    shape = tf.stack([tf.size(flat, tf.int64), depth])
    result = tf.scatter_nd(tf.concat([rows, columns], axis=1), ones, shape)
    return tf.reshape(result, tf.concat([tf.shape(labels), [depth]], axis=0))


def mixed_sum(tensors):
    total = tf.zeros(tf.shape(tensors[0]), tf.float64)
    for tensor in tensors:
        total += tf.cast(tensor, tf.float64)
    return tf.cast(total, tf.float32)


def pad_ragged(rows, value=0.0):
    width = max((len(row) for row in rows), default=0)
    if width == 0:
        return tf.zeros([len(rows), 0])
    padded = [
        tf.pad(tf.constant(row, tf.float32), [[0, width - len(row)]], constant_values=value)
        for row in rows
    ]
    return tf.stack(padded)


def sparse_matvec(sparse, x):
    rows, columns = tf.unstack(sparse.indices, axis=1)
    products = sparse.values * tf.gather(x, columns)
    return tf.math.unsorted_segment_sum(products, rows, sparse.dense_shape[0])


def word_counts(sentences):
    """Mark each word with a letter of its own, throw the rest away, and measure."""
    words = tf.strings.regex_replace(sentences, r"\S+", "w")
    return tf.strings.length(tf.strings.regex_replace(words, r"\s", ""))


@tf.function(reduce_retracing=True)
def running_maximum(x):
    places = tf.range(tf.size(x))
    known = places[tf.newaxis, :] <= places[:, tf.newaxis]
    return tf.reduce_max(tf.where(known, x, x.dtype.min), axis=1)


def jaccard(a, b):
    def one_row(row):
        row_a, row_b = tf.unique(row[0]).y, tf.unique(row[1]).y
        together = tf.size(tf.unique(tf.concat([row_a, row_b], axis=0)).y)
        shared = tf.size(row_a) + tf.size(row_b) - together
        return tf.cast(shared, tf.float32) / tf.cast(together, tf.float32)

    return tf.map_fn(one_row, (a, b), fn_output_signature=tf.float32)


def batches(x, y, batch_size, seed):
    """Shuffle the row numbers, and gather each batch when it is asked for."""
    numbers = tf.data.Dataset.range(tf.shape(x, tf.int64)[0])
    chosen = numbers.shuffle(numbers.cardinality(), seed=seed).batch(batch_size)
    return chosen.map(lambda rows: (tf.gather(x, rows), tf.gather(y, rows)))
