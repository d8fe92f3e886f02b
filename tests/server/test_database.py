"""What the database is asked in the way that suits it."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from botflow.app import tell_of_vacuum
from botflow.db import Database, one_of, one_of_pairs
from tests.server.own_services import OwnPostgres

PAIRS = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y"), ("it's", "{}")]
ROWS = sa.union_all(
    *(
        sa.select(
            sa.literal(number).label("number"), sa.literal(first).label("first"), sa.literal(second).label("second")
        )
        for number, (first, second) in enumerate(PAIRS, 1)
    )
).subquery()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    found: Database = request.getfixturevalue(request.param)
    return found


def numbers(database: Database, condition: sa.ColumnElement[bool], **parameters: list[str]) -> list[int]:
    with database.reading() as work:
        rows = work.all(sa.select(ROWS.c.number).where(condition).order_by(ROWS.c.number), **parameters)
        return [row["number"] for row in rows]


@pytest.mark.parametrize(
    ("texts", "fitting"), [([], []), (["b"], [3, 4]), (["it's", "a", "nothing", "a"], [1, 2, 5]), (["a,b"], [])]
)
def test_one_of_any_number_of_texts(database: Database, texts: list[str], fitting: list[int]) -> None:
    assert numbers(database, one_of(ROWS.c.first, "texts"), texts=texts) == fitting


@pytest.mark.parametrize(
    ("pairs", "fitting"),
    [
        ([], []),
        ([("a", "x")], [1]),
        ([("b", "x"), ("a", "y"), ("b", "x")], [2, 3]),
        ([("it's", "{}"), ("x", "a")], [5]),
    ],
)
def test_one_of_any_number_of_pairs_and_not_each_with_all(
    database: Database, pairs: list[tuple[str, str]], fitting: list[int]
) -> None:
    first, second = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    condition = one_of_pairs(ROWS.c.first, ROWS.c.second, ("firsts", "seconds"))
    assert numbers(database, condition, firsts=first, seconds=second) == fitting


@pytest.fixture
def without_vacuum() -> Iterator[Database]:
    service = OwnPostgres("-c", "autovacuum=off")
    service.start()
    service.wait()
    database = Database.in_postgresql(service.address)
    yield database
    database.close()
    service.end()


def test_a_postgresql_that_does_not_vacuum_is_warned_of(without_vacuum: Database, sqlite: Database) -> None:
    with capture_logs() as logs:
        tell_of_vacuum(without_vacuum)
        tell_of_vacuum(sqlite)
    assert [(entry["log_level"], "autovacuum" in entry["event"]) for entry in logs] == [("warning", True)]
