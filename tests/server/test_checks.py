"""Judging a document again costs nothing, and never gives what was said of another one (ED-3)."""

import json
from typing import Any

import pytest

from botflow.chatbots import checks
from botflow.chatbots.checks import Judgements
from botflow_runtime import load_scenario, validate
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


def test_whoever_changes_what_they_got_changes_it_for_themselves() -> None:
    judgements = Judgements(1)
    broken = text("broken", nodes=[])
    judgements.of(broken, (), ()).clear()
    assert judgements.of(broken, (), ()) != []
