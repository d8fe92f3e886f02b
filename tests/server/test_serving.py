"""Slow clients: a connection that does not get on is cut off, so that it keeps no thread from the others."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from botflow.serving import LOOK_SECONDS, Patience
from tests.server.process import Page, ServerProcess, wait_until
from tests.server.scenarios import ECHO

THREADS = 8
REQUEST_SECONDS = 1

HALF_HEADER = b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: "
HALF_BODY = (
    b"POST /socket.io/?EIO=4&transport=polling&sid=%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n3"
)
NO_GOODBYE = b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


@pytest.fixture
def server(serve: Callable[..., ServerProcess]) -> ServerProcess:
    return serve(ECHO, BOTFLOW_THREADS=str(THREADS), BOTFLOW_REQUEST_SECONDS=str(REQUEST_SECONDS))


def connect(stack: ExitStack, server: ServerProcess, beginning: bytes) -> socket.socket:
    """Send the beginning of a request and leave it at that."""
    connection = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=5))
    connection.sendall(beginning)
    return connection


def health(server: ServerProcess) -> bool:
    try:
        return server.get("/health")[0] == 200
    except OSError:
        return False


def taken(connection: socket.socket, more: bytes) -> bool:
    try:
        connection.sendall(more)
    except OSError:
        return False
    return True


def polling_session(server: ServerProcess) -> bytes:
    return server.get("/socket.io/?EIO=4&transport=polling")[1].split(b'"sid":"')[1].split(b'"')[0]


@pytest.mark.parametrize("beginning", [HALF_HEADER, HALF_BODY], ids=["header", "body"])
def test_half_requests_hold_the_server_up_for_a_moment_only(server: ServerProcess, beginning: bytes) -> None:
    if beginning is HALF_BODY:
        beginning = beginning % polling_session(server)
    with ExitStack() as stack:
        for _ in range(THREADS + 2):
            connect(stack, server, beginning)
        wait_until(lambda: health(server), 2 * (REQUEST_SECONDS + LOOK_SECONDS) + 2)
    assert "Traceback" not in server.log()


def test_dribbling_gains_no_time(server: ServerProcess) -> None:
    with ExitStack() as stack:
        slow = connect(stack, server, HALF_HEADER)
        wait_until(lambda: not taken(slow, b"x"), REQUEST_SECONDS + LOOK_SECONDS + 2)


def test_clients_that_do_not_hang_up_hold_nobody_up(server: ServerProcess) -> None:
    with ExitStack() as stack:
        for _ in range(THREADS - 2):
            connect(stack, server, NO_GOODBYE)
        begin = time.monotonic()
        assert health(server)
        assert time.monotonic() - begin < 1


def test_a_page_lasts_longer_than_a_request_may(server: ServerProcess) -> None:
    with Page(server, "demo-echo") as page:
        time.sleep(REQUEST_SECONDS + 2 * LOOK_SECONDS)
        assert page.send("hi")["ok"]


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(0.1)
        yield ours, theirs


def test_a_connection_is_cut_off_when_its_time_is_up(pair: tuple[socket.socket, socket.socket]) -> None:
    now = [0.0]
    patience = Patience(lambda: now[0])
    patience.limit(pair[0], 10, socket.SHUT_RD)
    patience.look()
    with pytest.raises(TimeoutError):
        pair[0].recv(1)
    now[0] = 10.0
    patience.look()
    assert pair[0].recv(1) == b""
    pair[0].sendall(b"an answer still goes out")


def test_a_released_connection_lasts_and_a_closed_one_is_no_fault(pair: tuple[socket.socket, socket.socket]) -> None:
    now = [0.0]
    patience = Patience(lambda: now[0])
    patience.limit(pair[0], 10, socket.SHUT_RDWR)
    patience.limit(pair[1], 10, socket.SHUT_RDWR)
    patience.release(pair[0])
    pair[1].close()
    now[0] = 20.0
    patience.look()
    assert pair[0].fileno() != -1
