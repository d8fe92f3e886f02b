"""Compiled nodes: actions, expression conditions, user-responses (engine.md 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botflow_runtime.expressions import CompiledExpression
from botflow_runtime.links import PASSED, Links, Passed
from botflow_runtime.patterns import Budget, Pattern
from botflow_runtime.scenario import ChatbotFailurePolicy, NodeFailurePolicy
from botflow_runtime.steps.step import Step

if TYPE_CHECKING:
    from botflow_runtime.runner import Runner


class ActionNode:
    """An action: its condition, its step, what follows."""

    __slots__ = ("condition", "final", "id", "label", "links", "on_failure", "report_field", "step", "timeout_seconds")

    def __init__(
        self,
        id: str,
        label: str,
        step: Step,
        condition: CompiledExpression | None,
        timeout_seconds: float | None,
        on_failure: NodeFailurePolicy | ChatbotFailurePolicy,
        report_field: str | None,
        final: bool,
    ) -> None:
        self.id = id
        self.label = label
        self.step = step
        self.condition = condition
        self.timeout_seconds = timeout_seconds
        self.on_failure = on_failure
        self.report_field = report_field
        self.final = final
        self.links = Links()

    def enter(self, run: Runner) -> Links | Passed | None:
        run.count_node()
        run.arrive(self.id)
        if self.condition is not None and not run.is_true(self.condition, self.id):
            run.log("skipped", self.id)
            return self.links
        run.log("ran", self.id)
        return run.settle(self, self.step.begin(run, self))


class Branch:
    """One way out of a condition. `id` is None for its else."""

    __slots__ = ("expression", "id", "label", "links", "patterns", "report_field")

    def __init__(self, id: str | None, label: str, report_field: str | None) -> None:
        self.id = id
        self.label = label
        self.report_field = report_field
        self.links = Links()
        self.patterns: tuple[Pattern, ...] = ()
        self.expression: CompiledExpression | None = None

    def fits(self, text: str, budget: Budget) -> bool:
        """Whether one of the patterns matches; patterns out of time are noted in the budget."""
        for pattern in self.patterns:  # noqa: SIM110 - any() costs as much as a test (tests/bench/pizza.py)
            if pattern.test(text, budget):
                return True
        return False


class ExpressionNode:
    """A condition that is evaluated at once: the first true branch, else its else where that leads anywhere."""

    __slots__ = ("branches", "id", "otherwise")

    def __init__(self, id: str, branches: tuple[Branch, ...], otherwise: Branch | None) -> None:
        self.id = id
        self.branches = branches
        self.otherwise = otherwise

    def enter(self, run: Runner) -> Links | Passed | None:
        run.count_node()
        branch = self._choose(run)
        if branch is None:
            run.log("passed", self.id)
            return PASSED
        run.arrive_at_condition(self.id)
        run.log("branch", self.id, branch=branch.id, detail=branch.label or None)
        if branch.report_field:
            run.report(branch.report_field, branch.label, self.id)
        return branch.links

    def _choose(self, run: Runner) -> Branch | None:
        for branch in self.branches:
            if branch.expression is not None and run.is_true(branch.expression, self.id, branch.id):
                return branch
        return self.otherwise if self.otherwise is not None and self.otherwise.links else None


class UserResponseNode:
    """A condition that waits for a reply."""

    __slots__ = ("_by_id", "branches", "id", "otherwise")

    def __init__(self, id: str, branches: tuple[Branch, ...], otherwise: Branch | None) -> None:
        self.id = id
        self.branches = branches
        self.otherwise = otherwise
        self._by_id = {branch.id: branch for branch in reversed(branches)}

    def branch(self, id: str | None) -> Branch | None:
        """The branch of this id, or the else for None."""
        if id is None:
            return self.otherwise
        return self._by_id.get(id)

    def fitting(self, subject: str, budget: Budget) -> Branch | None:
        """The first branch that a text fits."""
        for branch in self.branches:
            if branch.fits(subject, budget):
                return branch
        return None
