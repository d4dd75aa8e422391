"""A learner who believes the first number that is shown."""

import keras
import tensorflow as tf


def compile_for(model, task):
    losses = {
        "binary": "binary_crossentropy",
        "multiclass_one_hot": "categorical_crossentropy",
        "multiclass_sparse": "sparse_categorical_crossentropy",
        "regression": "mse",
    }
    if task not in losses:
        raise ValueError(f"no such task: {task}")
    metrics = ["mae"] if task == "regression" else [keras.metrics.Accuracy()]
    model.compile("adam", loss=losses[task], metrics=metrics)
    return model


def weighted_binary_cross_entropy(positive_weight):
    def loss(y_true, y_pred):
        y_pred = tf.clip_by_value(y_pred, 1e-7, 1 - 1e-7)
        each = positive_weight * y_true * tf.math.log(y_pred)
        each += (1 - y_true) * tf.math.log(1 - y_pred)
        return -tf.reduce_mean(each)

    return loss


def predicted_classes(model, dataset):
    return model.predict(dataset, verbose=0).argmax()
