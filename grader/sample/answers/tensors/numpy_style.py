import numpy as np
import tensorflow as tf

shapes_quiz = {
    "rank": np.zeros((4, 1, 3)).ndim,
    "row_shape": np.zeros((4, 5))[1].shape,
    "slice_shape": np.zeros((4, 5))[1:2, ..., np.newaxis].shape,
    "sum_shape": np.sum(np.zeros((4, 5)), axis=0).shape,
    "broadcast_shape": np.broadcast_shapes((3, 1, 5), (4, 1)),
    "clash": "b",
    "product_shape": (np.zeros((2, 3, 4)) @ np.zeros((4, 5))).shape,
    "last_batch_shape": np.zeros((10, 3))[8:12].shape,
}


def replace_row(variable, index, row):
    """Take all the numbers out, change them, put them all back."""
    numbers = variable.numpy()
    numbers[index] = row
    variable.assign(numbers)


def mend_update(variable, gradient, learning_rate):
    variable.assign(variable.numpy() - learning_rate * np.asarray(gradient))


def standardize(x, epsilon=1e-7):
    """Column by column, into an array of the same dtype."""
    x = np.asarray(x)
    result = np.empty_like(x)
    for j in range(x.shape[1]):
        column = x[:, j] - np.mean(x[:, j])
        result[:, j] = column / max(np.std(column), epsilon)
    return result


def pairwise_squared_distances(a, b):
    """(a - b)² multiplied out: a² - 2ab + b²."""
    a, b = np.asarray(a), np.asarray(b)
    squares_a = np.sum(a**2, axis=1, keepdims=True)
    squares_b = np.sum(b**2, axis=1)
    return squares_a - 2 * np.einsum("ik,jk->ij", a, b) + squares_b


def one_hot(labels, depth):
    """Rows of a unit matrix, with a row of zeros at the end for all labels outside."""
    labels = np.asarray(labels)
    rows = np.eye(depth + 1, depth, dtype=np.float32)
    return rows[np.where((labels >= 0) & (labels < depth), labels, depth)]


def mixed_sum(tensors):
    total = np.zeros(tensors[0].shape, dtype=np.float32)
    for tensor in tensors:
        total += np.asarray(tensor).astype(np.float32)
    return total


def pad_ragged(rows, value=0.0):
    width = 0
    for row in rows:
        width = max(width, len(row))
    padded = np.empty((len(rows), width), dtype=np.float32)
    for i, row in enumerate(rows):
        padded[i] = row + [value] * (width - len(row))
    return padded


def sparse_matvec(sparse, x):
    """One entry after the other."""
    x = np.asarray(x)
    result = np.zeros(sparse.shape[0], dtype=x.dtype)
    for (i, j), entry in zip(sparse.indices.numpy(), sparse.values.numpy()):
        result[i] += entry * x[j]
    return result


def word_counts(sentences):
    return np.array([len(text.decode().split()) for text in sentences.numpy()], dtype=np.int32)


def running_maximum(x):
    return np.maximum.accumulate(np.asarray(x))


def jaccard(a, b):
    similarities = []
    for row_a, row_b in zip(np.asarray(a), np.asarray(b)):
        set_a, set_b = set(row_a.tolist()), set(row_b.tolist())
        similarities.append(len(set_a & set_b) / len(set_a | set_b))
    return np.array(similarities)


def batches(x, y, batch_size, seed):
    """A generator that draws a new permutation each time it is started."""
    x, y = np.asarray(x), np.asarray(y)
    rng = np.random.default_rng(seed)

    def one_epoch():
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            chosen = order[start : start + batch_size]
            yield x[chosen], y[chosen]

    signature = tuple(tf.TensorSpec((None, *part.shape[1:]), part.dtype) for part in (x, y))
    return tf.data.Dataset.from_generator(one_epoch, output_signature=signature)
