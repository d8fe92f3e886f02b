"""What people and programs let happen to threads: stop, resume, restart, start, resolve, expire (TH-2, engine.md 7).

Each is one transaction. The same request again changes nothing and tells how the thread is now; the turn remembers who
asked for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from botflow.chatbots.service import is_enabled
from botflow.conversations.dialogue import IS_LIVE, THREADS, Dialogue
from botflow.conversations.service import Conversations, event_id, is_handled
from botflow.conversations.turns import TURNS, keep
from botflow.errors import ConflictError, NotFoundError
from botflow_runtime import Outcome, Thread
from botflow_runtime.events import Event, Expired, Origin, Resolved, Restarted, Resumed, Started, StartedAt, Stopped
from botflow_runtime.json_types import JsonObject


@dataclass(frozen=True)
class By:
    """Who asks, of which company, and the id of the request. `user_id` is None for a program that names nobody."""

    company_id: str
    request: str
    user_id: str | None = None


@dataclass(frozen=True)
class Acted:
    """What came of a request: the thread, and how it is now.

    `thread_id` is None where nothing started, because a person has the conversation.
    """

    conversation_id: str
    thread_id: str | None
    status: str | None = None
    reason: str | None = None


Check: TypeAlias = Callable[[Dialogue, Thread], str | None]
"""Why something cannot be done with a thread, as a sentence; None where it can."""


def stop(conversations: Conversations, by: By, thread_id: str) -> Acted:
    """End a live thread and take back what has not left. Raises NotFoundError, ConflictError."""
    return _happen(conversations, by, thread_id, Stopped, _is_over)


def resume(conversations: Conversations, by: By, thread_id: str) -> Acted:
    """Let the newest stopped or handed-over thread of a conversation go on. Raises NotFoundError, ConflictError."""
    return _happen(conversations, by, thread_id, Resumed, _is_not_to_resume)


def restart(conversations: Conversations, by: By, thread_id: str) -> Acted:
    """Let a thread's chatbot begin anew, in its newest version. Raises NotFoundError, ConflictError."""
    return _happen(conversations, by, thread_id, Restarted, _has_a_successor)


def resolve(conversations: Conversations, by: By, thread_id: str) -> Acted:
    """End a thread that a person has. Raises NotFoundError, ConflictError."""
    return _happen(conversations, by, thread_id, Resolved, _is_with_nobody)


def expire(conversations: Conversations, by: By, thread_id: str) -> Acted:
    """End a live thread as one that nothing has happened to for too long. Raises NotFoundError, ConflictError."""
    return _happen(conversations, by, thread_id, Expired, _is_over)


def start(
    conversations: Conversations,
    by: By,
    sender_id: str,
    address: str,
    scenario: str,
    *,
    node: str | None = None,
    variables: JsonObject | None = None,
    origin: Origin = "operator",
) -> Acted:
    """Start a chatbot for a contact, at its start node or at a chosen one.

    `address` is what the sender's channel knows the contact by; contact and conversation are made where it never wrote.
    An Active or Stuck thread ends as replaced. A conversation that a person has stays with them, unless an operator
    starts the chatbot. Raises NotFoundError, ConflictError.
    """
    with conversations.with_contact(by.company_id, sender_id, address) as dialogue:
        asked = _event_id(dialogue, by)
        found = _thread_of_event(dialogue, asked)
        if found is None:
            _check_start(dialogue, scenario, node)
            facts = dialogue.facts(asked) | {"variables": variables or {}, "origin": origin}
            event = Started(**facts) if node is None else StartedAt(**facts, node=node)
            outcome = dialogue.engine.start(dialogue.live(), scenario, event)
            found = outcome.turns[-1].thread.id if outcome.turns else None
            keep(dialogue, outcome, by.user_id)
        return _acted(dialogue, found)


