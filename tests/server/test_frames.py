"""What arrives beneath the events: frames that are none end their connection, quietly, and nothing else."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import cast

import engineio
import pytest
import websocket

from botflow.frames import MESSAGE_BYTES
from botflow.realtime import Admission
from tests.server.process import Page, ServerProcess
from tests.server.scenarios import ECHO

VISITOR = "0123456789abcdef" * 2
OPEN = json.dumps(["open", {"sender": "demo-echo", "visitor": VISITOR}])

BAD_FRAMES: dict[str, str | bytes] = {
    "empty": "",
    "no type": "x",
    "no such type": "9",
    "long and no type": "x" * 60_000,
    "bytes": b"\x00\x01",
    "bytes in base 64": "b" + "A" * 1000,
    "base 64 that is none": "b***",
    "empty message": "4",
    "message of no type": "49",
    "message that is an object": '4{"a":1}',
    "deep message": "4" + "[" * 30_000,
    "deep pong": "3" + "[" * 30_000,
    "event without anything": "42",
    "event cut short": "42[",
    "event without a name": "42[]",
    "event that is an object": '42{"a":1}',
    "event whose name is a number": "42[5]",
    "event whose name is a list": '42[["open"],1]',
    "event of the library's own": '42["connect",{}]',
    "event that would make the server forget": '42["disconnect"]',
    "event for nobody": '42/other,["open"]',
    "deep event": "42" + "[" * 30_000,
    "number too long": '42["send",' + "9" * 6000 + "]",
    "answer id too long": "42" + "9" * 200 + '["open"]',
    "event with an attachment": '451-["open",{"_placeholder":true,"num":0}]',
    "event with many attachments": '45999999999-["x"]',
    "acknowledgement that nobody asked for": "431[1]",
    "error of the server": '44{"message":"x"}',
    "second connection": "40",
    "end": "41",
    "message over the limit": "42" + " " * MESSAGE_BYTES,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    folder = tmp_path_factory.mktemp("frames")
    running = ServerProcess(folder / "data", folder / "examples", (ECHO,), {"BOTFLOW_LOG_LEVEL": "debug"})
    running.start()
    yield running
    running.stop()


class Wire:
    """A connection on which every frame is written by hand."""

    def __init__(self, server: ServerProcess) -> None:
        address = server.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
        self._socket = websocket.create_connection(address, timeout=10)
        self.receive()

    def send(self, frame: str | bytes) -> None:
        self._socket.send(frame, websocket.ABNF.OPCODE_TEXT if isinstance(frame, str) else websocket.ABNF.OPCODE_BINARY)

    def receive(self) -> str | None:
        """The next frame; None when the connection has ended."""
        try:
            kind, frame = self._socket.recv_data()
        except (websocket.WebSocketConnectionClosedException, ConnectionError):
            return None
        return frame.decode() if kind == websocket.ABNF.OPCODE_TEXT else None

    def close(self) -> None:
        self._socket.shutdown()  # type: ignore[no-untyped-call]  # the library types only what it returns


@pytest.fixture
def wire(server: ServerProcess) -> Iterator[Wire]:
    opened = Wire(server)
    yield opened
    opened.close()


@pytest.fixture
def connected(wire: Wire) -> Wire:
    wire.send("40")
    assert (wire.receive() or "").startswith("40")
    return wire


def ends(wire: Wire) -> bool:
    """Whether the connection ends by and by; waiting for that too long raises an exception."""
    while wire.receive() is not None:
        pass
    return True


@pytest.mark.parametrize("frame", BAD_FRAMES.values(), ids=BAD_FRAMES.keys())
def test_a_frame_that_is_none_ends_the_connection(connected: Wire, frame: str | bytes) -> None:
    connected.send(frame)
    assert ends(connected)


@pytest.mark.parametrize("frame", ["42" + OPEN, "421" + OPEN, "41"])
def test_what_comes_before_the_connection_ends_it(wire: Wire, frame: str) -> None:
    wire.send(frame)
    assert ends(wire)


def test_good_frames_are_served(connected: Wire) -> None:
    connected.send("3")
    connected.send("427" + OPEN)
    assert (connected.receive() or "").startswith('437[{"ok":true')
    connected.send('428["nosuch",1]')
    assert (connected.receive() or "").startswith('438[{"ok":false')


def test_infinity_is_a_number_out_of_range(connected: Wire) -> None:
    payload = f'{{"sender":"demo-echo","visitor":"{VISITOR}","id":"m","location":[1e400,NaN]}}'
    connected.send(f'421["send",{payload}]')
    assert "latitude" in (connected.receive() or "")


def session(server: ServerProcess) -> str:
    body = server.get("/socket.io/?EIO=4&transport=polling")[1]
    return "/socket.io/?EIO=4&transport=polling&sid=" + str(json.loads(body[1:])["sid"])


@pytest.mark.parametrize(
    "frame", [frame for frame in BAD_FRAMES.values() if isinstance(frame, str) and frame[:1] != "4"]
)
def test_a_post_that_holds_no_frames_is_refused(server: ServerProcess, frame: str) -> None:
    address = session(server)
    assert server.post(address, b"40")[0] == 200
    assert server.post(address, frame.encode())[0] == 400


@pytest.mark.parametrize("body", [b"\xff\xfe", b"d=4", b"\x1e".join([b"3"] * 17), b"3\x1e", b"4" * (MESSAGE_BYTES + 1)])
def test_a_post_that_is_no_list_of_frames_is_refused(server: ServerProcess, body: bytes) -> None:
    assert server.post(session(server), body)[0] == 400


def test_a_page_without_websockets_is_served_too(server: ServerProcess) -> None:
    address = session(server)
    assert server.post(address, b"40")[0] == 200
    assert b"40" in server.get(address)[1]
    assert server.post(address, b"421" + OPEN.encode() + b"\x1e3")[0] == 200
    assert b'431[{"ok":true' in server.get(address)[1]


def test_all_that_was_no_fault_and_one_line_each(server: ServerProcess) -> None:
    with Page(server, "demo-echo") as page:
        assert page.send("hi")["ok"]
    log = server.log()
    assert "Traceback" not in log
    assert "connection ended" in log
    assert max(map(len, log.splitlines())) < 1000


@pytest.mark.parametrize("query", ["EIO=4", "EIO=4&xsid=1", "EIO=4&sid=made-up", "sid=", "EIO=4&sid=known"])
def test_only_a_connection_that_there_is_counts_as_one(query: str) -> None:
    """Whoever names none of ours begins another, and is turned away while there are too many."""
    known = {"known": SimpleNamespace(closed=False)}
    engine = SimpleNamespace(sockets=known, handlers={"connect": None}, on=lambda event, handler: None)
    admission = Admission(lambda environ, start: [b"served"], cast("engineio.Server", engine), most=1)
    statuses: list[str] = []
    body = admission(
        {"PATH_INFO": "/socket.io/", "QUERY_STRING": query}, lambda status, headers: statuses.append(status)
    )
    assert list(body) == ([b"served"] if query.endswith("known") else [])
