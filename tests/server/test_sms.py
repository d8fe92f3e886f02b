"""SMS through the whole server, as processes: an SMSC that outlives them, long messages, kill -9 (MS-1)."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from botflow.db import Database
from botflow.senders.sealing import Seal
from botflow.senders.service import SENDERS
from botflow.vendor_sim.contract import Behaviour
from tests.channels.smpp.lines import NUMBER, Centre
from tests.server.process import ServerProcess, wait_until
from tests.server.production import Production
from tests.server.scenarios import ECHO

SECRET = "of the tests"
TAKE_OVER_SECONDS = 15.0
LONG = "A long text, " * 30 + "and its end"
RECEIVING = "bind_transceiver"
CAME = "SELECT content FROM inbound_message ORDER BY sequence"
SENT = "SELECT status, count(*) FROM outbound_message GROUP BY status"

Serve = Callable[..., ServerProcess]


@pytest.fixture
def centre() -> Iterator[Centre]:
    with Centre(Behaviour(reports=("delivered",), report_ms=500)) as centre:
        yield centre


def connected(serve: Serve, centre: Centre) -> ServerProcess:
    """A server whose chatbot is reached over the SMSC."""
    server = serve({**ECHO, "channel": "sms"}, BOTFLOW_SECRET_KEY=SECRET, BOTFLOW_VENDOR_HOSTS="127.0.0.1")
    sealed = Seal(SECRET).close(json.dumps(centre.vendor.credentials()))
    with ExitStack() as stack:
        if isinstance(server, Production):
            database = server.database
        else:
            database = Database.in_file(server.data / "botflow.sqlite3")
            stack.callback(database.close)
        with database.transaction() as work:
            work.execute(SENDERS.update().values(adapter="smpp", identity=NUMBER, credentials=sealed))
    listens(centre)
    return server


def listens(centre: Centre) -> None:
    wait_until(lambda: RECEIVING in centre.binds, TAKE_OVER_SECONDS)


def has(server: ServerProcess, *came: str, delivered: int) -> None:
    """Wait until so many answers were delivered and no others are there; this has come in, each once."""
    wait_until(lambda: server.rows(SENT) == [("delivered", delivered)])
    assert [json.loads(content)["text"] for (content,) in server.rows(CAME)] == list(came)


def test_long_messages_are_answered_and_the_answers_delivered_also_when_all_is_killed_between_two_parts(
    serve_anywhere: Serve, centre: Centre
) -> None:
    server = connected(serve_anywhere, centre)
    centre.message(LONG)
    has(server, LONG, delivered=1)
    (first,) = centre.message(LONG.upper(), reference=8, order=lambda parts: parts[:1])
    assert first.wait(TAKE_OVER_SECONDS)
    server.kill()
    wait_until(lambda: not centre.binds)
    centre.message(LONG.upper(), reference=8, order=reversed)  # the first part comes again
    server.start()
    has(server, LONG, LONG.upper(), delivered=3)


@pytest.mark.parametrize("serve_anywhere", ["production"], indirect=True)
def test_another_worker_takes_over_from_one_that_is_killed(serve_anywhere: Serve, centre: Centre) -> None:
    server = connected(serve_anywhere, centre)
    assert isinstance(server, Production)
    centre.message("one")
    has(server, "one", delivered=1)
    server.kill_one("worker-1")
    if RECEIVING in centre.binds:  # the other one listens
        server.start()
        server.kill_one("worker-2")
    listens(centre)
    centre.message("two")
    has(server, "one", "two", delivered=3)
