"""Judging a document again costs nothing, and never gives what was said of another one (ED-3)."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest

from botflow.chatbots import checks
from botflow.chatbots.checks import Judgements
from botflow.db import UnitOfWork
from botflow_runtime import Problem, load_scenario, validate
from tests.server.api import Api
from tests.server.scenarios import ask, scenario


def text(identity: str, **more: Any) -> str:
    return json.dumps(scenario(identity, ask("ask", "You said {{word}}.", "word", "ask")) | more)


def test_the_same_is_judged_once_and_another_among_others_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    judge = validate

    def counted(*given: Any) -> Any:
        calls.append("")
        return judge(*given)

    monkeypatch.setattr(checks, "validate", counted)
    judgements = Judgements(2)
    mine, other = text("mine"), load_scenario(text("other"))
    first = judgements.of(mine, (), ())
    assert judgements.of(mine, (), ()) == first
    assert len(calls) == 1
    first.clear()
    judgements.of(mine, (other,), ())
    assert judgements.of(mine, (other,), ("halt",)) == judge(mine.encode(), (other,), ("halt",))
    assert len(calls) == 3
    judgements.of(mine, (), ())
    assert len(calls) == 4, "only the last two are kept"


class SlowJudge:
    """Judges when it is told to."""

    def __init__(self) -> None:
        self.calls = 0
        self.asked, self.told = Event(), Event()

    def __call__(self, *given: Any) -> list[Problem]:
        self.calls += 1
        self.asked.set()
        assert self.told.wait(60)
        return validate(*given)


def test_who_asks_while_it_is_judged_waits_for_that_judgement(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = SlowJudge()
    monkeypatch.setattr(checks, "validate", judge)
    judgements = Judgements(1)
    broken = text("broken", nodes=[])
    with ThreadPoolExecutor(4) as people:
        first = people.submit(judgements.of, broken, (), ())
        assert judge.asked.wait(60)
        others = [people.submit(judgements.of, broken, (), ()) for _ in range(3)]
        judge.told.set()
        answers = [one.result(60) for one in (first, *others)]
    assert judge.calls == 1
    assert answers == [validate(broken.encode(), (), ())] * 4


def test_a_judgement_that_breaks_off_keeps_nobody_waiting_and_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: Any) -> list[Problem]:
        raise MemoryError

    judgements = Judgements(1)
    monkeypatch.setattr(checks, "validate", broken)
    with pytest.raises(MemoryError):
        judgements.of(text("mine"), (), ())
    monkeypatch.setattr(checks, "validate", validate)
    assert judgements.of(text("mine"), (), ()) == validate(text("mine").encode(), (), ())


def test_no_connection_is_held_while_it_is_judged(monkeypatch: pytest.MonkeyPatch, small_api: Api) -> None:
    held: list[str] = []
    seen: list[list[str]] = []
    reading = small_api.database.reading

    @contextmanager
    def watched() -> Iterator[UnitOfWork]:
        with reading() as work:
            held.append("a connection")
            yield work
            held.pop()

    def judge(*given: Any) -> list[Problem]:
        seen.append(list(held))
        return validate(*given)

    monkeypatch.setattr(checks, "JUDGEMENTS", Judgements(1))
    monkeypatch.setattr(checks, "validate", judge)
    monkeypatch.setattr(small_api.database, "reading", watched)
    answer = small_api.call("POST", "/chatbots/check", json.loads(text("mine")), key=small_api.key("acme"))
    assert (answer.status_code, seen) == (200, [[]])


def test_whoever_changes_what_they_got_changes_it_for_themselves() -> None:
    judgements = Judgements(1)
    broken = text("broken", nodes=[])
    judgements.of(broken, (), ()).clear()
    assert judgements.of(broken, (), ()) != []
