"""From the source of a right answer to its solution cell, stub and form."""

from __future__ import annotations

import ast

import pytest

from grader.build.answers import BEGIN, END, blanks, broken_original, definition, marked

MODULE = '''"""A module."""

import keras

@keras.saving.register_keras_serializable()
class Layer(keras.Layer):
    """A layer."""

    def __init__(self, units):
        """Make it."""
        # how many
        self.units = units

    def call(self, x):
        return x


def double(x):
    return (
        2 * x
    )


answers = {
    # né
    "first": (1, 2),
    "second": """two
lines""",
}
'''


def test_definition_takes_decorators_along() -> None:
    assert definition(MODULE, "Layer").startswith("@keras.saving.register")
    assert definition(MODULE, "double") == "def double(x):\n    return (\n        2 * x\n    )"


def test_definition_of_an_unknown_name() -> None:
    with pytest.raises(LookupError, match="triple"):
        definition(MODULE, "triple")


def test_a_function_is_marked_after_its_signature() -> None:
    assert marked(definition(MODULE, "double")).splitlines() == [
        "def double(x):",
        f"    {BEGIN}",
        "    return (",
        "        2 * x",
        "    )",
        f"    {END}",
    ]


def test_each_method_of_a_class_is_marked_after_its_docstring() -> None:
    source = marked(definition(MODULE, "Layer"))
    ast.parse(source)
    assert source.count(BEGIN) == source.count(END) == 2
    lines = [line.strip() for line in source.splitlines()]
    assert lines[lines.index('"""Make it."""') + 1 :][:2] == [BEGIN, "# how many"]


def test_a_form_keeps_keys_and_comments() -> None:
    assert blanks(definition(MODULE, "answers")).splitlines() == [
        "answers = {",
        "    # né",
        '    "first": ...,',
        '    "second": ...,',
        "}",
    ]


def test_a_broken_original_gets_the_contracts_name_and_docstring() -> None:
    found = '@mend.found(\n    says="x"\n)\ndef _(x):\n    return x\n'
    right = 'def double(x):\n    """Return twice x."""\n    return 2 * x'
    assert broken_original(found, right, "double") == (
        'def double(x):\n    """Return twice x."""\n    return x'
    )
