"""HTTP: threads, how they came to where they are, and what people and programs let happen to them (TH-2, TH-3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final, Literal

import msgspec
import sqlalchemy as sa
from flask import Response
from pydantic import BaseModel, ConfigDict, Field

from botflow.chatbots.service import Chatbots
from botflow.conversations import operators
from botflow.conversations.api.addresses import Address, address_at
from botflow.conversations.explaining import WhyKind
from botflow.conversations.export import export_thread
from botflow.conversations.inspecting import TURNS_PAGE, inspect_thread, turns_of
from botflow.conversations.listing import (
    THREAD_KEY,
    THREAD_SORTS,
    ThreadFilter,
    find_conversation,
    find_thread,
    messages_of,
    threads_seen_by,
)
from botflow.conversations.operators import Acted, By
from botflow.conversations.service import Conversations
from botflow.permissions import THREADS_ACT, THREADS_VIEW, Caller, check_sender
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Routes
from botflow.rest.types import Body, Id, Moment, Number, Page, Text, View
from botflow.senders.service import SenderAccounts
from botflow_runtime.events import Origin
from botflow_runtime.thread import Status

SORTS: Final = Sorts(THREAD_KEY, THREAD_SORTS, "-updated_at")
NUMBER: Final = r"^\d{1,9}$"


class ThreadQuery(PageQuery):
    """Which threads."""

    live: bool | None = Field(default=None, description="Whether it may still go on by itself or with a person.")
    status: Status | None = None
    chatbot: str | None = Field(default=None, max_length=200)
    version: Number | None = None
    node: str | None = Field(default=None, max_length=200, description="Id of the node where it is.")
    sender: str | None = Field(default=None, max_length=200)
    contact: str | None = Field(default=None, max_length=200, description="Id of a contact.")
    to: str | None = Field(default=None, max_length=2000, description="Address of a contact.")
    conversation: str | None = Field(default=None, max_length=200)
    created_from: Moment | None = None
    created_before: Moment | None = None
    updated_from: Moment | None = None
    updated_before: Moment | None = None

    def filter(self) -> ThreadFilter:
        """The same for the service."""
        return ThreadFilter(
            live=self.live,
            status=self.status,
            scenario=self.chatbot,
            version=self.version,
            node=self.node,
            sender=self.sender,
            contact=self.contact,
            address=self.to,
            conversation=self.conversation,
            created=(self.created_from, self.created_before),
            updated=(self.updated_from, self.updated_before),
        )


class ThreadView(View):
    """One run of a chatbot."""

    id: str
    conversation: str
    sender: str
    contact: str
    to: str
    chatbot: str
    version: int
    status: Status
    reason: str
    node: str | None = Field(description="Where it is.")
    turns: int
    waiting_since: Moment | None = Field(description="Since when it waits for the contact there, if it does.")
    created_at: Moment
    updated_at: Moment


class TimerView(View):
    """An armed timer."""

    name: str
    due_at: Moment | None
    after: str | None = Field(description="Id of the message that has to leave first.")


class ThreadDetails(ThreadView):
    """A thread as it is now."""

    node_label: str | None
    waits_for: str | None
    variables: dict[str, Any]
    timers: list[TimerView]


class SentView(View):
    """A message of a turn, and what became of it."""

    id: str
    node: str
    content: dict[str, Any]
    status: str | None
    error: str | None


class WhyView(View):
    """Why a branch was taken."""

    kind: WhyKind
    said: str | None = Field(description="The reply, where one was looked at.")
    among: list[str] = Field(description="The expression that is true, or the patterns of which one fits.")


class LogView(View):
    """An entry of the log."""

    what: str
    text: str = Field(description="The same as a sentence.")
    node: str | None
    node_label: str | None
    branch: str | None
    branch_label: str | None
    detail: Any
    why: WhyView | None = Field(description="Of a branch.")


class TurnView(View):
    """One turn: what came in, which nodes ran, which branch was taken and why, what went out, what changed."""

    number: int
    at: Moment
    chatbot: str
    version: int
    event: str
    came_in: dict[str, Any]
    user: str | None = Field(description="Who let it happen, where a person did.")
    nodes: list[str]
    sent: list[SentView]
    changed: dict[str, Any]
    log: list[LogView]


class TurnQuery(BaseModel):
    """Which turns."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: int = Field(default=TURNS_PAGE, ge=1, le=TURNS_PAGE)
    cursor: str | None = Field(default=None, pattern=NUMBER, description="`next` of the page before.")


