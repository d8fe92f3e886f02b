"""docs/README.md: every page in its group, by title and first sentence."""

import re
from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
GROUPS = {
    "tutorial": "Tutorial: learn by doing",
    "how-to": "How-to: reach a goal",
    "reference": "Reference: look it up",
    "explanation": "Explanation: understand why",
    "decisions": "Decisions: what we chose, and what it costs",
}
HEADER = """# Documentation

Listed by `make generate` from the title and the first sentence of each page.
"""


def docs_index() -> str:
    """The whole page, ending in a newline."""
    return "\n".join([HEADER, *(line for group in GROUPS for line in section(group))])


def section(group: str) -> Iterator[str]:
    pages = [page for page in sorted((DOCS / group).rglob("*.md")) if page.name != "README.md"]
    if pages:
        yield f"## {GROUPS[group]}\n"
        yield from map(entry, pages)
        yield ""


def entry(page: Path) -> str:
    """One list item: a link with the title, and the first sentence where the page begins with prose."""
    title, _, rest = page.read_text().lstrip().partition("\n")
    paragraph = " ".join(rest.strip().split("\n\n")[0].split())
    sentence = re.split(r"(?<=[.!?]) |:$", paragraph)[0] if re.match(r"[\w`\[\"]", paragraph) else ""
    link = f"* [{title.lstrip('# ')}]({page.relative_to(DOCS).as_posix()})"
    return f"{link}: {sentence}" if sentence and "](" not in sentence else link
