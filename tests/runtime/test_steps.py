"""Engine.md 4, 8, 9, 11 and 12: each step type, by what it emits, stores and leads to."""

from __future__ import annotations

from typing import Any

import pytest

from botflow_runtime.content import CHANNELS
from botflow_runtime.effects import Handover, OpenThread, OptOut, Report, RunCode, SendMessage, SetAttribute
from botflow_runtime.limits import LONGEST_TEXT, MOST_ATTACHMENTS
from botflow_runtime.steps.dynamic_message import read_content
from botflow_runtime.steps.registry import STEP_TYPES
from botflow_runtime.steps.step import Meaning
from botflow_runtime.variables import MOST_VARIABLE_BYTES
from tests.runtime.bots import action, ask, bot, code, dynamic, handover, jump, opt_out, reply, reset, say, text
from tests.runtime.chat import Chat

END = say("end", final=True)
HUGE = "x" * MOST_VARIABLE_BYTES

# --- static message --------------------------------------------------------------------------------------------------


def test_a_static_message_shows_values_and_its_typing_delay() -> None:
    content = {
        "type": "card",
        "title": "{{name}}",
        "media": {"url": "https://example.com/{{name}}.png"},
        "suggestions": [{"id": "s", "type": "reply", "text": "{{ n }}", "postback": "same"}],
    }
    step = {"type": "static_message", "content": content, "typing_delay_ms": 700}
    chat = Chat(bot(action("hi", step, ["end"]), END)).start(variables={"name": "Ann", "n": [1, {"a": None}]})
    message = chat.effects(SendMessage)[0]
    assert (message.node, message.delay_ms, message.confirmation) == ("hi", 700, False)
    assert message.content == {
        "type": "card",
        "title": "Ann",
        "media": {"url": "https://example.com/Ann.png"},
        "suggestions": [{"id": "s", "type": "reply", "text": '[1,{"a":null}]', "postback": "same"}],
    }


def test_a_message_may_name_its_thread_and_its_sender() -> None:
    chat = Chat(bot(say("hi", ["end"], "{{thread.id}} of {{sender.id}} to {{contact.name}}"), END))
    chat.snapshot = {"contact": {"name": "Ann"}}
    assert chat.start().out == ["t1 of sender to Ann", "end"]


# --- ask question ----------------------------------------------------------------------------------------------------

LONG = "a" * 63

ANSWERS: list[tuple[str, dict[str, Any], Any]] = [
    ("any", {"text": " hi "}, " hi "),
    ("any", {"text": "hi", "postback": "p", "attachments": ("a",)}, "hi"),
    ("any", {"text": "", "postback": "p"}, "p"),
    ("any", {"postback": "p", "attachments": ("a",), "location": (1.0, 2.0)}, "p"),
    ("any", {"attachments": ("a", "b"), "location": (1.0, 2.0)}, "a"),
    ("any", {"location": (41.5, -87.0)}, "41.5,-87.0"),
    ("any", {"text": "x" * (LONGEST_TEXT + 1)}, "x" * LONGEST_TEXT),
    ("any", {"postback": "x" * (LONGEST_TEXT + 1)}, "x" * LONGEST_TEXT),
    ("any", {"language": "en"}, None),
    ("text", {"text": " hi "}, "hi"),
    ("text", {"text": "x" * (LONGEST_TEXT + 1)}, "x" * LONGEST_TEXT),
    ("text", {"text": " \n "}, None),
    ("text", {"postback": "p", "attachments": ("a",), "location": (1.0, 2.0)}, None),
    ("email", {"text": " ann@example.com "}, "ann@example.com"),
    ("email", {"text": "a.b+c@sub.example.co.uk"}, "a.b+c@sub.example.co.uk"),
    ("email", {"text": "ünï@exämple.com"}, "ünï@exämple.com"),
    ("email", {"text": f"a@{LONG}.com"}, f"a@{LONG}.com"),
    ("email", {"text": f"a@x{LONG}.com"}, None),
    ("email", {"text": "a@b.c"}, "a@b.c"),
    ("email", {"text": f"{'a' * 242}@example.com"}, f"{'a' * 242}@example.com"),
    ("email", {"text": f"{'a' * 243}@example.com"}, None),
    ("email", {"text": "ann@example"}, None),
    ("email", {"text": "ann@.com"}, None),
    ("email", {"text": "ann@example..com"}, None),
    ("email", {"text": "ann@example.com."}, None),
    ("email", {"text": "ann@-example.com"}, None),
    ("email", {"text": "ann@example-.com"}, None),
    ("email", {"text": "@example.com"}, None),
    ("email", {"text": "ann"}, None),
    ("email", {"text": "ann@b@example.com"}, None),
    ("email", {"text": "me: ann@example.com"}, None),
    ("email", {"text": "ann@example.com, bob@example.com"}, None),
    ("email", {"postback": "ann@example.com"}, None),
    ("credit_card", {"text": "4111 1111 1111 1111"}, "4111111111111111"),
    ("credit_card", {"text": " 4111-1111-1111-1111 "}, "4111111111111111"),
    ("credit_card", {"text": "378282246310005"}, "378282246310005"),
    ("credit_card", {"text": "4222222222222"}, "4222222222222"),
    ("credit_card", {"text": "6304000000000000000"}, "6304000000000000000"),
    ("credit_card", {"text": "4111 1111 1111 1112"}, None),
    ("credit_card", {"text": "1411 1111 1111 1111"}, None),
    ("credit_card", {"text": "000000000000"}, None),
    ("credit_card", {"text": "00000000000000000000"}, None),
    ("credit_card", {"text": "4111.1111.1111.1111"}, None),
    ("credit_card", {"text": "٤١١١١١١١١١١١١١١١"}, None),
    ("credit_card", {"text": "four"}, None),
    ("credit_card", {"postback": "4111111111111111"}, None),
]