def _check_start(dialogue: Dialogue, scenario: str, node: str | None) -> None:
    sender = dialogue.place.sender_id
    found = dialogue.engine.catalog.newest(scenario)
    if found is None:
        raise NotFoundError(f"There is no published chatbot {scenario!r}.")
    if node is not None and found.links_to(node) is None:
        raise NotFoundError(f"There is no node {node!r} in version {found.version} of {scenario!r}, the newest.")
    if not is_enabled(dialogue.work, dialogue.place.company_id, scenario, sender):
        raise ConflictError(f"The chatbot {scenario!r} is not enabled on the sender {sender!r}: enable it there first.")


def _happen(conversations: Conversations, by: By, thread_id: str, kind: type[Event], check: Check) -> Acted:
    with conversations.of_thread(thread_id, by.company_id) as (dialogue, thread):
        event = _event_id(dialogue, by)
        if not is_handled(dialogue, event):
            against = check(dialogue, thread)
            if against is not None:
                raise ConflictError(against)
            keep(dialogue, _handled(dialogue, thread, kind(**dialogue.facts(event))), by.user_id)
        return _acted(dialogue, thread_id)


def _handled(dialogue: Dialogue, thread: Thread, event: Any) -> Outcome:
    return dialogue.engine.handle(thread, event)


def _event_id(dialogue: Dialogue, by: By) -> str:
    return event_id(dialogue, f"request {by.request}")


def _thread_of_event(dialogue: Dialogue, event: str) -> str | None:
    found = dialogue.work.value(sa.select(TURNS.c.thread_id).where(TURNS.c.event_id == event))
    return None if found is None else str(found)


def _acted(dialogue: Dialogue, thread_id: str | None) -> Acted:
    if thread_id is None:
        return Acted(dialogue.id, None)
    thread = dialogue.thread(thread_id)
    return Acted(dialogue.id, thread_id, thread.status, thread.reason)


# --- what stands against it ------------------------------------------------------------------------------------------


def _is_over(dialogue: Dialogue, thread: Thread) -> str | None:
    return None if thread.live else f"The thread is over: it is {_called(thread)}."


def _is_with_nobody(dialogue: Dialogue, thread: Thread) -> str | None:
    return None if thread.status == "handedover" else f"No person has the thread: it is {_called(thread)}."


def _is_not_to_resume(dialogue: Dialogue, thread: Thread) -> str | None:
    if thread.status != "handedover" and not _is_stopped(thread.status, thread.reason):
        return f"Only a stopped or handed-over thread can be resumed, and this one is {_called(thread)}."
    newer = sa.select(THREADS.c.id).where(
        THREADS.c.conversation_id == dialogue.id,
        THREADS.c.id > thread.id,
        sa.or_(
            THREADS.c.status == "handedover", sa.and_(THREADS.c.status == "complete", THREADS.c.reason == "stopped")
        ),
    )
    if dialogue.work.first(newer.limit(1)) is not None:
        return "A newer thread of the conversation was stopped or handed over: resume that one."
    return _has_a_successor(dialogue, thread)


def _has_a_successor(dialogue: Dialogue, thread: Thread) -> str | None:
    """Of one contact and sender at most one thread is live (TH-1)."""
    other = sa.select(THREADS.c.id).where(THREADS.c.conversation_id == dialogue.id, THREADS.c.id != thread.id, IS_LIVE)
    found = dialogue.work.value(other)
    return None if found is None else f"Another thread of the conversation is live, {found}: stop it first."


def _is_stopped(status: str, reason: str) -> bool:
    return (status, reason) == ("complete", "stopped")


def _called(thread: Thread) -> str:
    return f"{thread.status} ({thread.reason})" if thread.reason else thread.status


ACTIONS: Final[Mapping[str, Callable[[Conversations, By, str], Acted]]] = {
    "stop": stop,
    "resume": resume,
    "restart": restart,
    "resolve": resolve,
    "expire": expire,
}
"""What can be asked of one thread, by name."""
