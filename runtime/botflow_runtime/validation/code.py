"""Code steps (ST-2, ST-4)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from botflow_runtime.sandbox import SourceProblem, check_source
from botflow_runtime.validation.draft import Draft
from botflow_runtime.validation.rule import Finding, error

KEPT_SOURCES: Final = 1024

# an editor checks a file at every change
_check_source = lru_cache(KEPT_SOURCES)(check_source)


@error("bad_code")
def bad_code(draft: Draft) -> Iterator[Finding]:
    """A script does not compile: the step would fail whenever it runs.

    Correct the script as the message says.
    """
    for node in draft.nodes:
        if node.meaning is not None and node.meaning.source is not None:
            language, source = node.meaning.source
            for problem in _check_source(source, language):
                yield Finding(node.id, "step.source", _sentence(problem))


def _sentence(problem: SourceProblem) -> str:
    line = "" if problem.line is None else f" at line {problem.line}"
    column = "" if problem.column is None else f", column {problem.column}"
    return f"Correct the script{line}{column}: {problem.message}"
