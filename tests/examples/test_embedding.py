"""The embedding examples: ten lines that chat, and a small host that loses and repeats nothing when it is killed."""

import ast
import random
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from botflow_runtime import SenderConfig, Thread
from botflow_runtime.events import decode_event
from botflow_runtime.replay import RecordedEvent, RecordedScenario, Recording, replay
from tests.examples.hosts import PROGRAM, SmallHost, Vendor, until

TEN_LINES = PROGRAM.with_name("ten_lines.py")
MOST_LINES = 200
ANN, BOB, CLEO = "+15550101", "+15550102", "+15550103"
LONGEST_LIFE_SECONDS = 1.0


def say(id: str, text: str, *next: str, **more: Any) -> dict[str, Any]:
    step = {"type": "static_message", "content": {"type": "text", "text": text}}
    return {"id": id, "kind": "action", "step": step, "next": list(next), **more}


def ask(id: str, text: str, save_as: str, *next: str, **more: Any) -> dict[str, Any]:
    step = {"type": "ask_question", "content": {"type": "text", "text": text}, "save_as": save_as}
    return {"id": id, "kind": "action", "step": step, "next": list(next), **more}


def run(id: str, source: str, *next: str) -> dict[str, Any]:
    step = {"type": "execute_code", "language": "javascript", "source": source}
    return {"id": id, "kind": "action", "step": step, "next": list(next)}


def scenario(*nodes: dict[str, Any], **settings: Any) -> dict[str, Any]:
    head = {"format": "botflow.scenario/1", "id": "echo", "name": "Echo", "channel": "webchat", "language": "en"}
    return {**head, "settings": settings, "nodes": list(nodes)}


ECHO = scenario(
    ask("ask", "A word?", "word", "think", role="start"),
    run("think", "await new Promise(done => setTimeout(done, 30)); return {loud: {{word}} + '!'}", "answer"),
    say("answer", "You said {{loud}}", "ask", timeout_seconds=60),
)
NUDGING = scenario(
    ask("ask", "Your name?", "name", "bye", role="start"),
    say("bye", "Bye, {{name}}.", final=True),
    say("nudge", "Still there?", final=True, role="response_timeout"),
    response_timeout={"seconds": 1, "action": "node"},
)

Serve = Callable[..., SmallHost]


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    vendor = Vendor()
    yield vendor
    vendor.close()


@pytest.fixture
def serve(vendor: Vendor, tmp_path: Path) -> Iterator[Serve]:
    started: list[SmallHost] = []

    def start(*scenarios: dict[str, Any]) -> SmallHost:
        started.append(SmallHost(tmp_path, vendor, *scenarios))
        return started[-1]

    yield start
    for host in started:
        host.kill()
        assert "Traceback" not in host.log.read_text()


# --- ten lines -------------------------------------------------------------------------------------------------------


def test_ten_lines_are_ten_lines_that_chat() -> None:
    code = [line for line in TEN_LINES.read_text().split('"""')[2].splitlines() if line.strip()]
    assert len([line for line in code if not line.startswith(("import", "from"))]) <= 10
    result = subprocess.run(
        [sys.executable, str(TEN_LINES)], input="Ann\nsmall\n", capture_output=True, text=True, check=True
    )
    assert result.stdout.splitlines()[:2] == [
        "bot: Hi! I take pizza orders. What is your name?",
        "bot: Which size, Ann?",
    ]


# --- the small host --------------------------------------------------------------------------------------------------


def test_it_is_small_and_needs_nothing_but_the_runtime() -> None:
    source = PROGRAM.read_text()
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name) or ""
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert len(source.splitlines()) <= MOST_LINES
    assert {name.split(".")[0] for name in imported} - sys.stdlib_module_names == {"botflow_runtime"}


def answers(words: list[str]) -> list[str]:
    """What a contact who says `words` to ECHO is told; the first message only starts the chat."""
    return ["A word?", *(text for word in words[1:] for text in (f"You said {word}!", "A word?"))]


def test_nothing_is_lost_or_repeated_although_it_is_killed_again_and_again(serve: Serve, vendor: Vendor) -> None:
    host = serve(ECHO)
    words = [f"word{number}" for number in range(12)]

    def write(phone: str) -> None:
        for number, word in enumerate(words):
            host.bring(f"{phone}-{number}", phone, word)

    writers = [threading.Thread(target=write, args=[phone]) for phone in (ANN, BOB, CLEO)]
    for writer in writers:
        writer.start()
    kills = 0
    while kills < 4 or any(writer.is_alive() for writer in writers):
        time.sleep(random.uniform(0, LONGEST_LIFE_SECONDS))
        host.kill()
        host.start()
        kills += 1
    for phone in (ANN, BOB, CLEO):
        until(lambda phone=phone: len(vendor.texts(phone)) >= len(answers(words)))  # type: ignore[misc] # a default
        assert vendor.texts(phone) == answers(words)
    until(lambda: rows(host, "SELECT count(*) FROM outbox WHERE state <> 'accepted'") == [(0,)])
    assert rows(host, "SELECT count(*) FROM inbox WHERE NOT handled") == [(0,)]
    check_replay(host, ECHO)


