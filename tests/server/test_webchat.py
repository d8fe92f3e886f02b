"""A page and a real server: docs/reference/webchat-protocol.md, line by line (MS-11)."""

import json
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from typing import Any

import engineio
import pytest
import socketio

from botflow.accounts.client_address import line_of
from botflow.app import SPARE_THREADS
from botflow.frames import MESSAGE_BYTES, SOCKET_PATH
from botflow.realtime import ADDRESS_BURST, ADDRESS_PER_SECOND, BURST, Admission, Allowances
from tests.server.process import Page, ServerProcess, wait_until
from tests.server.scenarios import ECHO, HURRIED, THINKER, ask, say, scenario

SLOW = scenario("slow", say("one", "One.", "two", delay=300), ask("two", "Two?", "x", "one"))
SLEEPER = scenario(
    "sleeper",
    ask("ask", "A word?", "word", "think"),
    {
        "id": "think",
        "kind": "action",
        "step": {
            "type": "execute_code",
            "language": "javascript",
            "source": "await new Promise(done => setTimeout(done, 700)); return {{word}}.toUpperCase()",
            "save_as": "loud",
        },
        "next": ["answer"],
    },
    say("answer", "{{loud}}!", "ask"),
)
WHATSAPP = scenario("list", say("hello", "From WhatsApp.")) | {"channel": "whatsapp", "x-description": "A list."}

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """One server for all visitors of this file."""
    folder = tmp_path_factory.mktemp("webchat")
    documents = (ECHO, HURRIED, THINKER, SLOW, SLEEPER, WHATSAPP)
    running = ServerProcess(folder / "data", folder / "examples", documents, {})
    running.start()
    yield running
    running.stop()


@pytest.fixture
def visit(server: ServerProcess) -> Iterator[Open]:
    """Opens pages; all are closed in the end."""
    with ExitStack() as stack:
        yield lambda sender, visitor=None: stack.enter_context(Page(server, f"demo-{sender}", visitor))


def test_the_chatbots_are_listed(server: ServerProcess) -> None:
    status, body = server.get("/api/v1/webchat/chatbots")
    listed: dict[str, Any] = json.loads(body)
    assert status == 200
    assert [chatbot["id"] for chatbot in listed["chatbots"]] == [
        "echo",
        "hurried",
        "list",
        "sleeper",
        "slow",
        "thinker",
    ]
    assert listed["chatbots"][2] == {
        "id": "list",
        "name": "List",
        "description": "A list.",
        "language": "en",
        "channel": "whatsapp",
        "sender": "demo-list",
    }


def test_a_visitor_starts_and_chats(visit: Open) -> None:
    page = visit("echo")
    answer = page.call("start")
    assert (answer["ok"], answer["status"]["thread"]) == (True, "active")
    page.wait_for("Say something.")
    page.send("hello")
    page.wait_for("Say something.", "> hello", "You said hello.", "Say something.")


def test_an_answer_tells_the_message_as_it_stands_in_the_history(visit: Open) -> None:
    page = visit("echo")
    answer = page.send("hello", message="m-1", postback="back")
    message = answer["message"]
    assert answer["ok"]
    assert (message["id"], message["sequence"], message["direction"], message["status"]) == ("m-1", 1, "in", "seen")
    assert message["content"] == {"type": "text", "text": "hello", "postback": "back"}


def test_a_message_sent_again_is_acknowledged_again_and_answered_once(visit: Open) -> None:
    page = visit("echo")
    page.send("hi")
    page.wait_for("> hi", "Say something.")
    first = page.send("once", message="m-1")
    assert page.send("once", message="m-1") == first
    page.wait_for("> hi", "Say something.", "> once", "You said once.", "Say something.")


def test_two_equal_messages_at_once_are_two(visit: Open) -> None:
    page = visit("echo")
    page.send("hi")
    begin = time.monotonic()
    page.send("same")
    page.send("same")
    assert time.monotonic() - begin < 1
    page.wait_until(lambda: page.shown().count("You said same.") == 2)


def test_messages_wait_while_code_runs_and_are_answered_in_order(visit: Open) -> None:
    page = visit("sleeper")
    page.send("hi")
    assert page.send("one")["message"]["status"] == "seen"
    assert page.send("two", message="m-2")["message"]["status"] == "delivered"
    page.wait_until(lambda: page.shown()[-1] == "A word?" and "TWO!" in page.shown())
    assert [text for text in page.shown() if text.endswith("!")] == ["ONE!", "TWO!"]
    assert ("update", {"id": "m-2", "status": "seen"}) in page.events


def test_a_timeout_fires_in_real_time(visit: Open) -> None:
    page = visit("hurried")
    page.call("start")
    page.wait_for("Quick, your name?")
    asked = time.monotonic()
    page.wait_for("Quick, your name?", "Too late.")
    assert 0.9 < time.monotonic() - asked < 2
    page.wait_until(lambda: ("status", {"thread": "timeout", "reason": "response_timeout"}) in page.events)


