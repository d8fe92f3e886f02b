"""Recordings: what happened once leads to the same end again, and what is no recording is refused (TH-3)."""

import json
from typing import Any

import msgspec
import pytest

from botflow_runtime import BotflowError, Driver
from botflow_runtime.events import Restarted, Stopped
from botflow_runtime.replay import Recording, RecordingError, read_recording, replay
from botflow_runtime.sandbox import CodeRequest, CodeResult
from botflow_runtime.testing import VirtualClock
from tests.runtime.bots import ask, bot, code, jump, reply, say

SHOP = bot(
    ask("name", ["price"], save_as="name"),
    code("price", ["size"], save_as="price"),
    reply("size", {"small": ("^s", ["pay"])}, otherwise=["name"]),
    jump("pay", "payment", with_context=True),
    say("nudge", final=True, role="response_timeout"),
    id="shop",
    version=7,
    response_timeout={"seconds": 60, "action": "node"},
    keywords={"trigger": ["shop"]},
)
PAYMENT = bot(ask("card", ["thanks"], save_as="card"), say("thanks", final=True), id="payment")


def recorded() -> Recording:
    """Code, a jump, a timeout, an operator, an answer to nobody: all that a replay must not do again."""
    clock = VirtualClock(1_700_000_000)
    prices = iter(range(1, 9))

    def run(request: CodeRequest) -> CodeResult:
        return CodeResult(value=next(prices), vars=dict(request.vars))

    driver = Driver([SHOP, PAYMENT], lambda phone, content: None, run_code=run, clock=clock)
    for text in ("hello?", "shop", "Ann", "large", "Ann", "s", "4242", "shop", "Bob"):
        driver.receive("+1", text)
        clock.advance(5)
    clock.advance(60)
    driver.run_due()
    driver.receive("+1", "shop")
    driver.receive("+2", "shop")
    driver.happen("+1", Restarted)
    driver.happen("+2", Stopped)
    return driver.recording()


RECORDED = recorded()
DATA: dict[str, Any] = json.loads(RECORDED.to_json())


def changed(path: tuple[str | int, ...], value: Any) -> bytes:
    """The recording with one value replaced."""
    made = json.loads(RECORDED.to_json())
    parent = made
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = value
    return json.dumps(made).encode()


def test_a_recording_replays_to_the_same_threads() -> None:
    replayed = replay(read_recording(RECORDED.to_json()))
    assert replayed.differing == []
    assert len(replayed.turns) == len(RECORDED.events)
    assert {thread.status for thread in RECORDED.threads} == {"complete", "timeout", "active"}


def test_scenarios_keep_their_versions() -> None:
    assert {(scenario.document["id"], scenario.version) for scenario in RECORDED.scenarios} == {
        ("shop", 7),
        ("payment", 1),
    }


def test_another_end_is_told_apart() -> None:
    data = changed(("threads", 0, "variables", "name"), "Eve")
    ((before, again),) = replay(read_recording(data)).differing
    assert again is not None
    assert (before.variables["name"], again.variables["name"]) == ("Eve", "Ann")


def test_another_bot_leads_elsewhere() -> None:
    nodes = next(row for row in DATA["scenarios"] if row["document"]["id"] == "shop")["document"]["nodes"]
    assert nodes[0]["id"] == "name"
    place = ("scenarios", 0, "document", "nodes", 0, "step", "save_as")
    assert replay(read_recording(changed(place, "first_name"))).differing


def test_a_thread_without_events_differs() -> None:
    stranger = {"id": "stranger", "scenario": "shop", "version": 7}
    ((before, again),) = replay(read_recording(changed(("threads",), [stranger]))).differing
    assert (before.id, again) == ("stranger", None)


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"format": "botflow.scenario/1"}', b"\0", "\ud800"],
)
def test_what_is_no_recording_is_refused(data: bytes | str) -> None:
    with pytest.raises(RecordingError, match=r"botflow\.recording/1"):
        read_recording(data)


@pytest.mark.parametrize(
    ("path", "value", "hint"),
    [
        (("scenarios",), [], "no version 7 of chatbot 'shop'"),
        (("scenarios", 0, "version"), 8, "no version 7"),
        (("scenarios", 0, "document", "nodes"), [], "start"),
        (("events", 0, "version"), 99, "no version 99"),
        (("events", 3, "event", "decision", "node"), "nowhere", "event 4 names 'nowhere'"),
    ],
)
def test_a_recording_that_does_not_fit_together_is_refused(path: tuple[str | int, ...], value: Any, hint: str) -> None:
    recording = read_recording(changed(path, value))
    with pytest.raises(BotflowError, match=hint):
        replay(recording)


def test_a_recording_survives_json() -> None:
    assert msgspec.json.decode(RECORDED.to_json(), type=Recording) == RECORDED
