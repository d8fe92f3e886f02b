"""The same expression on the same values gives what PostgreSQL gives: value, NULL and error alike (CN-3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from botflow_runtime.expressions import UNFORESEEN, ExpressionError, compiled
from tests.runtime.expressions.cases import Case, table
from tests.runtime.expressions.generated import generated_cases
from tests.runtime.expressions.postgres import Failed, Postgres, oracle

TABLE = table()
SEEDS = range(1, 9)
EXPRESSIONS_PER_SEED = 400
FEWEST_CASES = 300


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with oracle() as connection:
        yield connection


def here(case: Case, now: datetime) -> str | Failed | None:
    """What the expression prints as here."""
    try:
        text: str | None = compiled(case.expression, boolean=False).value(case.values, now)
    except ExpressionError as error:
        if isinstance(error.__cause__, UNFORESEEN):
            raise  # a fault of ours, which the last line only covers
        return Failed(str(error))
    return text


def differences(postgres: Postgres, cases: list[Case]) -> list[str]:
    """One line for each case on which the two do not agree."""
    found = []
    for case in cases:
        wanted, now = postgres.text_of(case.expression, case.values)
        got = here(case, now)
        if got != wanted:
            found.append(f"{case.expression} with {case.values}: PostgreSQL {wanted!r}, here {got!r}")
    return found


@pytest.mark.parametrize("feature", TABLE)
def test_every_expression_of_the_table(postgres: Postgres, feature: str) -> None:
    assert differences(postgres, TABLE[feature]) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_generated_expressions(postgres: Postgres, seed: int) -> None:
    assert differences(postgres, generated_cases(seed, EXPRESSIONS_PER_SEED)) == []


def test_there_are_enough_expressions_to_mean_something() -> None:
    assert sum(map(len, TABLE.values())) >= FEWEST_CASES
    assert len(SEEDS) * EXPRESSIONS_PER_SEED >= FEWEST_CASES


IN_A_TIME_ZONE = [
    "timestamptz '2026-07-01 10:00+00'",
    "'2026-03-08 02:30'::timestamptz",
    "'2026-11-01 01:30'::timestamptz",
    "date '2026-07-01' = timestamptz '2026-07-01 05:00+00'",
    "timestamptz '2026-03-07 12:00' + interval '1 day'",
    "timestamptz '2026-03-07 12:00' + interval '24 hours'",
    "date_trunc('day', timestamptz '2026-07-01 02:00+00')",
    "extract(hour from timestamptz '2026-07-01 10:00+00')",
    "extract(timezone_hour from timestamptz '2026-01-01 10:00+00')",
    "to_char(timestamptz '2026-07-01 10:00+00', 'HH24:MI TZ OF')",
    "(timestamptz '2026-07-01 02:00+00')::date",
    "current_date = now()::date",
    "now()::timestamp = localtimestamp",
    "date 'today' = current_date",
    "age(timestamptz '2026-07-01 02:00+00', timestamptz '2026-01-01 02:00+00')",
]


@pytest.mark.parametrize("zone", ["America/Chicago", "Europe/Madrid", "Asia/Kolkata"])
def test_the_time_zone_is_that_of_the_event(postgres: Postgres, zone: str) -> None:
    postgres.connection.execute(f"set timezone to '{zone}'")
    try:
        for expression in IN_A_TIME_ZONE:
            wanted, now = postgres.text_of(expression, {})
            assert here(Case("zone", expression, {}), now.astimezone(ZoneInfo(zone))) == wanted, expression
    finally:
        postgres.connection.execute("set timezone to 'UTC'")
