"""However long the history grows, a turn looks up what it needs by an index."""

from typing import Any

import pytest
import sqlalchemy as sa

from botflow.db import Database
from tests.server.scenarios import HURRIED, THINKER
from tests.server.world import World

SMALL = {"company", "sender", "chatbot", "chatbot_sender", "chatbot_version"}
"""Tables that grow with what people set up, not with what is written."""


@pytest.fixture
def statements(sqlite: Database) -> list[tuple[str, Any]]:
    """Every statement of a conversation with code, timers, a wait and a restart."""
    world, heard = World(sqlite), list[tuple[str, Any]]()
    sa.event.listen(
        sqlite.engine,
        "before_cursor_execute",
        lambda connection, cursor, statement, parameters, *rest: heard.append((statement, parameters)),
    )
    thinker, hurried = world.publish(THINKER), world.publish(HURRIED)
    for text in ("hi", "1", "2"):
        world.write(thinker, text)
    world.run_code()
    world.write(thinker, "stop")
    world.write(hurried, "hi")
    world.wait(2)
    world.expire()
    world.conversations.act("webchat", thinker, "visitor:one", "a", "b")
    world.conversations.restart("webchat", thinker, "visitor:one", "r")
    world.view(thinker)
    return heard


def test_no_statement_reads_a_growing_table_from_end_to_end(
    sqlite: Database, statements: list[tuple[str, Any]]
) -> None:
    scanned = set()
    with sqlite.engine.connect() as connection:
        for statement, parameters in statements:
            if statement.split()[0] not in ("SELECT", "UPDATE", "DELETE"):
                continue
            for *_, plan in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
                words = str(plan).split()
                if words[0] == "SCAN" and "INDEX" not in words and words[1] not in SMALL:
                    scanned.add((plan, statement))
    assert scanned == set()
