"""An expression condition, compiled once and computed often, beside databases that are asked the same."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
import psycopg

from botflow_runtime.expressions import compile_expression
from tests.bench.measure import Plan, Row, Work, beside, measured, row, with_goal

NAME: Final = "expression"
MOST_US: Final = 10.0
POSTGRES: Final = os.environ.get("BOTFLOW_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
NOW: Final = datetime(2026, 3, 1, 10, tzinfo=UTC)
QUOTED: Final = re.compile(r"'\{\{(.+?)\}\}'")


class Case(msgspec.Struct, frozen=True):
    """An expression, true of its values, and SQLite's spelling, where that can do it."""

    name: str
    text: str
    values: dict[str, Any]
    sqlite: str = ""


CASES: Final = (
    Case(
        "the guide's example",
        "length('{{attribute.name}}') >= 5 or ('{{attribute.city}}' = 'Chicago' and '{{attribute.age}}' <= 3)",
        {"attribute.name": "Ann", "attribute.city": "Chicago", "attribute.age": 3},
        "length(?) >= 5 or (? = 'Chicago' and cast(? as integer) <= 3)",
    ),
    Case(
        "arithmetic",
        "('{{price}}'::numeric * '{{count}}'::int + 4.5) * 0.9 > 20",
        {"price": 9.5, "count": 3},
        "(cast(? as real) * cast(? as integer) + 4.5) * 0.9 > 20",
    ),
    Case(
        "CASE",
        "case when '{{tier}}' = 'gold' then 10 when '{{tier}}' = 'silver' then 5 else 0 end >= 5",
        {"tier": "silver"},
        "case when ?1 = 'gold' then 10 when ?1 = 'silver' then 5 else 0 end >= 5",
    ),
    Case(
        "IN, LIKE, IS NULL",
        "'{{city}}' in ('Rome', 'Oslo', 'Bonn') and '{{email}}' like '%@example.com' and '{{phone}}'::text is not null",
        {"city": "Bonn", "email": "ann@example.com", "phone": "+15550100"},
        "? in ('Rome', 'Oslo', 'Bonn') and ? like '%@example.com' and ? is not null",
    ),
    Case("regular expression", r"'{{code}}' ~* '^[a-z]{2}\d{4}\M'", {"code": "AB1234"}),
    Case(
        "dates",
        "'{{due}}'::date < current_date + 36500 and extract(dow from '{{due}}'::date) <> 0",
        {"due": "2026-03-12"},
        "julianday(?1) < julianday('now') + 36500 and strftime('%w', ?1) <> '0'",
    ),
    Case("JSON", "('{{order}}'::jsonb -> 'lines' ->> 0) = 'tea'", {"order": {"lines": ["tea", "milk"]}}),
)


def rows(plan: Plan) -> list[Row]:
    """Ours, and the databases that can compute it, for each case."""
    sqlite = sqlite3.connect(":memory:")
    with _postgres(plan) as postgres:
        return [one for case in CASES for one in _case_rows(case, sqlite, postgres, plan)]


def _case_rows(
    case: Case, sqlite: sqlite3.Connection, postgres: psycopg.Connection[Any] | None, plan: Plan
) -> list[Row]:
    expression = compile_expression(case.text)
    works: dict[str, Work] = {"ours": lambda: expression(case.values, now=NOW)}
    if case.sqlite:
        works["SQLite in memory"] = _asked(sqlite, case.sqlite, _bound(case, by_name="?1" in case.sqlite))
    if postgres is not None:
        query = QUOTED.sub("%s", case.text.replace("%", "%%"))
        works["PostgreSQL, prepared, one round trip"] = _asked(postgres, query, _bound(case, by_name=False))
    if not all(work() for work in works.values()):
        raise RuntimeError(f"{case.name}: not all say that it is true")
    found = measured(works, plan)
    ours = with_goal(row(NAME, case.name, found.pop("ours")), MOST_US)
    # what a database server computes is not this process's processor time
    peers = [
        row(NAME, f"{case.name}: {name}", figures, "wall" if "round trip" in name else "cpu")
        for name, figures in found.items()
    ]
    return [ours, *(beside(peer, ours) for peer in peers)]


def _bound(case: Case, *, by_name: bool) -> list[Any]:
    """The values in the order of the placeholders, each once where SQLite numbers them."""
    names = QUOTED.findall(case.text)
    return [_plain(case.values[name]) for name in (dict.fromkeys(names) if by_name else names)]


def _plain(value: Any) -> str:
    """A value as the text that a placeholder is."""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _asked(connection: Any, condition: str, values: list[Any]) -> Work:
    query = f"select {condition}"
    return lambda: connection.execute(query, values).fetchone()[0]


@contextmanager
def _postgres(plan: Plan) -> Iterator[psycopg.Connection[Any] | None]:
    """A connection to a server that answers; None where none does, and where no peers are wanted."""
    try:
        connection = None if plan.small else psycopg.connect(POSTGRES, autocommit=True, connect_timeout=2)
    except psycopg.OperationalError:
        connection = None
    if connection is None:
        yield None
        return
    with connection:
        connection.prepare_threshold = 0
        yield connection
