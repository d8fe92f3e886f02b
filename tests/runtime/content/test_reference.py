"""docs/reference/content.md is what the models say."""

from pathlib import Path

from botflow_runtime.content.reference import content_reference

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "content.md"


def test_the_page_is_up_to_date() -> None:
    again = "write content_reference() to docs/reference/content.md"
    assert PAGE.read_text(encoding="utf-8") == content_reference(), again
