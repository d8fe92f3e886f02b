"""docs/reference/problems.md: every code of validation, made from the rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from botflow_runtime.validation.registry import RULES
from botflow_runtime.validation.source import FORMAT_CODES

INTRODUCTION: Final = """# Problems of a scenario

What can be wrong with a scenario, by the codes that `botflow validate`, `botflow_runtime.validate` and the editor show.
Made from `botflow_runtime.validation`; do not edit.

* An error keeps a chatbot from running as it should; a warning is doubtful, and may be meant so.
* Each problem has a severity, a code, the node, the field inside the node (`branches[0].patterns[1]`), and a sentence
  that says what to do. Where it concerns the whole file the node is empty. Errors come
  first; apart from that the order is that of the file.
* One pass finds all: a node that does not fit the format hides only what can be said about itself, and counts as one
  that waits. Only `unreachable` comes later, once every link leads to a node.
* Other chatbots of the company can be given along. Only then can jumps to missing chatbots, circles of jumps and
  triggers that collide be seen.
"""


def problems_reference() -> str:
    """The page as Markdown, ending in a newline."""
    rows = [(code, "error", meaning, remedy) for code, (meaning, remedy) in FORMAT_CODES.items()]
    rows += [(rule.code, rule.severity, rule.meaning, rule.remedy) for rule in RULES]
    errors = (row for row in rows if row[1] == "error")
    warnings = (row for row in rows if row[1] == "warning")
    return "\n".join([INTRODUCTION, *_table("Errors", errors), "", *_table("Warnings", warnings), ""])


def _table(title: str, rows: Iterable[tuple[str, str, str, str]]) -> list[str]:
    lines = [f"| `{code}` | {meaning} | {remedy} |" for code, _, meaning, remedy in rows]
    return [f"## {title}\n", "| code | what is wrong | what to do |", "|---|---|---|", *lines]
