"""The course of a turn: which version of which chatbot did what, also where the turn jumped from one to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from botflow_runtime import Thread, Turn
from botflow_runtime.effects import Report
from botflow_runtime.thread import LogEntry


class Version(NamedTuple):
    """A version of a chatbot."""

    scenario: str
    number: int


class Step(NamedTuple):
    """An entry of a turn's log, and the version that did it."""

    version: Version
    entry: LogEntry


MOVES: Final = frozenset({"jumped", "restarted", "moved"})
"""Entries after which the thread runs another version."""


def course(before: Version, log: Iterable[LogEntry]) -> Iterator[Step]:
    """The entries of the log, each with its version; one that changes the version counts with the new one."""
    version = before
    for entry in log:
        if entry.what in MOVES:
            version = _moved(version, entry.detail)
        yield Step(version, entry)


def versions_of_effects(before: Version, turn: Turn) -> Mapping[str, Version]:
    """The versions that sent and reported, by effect id; empty where the turn stayed within one version."""
    if before == (turn.thread.scenario, turn.thread.version):
        return {}
    reports = (effect.id for effect in turn.effects if isinstance(effect, Report))
    found: dict[str, Version] = {}
    for version, entry in course(before, turn.log):
        if entry.what in ("sent", "code_started"):
            found[str(entry.detail)] = version
        elif entry.what == "reported":
            found[next(reports)] = version
    return found


def version_of(thread: Thread) -> Version:
    """What the thread runs."""
    return Version(thread.scenario, thread.version)


def _moved(version: Version, detail: Any) -> Version:
    return Version(detail.get("scenario", version.scenario), detail["version"])