def test_typing_is_shown_before_a_delayed_message(visit: Open) -> None:
    page = visit("slow")
    assert page.call("start")["status"]["typing"]
    page.wait_for("One.", "Two?")
    page.wait_until(lambda: ("typing", {"on": False}) in page.events)
    names = [name for name, payload in page.events if name == "message" or payload == {"on": True}]
    assert names[:2] == ["typing", "message"]


def test_a_page_that_comes_back_gets_what_it_missed_and_nothing_twice(visit: Open) -> None:
    page = visit("slow")
    page.call("start")
    page.disconnect()
    time.sleep(0.6)
    page.connect()
    page.wait_for("One.", "Two?")
    assert page.call("open", after=1)["messages"][0]["sequence"] == 2
    assert page.call("open", after=2)["messages"] == []


def test_two_pages_of_one_visitor_show_the_same(visit: Open) -> None:
    one = visit("echo")
    other = visit("echo", one.visitor)
    one.send("hi")
    other.wait_for("> hi", "Say something.")


def test_visitors_do_not_see_each_other(visit: Open) -> None:
    one, other = visit("echo"), visit("echo")
    one.send("hi")
    one.wait_for("> hi", "Say something.")
    assert other.call("open", after=0)["messages"] == []
    assert other.shown() == []


def test_restart_begins_anew_once(visit: Open) -> None:
    page = visit("echo")
    page.send("hi")
    for _ in range(2):
        assert page.call("restart", id="r-1")["ok"]
    page.wait_for("> hi", "Say something.", "Say something.")


def test_an_opened_link_is_acknowledged(visit: Open) -> None:
    page = visit("echo")
    page.send("hi")
    assert page.call("act", id="a-1", message="m", action="menu") == {"ok": True}


def test_a_whatsapp_chatbot_can_be_tried_too(visit: Open) -> None:
    page = visit("list")
    page.call("start")
    page.wait_for("From WhatsApp.")


VISITOR = "0123456789abcdef" * 2
GOOD: dict[str, object] = {"sender": "demo-echo", "visitor": VISITOR}
BAD_INPUT: list[tuple[str, object, str]] = [
    ("open", None, "one JSON object"),
    ("open", [], "one JSON object"),
    ("open", {}, "sender"),
    ("open", GOOD | {"sender": "nobody"}, "no sender nobody"),
    ("open", GOOD | {"sender": 7}, "sender"),
    ("open", GOOD | {"sender": "a\x00b"}, "NUL"),
    ("open", GOOD | {"visitor": "short"}, "visitor"),
    ("open", GOOD | {"visitor": VISITOR.upper()}, "visitor"),
    ("open", GOOD | {"visitor": VISITOR + "\n"}, "visitor"),
    ("open", GOOD | {"after": -1}, "after"),
    ("open", GOOD | {"after": "1"}, "after"),
    ("open", GOOD | {"after": 10**30}, "after"),
    ("open", GOOD | {"more": 1}, "more"),
    ("start", {"sender": "demo-echo"}, "visitor"),
    ("start", GOOD | {"sender": "nobody"}, "no sender nobody"),
    ("send", GOOD | {"text": "x"}, "id"),
    ("send", GOOD | {"id": "m"}, "needs a text"),
    ("send", GOOD | {"id": "m", "text": ""}, "needs a text"),
    ("send", GOOD | {"id": "a b", "text": "x"}, "id"),
    ("send", GOOD | {"id": "m" * 65, "text": "x"}, "id"),
    ("send", GOOD | {"id": "m", "text": "x" * 4097}, "text"),
    ("send", GOOD | {"id": "m", "text": "a\x00b"}, "text"),
    ("send", GOOD | {"id": "m", "text": {"deep": "er"}}, "text"),
    ("send", GOOD | {"id": "m", "text": "x", "in_reply_to": "a\x00b"}, "NUL"),
    ("send", GOOD | {"id": "m", "text": "x", "postback": "p" * 2049}, "postback"),
    ("send", GOOD | {"id": "m", "location": [91, 0]}, "location"),
    ("send", GOOD | {"id": "m", "location": [1]}, "location"),
    ("send", GOOD | {"id": "m", "location": ["1", "2"]}, "location"),
    ("act", GOOD | {"id": "a", "message": "m"}, "action"),
    ("act", GOOD | {"id": "a", "message": "m", "action": "a\x00b"}, "NUL"),
    ("restart", GOOD, "id"),
]


@pytest.mark.parametrize(("event", "payload", "named"), BAD_INPUT)
def test_bad_input_is_answered_with_a_sentence(visit: Open, event: str, payload: Any, named: str) -> None:
    answer = visit("echo").emit(event, payload)
    assert answer["ok"] is False
    assert named in answer["error"]
    assert "Traceback" not in answer["error"]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "ñandú 👩‍👩‍👧", "\u202eevil", "'; DROP TABLE thread; --", "{{word}}", " "]
)
def test_any_text_is_only_text(visit: Open, text: str) -> None:
    page = visit("echo")
    page.send("hi")
    page.wait_for("> hi", "Say something.")
    page.send(text)
    page.wait_until(lambda: len(page.shown()) > 3, lambda: str(page.shown()))
    assert page.shown()[2] == f"> {text}"


