"""What holds for any scenario and any sequence of events (engine.md 1, 3, 6). More examples: `make soak`."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from botflow_runtime import Engine, Scenario, Thread, events
from botflow_runtime.catalog import Catalog
from botflow_runtime.events import TIMER_NAMES, TimerFired
from botflow_runtime.limits import MOST_NODES, PING_PONG_TURNS, REMEMBERED_EVENTS
from tests.runtime.any_scenario import (
    happenings,
    lists_of_deliveries,
    lists_of_results,
    pairs_of_chatbots,
    punctuality,
    restless_pairs,
)
from tests.runtime.chat import Chat

Happening = tuple[str, Any]
Bots = tuple[Scenario, Scenario]

STATUSES = {"active", "complete", "timeout", "stuck", "error", "handedover"}
MOST_BYTES = 5_000
"""As much as a thread of these scenarios may take as JSON: they keep little in variables."""
MOST_TURNS = 10 * MOST_NODES
"""Turns until a thread without a contact has come to its end: a few for each node of each stretch between timers."""

FEW = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
MANY = settings(FEW, max_examples=20_000)


# --- doing it --------------------------------------------------------------------------------------------------------


def _says(chat: Chat, fields: dict[str, Any]) -> None:
    sent = chat.thread.sent if chat.newest else None
    answered = sent.id if sent is not None and fields["in_reply_to"] else None
    chat.says(**{**fields, "in_reply_to": answered})


def _code(chat: Chat, fields: dict[str, Any]) -> None:
    wait = chat.thread.wait if chat.newest else None
    if wait is not None:
        chat.returns(**{**fields, "run": wait.effect or "none"})


def _delivery(chat: Chat, fields: dict[str, Any]) -> None:
    if chat.newest and chat.thread.sent is not None:
        chat.reports(**fields)


def _fires(chat: Chat, name: str) -> None:
    if chat.newest and name in chat.thread.timers:
        chat.fires(name)


def _operator(chat: Chat, kind: str) -> None:
    if chat.newest:
        chat.happens(getattr(events, kind))


def _start(chat: Chat, target: tuple[str, str | None]) -> None:
    scenario, node = target
    chat.start(scenario, variables={"v": "a"}) if node is None else chat.start_at(node, scenario)


def _passes(chat: Chat, seconds: int) -> None:
    chat.now += seconds * 1000


DOERS: dict[str, Callable[[Chat, Any], None]] = {
    "says": _says,
    "code": _code,
    "delivery": _delivery,
    "fires": _fires,
    "operator": _operator,
    "start": _start,
    "passes": _passes,
}


def led(bots: Bots, sequence: list[Happening]) -> Chat:
    """A chat to which all of it has happened; the harness holds each turn to the laws of all turns."""
    chat = Chat(*bots, default="two", help_words=("x",)).start()
    for what, how in sequence:
        DOERS[what](chat, how)
        if chat.newest:
            hold_to_the_state(chat.thread, chat.catalog)
    return chat


def hold_to_the_state(thread: Thread, catalog: Catalog) -> None:
    """A thread has a named status, and an active one waits for something that will come or be timed out."""
    assert thread.status in STATUSES
    assert (thread.status == "active") <= (thread.wait is not None)
    assert set(thread.timers) <= set(TIMER_NAMES)
    assert (thread.status == "stuck") == ("stuck" in thread.timers)
    assert thread.live or not thread.timers
    assert not (thread.status == "handedover" and thread.timers)
    if thread.status == "active" and thread.wait is not None and thread.wait.kind in ("question", "reply"):
        policy = catalog.version(thread.scenario, thread.version).settings.response_timeout
        assert (policy is not None) == ("response" in thread.timers)
    assert len(thread.to_json()) < MOST_BYTES
    assert len(thread.handled) <= 16 * REMEMBERED_EVENTS
    assert len(thread.fruitless) <= PING_PONG_TURNS


# --- the properties --------------------------------------------------------------------------------------------------


def keeps_the_laws(bots: Bots, sequence: list[Happening]) -> None:
    """Nothing raises; every turn keeps the laws (chat.py), every thread a status or a wait."""
    led(bots, sequence)


def replays(bots: Bots, sequence: list[Happening]) -> None:
    """The recorded events give the same final threads, through JSON in between."""
    chat = led(bots, sequence)
    engine = Engine(chat.catalog)
    threads: dict[str, Thread] = {}
    for before, event in zip(chat.befores, chat.events, strict=True):
        thread = threads.get(before.id) or Thread(before.id, before.scenario, before.version)
        threads[before.id] = Thread.from_json(engine.handle(thread, event).thread.to_json())
    assert threads == chat.threads


def ignores_what_is_stale(bots: Bots, sequence: list[Happening]) -> None:
    """Stale timers and repeated event ids change nothing but the memory of events."""
    chat = led(bots, sequence)
    engine, newest = Engine(chat.catalog), chat.thread
    for event in [event for event, turn in zip(chat.events, chat.turns, strict=True) if turn.thread.id == newest.id]:
        turn = engine.handle(newest, event)
        assert (turn.thread, turn.effects) == (newest, [])
    for name in TIMER_NAMES:
        turn = engine.handle(newest, TimerFired(id=f"stale {name}", at=0, name=name, token="0"))
        turn.thread.handled = newest.handled
        assert (turn.thread, turn.effects) == (newest, [])


def comes_to_an_end(bots: Bots, codes: list[Happening], reports: list[Happening], in_time: list[bool]) -> None:
    """Without contact and operator: code ends, vendors answer or are late, timers fire; after a while it is over."""
    chat = Chat(*bots, default="two").start()
    results, states, punctual = cycle(codes), cycle(reports), cycle(in_time)
    for _ in range(MOST_TURNS):
        thread = chat.thread
        if not thread.live or not (thread.busy or thread.timers):
            return  # over, with a person, or waiting for the contact without a timeout: the host expires it
        if thread.busy and (next(punctual) or not thread.timers):
            what, how = next(results if thread.wait and thread.wait.kind == "code" else states)
            DOERS[what](chat, how)
        else:
            chat.fires(min(thread.timers))
    raise AssertionError("it runs for ever")


PROPERTIES = [keeps_the_laws, replays, ignores_what_is_stale]


@FEW
@given(pairs_of_chatbots, happenings)
def test_any_sequence_of_events_keeps_the_laws(bots: Bots, sequence: list[Happening]) -> None:
    keeps_the_laws(bots, sequence)


@FEW
@given(pairs_of_chatbots, happenings)
def test_recorded_events_replay_to_the_same_threads(bots: Bots, sequence: list[Happening]) -> None:
    replays(bots, sequence)


@FEW
@given(pairs_of_chatbots, happenings)
def test_stale_timers_and_repeated_events_change_nothing(bots: Bots, sequence: list[Happening]) -> None:
    ignores_what_is_stale(bots, sequence)


@FEW
@given(pairs_of_chatbots | restless_pairs, lists_of_results, lists_of_deliveries, punctuality)
def test_no_thread_without_a_contact_runs_for_ever(
    bots: Bots, codes: list[Happening], reports: list[Happening], in_time: list[bool]
) -> None:
    comes_to_an_end(bots, codes, reports, in_time)


@pytest.mark.soak
@MANY
@given(pairs_of_chatbots, happenings)
def test_more_sequences_of_events(bots: Bots, sequence: list[Happening]) -> None:
    for check in PROPERTIES:
        check(bots, sequence)


@pytest.mark.soak
@MANY
@given(pairs_of_chatbots | restless_pairs, lists_of_results, lists_of_deliveries, punctuality)
def test_more_threads_without_a_contact(
    bots: Bots, codes: list[Happening], reports: list[Happening], in_time: list[bool]
) -> None:
    comes_to_an_end(bots, codes, reports, in_time)
