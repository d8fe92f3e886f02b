"""HTTP: the answers of a chatbot as a table, counts and CSV, and figures of its nodes (CB-11, ED-6)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Final

from flask import Response
from pydantic import BaseModel, ConfigDict, Field

from botflow.chatbots.drafts import find_chatbot
from botflow.chatbots.service import Chatbots
from botflow.clock import Clock
from botflow.conversations.answers import (
    AnswerFilter,
    answered_threads,
    answers_csv,
    fields_of,
    read_value,
    summary,
    with_answers,
)
from botflow.conversations.figures import FOR_EVER, figures
from botflow.conversations.listing import THREAD_KEY, THREAD_SORTS
from botflow.db import Database, UnitOfWork
from botflow.errors import Fault, InvalidError
from botflow.permissions import CHATBOTS_VIEW, THREADS_VIEW, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Routes
from botflow.rest.types import Moment, Number, View
from botflow_runtime import Scenario
from botflow_runtime.json_types import Json

SORTS: Final = Sorts(THREAD_KEY, THREAD_SORTS, "-updated_at")
MOST_CONDITIONS: Final = 10

Condition = Annotated[str, Field(max_length=1000, pattern="^[^=]+=")]


class Answers(BaseModel):
    """Which answers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Number | None = None
    answered_from: Moment | None = None
    answered_before: Moment | None = None


class AnsweredThreads(Answers):
    """Of which threads."""

    status: str | None = Field(default=None, max_length=20)
    contact: str | None = Field(default=None, max_length=200, description="Id of a contact.")
    sender: str | None = Field(default=None, max_length=200)
    where: list[Condition] = Field(
        default=[],
        max_length=MOST_CONDITIONS,
        description="`field=value` for each field that has to hold it. A value is JSON, or else a text as it stands.",
    )


class AnswerQuery(PageQuery, AnsweredThreads):
    """Which rows of the table."""


class CountQuery(Answers):
    """Of which field."""

    field: str = Field(max_length=200)


class AnsweredThread(View):
    """A thread and what it has answered."""

    thread: str
    version: int | None = Field(description="The version that wrote last.")
    contact: str
    to: str
    sender: str
    status: str
    created_at: Moment
    updated_at: Moment
    answers: dict[str, Any] = Field(description="The newest value of each field.")


class AnswerTable(View):
    """A page of the table."""

    fields: list[str] = Field(description="The columns.")
    items: list[AnsweredThread]
    next: str | None = Field(description="Give it as `cursor` to get what follows; null at the end.")


class CountView(View):
    """How many threads gave this value."""

    value: Any
    threads: int


class SummaryView(View):
    """How often each value of a field was given, the most frequent first."""

    field: str
    counts: list[CountView]
    others: int = Field(description="Threads with values beyond the 100 that are counted one by one.")
    threads: int