@pytest.mark.parametrize(("validation", "said", "answer"), ANSWERS)
def test_a_reply_is_stored_if_it_is_what_was_asked_for(validation: str, said: dict[str, Any], answer: Any) -> None:
    chat = Chat(bot(ask("q", ["end"], validation=validation, show_in_report=True, report_field="f"), END)).start()
    chat.says(**said)
    if answer is None:
        assert (chat.thread.variables, chat.effects(Report), chat.status) == ({}, [], ("complete", "retries"))
        assert "invalid_answer" in chat.logged
    else:
        assert (chat.thread.variables, chat.out) == ({"answer": answer}, ["end"])
        reports = [(report.field, report.value, report.node) for report in chat.effects(Report)]
        assert reports == [("answer", answer, "q"), ("f", "Q", "q")]


def test_a_question_shows_values_and_its_typing_delay() -> None:
    step = {"type": "ask_question", "content": text("{{name}}?"), "save_as": "v", "typing_delay_ms": 40}
    (message,) = Chat(bot(action("q", step))).start(variables={"name": "Ann"}).effects(SendMessage)
    assert (message.content, message.delay_ms, message.await_acceptance) == (text("Ann?"), 40, False)


@pytest.mark.parametrize("retry", range(6))
def test_a_question_fails_after_retry_and_one_more_invalid_replies(retry: int) -> None:
    chat = Chat(bot(ask("q", validation="email", retry=retry))).start()
    for _ in range(retry):
        assert chat.says("x").out == ["q?"]
    assert (chat.says("x").out, chat.status) == ([], ("complete", "retries"))
    assert chat.detail("failed")["message"] == "the answers were not valid"


def test_a_question_may_be_asked_until_it_is_filled() -> None:
    chat = Chat(bot(ask("q", ["end"], validation="email", retry="until_filled"), END)).start()
    for _ in range(20):
        assert chat.says("x").out == ["q?"]
    assert chat.says("a@b.c").out == ["end"]


def test_each_asking_arms_the_response_timer_anew() -> None:
    policy = {"seconds": 60, "action": "end_chat"}
    chat = Chat(bot(ask("q", validation="email", retry=1), response_timeout=policy)).start().says("x")
    assert (chat.effect_names, chat.armed()) == (["CancelTimer", "SendMessage", "SetTimer"], {"response": 60})


