"""HTTP: a thread as it is now, and how it came to where it is (TH-2, TH-3)."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from flask import Response
from pydantic import BaseModel, ConfigDict, Field

from botflow.chatbots.service import Chatbots
from botflow.conversations.api.threads import ThreadView, facts_of
from botflow.conversations.explaining import WhyKind
from botflow.conversations.export import export_thread
from botflow.conversations.inspecting import TURNS_PAGE, inspect_thread, turns_of
from botflow.conversations.listing import find_thread
from botflow.db import Database
from botflow.permissions import THREADS_VIEW, Caller
from botflow.rest.routes import Routes
from botflow.rest.types import Moment, Page, View

NUMBER: Final = r"^\d{1,9}$"


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


def inspection_api(database: Database, chatbots: Chatbots) -> Routes:
    """Routes that look into a thread."""
    routes = Routes("threads", "/threads/<thread_id>")

    @routes.get("", THREADS_VIEW)
    def show_thread(caller: Caller, thread_id: str) -> ThreadDetails:
        """Show how a thread is now: node, what it waits for, variables, timers (TH-2)."""
        with database.reading() as work:
            find_thread(work, caller, thread_id)
            found = inspect_thread(work, chatbots, caller.company, thread_id)
        return ThreadDetails.model_validate(
            {
                **facts_of(found.facts),
                "node_label": found.node_label,
                "waits_for": found.waits_for,
                "variables": found.variables,
                "timers": found.timers,
            }
        )

    @routes.get("/turns", THREADS_VIEW)
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

    @routes.get("/recording", THREADS_VIEW)
    def export_recording(caller: Caller, thread_id: str) -> Response:
        """Export the thread's conversation as a file that `botflow replay` runs to the same end."""
        with database.reading() as work:
            find_thread(work, caller, thread_id)
            recording = export_thread(work, thread_id, caller.company).to_json()
        headers = {"Content-Disposition": f'attachment; filename="{thread_id}.json"', "Cache-Control": "no-store"}
        return Response(recording, headers=headers, content_type="application/json")

    return routes


def _fields(struct: msgspec.Struct) -> dict[str, Any]:
    return {name: getattr(struct, name) for name in struct.__struct_fields__}