def test_a_message_that_the_vendor_took_before_the_kill_goes_out_under_the_same_key(
    serve: Serve, vendor: Vendor
) -> None:
    host = serve(ECHO)
    vendor.on_message = host.kill
    host.bring("1", ANN, "hello")
    until(lambda: host.process is not None and host.process.poll() is not None)
    vendor.on_message = lambda: None
    host.start()
    until(lambda: len(vendor.repeated) == 1)
    assert vendor.texts(ANN) == ["A word?"]


def test_a_timer_outlives_a_kill_and_fires_once(serve: Serve, vendor: Vendor) -> None:
    host = serve(NUDGING)
    host.bring("1", ANN, "hello")
    until(lambda: rows(host, "SELECT count(*) FROM timer WHERE name = 'response' AND due > 0") == [(1,)])
    host.kill()
    host.start()
    until(lambda: len(vendor.texts(ANN)) == 2)
    time.sleep(0.3)
    assert vendor.texts(ANN) == ["Your name?", "Still there?"]
    assert rows(host, "SELECT state ->> 'status' FROM thread") == [("timeout",)]


def test_a_message_that_comes_twice_is_answered_once(serve: Serve, vendor: Vendor) -> None:
    host = serve(ECHO)
    for _ in range(3):
        host.bring("1", ANN, "hello")
    host.bring("2", ANN, "hello")
    until(lambda: len(vendor.texts(ANN)) == 3)
    assert vendor.texts(ANN) == answers(["hello", "hello"])


def test_messages_of_one_contact_at_the_same_time_are_answered_one_by_one(serve: Serve, vendor: Vendor) -> None:
    host = serve(ECHO)
    host.bring("0", ANN, "hello")
    writers = [threading.Thread(target=host.bring, args=[f"n{n}", ANN, "same"]) for n in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    until(lambda: len(vendor.texts(ANN)) == 17)
    assert vendor.texts(ANN) == answers(["hello"] + ["same"] * 8)
    check_replay(host, ECHO)


def test_an_opt_out_word_silences_until_the_contact_writes_again(serve: Serve, vendor: Vendor) -> None:
    host = serve(NUDGING)
    for number, text in enumerate(("hello", "STOP", "hello")):
        host.bring(str(number), ANN, text)
        time.sleep(0.3)
    until(lambda: vendor.texts(ANN) == ["Your name?", "Your name?", "Still there?"])


def test_a_vendor_that_is_down_is_tried_again_and_a_refusal_fails_the_step(serve: Serve, vendor: Vendor) -> None:
    host = serve(NUDGING)
    vendor.answers = [500, 429]
    host.bring("1", ANN, "hello")
    until(lambda: vendor.texts(ANN)[:1] == ["Your name?"])
    vendor.answers = [400]
    host.bring("2", BOB, "hello")
    until(lambda: rows(host, "SELECT state FROM outbox WHERE phone = ?", BOB) == [("failed",)])
    assert rows(host, "SELECT state ->> 'reason' FROM thread WHERE phone = ?", BOB) == [("delivery",)]


@pytest.mark.parametrize("body", [{}, {"id": "1"}, {"from": ANN}])
def test_what_is_no_message_is_refused(serve: Serve, body: dict[str, str]) -> None:
    host = serve(ECHO)
    with pytest.raises(urllib.error.HTTPError) as refused:
        host.post(**body)
    assert refused.value.code == 400
    assert "send" in refused.value.reason
    refused.value.close()


def rows(host: SmallHost, query: str, *values: str) -> list[tuple[Any, ...]]:
    db = sqlite3.connect(f"file:{host.database}?mode=ro", uri=True, timeout=30)
    try:
        return db.execute(query, values).fetchall()
    finally:
        db.close()


def check_replay(host: SmallHost, document: dict[str, Any]) -> None:
    """The stored events lead to the stored threads again, once the host has noted what the vendor took last."""
    until(lambda: replays(host, document))


def replays(host: SmallHost, document: dict[str, Any]) -> bool:
    events = []
    for before, event in rows(host, "SELECT before, event FROM turn ORDER BY rowid"):
        thread = Thread.from_json(before)
        events.append(RecordedEvent(thread.id, thread.scenario, thread.version, decode_event(event)))
    threads = [Thread.from_json(state) for (state,) in rows(host, "SELECT state FROM thread")]
    sender = SenderConfig("small-host", "webchat", enabled=("echo",), default="echo")
    assert events
    return not replay(Recording([RecordedScenario(1, document)], [sender], events, threads)).differing
