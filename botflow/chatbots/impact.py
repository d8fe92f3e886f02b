"""What publishing a draft would mean: what changes, whom it meets, and what is lost (engine.md 10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from botflow.chatbots.authoring import Authoring, Draft
from botflow.chatbots.catalog import document_of_version
from botflow.chatbots.checks import Checked
from botflow.conversations.versions import Here, live_threads
from botflow.permissions import Caller
from botflow_runtime import Problem, ScenarioError
from botflow_runtime.difference import Change, compare
from botflow_runtime.loading import parse_document, read_raw
from botflow_runtime.scenario import Action, ScenarioDocument

COLLISIONS: Final = frozenset({"trigger_collision", "opt_out_word", "keyword_takes_reply"})
"""Problems of words that somebody else takes."""


@dataclass(frozen=True)
class Running:
    """Live threads of a version."""

    version: int
    threads: int


@dataclass(frozen=True)
class Gone:
    """Live threads at a node that the draft does not have: they cannot be moved. `label`: its name in their version."""

    version: int
    node: str
    label: str
    threads: int


@dataclass(frozen=True)
class Impact:
    """The report. `changes` are those from the newest version; None where the draft does not fit the format.

    `removed_fields` are report fields and reported variables that the newest version writes and the draft does not.
    """

    revision: int
    newest_version: int
    checked: Checked
    changes: list[Change] | None
    running: list[Running]
    gone: list[Gone]
    collisions: list[Problem]
    removed_fields: list[str]


def impact(authoring: Authoring, caller: Caller, scenario: str) -> Impact:
    """What publishing the draft of a chatbot would mean. Raises NotFoundError."""
    draft = authoring.draft(caller, scenario)
    checked = authoring.check(caller, draft.document)
    with authoring.database.reading() as work:
        here = live_threads(work, caller.company, scenario)
        published = {
            version: parse_document(read_raw(text.encode()))
            for version in {draft.newest_version, *(place.version for place in here)}
            if (text := document_of_version(work, caller.company, scenario, version)) is not None
        }
    new, old = _document(draft), published.get(draft.newest_version)
    return Impact(
        revision=draft.revision,
        newest_version=draft.newest_version,
        checked=checked,
        changes=compare(old, new) if old is not None and new is not None else ([] if new is not None else None),
        running=_running(here),
        gone=list(_gone(here, new, published)) if new is not None else [],
        collisions=[problem for problem in checked.problems if problem.code in COLLISIONS],
        removed_fields=sorted(_fields(old) - _fields(new)) if old is not None and new is not None else [],
    )


def _document(draft: Draft) -> ScenarioDocument | None:
    try:
        return parse_document(draft.document.raw)
    except ScenarioError:
        return None


def _running(here: Iterable[Here]) -> list[Running]:
    threads: Counter[int] = Counter()
    for place in here:
        threads[place.version] += place.threads
    return [Running(version, count) for version, count in sorted(threads.items())]


def _gone(here: Iterable[Here], new: ScenarioDocument, published: Mapping[int, ScenarioDocument]) -> Iterator[Gone]:
    nodes = {node.id for node in new.nodes}
    threads: Counter[tuple[int, str]] = Counter()
    for place in here:
        if place.node is not None and place.node not in nodes:
            threads[place.version, place.node] += place.threads
    for (version, node), count in sorted(threads.items()):
        yield Gone(version, node, _label(published.get(version), node), count)


def _label(document: ScenarioDocument | None, node: str) -> str:
    nodes = document.nodes if document is not None else ()
    return next((one.label for one in nodes if one.id == node), None) or node


def _fields(document: ScenarioDocument) -> set[str]:
    """Everything that a chatbot's report can show."""
    found: set[str | None] = set()
    for node in document.nodes:
        if isinstance(node, Action):
            found.add(node.report_field)
            if getattr(node.step, "show_in_report", False):
                found.add(getattr(node.step, "save_as", None))
        else:
            found.update(branch.report_field for branch in (*node.branches, node.otherwise) if branch is not None)
    return {field for field in found if field}
