"""`check` and `hint` in an IPython shell, in a kernel, and without either."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import RichOutput, capture_output
from nbclient import NotebookClient
from traitlets.config import Config

from tfcourse_utils.checking import (
    ask,
    check,
    decode_observations,
    expectation,
    find_exercise,
    hint,
    observe,
    reference,
)
from tfcourse_utils.checking.notebook import OBSERVATIONS_MIME, QUESTIONS_FILE, questions_text

DENSE = "linear_classifiers.dense"
NO_BIAS = """
def dense(inputs, W, b, activation=None):
    outputs = inputs @ W
    return outputs if activation is None else activation(outputs)
"""
RIGHT = NO_BIAS.replace("@ W", "@ W + b")


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    InteractiveShell.clear_instance()
    yield InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))
    InteractiveShell.clear_instance()


@pytest.fixture
def no_shell() -> None:
    InteractiveShell.clear_instance()


def _check(shell: InteractiveShell, source: str = "") -> tuple[Any, list[RichOutput], str]:
    """Run a cell, check `dense`, and return the score, what was displayed and printed."""
    shell.run_cell(source).raise_error()
    with capture_output() as captured:
        score = check(DENSE)
    return score, captured.outputs, captured.stdout


def test_a_verdict_is_displayed_in_html_and_text_and_the_score_returned(
    shell: InteractiveShell,
) -> None:
    score, [shown], printed = _check(shell, RIGHT)
    assert set(shown.data) == {"text/html", "text/plain"}
    assert shown.data["text/plain"].startswith("✓ dense: all right, 3 of 3 points")
    assert "3 of 3 points" in shown.data["text/html"]
    assert (repr(score), printed) == ("3", "")
    assert "points" not in score._repr_html_()  # the verdict has said it


def test_a_wrong_answer_is_worth_what_is_right_of_it(shell: InteractiveShell) -> None:
    score, [shown], _ = _check(shell, RIGHT.replace("activation(outputs)", "outputs"))
    assert repr(score) == "2"
    assert "✗ dense: not right yet, 2 of 3 points" in shown.data["text/plain"]


def test_an_answer_that_is_not_there_is_not_attempted(shell: InteractiveShell) -> None:
    score, [shown], _ = _check(shell)
    assert repr(score) == "0"
    assert "there is no `dense` yet" in shown.data["text/plain"]


def test_an_answer_can_be_handed_over(shell: InteractiveShell) -> None:
    with capture_output():
        assert repr(check(DENSE, reference(find_exercise(DENSE)))) == "3"


@pytest.mark.parametrize(
    ("last", "is_older"),
    [
        (RIGHT, False),
        (RIGHT + "print('done')", False),
        (RIGHT + "    retrun outputs", True),  # as a SyntaxError
        ("unknown\n" + RIGHT, True),
        (RIGHT + "\nunknown", False),  # it was defined before
        ("# def dense(): next", False),
    ],
)
def test_a_version_from_before_is_called_so(
    shell: InteractiveShell, last: str, is_older: bool
) -> None:
    for source in (NO_BIAS, last):
        with capture_output():
            shell.run_cell(source, store_history=True)
    with capture_output() as captured:
        check(DENSE)
    assert captured.stdout.endswith("the version from before.\n") == is_older


def test_a_cell_that_failed_is_not_called_missing(shell: InteractiveShell) -> None:
    with capture_output():
        shell.run_cell("def dense(inputs):\nreturn 1", store_history=True)
    with capture_output() as captured:
        check(DENSE)
    assert captured.stdout == "The cell that defines `dense` was last run with an error.\n"


def test_an_interrupted_check_says_where_the_answer_was(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    source = "def dense(*_):\n    work = 1\n    raise KeyboardInterrupt\n"
    shell.run_cell(source).raise_error()
    assert repr(check(DENSE)) == "0"
    said = capsys.readouterr().out
    assert said.startswith("The check of `dense` was interrupted")
    assert "dense, line 3: raise KeyboardInterrupt\n" in said
    assert len(said.splitlines()) == 3


def test_a_grader_still_notices_an_interrupt(
    shell: InteractiveShell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = tmp_path / "questions.json"
    questions.write_text(questions_text([find_exercise(DENSE)], 5), encoding="utf-8")
    monkeypatch.setenv(QUESTIONS_FILE, str(questions))
    shell.run_cell("def dense(*_):\n    raise KeyboardInterrupt\n").raise_error()
    with pytest.raises(KeyboardInterrupt):
        check(DENSE)


def test_without_a_shell_the_text_is_printed(
    no_shell: None, capsys: pytest.CaptureFixture[str]
) -> None:
    score = check(DENSE, reference(find_exercise(DENSE)))
    assert repr(score) == "3"
    assert capsys.readouterr().out.startswith("✓ dense: all right, 3 of 3 points\n")


def test_without_a_shell_there_is_nothing_to_find(
    no_shell: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert repr(check(DENSE)) == "0"
    assert "run the cell that defines it" in capsys.readouterr().out


@pytest.mark.parametrize("call", [check, hint])
@pytest.mark.parametrize(
    ("wrong_id", "suggestion"),
    [
        ("linear_classifiers.dens", f"Did you mean '{DENSE}'?"),
        ("linear_classifier.dense", f"Did you mean '{DENSE}'?"),
        ("dense", f"Did you mean '{DENSE}'?"),
        ("qqq", ""),
        ("", ""),
    ],
)
def test_an_unknown_exercise_gets_one_sentence(
    call: Any, wrong_id: Any, suggestion: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(wrong_id) is None
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith(f"There is no exercise {str(wrong_id)!r}.")
    assert line.endswith(suggestion)


@pytest.mark.parametrize("call", [check, hint])
@pytest.mark.parametrize("wrong_id", [None, 3, ["unhashable"], len])
def test_a_name_without_quotes_gets_one_sentence(
    call: Any, wrong_id: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(wrong_id) is None
    [line] = capsys.readouterr().out.splitlines()
    assert "in quotes" in line


def test_hints_go_up_the_ladder_and_start_again(capsys: pytest.CaptureFixture[str]) -> None:
    hints = find_exercise("linear_classifiers.square_loss").hints
    for _ in range(len(hints) + 1):
        hint("linear_classifiers.square_loss")
    said = capsys.readouterr().out.splitlines()
    assert all(line.endswith(text) for line, text in zip(said, [*hints, hints[0]]))
    rungs = [line.partition(f" of {len(hints)}")[0] for line in said]
    assert rungs == [*(f"Hint {n}" for n in range(1, len(hints) + 1)), "Hint 1"]


def test_an_exercise_may_have_no_hints(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(find_exercise(DENSE), "hints", ())
    hint(DENSE)
    assert capsys.readouterr().out == "There is no hint for `dense`.\n"


def test_graders_get_observations_and_no_right_value(
    shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dense = find_exercise(DENSE)
    (tmp_path / "questions.json").write_text(questions_text([dense], 77))
    monkeypatch.setenv(QUESTIONS_FILE, str(tmp_path / "questions.json"))
    score, [shown], printed = _check(shell, NO_BIAS)
    assert (score, printed, set(shown.data)) == (None, "", {OBSERVATIONS_MIME})
    published = shown.data[OBSERVATIONS_MIME]
    assert published["exercise"] == DENSE
    seen = decode_observations(json.loads(json.dumps(published))["observations"])
    again = observe(dense, shell.user_ns["dense"], ask(dense, 77))
    for name, probe in dense.probes.items():
        np.testing.assert_equal(seen[name].value, again[name].value)
        for right in np.atleast_1d(expectation(dense, 77).right(probe)):
            encoded = base64.b64encode(np.ascontiguousarray(right).tobytes()).decode()
            assert encoded not in json.dumps(published)


def test_what_a_grader_does_not_ask_about_is_not_looked_at(
    shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "questions.json").write_text(questions_text([], 77))
    monkeypatch.setenv(QUESTIONS_FILE, str(tmp_path / "questions.json"))
    score, shown, printed = _check(shell, "def dense(*args, **kwargs): print('called')")
    assert (score, shown) == (None, [])
    assert printed == "Nothing is asked about `dense` here, so it was not looked at.\n"


def test_in_a_kernel_a_wrong_answer_is_explained_and_a_right_one_scored() -> None:
    sources = [
        "from tfcourse_utils.checking import check",
        NO_BIAS.replace("return", "print(W.nope)\n    return"),
        f'check("{DENSE}")',
        NO_BIAS,
        f'check("{DENSE}")',
        RIGHT,
        f'check("{DENSE}")',
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    NotebookClient(notebook, kernel_name="python3", timeout=300).execute()
    checks = [cell.outputs for cell in notebook.cells[2::2]]
    for (shown, score), worth in zip(checks, "003"):
        assert shown.output_type == "display_data"
        assert {"text/html", "text/plain"} <= set(shown.data)
        assert score.output_type == "execute_result"
        assert score.data["text/plain"] == worth
    broke, wrong, right = (shown.data["text/plain"] for shown, _ in checks)
    assert "dense, line 3: print(W.nope)" in broke
    assert "The bias is missing" in wrong
    assert "all right" in right