def test_an_answer_that_a_thread_cannot_keep_leaves_a_warning() -> None:
    chat = Chat(bot(ask("q", ["end"]), END)).start(variables={"big": "x" * (MOST_VARIABLE_BYTES - 20)}).says("hello")
    assert (chat.out, "answer" in chat.thread.variables, "warning" in chat.logged) == (["end"], False, True)


# --- execute code ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("save_as", "result", "variables"),
    [
        ("x", {"a": 1}, {"old": 1, "x": {"a": 1}}),
        ("x", None, {"old": 1, "x": None}),
        (None, {"a": 1, "old": 2}, {"old": 2, "a": 1}),
        (None, [1, 2], {"old": 1}),
        (None, "text", {"old": 1}),
        (None, None, {"old": 1}),
    ],
)
def test_what_code_returns_goes_to_its_variable_or_its_keys_become_variables(
    save_as: str | None, result: Any, variables: dict[str, Any]
) -> None:
    chat = Chat(bot(code("work", ["end"], save_as), END)).start(variables={"old": 1}).returns(result)
    assert (chat.thread.variables, chat.out) == (variables, ["end"])


def test_what_code_changed_is_applied_on_success() -> None:
    chat = Chat(bot(code("work", ["more"]), code("more"))).start(variables={"a": 1, "b": 2})
    chat.snapshot = {"attributes": {"city": "Rome"}}
    chat.returns({"c": 3}, variables={"a": 9, "c": 0}, removed=("b",), set_attributes={"tier": "gold", "city": None})
    assert chat.thread.variables == {"a": 9, "c": 3}
    assert [(effect.name, effect.value) for effect in chat.effects(SetAttribute)] == [("tier", "gold"), ("city", None)]
    assert chat.effects(RunCode)[0].attributes == {"city": None, "tier": "gold"}
    assert chat.detail("set") == {"a": 9, "c": 3}


def test_nothing_of_it_is_applied_when_the_code_failed() -> None:
    chat = Chat(bot(code("work"))).start(variables={"a": 1})
    chat.returns({"b": 2}, error="boom", variables={"a": 9}, removed=("a",), set_attributes={"x": 1})
    assert (chat.thread.variables, chat.effect_names, chat.status) == ({"a": 1}, [], ("error", "code"))
    assert chat.detail("failed") == {"kind": "code", "message": "boom"}


@pytest.mark.parametrize("where", ["variables", "result"])
def test_what_is_too_large_to_keep_fails_the_step_and_nothing_of_it_is_applied(where: str) -> None:
    chat = Chat(bot(code("work"))).start(variables={"a": 1})
    given = {"variables": {"a": 2, **({"b": HUGE} if where == "variables" else {})}, "set_attributes": {"x": 1}}
    chat.returns({"c": HUGE} if where == "result" else {"c": 1}, **given)
    assert (chat.thread.variables, chat.effect_names, chat.status) == ({"a": 1}, [], ("error", "code"))
    assert "a thread keeps at most 256,000" in chat.detail("failed")["message"]


def test_the_log_tells_what_code_logged_and_called() -> None:
    chat = Chat(bot(code("work"))).start().returns(log=("one",), http=({"url": "u"},))
    assert chat.detail("code_finished") == {"log": ["one"], "http": [{"url": "u"}]}
    chat = Chat(bot(code("work"))).start().returns()
    assert chat.detail("code_finished") is None
    chat = Chat(bot(code("work"))).start().breaks("boom")
    assert chat.detail("code_finished") == {"error": "boom"}


@pytest.mark.parametrize(
    ("kind", "timeout", "status"),
    [
        ("timeout", 5, ("complete", "step_timeout")),
        ("timeout", None, ("error", "code")),
        ("cpu", 5, ("error", "code")),
        (None, 5, ("error", "code")),
    ],
)
def test_code_that_outlasts_the_steps_own_timeout_is_a_step_timeout(
    kind: str | None, timeout: int | None, status: tuple[str, str]
) -> None:
    chat = Chat(bot(code("work", timeout_seconds=timeout))).start().returns(error="too long", error_kind=kind)
    assert (chat.status, chat.detail("failed")) == (status, {"kind": status[1], "message": "too long"})


