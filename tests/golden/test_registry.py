"""Nothing of the engine goes without a golden transcript or, where a transcript cannot say it, a test."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any, get_args

import pytest
import yaml

from botflow_runtime import effects, events
from botflow_runtime.engine import HANDLERS, MESSAGE_ACTIONS, TIMERS
from botflow_runtime.events import MessageReceived, TimerFired
from botflow_runtime.failure import FAILURE_POLICIES
from botflow_runtime.nodes import ActionNode
from botflow_runtime.scenario import Action, Role
from botflow_runtime.steps.registry import STEP_TYPES
from botflow_runtime.thread import LogEntry
from tests.golden.conftest import FOLDER, GOLDENS, Golden, Play

RULES: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "rules.yaml").read_text(encoding="utf-8"))
TESTS = FOLDER.parent
SECTIONS = range(1, 13)

NOT_IN_TRANSCRIPTS = {
    events.ContactActed: "runtime/test_engine_waits.py::test_a_contact_action_arms_it_again_from_now",
    events.Moved: "runtime/test_moving.py::test_it_goes_on_at_the_same_node_of_the_other_version",
}
"""What the transcript format has no word for, and the test that shows it instead."""


# --- the rules -------------------------------------------------------------------------------------------------------


def test_every_section_has_its_rules() -> None:
    assert {int(number.split(".")[0]) for number in RULES} == set(SECTIONS)


@pytest.mark.parametrize("number", RULES)
def test_a_rule_is_shown_by_goldens_or_tests_that_are_there(number: str) -> None:
    rule = RULES[number]
    shown_by = [*rule.get("golden", ()), *rule.get("tests", ())]
    assert rule["rule"]
    assert shown_by, f"rule {number} has neither a golden nor a test"
    assert set(rule.get("golden", ())) <= set(GOLDENS)
    assert [test for test in rule.get("tests", ()) if not _is_there(test)] == []


def test_every_golden_is_named_by_a_rule() -> None:
    named = {golden for rule in RULES.values() for golden in rule.get("golden", ())}
    assert set(GOLDENS) - named == set()


def _is_there(test: str) -> bool:
    file, name = test.split("::")
    path = TESTS / file
    return path.exists() and name in {
        statement.name
        for statement in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(statement, ast.FunctionDef)
    }


# --- the registries: what the goldens really ran ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", STEP_TYPES)
def test_every_step_type_has_a_golden_of_its_name_that_runs_it(kind: str, golden: Play) -> None:
    own = [name for name in GOLDENS if name.startswith(f"{kind}/")]
    assert any(_document(went, entry).step.type == kind for name in own for went, entry in _ran(golden(name)))


@pytest.mark.parametrize("policy", FAILURE_POLICIES)
def test_every_failure_policy_has_a_golden_of_its_name_that_needs_it(policy: str, golden: Play) -> None:
    own = [name for name in GOLDENS if name.startswith(f"failure_{policy}/")]
    needed = {_action(went, entry).on_failure.action for name in own for went, entry in _logged(golden(name), "failed")}
    assert policy in needed


@pytest.mark.parametrize("timer", TIMERS)
def test_every_timer_fires_in_a_golden(timer: str, golden: Play) -> None:
    fired = [event for name in GOLDENS for event in golden(name).played.events if isinstance(event, TimerFired)]
    assert timer in {event.name for event in fired}


@pytest.mark.parametrize("timer", ["response", "stuck"])
@pytest.mark.parametrize("policy", ["end_chat", "node", "handover"])
def test_every_action_of_a_timeout_has_a_golden_of_its_name(timer: str, policy: str, golden: Play) -> None:
    own = [name for name in GOLDENS if name.startswith(f"{timer}_timeout_{policy}/")]
    assert any(isinstance(event, TimerFired) for name in own for event in golden(name).played.events)


@pytest.mark.parametrize("role", get_args(Role))
def test_every_role_is_entered_in_a_golden(role: str, golden: Play) -> None:
    roles = {_document(went, entry).role for name in GOLDENS for went, entry in _ran(golden(name))}
    assert role in roles


@pytest.mark.parametrize("kind", HANDLERS)
def test_every_event_happens_in_a_golden_or_a_test(kind: type, golden: Play) -> None:
    if kind in NOT_IN_TRANSCRIPTS:
        assert _is_there(NOT_IN_TRANSCRIPTS[kind])
    else:
        assert any(isinstance(event, kind) for name in GOLDENS for event in golden(name).played.events)


@pytest.mark.parametrize("kind", get_args(effects.AnyEffect))
def test_every_effect_is_given_in_a_golden(kind: type, golden: Play) -> None:
    turns = [turn for name in GOLDENS for turn in golden(name).played.turns]
    assert any(isinstance(effect, kind) for turn in turns for effect in turn.effects)


@pytest.mark.parametrize("action", sorted(set(MESSAGE_ACTIONS) - {"hold", "accepted"}))
def test_everything_that_a_message_can_do_to_a_thread_is_done_in_a_golden(action: str, golden: Play) -> None:
    """Hold and accepted need a host that is slower than a transcript's."""
    messages = [event for name in GOLDENS for event in golden(name).played.events if isinstance(event, MessageReceived)]
    assert action in {message.decision.action for message in messages if message.decision is not None}


def _logged(went: Golden, *what: str) -> Iterator[tuple[Golden, LogEntry]]:
    for turn in went.played.turns:
        for entry in turn.log:
            if entry.what in what and entry.node is not None:
                yield went, entry


def _ran(went: Golden) -> Iterator[tuple[Golden, LogEntry]]:
    return _logged(went, "ran")


def _action(went: Golden, entry: LogEntry) -> ActionNode:
    """The node that a log entry names; a golden's chatbots name their nodes apart."""
    return next(s.actions[str(entry.node)] for s in went.scenarios.values() if str(entry.node) in s.actions)


def _document(went: Golden, entry: LogEntry) -> Action:
    nodes = [node for scenario in went.scenarios.values() for node in scenario.document.nodes if node.id == entry.node]
    return next(node for node in nodes if isinstance(node, Action))
