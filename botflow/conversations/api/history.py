"""HTTP: what both sides of a conversation wrote."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
import sqlalchemy as sa
from pydantic import Field

from botflow.conversations.listing import find_conversation, messages_of
from botflow.db import Database
from botflow.permissions import THREADS_VIEW, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Routes
from botflow.rest.types import Moment, Page, View


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


def history_api(database: Database) -> Routes:
    """Routes under /conversations."""
    routes = Routes("threads", "/conversations")

    @routes.get("/<conversation_id>/messages", THREADS_VIEW)
    def list_conversation_messages(caller: Caller, conversation_id: str, query: PageQuery) -> Page[MessageEntry]:
        """List what both sides of a conversation wrote, the latest first; with what waits, was blocked or refused."""
        with database.reading() as work:
            find_conversation(work, caller, conversation_id)
            both = messages_of(caller.company, conversation_id)
            rows, following = Sorts(both.key, both.sorts, "-at").page(work, both.select, query)
        return Page(items=list(map(_entry, rows)), next=following)

    return routes


def _entry(row: sa.RowMapping) -> MessageEntry:
    decision = None if row["decision"] is None else msgspec.json.decode(row["decision"])
    shown = {"thread": row["thread_id"], "payload": msgspec.json.decode(row["content"]), "decision": decision}
    return MessageEntry.model_validate({**row, **shown})
