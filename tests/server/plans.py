"""How SQLite would carry out statements."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

SMALL = {"company", "sender", "chatbot", "chatbot_sender", "chatbot_version", "webhook", "api_key", "erasure"}
"""Tables that grow with what people set up and ask for, not with what is written."""


@contextmanager
def listening(engine: sa.Engine) -> Iterator[list[tuple[str, Any]]]:
    """A list that every statement of the block is added to, with its parameters."""
    heard = list[tuple[str, Any]]()

    def hear(connection: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        heard.append((statement, parameters))

    sa.event.listen(engine, "before_cursor_execute", hear)
    yield heard
    sa.event.remove(engine, "before_cursor_execute", hear)


def scans(engine: sa.Engine, statements: Sequence[tuple[str, Any]]) -> set[tuple[str, str]]:
    """Where a statement reads a growing table from end to end, and which."""
    found = set()
    with engine.connect() as connection:
        for statement, parameters in statements:
            if statement.split()[0] not in ("SELECT", "UPDATE", "DELETE"):
                continue
            for *_, plan in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
                words = str(plan).split()
                if words[0] == "SCAN" and "INDEX" not in words and words[1] not in SMALL:
                    found.add((plan, statement))
    return found
