"""How `fit_loop` goes wrong: each a change to one step of a loop."""

from __future__ import annotations

import keras
import tensorflow as tf

from ..own_loop import fit_loop


def _means(value):
    return tf.reduce_mean(value)


def _own(model):
    return sum(model.losses)


def _samples(x):
    return len(x)


def _loop(
    penalty=_own,
    reported=_own,
    training=True,
    size=_samples,
    value=lambda loss, y, outputs: _means(loss(y, outputs)),
    epochs=lambda epochs: epochs,
    apply=lambda optimizer, pairs: optimizer.apply_gradients(pairs),
):
    """Return a loop in which one step may be another."""

    def fit_loop(model, loss, optimizer, dataset, epochs_asked):
        history = []
        for _ in range(epochs(epochs_asked)):
            total, count = 0.0, 0
            for x, y in dataset:
                with tf.GradientTape() as tape:
                    plain = value(loss, y, model(x, training=training))
                    trained_on = plain + penalty(model)
                gradients = tape.gradient(trained_on, model.trainable_variables)
                total += float(plain + reported(model)) * size(x)
                apply(optimizer, zip(gradients, model.trainable_variables))
                count += size(x)
            history.append(total / count)
        return {"loss": history}

    return fit_loop


fit_loop.wrong(
    "mean of the batches",
    says="The batches count alike, whatever their size: the samples of a small one weigh more. "
    "Weight each batch by its number of samples.",
)(_loop(size=lambda x: 1))

fit_loop.wrong(
    "penalties forgotten",
    says="The model has penalties of its own, and they are neither reported nor trained on. After "
    "each call they stand in `model.losses`.",
)(_loop(penalty=lambda model: 0.0, reported=lambda model: 0.0))

fit_loop.wrong(
    "penalties reported only",
    says="The penalties are in the history and have no part in the gradient. Add them under the "
    "tape, before it is asked.",
)(_loop(penalty=lambda model: 0.0))

fit_loop.wrong(
    "penalties not reported",
    says="The model trains on its penalties, and the history has the loss without them. The number "
    "to report is the one that was trained on.",
)(_loop(reported=lambda model: 0.0))

fit_loop.wrong(
    "not in training mode",
    says="The model was called as for prediction: layers like batch normalisation and dropout did "
    "not train. `fit` calls it with `training=True`.",
)(_loop(training=False))

fit_loop.wrong(
    "loss turned round",
    says="The loss got the predictions first. Its arguments are the targets, then the predictions.",
)(_loop(value=lambda loss, y, outputs: _means(loss(outputs, y))))

fit_loop.wrong(
    "sum over the batch",
    says="A step went by the sum of the samples' losses. Take their mean, also where the loss is a "
    "function that gives one number for each sample.",
)(_loop(value=lambda loss, y, outputs: tf.reduce_sum(loss(y, outputs))))

fit_loop.wrong(
    "one epoch",
    says="There is one number in the history, whatever `epochs` says. Go through the batches again "
    "for every epoch.",
)(_loop(epochs=lambda epochs: 1))

fit_loop.wrong(
    "never trained",
    says="The weights are what they were before: gradients were worked out, and nothing was done "
    "with them. The optimizer applies them.",
)(_loop(apply=lambda optimizer, pairs: None))


@fit_loop.wrong(
    "the last batch",
    says="The history has the loss of each epoch's last batch. It should be the mean over all of "
    "the epoch's samples.",
)
def _(model, loss, optimizer, dataset, epochs):
    one_step = _loop()
    history = []
    for _ in range(epochs):
        for batch in dataset:
            last = one_step(model, loss, optimizer, [batch], 1)["loss"]
        history += last
    return {"loss": history}


@fit_loop.wrong(
    "every batch",
    says="The history has a number for each batch. There should be one for each epoch.",
)
def _(model, loss, optimizer, dataset, epochs):
    one_step = _loop()
    batches = [batch for _ in range(epochs) for batch in dataset]
    return {"loss": [one_step(model, loss, optimizer, [b], 1)["loss"][0] for b in batches]}


@fit_loop.wrong(
    "the mean so far",
    says="The first number is right, and every later one is a mean over this and all earlier "
    "epochs. Begin to count anew in every epoch.",
)
def _(model, loss, optimizer, dataset, epochs):
    losses = _loop()(model, loss, optimizer, dataset, epochs)["loss"]
    return {"loss": [sum(losses[: n + 1]) / (n + 1) for n in range(epochs)]}


@fit_loop.wrong(
    "after the training",
    says="The loss of each batch was worked out anew after its step. The one to report is that of "
    "the step itself, before the weights change.",
)
def _(model, loss, optimizer, dataset, epochs):
    one_step, history = _loop(), []
    for _ in range(epochs):
        total, count = 0.0, 0
        for x, y in dataset:
            one_step(model, loss, optimizer, [(x, y)], 1)
            outputs = model(x, training=True)
            total += float(_means(loss(y, outputs)) + _own(model)) * len(x)
            count += len(x)
        history.append(total / count)
    return {"loss": history}


@fit_loop.wrong(
    "left to fit",
    says="`fit` did the work. The loop should be your own: batches, tape, gradient, optimizer.",
    when=lambda seen, _: seen["calls of `fit`"] > 0,
)
def _(model, loss, optimizer, dataset, epochs):
    model.compile(optimizer, loss, jit_compile=False)
    batches = tf.data.Dataset.from_generator(
        lambda: iter(dataset),
        output_signature=tuple(
            tf.TensorSpec((None, *part.shape[1:]), part.dtype) for part in next(iter(dataset))
        ),
    )
    history = model.fit(batches, epochs=epochs, shuffle=False, verbose=0).history
    return {"loss": [float(value) for value in history["loss"]]}


@fit_loop.wrong(
    "a list comes back",
    says="A list came back. What is asked for is a dictionary with that list under `loss`, as a "
    "history has it.",
)
def _(model, loss, optimizer, dataset, epochs):
    return _loop()(model, loss, optimizer, dataset, epochs)["loss"]


@fit_loop.wrong(
    "an optimizer of its own",
    says="The steps are those of another optimizer than the one that was handed in.",
)
def _(model, loss, optimizer, dataset, epochs):
    return _loop()(model, loss, keras.optimizers.Adam(0.02), dataset, epochs)
