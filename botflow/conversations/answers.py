"""The answers of a chatbot: a table with a row for each thread, counts for a chart, and CSV (CB-11).

A field that a thread has written more than once counts with its newest value.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from botflow.clock import iso
from botflow.conversations.carry_out import ANSWERS
from botflow.conversations.dialogue import CONVERSATIONS, THREADS
from botflow.conversations.listing import within
from botflow.db import Database, UnitOfWork, json_text
from botflow_runtime import Scenario
from botflow_runtime.json_types import Json
from botflow_runtime.scenario import Action
from botflow_runtime.steps.ask_question import AskQuestion

MOST_VALUES: Final = 100
"""Values of a field that a summary counts one by one."""
CSV_BATCH: Final = 500
CSV_COLUMNS: Final = ("thread", "version", "contact", "address", "sender", "status", "started_at", "updated_at")
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula."""
BYTE_ORDER_MARK: Final = "\ufeff"
"""So that spreadsheets read UTF-8."""


@dataclass(frozen=True)
class AnswerFilter:
    """Which threads; None says nothing. `senders` are the only ones that somebody may see, `values` what fields hold.

    `period` is of the answers, in milliseconds.
    """

    version: int | None = None
    status: str | None = None
    contact: str | None = None
    sender: str | None = None
    senders: Collection[str] | None = None
    period: tuple[int | None, int | None] = (None, None)
    values: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True)
class Summary:
    """How often each value of a field was given, the most frequent first; `others` are those beyond MOST_VALUES."""

    field: str
    counts: list[tuple[Json, int]]
    others: int
    threads: int


def fields_of(work: UnitOfWork, company_id: str, scenario: str, newest: Scenario | None) -> list[str]:
    """The columns: report fields and reported variables of the newest version, then those that only answers know."""
    known = list(dict.fromkeys(_reported(newest))) if newest is not None else []
    written = sa.select(ANSWERS.c.field).where(ANSWERS.c.company_id == company_id, ANSWERS.c.scenario == scenario)
    found = {row["field"] for row in work.all(written.distinct())}
    return known + sorted(found - set(known))


def _reported(scenario: Scenario) -> Iterator[str]:
    for node in scenario.document.nodes:
        if isinstance(node, Action):
            fields = [node.report_field]
            if isinstance(node.step, AskQuestion) and node.step.show_in_report:
                fields.append(node.step.save_as)
        else:
            ways = [*node.branches, *([node.otherwise] if node.otherwise is not None else [])]
            fields = [way.report_field for way in ways]
        yield from (name for name in fields if name)


def answered_threads(company_id: str, scenario: str, wanted: AnswerFilter = AnswerFilter()) -> sa.Select[Any]:
    """The threads with answers of a chatbot that fit, to sort (listing.THREAD_SORTS) and to page."""
    threads = (
        sa.select(
            THREADS.c.id,
            THREADS.c.status,
            THREADS.c.created_at,
            THREADS.c.updated_at,
            CONVERSATIONS.c.contact_id,
            CONVERSATIONS.c.address,
            CONVERSATIONS.c.sender_id,
        )
        .join(CONVERSATIONS, CONVERSATIONS.c.id == THREADS.c.conversation_id)
        .where(THREADS.c.company_id == company_id, _has_answer(scenario, wanted))
    )
    for name, value in wanted.values.items():
        threads = threads.where(
            _has_answer(scenario, wanted, ANSWERS.c.field == name, ANSWERS.c.value == json_text(value))
        )
    for column, given in (
        (THREADS.c.status, wanted.status),
        (CONVERSATIONS.c.contact_id, wanted.contact),
        (CONVERSATIONS.c.sender_id, wanted.sender),
    ):
        if given is not None:
            threads = threads.where(column == given)
    return threads


def _has_answer(scenario: str, wanted: AnswerFilter, *conditions: sa.ColumnElement[bool]) -> sa.Exists:
    return sa.exists().where(ANSWERS.c.thread_id == THREADS.c.id, *_fitting(scenario, wanted), *conditions)


