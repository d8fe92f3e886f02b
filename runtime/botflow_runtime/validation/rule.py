"""What a rule of validation is: one function that looks at a draft and yields what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from inspect import cleandoc
from typing import NamedTuple, TypeAlias

from botflow_runtime.problems import Problem, Severity
from botflow_runtime.validation.draft import Draft


class Finding(NamedTuple):
    """One place that breaks a rule, and a sentence that says what to do. `node` is None for the file itself.

    `rule` and `values` tell, where the channel has rules of its own, which it is and what the sentence says of it.
    """

    node: str | None
    field: str
    message: str
    rule: str = ""
    values: Mapping[str, int | float | str] = {}


Check: TypeAlias = Callable[[Draft], Iterator[Finding]]


class Rule(NamedTuple):
    """A rule: its code, how grave it is, what it means, what an author does about it, and the check itself."""

    code: str
    severity: Severity
    meaning: str
    remedy: str
    check: Check

    def problems(self, draft: Draft) -> Iterator[Problem]:
        """What the rule finds in a draft."""
        for node, field, message, rule, values in self.check(draft):
            yield Problem(self.severity, self.code, message, node, field, rule, values)


def error(code: str) -> Callable[[Check], Rule]:
    """Make a function the rule `code`, which a chatbot must keep to run.

    The first paragraph of its docstring tells what is wrong, the second what to do.
    """
    return lambda check: _rule(code, "error", check)


def warning(code: str) -> Callable[[Check], Rule]:
    """Make a function the rule `code`, which a chatbot may break when its author means it so."""
    return lambda check: _rule(code, "warning", check)


def _rule(code: str, severity: Severity, check: Check) -> Rule:
    meaning, _, remedy = cleandoc(check.__doc__ or "").partition("\n\n")
    return Rule(code, severity, _one_line(meaning), _one_line(remedy), check)


def _one_line(text: str) -> str:
    return " ".join(text.split())