def test_another_run_of_code_is_not_the_one_that_is_awaited() -> None:
    chat = Chat(bot(code("work", ["end"]), END)).start().returns(run="other")
    assert (chat.effect_names, chat.logged, chat.detail("stale_code")) == ([], ["stale_code"], "other")
    waiting = Chat(bot(ask("q"))).start().returns(run="e1:0")
    assert waiting.logged == ["stale_code"]


def test_a_thread_keeps_a_bounded_part_of_the_newest_message() -> None:
    chat = Chat(bot(ask("q", ["work"], validation="any"), code("work"))).start()
    chat.says("x" * 40_000, postback="y" * 40_000, attachments=tuple(f"a{number}" for number in range(200)))
    (run,) = chat.effects(RunCode)
    assert run.message is not None
    lengths = (len(run.message["text"]), len(run.message["postback"]), len(run.message["attachments"]))
    assert lengths == (LONGEST_TEXT, LONGEST_TEXT, MOST_ATTACHMENTS)


# --- dynamic message -------------------------------------------------------------------------------------------------


def test_a_dynamic_message_sends_what_its_code_returned_after_its_delay() -> None:
    step = {"type": "dynamic_message", "language": "python", "source": "return 1", "typing_delay_ms": 50}
    chat = Chat(bot(action("menu", step, ["end"], report_field="f"), END)).start().returns("soup", variables={"a": 1})
    message = chat.effects(SendMessage)[0]
    assert (message.content, message.delay_ms, message.node) == (text("soup"), 50, "menu")
    assert (chat.thread.variables, [report.field for report in chat.effects(Report)]) == ({"a": 1}, ["f"])


@pytest.mark.parametrize("result", [None, 7, [], {}, {"type": "text"}, {"type": "nonsense"}, {"text": 5}, ""])
def test_content_that_the_channel_cannot_send_fails_the_step(result: Any) -> None:
    chat = Chat(bot(dynamic("menu"))).start().returns(result)
    assert (chat.status, chat.out) == (("error", "content"), [])
    assert chat.detail("failed")["message"]


def test_all_that_is_wrong_with_a_content_is_told_and_placeholders_are_nothing_special() -> None:
    wrong = {"type": "card", "media": {"url": "{{link}}"}, "more": 1}
    chat = Chat(bot(dynamic("menu"))).start().returns(wrong)
    problems = CHANNELS["webchat"].problems(wrong, rendered=True)
    assert len(problems) > len(CHANNELS["webchat"].problems(wrong)) > 0
    assert chat.detail("failed")["message"] == " ".join(map(str, problems))


@pytest.mark.parametrize(
    ("channel", "kind", "returned", "content"),
    [
        ("webchat", "text", "hi", {"type": "text", "text": "hi"}),
        ("webchat", "text", {"text": "hi"}, {"type": "text", "text": "hi"}),
        ("webchat", "card", {"type": "text", "text": "hi"}, {"type": "text", "text": "hi"}),
        ("webchat", "card", {"type": "nonsense", "text": "hi"}, {"type": "nonsense", "text": "hi"}),
        ("webchat", "text", {"text": 5}, {"type": "text", "text": 5}),
        ("rcs", "card", {"title": "T", "text": "t"}, {"type": "card", "title": "T", "text": "t"}),
        ("webchat", "text", 5, 5),
        ("webchat", "text", None, None),
    ],
)
def test_code_may_return_a_text_fields_or_a_whole_content(channel: str, kind: str, returned: Any, content: Any) -> None:
    assert read_content(CHANNELS[channel], kind, returned) == content


def test_on_rcs_code_may_return_the_vendors_own_json() -> None:
    vendors = {"text": "hi", "suggestions": [{"reply": {"text": "Yes", "postbackData": "y"}}]}
    content = read_content(CHANNELS["rcs"], "text", vendors)
    assert (content["type"], content["text"]) == ("text", "hi")
    (suggestion,) = content["suggestions"]
    assert (suggestion["type"], suggestion["text"], suggestion["postback"]) == ("reply", "Yes", "y")


