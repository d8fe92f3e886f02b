"""docs/reference/steps/: a page for each step type; its words are written by hand, the table of its fields is made."""

from collections.abc import Iterator
from pathlib import Path

from botflow_runtime.steps.registry import STEP_TYPES
from scripts.format_reference import fields

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference" / "steps"
HEADING = "## In the file\n"


def step_pages() -> Iterator[tuple[Path, str]]:
    """Every page with its table. Raises FileNotFoundError for a step type that nobody has written about."""
    for name, model in STEP_TYPES.items():
        page = FOLDER / f"{name.replace('_', '-')}.md"
        words, _, _ = page.read_text().partition(HEADING)
        yield page, f"{words}{HEADING}\n" + "\n".join(fields(model.__name__)) + "\n"
