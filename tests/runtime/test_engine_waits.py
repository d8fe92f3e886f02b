"""Engine.md 2 (rule 5), 4 and 6: acceptance, running code, held messages, late failures, the response timer's start."""

from __future__ import annotations

import pytest

from botflow_runtime import Engine
from botflow_runtime.effects import RunCode, SendMessage, SetTimer
from botflow_runtime.events import Decision, DeliveryReported, MessageReceived
from tests.runtime.bots import ask, bot, code, dynamic, handover, reply, say, text, when
from tests.runtime.chat import Chat

TIMEOUT = {"seconds": 60, "action": "end_chat"}
FAILOVER = {"action": "failover"}


def awaiting() -> Chat:
    """A message with a step timeout awaits acceptance."""
    return Chat(
        bot(
            say("offer", ["r"], timeout_seconds=5, report_field="f"),
            reply("r", {"y": ("^y", ["bye"])}),
            say("bye", final=True),
            say("sorry", role="failover", final=True),
            on_failure=FAILOVER,
            keywords={"trigger": ["^new$"], "stop": ["^bye$"], "reset": ["^again$"], "opt_out": ["^no thanks$"]},
        )
    ).start()


def working() -> Chat:
    """Code runs."""
    return Chat(
        bot(
            code("work", ["q"]),
            ask("q", ["bye"]),
            say("bye", final=True),
            keywords={"trigger": ["^new$"], "stop": ["^bye$"], "reset": ["^again$"], "opt_out": ["^no thanks$"]},
        )
    ).start()


# --- acceptance ------------------------------------------------------------------------------------------------------


def test_a_message_without_step_timeout_is_done_when_it_was_emitted() -> None:
    chat = Chat(bot(say("hi", ["end"]), say("end", final=True))).start()
    assert [message.await_acceptance for message in chat.effects(SendMessage)] == [False, False]


def test_a_message_with_step_timeout_is_done_when_the_vendor_accepts_it() -> None:
    chat = awaiting()
    assert (chat.effect_names, chat.armed()) == (["SendMessage", "SetTimer"], {"step": 5})
    assert chat.effects(SendMessage)[0].await_acceptance
    assert chat.thread.busy
    assert chat.reports("accepted").effect_names == ["Report", "CancelTimer"]
    assert (chat.thread.node, chat.thread.timers) == ("r", {})


@pytest.mark.parametrize("state", ["delivered", "seen"])
def test_a_later_state_proves_acceptance(state: str) -> None:
    assert awaiting().reports(state).thread.node == "r"


def test_a_message_that_is_not_accepted_in_time_fails_its_step() -> None:
    chat = awaiting().fires("step")
    assert (chat.out, chat.status) == (["sorry"], ("complete", ""))
    assert chat.detail("failed") == {"kind": "step_timeout", "message": "not completed within 5 s"}


def test_a_message_that_is_reported_failed_fails_its_step() -> None:
    chat = awaiting().reports("failed", error="no such number")
    assert chat.out == ["sorry"]
    assert chat.detail("failed") == {"kind": "delivery", "message": "no such number"}
    assert awaiting().reports("failed").detail("failed")["message"] == "the message was not delivered"


def test_a_report_about_another_message_does_not_complete_the_step() -> None:
    chat = awaiting()
    assert chat.reports("accepted", message="other").effect_names == []
    assert chat.reports("failed", message="other").effect_names == []
    assert chat.thread.busy


def test_the_reply_to_the_awaited_message_is_its_acceptance_and_then_a_reply() -> None:
    chat = awaiting()
    chat.says("yes", in_reply_to="e1:0")
    assert [type(event) for event in chat.outcome.events] == [DeliveryReported, MessageReceived]
    assert [event.id for event in chat.outcome.events] == ["e2/accepted", "e2"]
    assert (chat.decision.action, chat.out, chat.status) == ("reply", ["bye"], ("complete", ""))


def test_the_reply_may_also_start_another_chatbot_or_be_held_again() -> None:
    chat = awaiting()
    chat.says("new", in_reply_to="e1:0")
    assert (chat.decision.action, chat.threads["t1"].reason, chat.newest) == ("start", "replaced", "t2")
    twice = Chat(bot(say("one", ["two"], timeout_seconds=5), say("two", ["one"], timeout_seconds=5))).start()
    twice.says("yes", in_reply_to="e1:0")
    assert (twice.decision.action, twice.thread.node) == ("hold", "two")


def test_another_message_waits_until_the_message_is_accepted() -> None:
    chat = awaiting()
    before = chat.thread
    chat.says("yes")
    assert (chat.decision, chat.outcome.turns, chat.thread) == (Decision("hold"), [], before)
    assert chat.says("yes", in_reply_to="older").decision.action == "hold"