def test_a_dynamic_message_awaits_acceptance_like_a_static_one() -> None:
    chat = Chat(bot(dynamic("menu", ["end"], timeout_seconds=5), END)).start().returns("soup")
    assert chat.thread.busy
    assert chat.reports("accepted").out == ["end"]


# --- jump ------------------------------------------------------------------------------------------------------------

TARGET = bot(
    ask("hello", ["again"]),
    ask("again"),
    id="target",
    response_timeout={"seconds": 7, "action": "end_chat"},
    keywords={"stop": ["^enough$"]},
)


def test_a_jump_with_context_keeps_thread_and_variables_under_the_targets_rules() -> None:
    here = bot(
        ask("q", ["go"], timeout_seconds=99),
        jump("go", "target", True, report_field="f"),
        response_timeout={"seconds": 60, "action": "end_chat"},
        keywords={"stop": ["^bye$"]},
    )
    chat = Chat(here, TARGET).start().says("Ann")
    assert (chat.newest, chat.thread.scenario, chat.thread.variables) == ("t1", "target", {"answer": "Ann"})
    assert (chat.out, chat.armed(), set(chat.thread.timers)) == (["hello?"], {"response": 7}, {"response"})
    assert [report.value for report in chat.effects(Report)] == ["GO"]
    assert chat.detail("jumped") == {"scenario": "target", "version": 1}
    assert chat.says("bye").thread.node == "again", "the words of the chatbot it came from mean nothing here"
    assert chat.says("enough").status == ("complete", "stopped")


def test_a_jump_without_context_completes_the_thread_and_opens_a_new_one_without_variables() -> None:
    here = bot(ask("q", ["go"]), jump("go", "target", report_field="f"))
    chat = Chat(here, TARGET).start().says("Ann")
    assert [type(effect) for effect in chat.outcome.turns[0].effects] == [Report, OpenThread]
    assert (chat.threads["t1"].status, chat.threads["t1"].reason) == ("complete", "jumped")
    assert (chat.newest, chat.thread.scenario, chat.thread.variables) == ("t2", "target", {})
    assert (chat.out, chat.outcome.events[1].id, chat.detail("opened_thread")) == (
        ["hello?"],
        "e2/opened",
        {"scenario": "target"},
    )


def test_the_opened_thread_sees_the_attributes_that_the_jumping_turn_has_set() -> None:
    here = bot(code("work", ["go"]), jump("go", "city"))
    city = bot(say("hi", ["end"], "{{attribute.city}}"), END, id="city")
    assert Chat(here, city).start().returns(set_attributes={"city": "Rome"}).out == ["Rome", "end"]


@pytest.mark.parametrize("with_context", [True, False])
def test_a_jump_fails_where_the_target_is_missing_or_of_another_channel(with_context: bool) -> None:
    missing = Chat(bot(jump("go", "nowhere", with_context, report_field="f"))).start()
    assert (missing.status, missing.effects(Report)) == (("error", "jump"), [])
    assert missing.detail("failed")["message"] == "there is no published chatbot 'nowhere'"
    sms = bot(say("hi"), id="sms", channel="sms")
    other = Chat(bot(jump("go", "sms", with_context)), sms).start()
    assert other.detail("failed")["message"] == "chatbot 'sms' is of another channel (sms)"
    assert other.status == ("error", "jump")


# --- reset, handover, opt out ----------------------------------------------------------------------------------------


def test_a_reset_clears_the_variables_and_starts_over() -> None:
    chat = Chat(bot(ask("q", ["r"]), reply("r", {"over": ("over", ["z"])}), reset("z", report_field="f"))).start()
    chat.says("Ann").says("over")
    assert (chat.out, chat.thread.variables, chat.thread.node, chat.newest) == (["q?"], {}, "q", "t1")
    assert [report.value for report in chat.effects(Report)] == ["Z"]


def test_a_handover_gives_the_chat_to_a_department() -> None:
    chat = Chat(bot(ask("q", ["p"]), handover("p", department="sales", report_field="f"))).start().says("Ann")
    (effect,) = chat.effects(Handover)
    assert (effect.department, effect.reason, effect.urgent) == ("sales", "step", False)
    assert (chat.status, chat.effect_names) == (("handedover", "step"), ["Report", "Handover"])
    assert chat.detail("handed_over") == {"department": "sales", "urgent": False}


