"""docs/reference/steps/: a page for each step type and condition; words are written by hand, tables are made."""

from collections.abc import Iterator
from pathlib import Path

from botflow_runtime.scenario import ExpressionCondition, UserResponse
from botflow_runtime.steps.registry import STEP_TYPES
from scripts.format_reference import fields

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference" / "steps"
HEADING = "## In the file\n"
CONDITIONS = {
    "condition-user-response": (UserResponse, "UserResponseBranch"),
    "condition-expression": (ExpressionCondition, "ExpressionBranch"),
}
"""The page of each condition, with the type of its branches."""


def step_pages() -> Iterator[tuple[Path, str]]:
    """Every page with its table. Raises FileNotFoundError for one that nobody has written about."""
    for name, model in STEP_TYPES.items():
        yield _page(name.replace("_", "-"), [*fields(model.__name__)])
    for name, (condition, branch) in CONDITIONS.items():
        tables = [*fields(condition.__name__), "", "Each of `branches`:", "", *fields(branch)]
        yield _page(name, [*tables, "", "`else`:", "", *fields("Otherwise")])


def _page(name: str, tables: list[str]) -> tuple[Path, str]:
    page = FOLDER / f"{name}.md"
    words, _, _ = page.read_text().partition(HEADING)
    return page, f"{words}{HEADING}\n" + "\n".join(tables) + "\n"
