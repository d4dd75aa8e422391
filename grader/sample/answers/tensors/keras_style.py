import keras
import tensorflow as tf

shapes_quiz = {
    "rank": 3,
    "row_shape": (5,),
    "slice_shape": (1, 5, 1),
    "sum_shape": (5,),
    "broadcast_shape": (3, 4, 5),
    "clash": "B",
    "product_shape": (2, 3, 5),
    "last_batch_shape": (2, 3),
}


def replace_row(variable, index, row):
    updates = keras.ops.expand_dims(row, 0)
    variable.assign(keras.ops.scatter_update(variable, [[index]], updates))


def mend_update(variable, gradient, learning_rate):
    """A plain optimizer takes the same step."""
    optimizer = keras.optimizers.SGD(learning_rate)
    optimizer.apply_gradients([(gradient, variable)])


def standardize(x, epsilon=1e-7):
    centred = x - keras.ops.mean(x, axis=0, keepdims=True)
    variance = keras.ops.mean(keras.ops.square(centred), axis=0, keepdims=True)
    return centred * keras.ops.rsqrt(variance + epsilon**2)


def pairwise_squared_distances(a, b):
    differences = keras.ops.expand_dims(a, 1) - keras.ops.expand_dims(b, 0)
    return keras.ops.einsum("ijk,ijk->ij", differences, differences)


def one_hot(labels, depth):
    places = keras.ops.arange(depth, dtype="int32")
    named = keras.ops.equal(keras.ops.expand_dims(labels, -1), places)
    return keras.ops.cast(named, "float32")


def mixed_sum(tensors):
    return keras.ops.sum([keras.ops.cast(tensor, "float32") for tensor in tensors], axis=0)


def pad_ragged(rows, value=0.0):
    if not rows:
        return keras.ops.zeros((0, 0))
    return keras.utils.pad_sequences(rows, dtype="float32", padding="post", value=value)


def sparse_matvec(sparse, x):
    dense = keras.ops.convert_to_tensor(sparse, sparse=False)
    return keras.ops.matmul(dense, x)


def word_counts(sentences):
    """A layer that splits at white space; what is no word is the empty text, number 0."""
    split = keras.layers.TextVectorization(vocabulary=["word"], standardize=None)
    return keras.ops.cast(keras.ops.count_nonzero(split(sentences), axis=1), "int32")


def running_maximum(x):
    def step(largest, number):
        largest = keras.ops.maximum(largest, number)
        return largest, largest

    _, maxima = keras.ops.scan(step, init=x[0], xs=x)
    return maxima


def jaccard(a, b):
    """Compare everything with everything; an element counts where it stands for the first time."""

    def occurs(these, those):
        equal = keras.ops.equal(these[:, :, None], those[:, None, :])
        return keras.ops.any(equal, axis=2)

    def is_first(rows):
        equal = keras.ops.equal(rows[:, :, None], rows[:, None, :])
        return keras.ops.equal(keras.ops.argmax(equal, axis=2), keras.ops.arange(rows.shape[1]))

    def count(mask):
        return keras.ops.sum(keras.ops.cast(mask, "float32"), axis=1)

    shared = count(keras.ops.logical_and(is_first(a), occurs(a, b)))
    return shared / (count(is_first(a)) + count(is_first(b)) - shared)


def batches(x, y, batch_size, seed):
    dataset = tf.data.Dataset.from_tensor_slices((x, y))
    dataset = dataset.shuffle(buffer_size=int(keras.ops.shape(x)[0]), seed=seed)
    return dataset.batch(batch_size, drop_remainder=False).prefetch(tf.data.AUTOTUNE)