@pytest.mark.parametrize("scope", ["sender", "channel"])
def test_an_opt_out_goes_on_and_its_next_message_confirms_it(scope: str) -> None:
    nodes = [say("before", ["o"]), opt_out("o", ["one"], scope, report_field="f"), say("one", ["two"]), say("two")]
    chat = Chat(bot(*nodes)).start()
    assert chat.effect_names == ["SendMessage", "OptOut", "Report", "SendMessage", "SendMessage", "SetTimer"]
    assert [(effect.scope, effect.scenario) for effect in chat.effects(OptOut)] == [(scope, None)]
    assert [message.confirmation for message in chat.effects(SendMessage)] == [False, True, False]


# --- keywords of a live thread (8) -----------------------------------------------------------------------------------

KEYWORDS = {"opt_out": ["^no thanks$"], "stop": ["^bye$"], "reset": ["^restart$"]}


def with_keywords(*nodes: Any) -> Chat:
    chat = Chat(bot(ask("q", ["q2"]), ask("q2", save_as="b"), *nodes, keywords=KEYWORDS))
    return chat.start().says("Ann")


def test_opt_out_without_a_node_blocks_and_completes() -> None:
    chat = with_keywords().says("no thanks")
    assert [(effect.scope, effect.scenario) for effect in chat.effects(OptOut)] == [("chatbot", "bot")]
    assert (chat.status, chat.effect_names, chat.thread.wait) == (("complete", "opted_out"), ["OptOut"], None)


def test_opt_out_runs_its_node_whose_first_message_confirms_then_completes() -> None:
    nodes = [say("sad", ["two"], role="opt_out"), say("two", ["q"])]
    chat = with_keywords(*nodes).says("no thanks")
    assert chat.effect_names == ["OptOut", "SendMessage", "SendMessage", "SendMessage"]
    assert [message.confirmation for message in chat.effects(SendMessage)] == [True, False, False]
    assert (chat.status, chat.thread.timers) == (("complete", "opted_out"), {})


@pytest.mark.parametrize(
    "node",
    [
        say("x", role="opt_out"),
        say("x", role="opt_out", final=True),
        ask("x", role="opt_out", timeout_seconds=3),
        reply("x", {"y": ("y", ["q"])}, role="opt_out"),
        jump("x", "nowhere", role="opt_out"),
    ],
)
def test_wherever_the_opt_out_node_would_stop_the_thread_is_complete(node: Any) -> None:
    chat = with_keywords(node).says("no thanks")
    assert (chat.status, chat.thread.timers, chat.thread.wait) == (("complete", "opted_out"), {}, None)


def test_the_opt_out_node_may_run_code_first() -> None:
    chat = with_keywords(code("x", ["bye"], role="opt_out"), say("bye")).says("no thanks")
    assert chat.status == ("active", "")
    chat.returns()
    assert (chat.status, chat.effects(SendMessage)[0].confirmation) == (("complete", "opted_out"), True)
    failed = with_keywords(code("x", ["bye"], role="opt_out"), say("bye")).says("no thanks").breaks()
    assert failed.status == ("complete", "opted_out")


def test_a_reset_word_while_the_opt_out_node_works_brings_the_chat_back() -> None:
    chat = with_keywords(code("x", role="opt_out")).says("no thanks").says("restart")
    assert (chat.out, chat.status) == (["q?"], ("active", ""))
    assert chat.says("Ann").status == ("active", "")


def test_opt_out_reaches_a_thread_that_is_with_a_person() -> None:
    chat = Chat(bot(handover("p"), say("sad", role="opt_out"), keywords=KEYWORDS)).start().says("no thanks")
    assert (chat.out, chat.status) == (["sad"], ("complete", "opted_out"))


def test_the_confirmation_of_one_opt_out_is_none_for_the_thread_that_follows() -> None:
    chat = with_keywords().says("no thanks").start()
    assert [message.confirmation for message in chat.effects(SendMessage)] == [False]