class FigureQuery(BaseModel):
    """Of which version, and when."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Number | None = Field(default=None, description="Null: all versions together.")
    since: Moment | None = Field(default=None, description="Widened to the whole hour.")
    until: Moment | None = Field(default=None, description="Widened to the whole hour.")


class NodeView(View):
    """One node within the period."""

    node: str
    visits: int
    share: float = Field(description="Visits for each thread that entered.")
    skipped: int
    passed: int
    branches: dict[str, int] = Field(description='How often each branch was taken; the else under "".')
    left: dict[str, int] = Field(description="Threads that ended here, by reason.")
    drop_off: float = Field(description="Share of the visits that left here.")
    finished: dict[str, int]
    failed: dict[str, int]
    stuck: int
    handed_over: int
    waits: int
    median_wait_seconds: float | None = Field(description="Until the contact replied; null where nobody has.")
    running: int = Field(description="Live threads that are here now, whatever the period.")


class FiguresView(View):
    """What happened at the nodes of a chatbot."""

    entered: int = Field(description="Threads that began within the period.")
    running: int = Field(description="Live threads now.")
    nodes: list[NodeView] = Field(description="Those with anything to tell.")


def answers_api(database: Database, chatbots: Chatbots, clock: Clock) -> Routes:
    """Routes under /chatbots/<chatbot_id>/answers, and its figures."""
    routes = Routes("answers", "/chatbots/<chatbot_id>")

    def newest(work: UnitOfWork, caller: Caller, chatbot_id: str) -> Scenario | None:
        """The newest version of a chatbot that there is. Raises NotFoundError."""
        find_chatbot(work, caller.company, chatbot_id)
        return chatbots.catalogs.of(work, caller.company, clock()).newest(chatbot_id)

    @routes.get("/answers", THREADS_VIEW)
    def list_answers(caller: Caller, chatbot_id: str, query: AnswerQuery) -> AnswerTable:
        """List what threads have answered, a row for each (CB-11)."""
        with database.reading() as work:
            fields = fields_of(work, caller.company, chatbot_id, newest(work, caller, chatbot_id))
            wanted = answered_threads(caller.company, chatbot_id, _filter(caller, query))
            rows, following = SORTS.page(work, wanted, query)
            items = [_answered(row) for row in with_answers(work, chatbot_id, rows)]
        return AnswerTable(fields=fields, items=items, next=following)

    @routes.get("/answers/counts", THREADS_VIEW)
    def count_answers(caller: Caller, chatbot_id: str, query: CountQuery) -> SummaryView:
        """Count how often each value of a field was given, for a chart."""
        with database.reading() as work:
            find_chatbot(work, caller.company, chatbot_id)
            wanted = AnswerFilter(version=query.version, period=_period(query), senders=caller.senders)
            found = summary(work, caller.company, chatbot_id, query.field, wanted)
        counts = [CountView(value=value, threads=threads) for value, threads in found.counts]
        return SummaryView(field=found.field, counts=counts, others=found.others, threads=found.threads)

    @routes.get("/answers.csv", THREADS_VIEW, produces="text/csv")
    def export_answers(caller: Caller, chatbot_id: str, query: AnsweredThreads) -> Response:
        """Export the table as CSV, whole, the oldest thread first."""
        with database.reading() as work:
            version = newest(work, caller, chatbot_id)
        pieces = answers_csv(database, caller.company, chatbot_id, version, _filter(caller, query))
        headers = {"Content-Disposition": 'attachment; filename="answers.csv"', "Cache-Control": "no-store"}
        return Response(pieces, headers=headers, content_type="text/csv; charset=utf-8")

    @routes.get("/figures", CHATBOTS_VIEW)
    def show_figures(caller: Caller, chatbot_id: str, query: FigureQuery) -> FiguresView:
        """Show what happened at each node: visits, branches, who left, how long they waited, who is there (ED-6)."""
        since = query.since if query.since is not None else 0
        until = query.until if query.until is not None else FOR_EVER
        with database.reading() as work:
            find_chatbot(work, caller.company, chatbot_id)
            return FiguresView.model_validate(
                asdict(figures(work, caller.company, chatbot_id, query.version, since, until))
            )

    return routes


def _period(query: Answers) -> tuple[int | None, int | None]:
    return query.answered_from, query.answered_before


def _filter(caller: Caller, query: AnsweredThreads) -> AnswerFilter:
    return AnswerFilter(
        version=query.version,
        status=query.status,
        contact=query.contact,
        sender=query.sender,
        senders=caller.senders,
        period=_period(query),
        values=_values(query.where),
    )


def _values(conditions: list[str]) -> dict[str, Json]:
    """What fields have to hold. Raises InvalidError where one is named twice."""
    values = dict(map(_condition, conditions))
    if len(values) < len(conditions):
        raise InvalidError([Fault("?where", "name each field once")])
    return values


def _condition(text: str) -> tuple[str, Json]:
    field, _, value = text.partition("=")
    return field, read_value(value)


def _answered(row: dict[str, Any]) -> AnsweredThread:
    named = {"thread": row["id"], "contact": row["contact_id"], "sender": row["sender_id"], "to": row["address"]}
    return AnsweredThread.model_validate({**row, **named})