def test_an_engine_without_router_leaves_a_busy_thread_as_it_is() -> None:
    chat = awaiting()
    for in_reply_to in (None, "e1:0"):
        message = MessageReceived(id="m", at=0, text="yes", in_reply_to=in_reply_to)
        turn = Engine(chat.catalog).handle(chat.thread, message)
        assert (turn.thread, turn.effects) == (chat.thread, [])


# --- held, and what acts at once -------------------------------------------------------------------------------------


def test_a_message_is_held_while_code_runs() -> None:
    chat = working()
    assert (chat.says("Ann").decision.action, chat.says("new").decision.action) == ("hold", "hold")
    chat.returns()
    assert chat.says("Ann").out == ["bye"]


@pytest.mark.parametrize(
    ("word", "action", "status"),
    [
        ("stop", "opt_out_word", ("complete", "opted_out")),
        ("no thanks", "opt_out", ("complete", "opted_out")),
        ("bye", "stop", ("complete", "stopped")),
        ("again", "reset", ("active", "")),
    ],
)
def test_rules_one_two_and_four_act_at_once_and_make_running_code_stale(
    word: str, action: str, status: tuple[str, str]
) -> None:
    chat = working()
    run = chat.effects(RunCode)[0].id
    chat.says(word)
    assert (chat.decision.action, chat.status) == (action, status)
    before = chat.thread
    chat.returns({"x": 1}, run=run)
    assert (chat.effect_names, chat.logged, chat.thread.variables) == ([], ["stale_code"], {})
    assert (chat.thread.status, chat.thread.wait) == (before.status, before.wait)


def test_code_of_a_thread_that_is_with_a_person_is_stale() -> None:
    chat = Chat(bot(code("work", ["q"], timeout_seconds=5), ask("q"), on_failure={"action": "handover"})).start()
    run = chat.effects(RunCode)[0].id
    chat.fires("step").returns(run=run)
    assert (chat.logged, chat.status) == (["stale_code"], ("handedover", "step_timeout"))


# --- failures that come late -----------------------------------------------------------------------------------------


def told(*nodes: str) -> Chat:
    """A message, and a wait at its links; `nodes` lie between."""
    way = [*nodes, "r"]
    return Chat(
        bot(
            say("hi", [way[0]]),
            when("w", {"yes": ("true", ["r"])}),
            say("more", ["r"], condition="false"),
            reply("r", {"y": ("^y", ["q"])}),
            ask("q"),
            say("sorry", role="failover", final=True),
            on_failure=FAILOVER,
        )
    ).start()


@pytest.mark.parametrize("state", ["active", "stuck"])
def test_a_late_failure_acts_while_the_thread_waits_at_the_links_of_that_visit(state: str) -> None:
    chat = told()
    if state == "stuck":
        chat.says("what?")
    chat.reports("failed", error="gone")
    assert (chat.out, chat.thread.timers, chat.detail("failed")["message"]) == (["sorry"], {}, "gone")


def test_a_condition_between_message_and_wait_is_part_of_its_links() -> None:
    assert told("w").reports("failed").out == ["sorry"]


@pytest.mark.parametrize(
    "chat",
    [
        pytest.param(lambda: told("more").reports("failed"), id="another action lies between"),
        pytest.param(lambda: told().says("yes").reports("failed", "e1:0"), id="the thread has gone on"),
        pytest.param(lambda: told().reports("failed", "older"), id="it is not the newest message"),
        pytest.param(lambda: told().reports("delivered"), id="it is no failure"),
        pytest.param(lambda: Chat(bot(say("hi"))).start_at("hi").reports("failed", "x"), id="stuck, another message"),
        pytest.param(lambda: Chat(bot(say("hi"), reply("r", {}))).start_at("r").reports("failed", "x"), id="none sent"),
        pytest.param(lambda: Chat(bot(say("hi"))).start().reports("failed"), id="stuck at a dead end"),
        pytest.param(lambda: Chat(bot(say("hi", final=True))).start().reports("failed"), id="the thread is over"),
        pytest.param(
            lambda: Chat(bot(say("hi", ["p"]), handover("p"))).start().reports("failed"), id="it is with a person"
        ),
    ],
)
def test_otherwise_it_is_logged_and_changes_nothing(chat: object) -> None:
    happened = chat()  # type: ignore[operator] # a table of conversations
    assert (happened.effect_names, happened.logged) == ([], ["delivery"])


def test_the_same_node_on_another_visit_is_another_visit() -> None:
    chat = Chat(
        bot(say("hi", ["r"]), reply("r", {"y": ("y", ["hi"])}), say("sorry", role="failover"), on_failure=FAILOVER)
    ).start()
    chat.says("y")
    assert chat.reports("failed", "e1:0").effect_names == []
    assert chat.reports("failed", "e2:0").out == ["sorry"]


