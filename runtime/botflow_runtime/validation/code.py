"""Code steps (ST-2, ST-4)."""

from __future__ import annotations

from collections.abc import Iterator

from botflow_runtime.sandbox import SourceProblem, check_source
from botflow_runtime.validation.draft import Draft
from botflow_runtime.validation.rule import Finding, error


@error("bad_code")
def bad_code(draft: Draft) -> Iterator[Finding]:
    """A script does not compile: the step would fail whenever it runs.

    Correct the script as the message says.
    """
    for node in draft.nodes:
        if node.meaning is not None and node.meaning.source is not None:
            language, source = node.meaning.source
            for problem in check_source(source, language):
                yield Finding(node.id, "step.source", _sentence(problem))


def _sentence(problem: SourceProblem) -> str:
    if problem.line is None:
        return problem.message
    column = "" if problem.column is None else f", column {problem.column}"
    return f"Line {problem.line}{column}: {problem.message}"
