"""The host in memory: it keeps the contract that every host keeps, against plain callables."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from botflow_runtime import Driver, HostError, Scenario, SenderConfig, Thread
from botflow_runtime.code_runs import code_finished, request_of
from botflow_runtime.effects import AnyEffect, OptOut, RunCode
from botflow_runtime.events import DeliveryReported, Resolved, Restarted, Stopped
from botflow_runtime.json_types import JsonObject
from botflow_runtime.limits import EXPIRY_SECONDS, MOST_NODES
from botflow_runtime.sandbox import CodeError, CodeRequest, CodeResult, HttpRecord
from botflow_runtime.testing import VirtualClock
from tests.runtime.bots import action, ask, bot, code, dynamic, handover, reply, say, text

PHONE = "+15550100"
END = say("end", final=True)
TRIGGER = {"trigger": ["^hi$"]}


class Host:
    """A driver with everything that it was asked to do."""

    def __init__(self, *scenarios: Scenario, result: CodeResult | None = None, **options: Any) -> None:
        self.clock = VirtualClock(1_000.0)
        self.out: list[Any] = []
        self.requests: list[CodeRequest] = []
        self.effects: list[AnyEffect] = []
        self.result = result or CodeResult()
        self.depths: list[int] = []
        self.driver = Driver(
            scenarios,
            self._send,
            run_code=self._run,
            on_effect=lambda effect, thread: self.effects.append(effect),
            clock=self.clock,
            **options,
        )

    def _send(self, phone: str, content: JsonObject) -> None:
        self.out.append((phone, content["text"]))

    def _run(self, request: CodeRequest) -> CodeResult:
        self.requests.append(request)
        self.depths.append(len(inspect.stack(0)))
        return self.result

    @property
    def texts(self) -> list[str]:
        """What was sent since this was last asked."""
        texts = [words for _, words in self.out]
        self.out.clear()
        return texts

    @property
    def thread(self) -> Thread:
        """The contact's newest thread."""
        thread = self.driver.session(PHONE).thread()
        assert thread is not None
        return thread

    def says(self, words: str | None = None, **fields: Any) -> list[str]:
        """The contact writes; what is sent."""
        self.driver.receive(PHONE, words, **fields)
        return self.texts

    def waits(self, seconds: float) -> list[str]:
        """Time passes; what is sent."""
        self.clock.advance(seconds)
        self.driver.run_due()
        return self.texts


def pizza(**settings: Any) -> Scenario:
    return bot(
        ask("name", ["size"]),
        say("size", ["r"], "Hi {{answer}}"),
        reply("r", {"s": ("^s", ["end"])}),
        END,
        keywords=TRIGGER,
        **settings,
    )


def test_a_conversation() -> None:
    host = Host(pizza())
    assert host.driver.receive(PHONE, "hi").action == "start"
    assert host.out == [(PHONE, "name?")]
    assert host.says("Ann") == ["name?", "Hi Ann"]
    assert host.says("small") == ["end"]
    assert host.thread.status == "complete"
    assert [type(event).__name__ for event, _ in host.driver.turns] == ["Started", "MessageReceived", "MessageReceived"]
    assert [decision.action for decision in host.driver.decisions] == ["start", "reply", "reply"]


def test_contacts_are_kept_apart_and_told_to_the_chatbot() -> None:
    host = Host(bot(say("hi", ["end"], "{{contact.name}} {{attribute.city}}"), END, keywords=TRIGGER))
    host.driver.session("+1", name="Ann", attributes={"city": "Rome"})
    host.driver.session("+2", name="Bob")
    host.driver.receive("+1", "hi")
    host.driver.receive("+2", "hi")
    assert host.out[0] == ("+1", "Ann Rome")
    assert host.out[2] == ("+2", "Bob ")


def test_threads_go_through_json_between_events() -> None:
    host = Host(pizza())
    host.says("hi")
    kept = host.driver.session(PHONE).threads
    assert {name: type(value) for name, value in kept.items()} == {host.thread.id: bytes}


def test_a_message_may_bring_its_own_id_and_is_then_taken_once() -> None:
    host = Host(pizza())
    host.says("hi")
    assert (host.says("Ann", id="m1"), host.says("small", id="m1")) == (["Hi Ann"], [])


# --- code ------------------------------------------------------------------------------------------------------------


