"""kill -9: whatever was going on, every message is answered, once (TH-1)."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable

import pytest

from tests.server.process import Page, ServerProcess
from tests.server.scenarios import ECHO, ask, say, scenario

VISITORS = 3
MESSAGES = 15
LONGEST_LIFE_SECONDS = 1.2
CODED = scenario(
    "coded",
    ask("ask", "A word?", "word", "think"),
    {
        "id": "think",
        "kind": "action",
        "step": {
            "type": "execute_code",
            "language": "javascript",
            "source": "await new Promise(done => setTimeout(done, 150)); return {{word}} + '!'",
            "save_as": "loud",
        },
        "next": ["answer"],
    },
    say("answer", "You said {{loud}}", "ask"),
)
TIMED = scenario(
    "timed",
    ask("ask", "Your name?", "name", "bye"),
    say("bye", "Bye."),
    say("late", "Too late.", role="response_timeout"),
    response_timeout={"seconds": 2, "action": "node"},
)
LATER = scenario("later", say("one", "One.", "two", delay=1500), say("two", "Two.", delay=300))
THINKING = scenario(
    "thinking",
    {
        "id": "think",
        "kind": "action",
        "step": {
            "type": "execute_code",
            "language": "javascript",
            "source": "await new Promise(done => setTimeout(done, 1500)); return 6 * 7",
            "save_as": "sum",
        },
        "next": ["answer"],
    },
    say("answer", "It is {{sum}}."),
)

Serve = Callable[..., ServerProcess]


def persist(page: Page, texts: list[str]) -> None:
    """Send each text until it is acknowledged, as the page does: the same id again after a lost connection."""
    for number, text in enumerate(texts):
        while True:
            try:
                assert page.send(text, message=f"m-{number}")["ok"]
                break
            except (ConnectionError, OSError):
                reconnect(page)


def reconnect(page: Page) -> None:
    while True:
        try:
            page.disconnect()
            page.connect()
            return
        except Exception:  # the server is down, in whatever way the client library puts it
            time.sleep(0.05)


@pytest.mark.parametrize("chatbot", [ECHO, CODED], ids=["plain", "code"])
def test_every_message_is_answered_once_although_the_server_is_killed_again_and_again(
    serve_anywhere: Serve, chatbot: dict[str, object]
) -> None:
    server = serve_anywhere(chatbot)
    pages = [Page(server, f"demo-{chatbot['id']}") for _ in range(VISITORS)]
    texts = [f"word{number}" for number in range(MESSAGES)]
    for page in pages:
        page.connect()
        page.call("start")
    senders = [threading.Thread(target=persist, args=(page, texts)) for page in pages]
    for sender in senders:
        sender.start()
    kills = 0
    while kills < 4 or any(sender.is_alive() for sender in senders):
        time.sleep(random.uniform(0, LONGEST_LIFE_SECONDS))
        server.kill_some()
        server.start()
        kills += 1
    for page in pages:
        reconnect(page)
        wait_for_answer(page, texts[-1])
        page.disconnect()
    server.stop()
    for page in pages:
        check_history(page, texts)
    check_rows(server, texts)


def wait_for_answer(page: Page, text: str) -> None:
    page.wait_until(lambda: any(shown.startswith(f"You said {text}") for shown in page.shown()))


def check_history(page: Page, texts: list[str]) -> None:
    """The page shows each message and each answer once, the answers in the order of the messages."""
    shown = page.shown()
    assert [text for text in shown if text.startswith("> ")] == [f"> {text}" for text in texts]
    answers = [text.removesuffix("!").removesuffix(".") for text in shown if text.startswith("You said")]
    assert answers == [f"You said {text}" for text in texts]


def check_rows(server: ServerProcess, texts: list[str]) -> None:
    """Each inbound row is handled by one turn; outbox, code runs and inbox are empty; no sequence is missing."""
    assert server.rows("SELECT count(*), count(DISTINCT id) FROM inbound_message WHERE state = 'handled'") == [
        (VISITORS * len(texts), VISITORS * len(texts))
    ]
    assert server.rows("SELECT count(*) FROM inbound_message WHERE state <> 'handled'") == [(0,)]
    assert server.rows("SELECT count(*) FROM outbound_message WHERE status <> 'sent'") == [(0,)]
    assert server.rows("SELECT count(*) FROM code_run WHERE state <> 'done'") == [(0,)]
    turns = server.rows("SELECT count(*), count(DISTINCT event_id) FROM turn WHERE event LIKE '%MessageReceived%'")
    assert turns == [(VISITORS * len(texts),) * 2]
    for conversation, top in server.rows("SELECT id, sequence FROM conversation"):
        numbers = Counter(
            number
            for table in ("inbound_message", "outbound_message")
            for (number,) in server.rows(f"SELECT sequence FROM {table} WHERE conversation_id = ?", conversation)
        )
        assert numbers == Counter(range(1, top + 1))


def test_a_pending_timer_outlives_a_kill_and_fires_once(serve_anywhere: Serve) -> None:
    server = serve_anywhere(TIMED)
    page = Page(server, "demo-timed")
    page.connect()
    page.call("start")
    page.wait_for("Your name?")
    server.kill()
    server.start()
    reconnect(page)
    page.wait_for("Your name?", "Too late.")
    time.sleep(0.3)
    page.disconnect()
    assert page.shown() == ["Your name?", "Too late."]


def test_an_overdue_timer_fires_at_once_after_downtime(serve_anywhere: Serve) -> None:
    server = serve_anywhere(TIMED)
    page = Page(server, "demo-timed")
    page.connect()
    page.call("start")
    page.wait_for("Your name?")
    server.kill()
    time.sleep(2.5)
    server.start()
    reconnect(page)
    page.wait_for("Your name?", "Too late.")
    page.disconnect()
    assert server.rows("SELECT count(*) FROM turn WHERE event LIKE '%TimerFired%'") == [(1,)]


def test_unsent_messages_outlive_a_kill_in_their_order(serve_anywhere: Serve) -> None:
    server = serve_anywhere(LATER)
    page = Page(server, "demo-later")
    page.connect()
    page.call("start")
    server.kill()
    assert server.rows("SELECT count(*) FROM outbound_message WHERE status = 'queued'") == [(2,)]
    server.start()
    reconnect(page)
    page.wait_for("One.", "Two.")
    page.disconnect()


def test_a_running_code_step_is_run_again_with_the_same_id(serve_anywhere: Serve) -> None:
    server = serve_anywhere(THINKING)
    page = Page(server, "demo-thinking")
    page.connect()
    page.call("start")
    time.sleep(0.5)
    server.kill()
    assert server.rows("SELECT state, attempts FROM code_run") == [("pending", 1)]
    server.start()
    reconnect(page)
    page.wait_for("It is 42.")
    page.disconnect()
    assert server.rows("SELECT state, attempts FROM code_run") == [("done", 2)]


def test_nobody_is_left_behind_by_a_kill(serve: Serve) -> None:
    """Port and data folder are free at once: the next server starts in the same place."""
    server = serve(ECHO)
    for _ in range(3):
        server.kill()
        server.start()
    assert server.log().count("botflow serves 1 chatbots") == 4
