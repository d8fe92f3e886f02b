"""docs/reference/code-steps.md says what the code says."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from botflow_runtime.sandbox import limits
from botflow_runtime.sandbox.run import ErrorKind
from botflow_runtime.sandbox.worker.python_world import MODULES

PAGE = (Path(__file__).parents[3] / "docs/reference/code-steps.md").read_text(encoding="utf-8")

STATED = [
    f"| processor time | {limits.CPU_SECONDS:g} s |",
    f"| time by the clock, calls included | {limits.WALL_SECONDS:g} s, or the step's own timeout |",
    f"| memory | {limits.MEMORY_BYTES >> 20} MB |",
    f"| depth of calls | {limits.STACK_BYTES >> 10} kB of stack in JavaScript",
    f"| continuations of promises | {limits.PENDING_JOBS:,} |",
    f"| {limits.OUTPUT_BYTES:,} bytes as JSON |",
    f"| objects and lists inside one another | {limits.VALUE_DEPTH} |",
    f"| log | {limits.LOG_LINES} lines; a line is cut after {limits.LOG_LINE_CHARACTERS:,} characters |",
    f"| HTTP calls | {limits.HTTP_CALLS}; {limits.CALL_SECONDS:g} s each; "
    f"addresses of {limits.URL_CHARACTERS:,} characters; "
    f"{limits.REQUEST_BYTES:,} bytes out, {limits.RESPONSE_BYTES:,} in; {limits.REDIRECTS} redirects |",
    f"| e-mails | {limits.EMAILS}; {limits.MOST_RECIPIENTS} recipients each; a subject of "
    f"{limits.SUBJECT_CHARACTERS:,} characters |",
    f"a message of an error is cut after {limits.ERROR_CHARACTERS:,} characters",
    f"one of more than {limits.CHECKED_CHARACTERS // limits.PLACEHOLDERS:,} characters can have fewer",
    f"| length of the script | {limits.SOURCE_CHARACTERS:,} characters, {limits.PLACEHOLDERS} placeholders |",
    f"`{' '.join(MODULES)}`",
]


@pytest.mark.parametrize("sentence", STATED)
def test_a_limit_is_documented_as_it_is(sentence: str) -> None:
    assert sentence in PAGE


@pytest.mark.parametrize("kind", get_args(ErrorKind))
def test_a_kind_of_error_is_documented(kind: str) -> None:
    assert f"`{kind}`" in PAGE