def test_stop_completes_and_withdraws() -> None:
    chat = with_keywords().says("bye")
    assert (chat.status, chat.effect_names) == (("complete", "stopped"), ["Withdraw"])


def test_reset_withdraws_clears_and_starts_over() -> None:
    chat = with_keywords().says("restart")
    assert (chat.effect_names, chat.out, chat.thread.variables) == (["Withdraw", "SendMessage"], ["q?"], {})
    stuck = Chat(bot(ask("q", ["r"]), reply("r", {}), keywords=KEYWORDS)).start().says("Ann").says("x").says("restart")
    assert (stuck.status, stuck.effect_names) == (("active", ""), ["Withdraw", "CancelTimer", "SendMessage"])


def test_a_word_of_the_sender_ends_the_thread_and_withdraws() -> None:
    chat = with_keywords().says(" STOP ")
    assert (chat.status, chat.effect_names) == (("complete", "opted_out"), ["Withdraw"])
    person = Chat(bot(handover("p"))).start().says("stop")
    assert person.status == ("complete", "opted_out")


def test_a_handover_in_the_opt_out_node_leaves_the_thread_to_the_person() -> None:
    chat = with_keywords(handover("x", role="opt_out")).says("no thanks")
    assert (chat.effect_names, chat.status) == (["OptOut", "Handover"], ("handedover", "step"))


def test_a_reset_by_the_contact_is_none_of_the_threads_own() -> None:
    assert with_keywords().says("restart").thread.resets == 0


@pytest.mark.parametrize("start", [{"keywords": {"trigger": ["^echo"]}}, {"is_default": True}])
def test_code_of_a_chatbot_that_a_message_started_sees_that_message(start: dict[str, Any]) -> None:
    chat = Chat(bot(code("work"), **start), default="bot" if "is_default" in start else None)
    chat.says("echo me", postback="p", attachments=("a",))
    (run,) = chat.effects(RunCode)
    assert run.message == {"text": "echo me", "postback": "p", "attachments": ["a"]}
    assert chat.start(origin="api").effects(RunCode)[0].message is None


MEANINGS: dict[str, tuple[dict[str, Any], Meaning]] = {
    "static_message": (
        {"content": text("hi"), "reply_conditions": True},
        Meaning(sends=text("hi"), reply_conditions=True),
    ),
    "dynamic_message": (
        {"language": "python", "source": "return 1", "message_type": "card"},
        Meaning(source=("python", "return 1"), sets_unknown=True, returns="card", can_fail=True),
    ),
    "ask_question": (
        {"content": text("hi"), "save_as": "v"},
        Meaning(waits=True, sends=text("hi"), sets=("v",), can_fail=True),
    ),
    "execute_code": (
        {"language": "javascript", "source": "return 1", "save_as": "v"},
        Meaning(source=("javascript", "return 1"), sets=("v",), sets_unknown=True, can_fail=True),
    ),
    "jump": (
        {"scenario": "there", "pass_context": True},
        Meaning(leaves=True, jumps_to="there", keeps_context=True, can_fail=True),
    ),
    "reset": ({}, Meaning(leaves=True, resets=True)),
    "handover": ({"department": "d"}, Meaning(waits=True, hands_over=True, department="d")),
    "opt_out": ({}, Meaning()),
}


@pytest.mark.parametrize("kind", STEP_TYPES)
def test_every_step_tells_the_checks_what_it_means(kind: str) -> None:
    fields, meaning = MEANINGS[kind]
    assert STEP_TYPES[kind](type=kind, **fields).meaning() == meaning


def test_code_without_a_variable_of_its_own_sets_none_for_sure() -> None:
    model = STEP_TYPES["execute_code"](type="execute_code", language="python", source="return 1")
    assert model.meaning() == Meaning(source=("python", "return 1"), sets_unknown=True, can_fail=True)


def test_a_question_that_is_asked_until_it_is_filled_cannot_fail() -> None:
    model = STEP_TYPES["ask_question"](type="ask_question", content=text("hi"), save_as="v", retry="until_filled")
    assert model.meaning() == Meaning(waits=True, sends=text("hi"), sets=("v",), can_fail=False)
