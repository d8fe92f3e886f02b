"""However long the history grows, a turn looks up what it needs by an index."""

from typing import Any

import pytest

from botflow.db import Database
from tests.server.plans import listening, scans
from tests.server.scenarios import HURRIED, THINKER
from tests.server.world import World


@pytest.fixture
def statements(sqlite: Database) -> list[tuple[str, Any]]:
    """Every statement of a conversation with code, timers, a wait and a restart."""
    world = World(sqlite)
    with listening(sqlite.engine) as heard:
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
    assert scans(sqlite.engine, statements) == set()