def test_the_failed_message_of_a_question_fails_the_question() -> None:
    chat = Chat(bot(ask("q"), say("sorry", role="failover", final=True), on_failure=FAILOVER, response_timeout=TIMEOUT))
    assert chat.start().reports("failed").out == ["sorry"]
    assert chat.thread.timers == {}


# --- when the response timer starts ----------------------------------------------------------------------------------


def response(chat: Chat) -> SetTimer:
    return next(timer for timer in chat.effects(SetTimer) if timer.name == "response")


def test_the_response_timer_runs_from_acceptance_of_the_last_message_before_the_wait() -> None:
    chat = Chat(bot(say("one", ["two"]), say("two", ["r"]), reply("r", {}), response_timeout=TIMEOUT)).start()
    assert (response(chat).seconds, response(chat).after) == (60, "e1:1")


def test_it_names_a_message_of_an_earlier_turn_where_the_contact_has_not_answered_it() -> None:
    chat = Chat(bot(say("one", ["work"]), code("work", ["r"]), reply("r", {}), response_timeout=TIMEOUT)).start()
    assert response(chat.returns()).after == "e1:0"


def test_it_runs_from_now_where_the_last_message_was_answered_already() -> None:
    """What the contact has answered was accepted long ago: counting from then would cut the wait short."""
    chat = Chat(bot(ask("q", ["r"]), reply("r", {}), response_timeout=TIMEOUT)).start()
    assert response(chat).after == "e1:0"
    assert response(chat.says("Ann")).after is None


def test_it_runs_from_now_where_nothing_was_sent() -> None:
    chat = Chat(bot(say("hi", ["r"], condition="false"), reply("r", {}), response_timeout=TIMEOUT)).start()
    assert response(chat).after is None


def test_a_contact_action_arms_it_again_from_now() -> None:
    chat = Chat(bot(ask("q"), response_timeout=TIMEOUT)).start()
    old = chat.thread.timers["response"]
    chat.acts(action="link")
    assert (response(chat).seconds, response(chat).after, chat.detail("acted")) == (60, None, "link")
    assert chat.fires("response", token=old).logged == ["stale_timer"]
    assert chat.fires("response").status == ("timeout", "response_timeout")


def test_a_contact_action_arms_it_again_at_a_user_response_too() -> None:
    chat = Chat(bot(say("hi", ["r"]), reply("r", {}), response_timeout=TIMEOUT)).start().acts()
    assert (response(chat).seconds, response(chat).after) == (60, None)


def test_a_contact_action_arms_nothing_where_the_thread_waits_for_no_reply() -> None:
    dead_end = Chat(bot(say("hi"), response_timeout=TIMEOUT)).start()
    running = Chat(bot(code("work"), response_timeout=TIMEOUT)).start()
    stuck = Chat(bot(say("hi", ["r"]), reply("r", {}), response_timeout=TIMEOUT)).start().says("x")
    over = Chat(bot(say("hi", final=True), response_timeout=TIMEOUT)).start()
    for chat in (dead_end, running, stuck, over):
        assert (chat.acts().effect_names, chat.detail("acted")) == ([], None)


def test_without_a_response_timeout_there_is_no_such_timer() -> None:
    assert Chat(bot(ask("q"))).start().acts().effect_names == []


# --- one step, one timer ---------------------------------------------------------------------------------------------


def test_the_step_timer_of_a_dynamic_message_covers_code_and_acceptance_together() -> None:
    chat = Chat(bot(dynamic("menu", ["q"], timeout_seconds=5), ask("q"))).start()
    token = chat.thread.timers["step"]
    assert chat.returns(text("soup")).effect_names == ["SendMessage"]
    assert chat.thread.timers == {"step": token}
    assert chat.reports("accepted").effect_names == ["CancelTimer", "SendMessage"]


def test_the_step_timer_of_a_question_covers_all_its_tries() -> None:
    chat = Chat(bot(ask("mail", validation="email", retry=3, timeout_seconds=5))).start()
    token = chat.thread.timers["step"]
    chat.says("x").says("y")
    assert chat.thread.timers == {"step": token}
    assert chat.fires("step").status == ("complete", "step_timeout")


def test_a_message_that_consent_forbids_is_reported_as_accepted_and_fails_nothing() -> None:
    """Engine.md 5: the gate is the host's; to the thread such a message is done."""
    chat = awaiting().reports("accepted", error="blocked: the contact has opted out")
    assert (chat.thread.node, chat.status, "failed" in chat.logged) == ("r", ("active", ""), False)
