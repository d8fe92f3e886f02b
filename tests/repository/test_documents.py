"""README, CONTRIBUTING and docs/: their commands exist, their links lead somewhere, their pages are listed."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from scripts.docs_index import GROUPS
from scripts.generate import stale

ROOT = Path(__file__).parent.parent.parent
BOTFLOW = Path(sys.executable).parent / "botflow"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])
NAMES = [str(document.relative_to(ROOT)) for document in DOCUMENTS]

FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
COMMAND = re.compile(r"(?:^|`|\bbin/)(make|botflow) ([a-z][a-z-]*)", re.MULTILINE)


def anchors(document: Path) -> set[str]:
    """The fragments that a link may name, as code hosts make them from headings."""
    headings = HEADING.findall(FENCE.sub("", document.read_text()))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def dead_links(document: Path) -> Iterator[str]:
    for link in LINK.findall(CODE.sub("", FENCE.sub("", document.read_text()))):
        place, _, fragment = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        target = (document.parent / unquote(place)).resolve() if place else document
        if not target.exists() or (fragment and target.suffix == ".md" and fragment not in anchors(target)):
            yield link


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    assert list(dead_links(ROOT / name)) == []


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def botflow_commands() -> set[str]:
    helped = subprocess.run([str(BOTFLOW), "--help"], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"^  ([a-z][a-z-]*)", helped.partition("Commands:")[2], re.MULTILINE))


def commands(document: Path) -> Iterator[tuple[str, str]]:
    """The targets and subcommands that a document shows as code."""
    text = document.read_text()
    for code in (*FENCE.findall(text), *CODE.findall(FENCE.sub("", text))):
        yield from COMMAND.findall(code)


def test_commands_exist() -> None:
    known = {"make": make_targets(), "botflow": botflow_commands()}
    shown = {(name, *command) for name in NAMES for command in commands(ROOT / name)}
    assert {hit for hit in shown if hit[2] not in known[hit[1]]} == set()
    assert ("README.md", "make", "run") in shown


def test_every_target_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text()
    assert [target for target in make_targets() if not re.search(rf"^{target}:.*## \w", makefile, re.MULTILINE)] == []


def test_make_lists_its_targets() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^  make ([a-z-]+)", listed, re.MULTILINE)) == make_targets()


def test_every_page_is_in_a_group() -> None:
    pages = {page.relative_to(ROOT / "docs").parts[0] for page in (ROOT / "docs").rglob("*.md")}
    assert pages - {"README.md"} <= set(GROUPS)


def test_generated_files_are_up_to_date() -> None:
    assert [str(path.relative_to(ROOT)) for path, _ in stale()] == [], "run `make generate` and commit what it writes"


def test_the_places_to_look_exist() -> None:
    table = [line for line in (ROOT / "CONTRIBUTING.md").read_text().splitlines() if line.startswith("|")]
    places = {place for line in table for place in re.findall(r"`([\w./-]+/[\w./-]*)`", line)}
    assert {place for place in places if not (ROOT / place).exists()} == set()