def test_code_runs_and_its_result_comes_back() -> None:
    result = CodeResult(value="soup", vars={"a": 1}, attributes={"city": "Rome"}, log=("x",))
    host = Host(bot(dynamic("menu", ["end"]), END, keywords=TRIGGER), result=result)
    assert host.says("hi", language="en") == ["soup", "end"]
    (request,) = host.requests
    assert (request.run_id, request.language, request.vars) == ("event-1:0", "javascript", {})
    assert host.thread.variables == {"a": 1}
    assert host.driver.session(PHONE).attributes == {"city": "Rome"}


def test_a_failed_run_tells_kind_and_message() -> None:
    effect = RunCode("e:0", "n", "python", "return 1", {"a": 1}, {"b": 2}, {"phone": "+1"}, {"text": "hi"}, 5)
    request = request_of(effect)
    assert (request.vars, request.attributes, request.contact, request.message) == (
        {"a": 1},
        {"b": 2},
        {"phone": "+1"},
        {"text": "hi"},
    )
    call = HttpRecord(method="GET", url="https://example.com", status=200)
    result = CodeResult(error=CodeError("cpu", "too long"), removed=("x",), http=(call,))
    event = code_finished(effect, result, {"id": "e2", "at": 5})
    assert (event.id, event.at, event.run, event.error, event.error_kind) == ("e2", 5, "e:0", "too long", "cpu")
    assert (event.removed, [record["url"] for record in event.http]) == (("x",), ["https://example.com"])


def test_long_work_does_not_go_deeper_and_deeper() -> None:
    """Each answer is a turn of the same loop: 200 nodes that run code twice each need no deep stack."""
    failing = CodeResult(error=CodeError("raised", "no"))
    nodes = [code(f"n{number}", [f"n{number + 1}"]) for number in range(MOST_NODES - 1)]
    host = Host(
        bot(*nodes, code(f"n{MOST_NODES - 1}"), keywords=TRIGGER, on_failure={"action": "continue"}), result=failing
    )
    host.says("hi")
    assert (len(host.requests), host.thread.status) == (2 * MOST_NODES, "stuck")
    assert max(host.depths) - min(host.depths) < 5


def test_the_sandbox_starts_with_the_first_code_and_ends_with_the_driver() -> None:
    source = "return {sum: vars.answer.length}"
    driver = Driver([bot(ask("q", ["c"]), code("c", ["end"], source=source), END, keywords=TRIGGER)], lambda *_: None)
    driver.close()
    driver.receive(PHONE, "hi")
    driver.receive(PHONE, "Ann")
    thread = driver.session(PHONE).thread()
    driver.close()
    assert thread is not None
    assert thread.variables == {"answer": "Ann", "sum": 3}


# --- acceptance, held messages ---------------------------------------------------------------------------------------


def test_sends_are_accepted_at_once() -> None:
    host = Host(bot(say("hi", ["end"], timeout_seconds=5), END, keywords=TRIGGER))
    assert (host.says("hi"), host.thread.status) == (["hi", "end"], "complete")


def test_messages_that_come_while_code_runs_are_held_and_offered_in_order() -> None:
    """The second chatbot writes while the first is still working."""
    nodes = [code("c", ["one"]), ask("one", ["two"], save_as="one"), ask("two", ["end"], save_as="two"), END]
    host = Host(bot(*nodes, keywords=TRIGGER))
    said: list[str] = []

    def run(request: CodeRequest) -> CodeResult:
        said.extend(host.driver.receive(PHONE, words).action for words in ("first", "second"))
        return CodeResult()

    host.driver.run_code = run
    assert host.says("hi") == ["one?", "two?", "end"]
    assert (said, host.thread.variables) == (["hold", "hold"], {"one": "first", "two": "second"})


def test_a_held_message_waits_until_the_thread_is_free_again() -> None:
    host = Host(bot(code("a", ["b"]), code("b", ["q"]), ask("q", ["end"]), END, keywords=TRIGGER))
    actions: list[str] = []

    def run(request: CodeRequest) -> CodeResult:
        if not actions:
            actions.append(host.driver.receive(PHONE, "Ann").action)
        return CodeResult()

    host.driver.run_code = run
    host.says("hi")
    assert (host.thread.variables, host.driver.session(PHONE).held) == ({"answer": "Ann"}, [])
    assert [decision.action for decision in host.driver.decisions] == ["start", "hold", "hold", "reply"]


# --- time ------------------------------------------------------------------------------------------------------------


def test_timers_fire_when_they_are_due_in_their_order() -> None:
    timeouts: dict[str, Any] = {"response_timeout": {"seconds": 60, "action": "node"}}
    host = Host(bot(ask("q", timeout_seconds=30, on_failure={"action": "continue"}), END, keywords=TRIGGER, **timeouts))
    host.says("hi")
    assert host.driver.next_due() == 1_000 + 30
    assert host.waits(29.9) == []
    assert host.waits(0.1) == ["q?"]
    assert host.driver.next_due() == 1_030 + 30


