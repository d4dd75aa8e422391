"""What learners call TensorFlow's operations."""

from __future__ import annotations

__all__ = ["called", "quoted"]

_NAMES = {
    "Add": "+",
    "AddV2": "+",
    "Sub": "-",
    "Mul": "*",
    "RealDiv": "/",
    "Div": "/",
    "DivNoNan": "tf.math.divide_no_nan",
    "FloorDiv": "//",
    "FloorMod": "%",
    "Pow": "**",
    "Neg": "-",
    "MatMul": "@",
    "BatchMatMulV2": "@",
    "BatchMatMulV3": "@",
    "Greater": ">",
    "GreaterEqual": ">=",
    "Less": "<",
    "LessEqual": "<=",
    "Equal": "==",
    "NotEqual": "!=",
    "Sum": "tf.reduce_sum",
    "Mean": "tf.reduce_mean",
    "Max": "tf.reduce_max",
    "Min": "tf.reduce_min",
    "Prod": "tf.reduce_prod",
    "All": "tf.reduce_all",
    "Any": "tf.reduce_any",
    "ArgMax": "tf.argmax",
    "ArgMin": "tf.argmin",
    "Relu": "tf.nn.relu",
    "Relu6": "tf.nn.relu6",
    "LeakyRelu": "tf.nn.leaky_relu",
    "Elu": "tf.nn.elu",
    "Selu": "tf.nn.selu",
    "Softmax": "tf.nn.softmax",
    "LogSoftmax": "tf.nn.log_softmax",
    "Softplus": "tf.nn.softplus",
    "L2Loss": "tf.nn.l2_loss",
    "Log": "tf.math.log",
    "Log1p": "tf.math.log1p",
    "Reciprocal": "tf.math.reciprocal",
    "Rsqrt": "tf.math.rsqrt",
    "StopGradient": "tf.stop_gradient",
    "SelectV2": "tf.where",
    "Select": "tf.where",
    "GatherV2": "tf.gather",
    "ResourceGather": "tf.gather",
    "StridedSlice": "a slice",
    "Pack": "tf.stack",
    "Unpack": "tf.unstack",
    "ConcatV2": "tf.concat",
    "ClipByValue": "tf.clip_by_value",
    "IdentityN": "a custom gradient",
    "PyFunc": "tf.numpy_function",
    "EagerPyFunc": "tf.py_function",
    "StringToNumber": "tf.strings.to_number",
    "Const": "a constant",
    "Placeholder": "an input",
    "ReadVariableOp": "reading a variable",
    "PartitionedCall": "a tf.function",
    "StatefulPartitionedCall": "a tf.function",
    "Erf": "tf.math.erf",
    "SquaredDifference": "tf.math.squared_difference",
}


def called(kind: str) -> str:
    """Return what learners call an operation that TensorFlow calls `kind`."""
    if kind in _NAMES:
        return _NAMES[kind]
    words = "".join(f"_{c.lower()}" if c.isupper() else c for c in kind).lstrip("_")
    return f"tf.{words}" if kind.isidentifier() and kind[0].isupper() else kind


def quoted(kind: str) -> str:
    """Return the same for a sentence: code in backquotes, words without."""
    name = called(kind)
    return name if " " in name else f"`{name}`"