class MessageEntry(View):
    """A message of a conversation, of either side."""

    id: str
    direction: Literal["in", "out"]
    origin: Literal["contact", "chatbot", "operator", "campaign", "api", "auto_reply"]
    thread: str | None
    at: Moment = Field(description="When it came, or was queued.")
    payload: dict[str, Any]
    status: str
    reason: str | None
    error: str | None
    failure: str | None
    decision: Any = Field(description="Of a message of the contact: which rule took it.")
    settled_at: Moment | None = Field(description="When a turn took it, or when it left or was given up.")
    delivered_at: Moment | None
    seen_at: Moment | None


class Request(Body):
    """What is asked."""

    request: Id | None = Field(
        default=None, description="Your own id of the request: the same again changes nothing and tells how it is."
    )


class Begin(Request):
    """What to start. An Active or Stuck thread of the conversation ends as replaced."""

    chatbot: Text | None = Field(default=None, description="Null: that of the thread.")
    node: Text | None = Field(default=None, description="Id of the node to start at; null: the start node.")
    sender: Text | None = Field(default=None, description="Id of a sender; null: that of the thread.")
    variables: dict[str, Any] = {}


class NewThread(Request):
    """What to start, and for whom."""

    sender: Text
    to: Address
    chatbot: Text
    node: Text | None = Field(default=None, description="Id of the node to start at; null: the start node.")
    variables: dict[str, Any] = {}


class ActedView(View):
    """What came of it. `thread` is null where nothing started, because a person has the conversation."""

    conversation: str
    thread: str | None
    status: str | None
    reason: str | None