def test_a_cancelled_timer_does_not_fire() -> None:
    host = Host(pizza(response_timeout={"seconds": 60, "action": "end_chat"}))
    host.says("hi")
    host.says("Ann")
    host.says("s")
    assert host.driver.session(PHONE).timers == {}
    assert (host.waits(100), host.thread.status) == ([], "complete")


def test_a_thread_that_nothing_happens_to_expires() -> None:
    host = Host(pizza())
    assert host.driver.next_due() is None
    host.says("hi")
    assert host.driver.next_due() == 1_000 + EXPIRY_SECONDS
    host.waits(EXPIRY_SECONDS - 1)
    assert host.thread.status == "active"
    host.waits(1)
    assert (host.thread.status, host.thread.reason, host.driver.next_due()) == ("timeout", "expired", None)


def test_a_contact_who_writes_to_a_person_keeps_the_thread_from_expiring() -> None:
    host = Host(bot(handover("p"), keywords=TRIGGER))
    host.says("hi")
    host.waits(EXPIRY_SECONDS - 1)
    host.says("are you there?")
    host.waits(EXPIRY_SECONDS - 1)
    assert host.thread.status == "handedover"


# --- starting, operators ---------------------------------------------------------------------------------------------


def test_a_host_may_start_a_chatbot_at_its_start_or_at_a_node() -> None:
    host = Host(bot(say("hi", ["end"], "{{name}}"), END))
    host.driver.start(PHONE, "bot", variables={"name": "Ann"})
    assert host.texts == ["Ann", "end"]
    host.driver.start(PHONE, "bot", "end")
    assert host.texts == ["end"]


def test_anything_may_happen_to_the_newest_thread() -> None:
    host = Host(pizza())
    host.says("hi")
    message = host.driver.session(PHONE).sent[-1]
    host.driver.happen(PHONE, DeliveryReported, message=message.id, state="failed", error="gone")
    assert (host.thread.status, host.thread.reason) == ("complete", "delivery")
    host.driver.happen(PHONE, Restarted)
    host.driver.happen(PHONE, Stopped)
    assert host.thread.reason == "stopped"


def test_nothing_can_happen_where_there_is_no_thread() -> None:
    with pytest.raises(HostError, match="no thread of"):
        Host(pizza()).driver.happen(PHONE, Resolved)


# --- the sender ------------------------------------------------------------------------------------------------------


def test_the_default_chatbot_is_named_or_suggested_by_its_file() -> None:
    hello, bye = bot(say("hello", final=True), id="hello"), bot(say("bye", final=True), id="bye", is_default=True)
    assert Host(hello, bye).says("x") == ["bye"]
    assert Host(hello, bye, default="hello").says("x") == ["hello"]
    assert Host(hello).says("x") == []


def test_a_sender_of_its_own() -> None:
    config = SenderConfig("mine", "webchat", enabled=("bot",), opt_out_words=("ya no",))
    host = Host(pizza(), sender=config)
    host.says("hi")
    host.says("Ya no")
    assert host.thread.reason == "opted_out"
    assert [(effect.id, effect.scope) for effect in host.effects if isinstance(effect, OptOut)] == [
        ("event-3:word", "sender")
    ]


def test_an_opt_out_word_is_told_to_the_host_without_a_thread_too() -> None:
    host = Host(pizza())
    host.says("stop")
    assert [effect.scope for effect in host.effects if isinstance(effect, OptOut)] == ["sender"]


def test_a_driver_needs_a_scenario() -> None:
    with pytest.raises(HostError, match="at least one scenario"):
        Driver([], lambda *_: None)


def test_without_callbacks_the_defaults_do() -> None:
    sent: list[str] = []
    driver = Driver([pizza()], lambda phone, content: sent.append(phone))
    driver.receive(PHONE, "hi")
    assert sent == [PHONE]


def test_a_card_is_sent_as_it_is() -> None:
    step = {"type": "static_message", "content": {"type": "card", "title": "T"}}
    seen: list[JsonObject] = []
    driver = Driver([bot(action("c", step), keywords=TRIGGER)], lambda phone, content: seen.append(content))
    driver.receive(PHONE, "hi")
    assert seen == [{"type": "card", "title": "T"}]
    assert text("x") == {"type": "text", "text": "x"}