def _fitting(scenario: str, wanted: AnswerFilter) -> Iterable[sa.ColumnElement[bool]]:
    yield ANSWERS.c.scenario == scenario
    yield ANSWERS.c.newest
    if wanted.version is not None:
        yield ANSWERS.c.version == wanted.version
    if wanted.senders is not None:
        seen = sa.select(THREADS.c.id).join(CONVERSATIONS, CONVERSATIONS.c.id == THREADS.c.conversation_id)
        yield ANSWERS.c.thread_id.in_(seen.where(CONVERSATIONS.c.sender_id.in_(sorted(wanted.senders))))
    yield from within(ANSWERS.c.at, wanted.period)


def read_value(text: str) -> Json:
    """A value as a filter has it: JSON, or else a text as it stands."""
    try:
        value: Json = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return text
    return value


def with_answers(work: UnitOfWork, scenario: str, rows: Sequence[sa.RowMapping]) -> list[dict[str, Any]]:
    """Rows of answered_threads, each with the `version` that wrote last and its `answers` by field."""
    answers: defaultdict[str, dict[str, Json]] = defaultdict(dict)
    versions: dict[str, int] = {}
    found = sa.select(ANSWERS).where(
        ANSWERS.c.thread_id.in_([row["id"] for row in rows]), ANSWERS.c.scenario == scenario, ANSWERS.c.newest
    )
    for answer in work.all(found.order_by(ANSWERS.c.at)):
        answers[answer["thread_id"]][answer["field"]] = msgspec.json.decode(answer["value"])
        versions[answer["thread_id"]] = answer["version"]
    return [{**row, "version": versions.get(row["id"]), "answers": answers[row["id"]]} for row in rows]


def summary(
    work: UnitOfWork, company_id: str, scenario: str, name: str, wanted: AnswerFilter = AnswerFilter()
) -> Summary:
    """How often each value of a field was given. Of the filter, version, senders and period count."""
    counted = (
        sa.select(ANSWERS.c.value, sa.func.count().label("threads"))
        .where(ANSWERS.c.company_id == company_id, ANSWERS.c.field == name, *_fitting(scenario, wanted))
        .group_by(ANSWERS.c.value)
    )
    all_counts = counted.subquery()
    threads = int(work.value(sa.select(sa.func.coalesce(sa.func.sum(all_counts.c.threads), 0))))
    most = work.all(counted.order_by(sa.desc("threads"), ANSWERS.c.value).limit(MOST_VALUES))
    counts = [(msgspec.json.decode(row["value"]), row["threads"]) for row in most]
    return Summary(name, counts, threads - sum(count for _, count in counts), threads)


def answers_csv(
    database: Database, company_id: str, scenario: str, newest: Scenario | None, wanted: AnswerFilter = AnswerFilter()
) -> Iterator[str]:
    """The table as CSV (RFC 4180), the oldest thread first, in pieces: a long table takes no more memory."""
    with database.reading() as work:
        names = fields_of(work, company_id, scenario, newest)
    yield BYTE_ORDER_MARK + _lines([[*CSV_COLUMNS, *names]])
    after = ""
    while True:
        with database.reading() as work:
            select = answered_threads(company_id, scenario, wanted).where(THREADS.c.id > after)
            rows = with_answers(work, scenario, work.all(select.order_by(THREADS.c.id).limit(CSV_BATCH)))
        if not rows:
            return
        yield _lines(_cells(row, names) for row in rows)
        after = rows[-1]["id"]


def _cells(row: Mapping[str, Any], names: Sequence[str]) -> list[Json]:
    return [
        row["id"],
        row["version"],
        row["contact_id"],
        row["address"],
        row["sender_id"],
        row["status"],
        iso(row["created_at"]),
        iso(row["updated_at"]),
        *(row["answers"].get(name) for name in names),
    ]


def _lines(rows: Iterable[Sequence[Json]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: Json) -> str:
    """Text as it is, other values as JSON, nothing for null; what would be a formula is marked as text."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return json_text(value)
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value