def test_one_connection_cannot_ask_without_end(visit: Open) -> None:
    page = visit("echo")
    answers = [page.call("open", after=0) for _ in range(BURST + 20)]
    refused = [answer["error"] for answer in answers if not answer["ok"]]
    assert refused
    assert all("too much" in error for error in refused)
    wait_until(lambda: bool(page.call("open", after=0)["ok"]), 3)


def test_a_visitor_who_connects_again_is_still_the_same(visit: Open) -> None:
    page = visit("echo")
    again = visit("echo", page.visitor)

    def is_refused_after_the_other() -> bool:
        for _ in range(2 * BURST):
            if not page.call("open", after=0)["ok"]:
                break
        return not again.call("open", after=0)["ok"]

    # a slow machine gives time back in between; ten tries are too few to use up an allowance of its own
    assert any(is_refused_after_the_other() for _ in range(10))
    assert visit("echo").call("open", after=0)["ok"]
    wait_until(lambda: bool(again.call("open", after=0)["ok"]), 3)


def test_an_address_cannot_ask_without_end_over_new_connections_as_new_visitors() -> None:
    number, now, address = count(), 0.0, "192.0.2.1"
    allowances = Allowances(lambda: f"c{next(number)}", lambda: address or None, lambda: now)

    def taken(times: int) -> int:
        return sum(allowances.take({"visitor": f"{next(number):032x}"}) for _ in range(times))

    assert taken(ADDRESS_BURST + 50) == ADDRESS_BURST
    now += 1
    assert taken(ADDRESS_BURST) == ADDRESS_PER_SECOND
    address = "192.0.2.2"
    assert taken(10) == 10
    address = ""  # one that stands before everybody
    assert taken(2 * ADDRESS_BURST) == 2 * ADDRESS_BURST


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("unknown", "unknown"),
    ],
)
def test_all_addresses_of_a_line_of_ipv6_count_as_one(address: str, line: str) -> None:
    assert line_of(address) == line


def test_connections_that_begin_at_once_are_no_more_than_there_may_be() -> None:
    engine = engineio.Server(async_mode="threading")
    engine.on("connect", lambda connection, environ: None)
    answered: list[str] = []

    def begin() -> None:
        admission({"PATH_INFO": SOCKET_PATH, "QUERY_STRING": ""}, lambda status, headers: answered.append(status))

    def served(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        begin()  # while the library does not have this one yet
        begin()
        start_response("200 OK", [])
        return []

    admission = Admission(served, engine, 1)
    begin()
    assert [status[:3] for status in answered] == ["503", "503", "200"]
    answered.clear()
    begin()
    assert answered[-1] == "200 OK"


def test_a_payload_over_the_limit_ends_the_connection_and_nothing_else(visit: Open) -> None:
    page, other = visit("echo"), visit("echo")
    with pytest.raises(ConnectionError):
        page.send("x" * (MESSAGE_BYTES * 2))
    assert other.send("hi")["ok"]


def test_pages_over_the_limit_are_turned_away_and_the_server_still_answers(serve: Callable[..., ServerProcess]) -> None:
    server = serve(ECHO, BOTFLOW_THREADS="8")
    with ExitStack() as stack:
        for _ in range(8 - SPARE_THREADS):
            stack.enter_context(Page(server, "demo-echo"))
        one_more = Page(server, "demo-echo")
        with pytest.raises(socketio.exceptions.ConnectionError):
            one_more.connect()
        assert server.get("/health")[0] == 200
    wait_until(lambda: can_connect(server))


def can_connect(server: ServerProcess) -> bool:
    try:
        with Page(server, "demo-echo") as page:
            return bool(page.send("hi")["ok"])
    except socketio.exceptions.ConnectionError:
        return False


def test_a_page_of_another_origin_is_refused(server: ServerProcess) -> None:
    handshake = "/socket.io/?EIO=4&transport=polling"
    assert server.get(handshake)[0] == 200
    assert server.get(handshake, Origin=server.url)[0] == 200
    foreign = "http://evil.example"
    for claim in ({}, {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"}):
        assert server.get(handshake, Origin=foreign, **claim)[0] == 400
    for origin in (
        "null",
        "file://",
        f"ftp{server.url[4:]}",
        server.url + "0",
        "http://[",
        server.url + "@evil.example",
    ):
        assert server.get(handshake, Origin=origin)[0] == 400


def test_a_page_behind_a_proxy_that_speaks_tls_is_ours(server: ServerProcess) -> None:
    answer = server.get(
        "/socket.io/?EIO=4&transport=polling", Origin=server.url.replace("http", "https"), Host=server.url[7:]
    )
    assert answer[0] == 200


def test_nothing_of_all_that_was_a_fault(server: ServerProcess) -> None:
    assert "Traceback" not in server.log()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_the_server_ends_when_told_although_a_page_is_open(
    serve: Callable[..., ServerProcess], sign: signal.Signals
) -> None:
    server = serve(ECHO)
    with Page(server, "demo-echo") as page:
        page.send("hi")
        begin = time.monotonic()
        assert server.stop(sign) == 0
        assert time.monotonic() - begin < 6
    assert "Traceback" not in server.log()