def threads_api(
    conversations: Conversations, accounts: SenderAccounts, chatbots: Chatbots, ids: Callable[[], str]
) -> Routes:
    """Routes under /threads and /conversations."""
    routes = Routes("threads", "")
    database = conversations.database

    def by(caller: Caller, body: Request) -> By:
        return By(caller.company, body.request or ids(), caller.user)

    def happened(action: str, caller: Caller, thread_id: str, body: Request) -> ActedView:
        with database.reading() as work:
            find_thread(work, caller, thread_id)
        return _acted(operators.ACTIONS[action](conversations, by(caller, body), thread_id))

    def begun(caller: Caller, request: Request, sender: str, address: str, chatbot: str, **more: Any) -> ActedView:
        check_sender(caller, sender)
        origin: Origin = "operator" if caller.user is not None else "api"
        started = operators.start(conversations, by(caller, request), sender, address, chatbot, origin=origin, **more)
        return _acted(started)

    @routes.get("/threads", THREADS_VIEW)
    def list_threads(caller: Caller, query: ThreadQuery) -> Page[ThreadView]:
        """List threads, the latest active first."""
        with database.reading() as work:
            rows, following = SORTS.page(work, threads_seen_by(caller, query.filter()), query)
        return Page(items=[ThreadView.model_validate(_facts(row)) for row in rows], next=following)

    @routes.post("/threads", THREADS_ACT, statuses=[HTTPStatus.OK])
    def start_thread(caller: Caller, body: NewThread) -> ActedView:
        """Start a chatbot for a contact, who is made where the sender never met them."""
        address = address_at(database, accounts, body.sender, body.to)
        return begun(caller, body, body.sender, address, body.chatbot, node=body.node, variables=body.variables)

    @routes.get("/threads/<thread_id>", THREADS_VIEW)
    def show_thread(caller: Caller, thread_id: str) -> ThreadDetails:
        """Show how a thread is now: node, what it waits for, variables, timers (TH-2)."""
        with database.reading() as work:
            find_thread(work, caller, thread_id)
            found = inspect_thread(work, chatbots, caller.company, thread_id)
        return ThreadDetails.model_validate(
            {
                **_facts(found.facts),
                "node_label": found.node_label,
                "waits_for": found.waits_for,
                "variables": found.variables,
                "timers": found.timers,
            }
        )

    @routes.get("/threads/<thread_id>/turns", THREADS_VIEW)
    def list_turns(caller: Caller, thread_id: str, query: TurnQuery) -> Page[TurnView]:
        """Tell how a thread came to where it is, turn by turn in sentences (TH-3)."""
        with database.reading() as work:
            find_thread(work, caller, thread_id)
            turns = turns_of(work, chatbots, caller.company, thread_id, int(query.cursor or 0), query.limit + 1)
        following = str(turns[query.limit - 1].number) if len(turns) > query.limit else None
        items = [
            TurnView.model_validate({**_fields(turn), "chatbot": turn.scenario, "user": turn.user_id})
            for turn in turns[: query.limit]
        ]
        return Page(items=items, next=following)

    @routes.get("/threads/<thread_id>/recording", THREADS_VIEW)
    def export_recording(caller: Caller, thread_id: str) -> Response:
        """Export the thread's conversation as a file that `botflow replay` runs to the same end."""
        with database.reading() as work:
            find_thread(work, caller, thread_id)
            recording = export_thread(work, thread_id, caller.company).to_json()
        headers = {"Content-Disposition": f'attachment; filename="{thread_id}.json"', "Cache-Control": "no-store"}
        return Response(recording, headers=headers, content_type="application/json")

    @routes.post("/threads/<thread_id>/start", THREADS_ACT)
    def start_from_thread(caller: Caller, thread_id: str, body: Begin) -> ActedView:
        """Start a thread's contact anew: at a chosen node, with another chatbot, through another sender (TH-2)."""
        with database.reading() as work:
            found = find_thread(work, caller, thread_id)
        sender, chatbot = body.sender or found["sender_id"], body.chatbot or found["scenario"]
        return begun(caller, body, sender, found["address"], chatbot, node=body.node, variables=body.variables)

    @routes.post("/threads/<thread_id>/stop", THREADS_ACT)
    def stop_thread(caller: Caller, thread_id: str, body: Request) -> ActedView:
        """End a live thread, and take back what has not left."""
        return happened("stop", caller, thread_id, body)

    @routes.post("/threads/<thread_id>/resume", THREADS_ACT)
    def resume_thread(caller: Caller, thread_id: str, body: Request) -> ActedView:
        """Let a stopped or handed-over thread go on from where it was."""
        return happened("resume", caller, thread_id, body)

    @routes.post("/threads/<thread_id>/restart", THREADS_ACT)
    def restart_thread(caller: Caller, thread_id: str, body: Request) -> ActedView:
        """Let a thread's chatbot begin anew, in its newest version."""
        return happened("restart", caller, thread_id, body)

    @routes.post("/threads/<thread_id>/resolve", THREADS_ACT)
    def resolve_thread(caller: Caller, thread_id: str, body: Request) -> ActedView:
        """End a thread that a person has."""
        return happened("resolve", caller, thread_id, body)

    @routes.get("/conversations/<conversation_id>/messages", THREADS_VIEW)
    def list_conversation_messages(caller: Caller, conversation_id: str, query: PageQuery) -> Page[MessageEntry]:
        """List what both sides of a conversation wrote, the latest first; with what waits, was blocked or refused."""
        with database.reading() as work:
            find_conversation(work, caller, conversation_id)
            both = messages_of(caller.company, conversation_id)
            rows, following = Sorts(both.key, both.sorts, "-at").page(work, both.select, query)
        return Page(items=list(map(_entry, rows)), next=following)

    return routes


def _facts(row: sa.RowMapping | Mapping[str, Any]) -> dict[str, Any]:
    """A thread's facts by the names that the API has for them."""
    named = {name: row[f"{name}_id"] for name in ("conversation", "sender", "contact")}
    return {**row, **named, "to": row["address"], "chatbot": row["scenario"]}


def _fields(struct: msgspec.Struct) -> dict[str, Any]:
    return {name: getattr(struct, name) for name in struct.__struct_fields__}


def _entry(row: sa.RowMapping) -> MessageEntry:
    decision = None if row["decision"] is None else msgspec.json.decode(row["decision"])
    shown = {"thread": row["thread_id"], "payload": msgspec.json.decode(row["content"]), "decision": decision}
    return MessageEntry.model_validate({**row, **shown})


def _acted(done: Acted) -> ActedView:
    return ActedView(conversation=done.conversation_id, thread=done.thread_id, status=done.status, reason=done.reason)
