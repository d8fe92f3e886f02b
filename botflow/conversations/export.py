"""A conversation as a recording, which `botflow replay` runs to the same end (docs/reference/replay.md).

The recording says of each event what the catalog offered then, as its turn has noted: later versions and other defaults
do not change a replay.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import sqlalchemy as sa

from botflow.chatbots.service import default_chatbot, document_of_version
from botflow.conversations.course import Version
from botflow.conversations.dialogue import CONVERSATIONS, THREADS
from botflow.conversations.turns import TURNS
from botflow.db import UnitOfWork
from botflow.errors import NotFoundError
from botflow.senders.service import SENDER_FACTS
from botflow_runtime import SenderConfig, Thread
from botflow_runtime.events import Moved, decode_event
from botflow_runtime.replay import Offered, RecordedEvent, RecordedScenario, Recording


def export_thread(work: UnitOfWork, thread_id: str, company_id: str | None = None) -> Recording:
    """The conversation of a thread: all its threads with all that has happened to them.

    `company_id`: whose it has to be, where somebody asks. Raises NotFoundError.
    """
    conversation = work.first(
        sa.select(CONVERSATIONS, SENDER_FACTS.c.channel)
        .join(THREADS, THREADS.c.conversation_id == CONVERSATIONS.c.id)
        .join(SENDER_FACTS, SENDER_FACTS.c.id == CONVERSATIONS.c.sender_id)
        .where(THREADS.c.id == thread_id)
    )
    if conversation is None or company_id not in (None, conversation["company_id"]):
        raise NotFoundError(f"There is no thread {thread_id!r}.")
    company = conversation["company_id"]
    turns = _turns(work, conversation["id"])
    events, versions = _events(turns)
    threads = _threads(work, conversation["id"])
    versions |= {Version(thread.scenario, thread.version) for thread in threads}
    return Recording(
        scenarios=[_scenario(work, company, version) for version in sorted(versions)],
        senders=[_sender(work, conversation)],
        events=events,
        threads=threads,
    )


def _sender(work: UnitOfWork, conversation: sa.RowMapping) -> SenderConfig:
    """The sender, as far as a replay needs it: the events hold which rule took each message."""
    sender: str = conversation["sender_id"]
    return SenderConfig(sender, conversation["channel"], default=default_chatbot(work, sender))


def _turns(work: UnitOfWork, conversation_id: str) -> list[sa.RowMapping]:
    """The turns of all threads; those of one thread in their order."""
    return work.all(
        sa.select(TURNS)
        .join(THREADS, THREADS.c.id == TURNS.c.thread_id)
        .where(THREADS.c.conversation_id == conversation_id)
        .order_by(TURNS.c.at, TURNS.c.thread_id, TURNS.c.number)
    )


def _threads(work: UnitOfWork, conversation_id: str) -> list[Thread]:
    states = sa.select(THREADS.c.state).where(THREADS.c.conversation_id == conversation_id).order_by(THREADS.c.id)
    return [Thread.from_json(row["state"]) for row in work.all(states)]


def _scenario(work: UnitOfWork, company_id: str, version: Version) -> RecordedScenario:
    document = document_of_version(work, company_id, version.scenario, version.number)
    if document is None:
        raise NotFoundError(f"Version {version.number} of {version.scenario!r}, which the thread has run, is deleted.")
    return RecordedScenario(version.number, msgspec.json.decode(document))


def _events(turns: Iterable[sa.RowMapping]) -> tuple[list[RecordedEvent], set[Version]]:
    """The recorded events, and every version that they need."""
    events, versions = [], set[Version]()
    for row in turns:
        event = decode_event(row["event"])
        offered = msgspec.json.decode(row["offered"], type=Offered) if row["offered"] is not None else None
        events.append(RecordedEvent(row["thread_id"], row["scenario"], row["version"], event, offered))
        versions.add(Version(row["scenario"], row["version"]))
        if offered is not None:
            versions |= {Version(*found) for found in offered.newest.items()}
        if isinstance(event, Moved):
            versions.add(Version(row["scenario"], event.version))
    return events, versions
