"""HTTP: threads, listed and started (TH-2)."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import sqlalchemy as sa
from pydantic import Field

from botflow.conversations.api.acting import ActedView, Acting, Request
from botflow.conversations.api.addresses import Address, address_at
from botflow.conversations.listing import THREAD_KEY, THREAD_SORTS, ThreadFilter, threads_seen_by
from botflow.permissions import THREADS_ACT, THREADS_VIEW, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Routes
from botflow.rest.types import Moment, Number, Page, Text, View
from botflow.senders.service import SenderAccounts
from botflow_runtime.thread import Status

SORTS: Final = Sorts(THREAD_KEY, THREAD_SORTS, "-updated_at")


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


class NewThread(Request):
    """What to start, and for whom."""

    sender: Text
    to: Address
    chatbot: Text
    node: Text | None = Field(default=None, description="Id of the node to start at; null: the start node.")
    variables: dict[str, Any] = {}


def threads_api(acting: Acting, accounts: SenderAccounts) -> Routes:
    """Routes of /threads itself."""
    routes = Routes("threads", "/threads")
    database = acting.database

    @routes.get("", THREADS_VIEW)
    def list_threads(caller: Caller, query: ThreadQuery) -> Page[ThreadView]:
        """List threads, the latest active first."""
        with database.reading() as work:
            rows, following = SORTS.page(work, threads_seen_by(caller, query.filter()), query)
        return Page(items=[ThreadView.model_validate(facts_of(row)) for row in rows], next=following)

    @routes.post("", THREADS_ACT, statuses=[HTTPStatus.OK])
    def start_thread(caller: Caller, body: NewThread) -> ActedView:
        """Start a chatbot for a contact, who is made where the sender never met them."""
        address = address_at(database, accounts, body.sender, body.to)
        return acting.begin(caller, body, body.sender, address, body.chatbot, node=body.node, variables=body.variables)

    return routes


def facts_of(row: sa.RowMapping | Mapping[str, Any]) -> dict[str, Any]:
    """A thread's facts by the names that the API has for them."""
    named = {name: row[f"{name}_id"] for name in ("conversation", "sender", "contact")}
    return {**row, **named, "to": row["address"], "chatbot": row["scenario"]}
