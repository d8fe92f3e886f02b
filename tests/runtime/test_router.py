"""Engine.md 2: which chatbot gets a message. The rules are listed in their order; each is shown to give way to those
before it."""

from __future__ import annotations

from typing import Any

import pytest

from botflow_runtime import Catalog, Router, SenderConfig, Thread, UnknownScenarioError, UnknownSenderError
from botflow_runtime.events import Decision, MessageReceived
from botflow_runtime.patterns import Budget
from botflow_runtime.router import RULES, decide_for_thread
from botflow_runtime.thread import Wait
from tests.runtime.bots import ask, bot, code, handover, jump, reply, say
from tests.runtime.chat import Chat

ALL = "^all$"
WORDS: dict[str, Any] = {
    "opt_out_words": ("ya no",),
    "platform_opt_out_words": ("fuera",),
    "help_words": ("help", "all"),
    "join_words": ("join", "all"),
}
KEYWORDS = {
    "trigger": ["^pizza$"],
    "opt_out": ["^no thanks$", "^stop$", "^everything$"],
    "stop": ["^bye$", "^stop$", "^everything$"],
    "reset": ["^restart$", "^bye$", "^everything$"],
}
PIZZA = bot(
    say("hi", ["r"]),
    reply("r", {"small": ("^(small|help|other)$", ["r"]), "any": ("^s", ["r"])}),
    id="pizza",
    keywords=KEYWORDS,
)
OTHER = bot(say("hi"), id="other", keywords={"trigger": ["^other$", "^both$"]})
THIRD = bot(say("hi"), id="third", keywords={"trigger": ["^third$", "^both$", "^help$", "^stop$"]})
HELLO = bot(say("hello"), id="hello")
EVERY = (PIZZA, OTHER, THIRD, HELLO)


def chat(**sender: Any) -> Chat:
    return Chat(*EVERY, **{"default": "hello", **WORDS, **sender})


def decide(talk: Chat, text: str | None, **fields: Any) -> Decision:
    router = Router(talk.catalog)
    message = MessageReceived(id="m", at=0, sender="sender", text=text, **fields)
    return router.route(talk.thread if talk.newest else None, message)


def waiting() -> Chat:
    return chat().start("pizza")


def busy() -> Chat:
    talk = Chat(bot(code("c"), id="pizza", keywords=KEYWORDS), *EVERY[1:], default="hello", **WORDS)
    return talk.start("pizza")


def with_person() -> Chat:
    return Chat(bot(handover("p"), id="pizza", keywords=KEYWORDS), *EVERY[1:], default="hello", **WORDS).start("pizza")


def nobody() -> Chat:
    return chat()


def test_the_rules_are_those_of_the_document_in_their_order() -> None:
    assert len(RULES) == 11
    assert [rule.__name__ for rule in RULES] == [
        "_opt_out_word",
        "_opt_out",
        "_live_chat",
        "_stop",
        "_reset",
        "_hold",
        "_reply",
        "_triggered",
        "_help_or_join",
        "_stuck",
        "_default",
    ]


@pytest.mark.parametrize(
    ("talk", "text", "action"),
    [
        # 1 goes before 2, 4 and 7
        *[(where, "stop", "opt_out_word") for where in (nobody, waiting, busy, with_person)],
        # 2 goes before 3 and 4
        *[(where, "everything", "opt_out") for where in (waiting, busy, with_person)],
        # 3 goes before 4, 7 and 8
        *[(with_person, text, "live_chat") for text in ("bye", "restart", "other", "both", "help", "join", "what?")],
        # 4: stop goes before reset, both before 5
        *[(where, "bye", "stop") for where in (waiting, busy)],
        *[(where, "restart", "reset") for where in (waiting, busy)],
        # 5 goes before 7, 8 and 9
        *[(busy, text, "hold") for text in ("small", "other", "both", "help", "join", "what?")],
        # 6 goes before 7 and 8
        *[(waiting, text, "reply") for text in ("small", "other", "help")],
        # 7 goes before 8, 9 and 10
        *[(waiting, text, action) for text, action in [("third", "start"), ("both", "ambiguous")]],
        *[(nobody, text, action) for text, action in [("help", "start"), ("both", "ambiguous"), ("pizza", "start")]],
        # 8 goes before 9 and 10
        *[(where, "join", "join") for where in (waiting, nobody)],
        *[(where, "all", "help") for where in (waiting, nobody)],
        # 9 goes before 10
        (waiting, "what?", "stuck"),
        # 10
        *[(nobody, text, "default") for text in ("what?", "small", "bye", "restart", "everything")],
    ],
)
def test_the_first_rule_that_fits_decides(talk: Any, text: str, action: str) -> None:
    assert decide(talk(), text).action == action


def test_nothing_fits() -> None:
    assert decide(chat(default=None), "what?") == Decision("nothing")


# --- 1 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["stop", " STOP\n", "Cancel", "unsubscribe", "quit", "YA NO"])
def test_opt_out_words_are_the_whole_message_in_any_case(text: str) -> None:
    assert decide(nobody(), text) == Decision("opt_out_word", scope="sender")


def test_a_word_of_the_platform_opts_out_of_the_platform() -> None:
    assert decide(nobody(), "Fuera") == Decision("opt_out_word", scope="platform")
    both = chat(platform_opt_out_words=("stop",))
    assert decide(both, "stop").scope == "platform"


@pytest.mark.parametrize(
    ("text", "fields"),
    [("please stop", {}), ("stop it", {}), ("ya nó", {}), ("stop", {"postback": "stop"}), (None, {"postback": "stop"})],
)
def test_part_of_a_message_another_accent_and_a_postback_are_no_opt_out_words(
    text: str | None, fields: dict[str, Any]
) -> None:
    assert decide(chat(opt_out_words=("ya no",)), text, **fields).action != "opt_out_word"


def test_empty_words_mean_nothing() -> None:
    empty = chat(opt_out_words=("", " "), help_words=("",))
    assert decide(empty, " ").action == "default"


# --- 2 to 5 ----------------------------------------------------------------------------------------------------------


def test_keywords_look_at_text_only() -> None:
    for word in ("bye", "restart", "no thanks"):
        assert decide(waiting(), None, postback=word).action == "stuck"


def test_a_sender_for_live_chat_only_sends_everything_there_but_opt_outs() -> None:
    person = chat(live_chat_only=True)
    assert decide(person, "pizza") == Decision("live_chat")
    assert decide(person, "stop").action == "opt_out_word"
    live = chat(live_chat_only=True).start("pizza")
    assert [decide(live, text).action for text in ("no thanks", "bye", "small")] == [
        "opt_out",
        "live_chat",
        "live_chat",
    ]


def test_the_reply_to_the_awaited_message_is_told_apart() -> None:
    talk = Chat(bot(say("hi", timeout_seconds=5))).start()
    assert decide(talk, "yes", in_reply_to="e1:0") == Decision("accepted")
    assert decide(talk, "yes", in_reply_to="e1:1") == Decision("hold")
    assert decide(busy(), "yes", in_reply_to="e1:0") == Decision("hold")
    code_runs = decide(busy(), "yes", in_reply_to="e1:1")
    assert code_runs.action == "hold"


# --- 6 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields", [{"text": "?"}, {"postback": "p"}, {"attachments": ("a",)}, {"location": (1.0, 2.0)}]
)
def test_a_question_uses_every_message(fields: dict[str, Any]) -> None:
    talk = Chat(bot(ask("q", validation="email"), keywords={"trigger": [".*"]})).start()
    assert decide(talk, fields.pop("text", None), **fields) == Decision("reply")


def test_a_decision_names_condition_and_branch() -> None:
    assert decide(waiting(), "small") == Decision("reply", node="r", branch="small")
    assert decide(waiting(), "s") == Decision("reply", node="r", branch="any")
    talk = Chat(bot(say("hi", ["r"]), reply("r", {}, otherwise=["r"]))).start()
    assert decide(talk, "x") == Decision("reply", node="r", branch=None)


def test_a_condition_that_this_version_does_not_have_fits_nothing() -> None:
    thread = Thread("t", "pizza", 1, node="gone", wait=Wait("reply", 1, ("gone", "r")))
    assert decide_for_thread(PIZZA, thread, MessageReceived(id="m", at=0, text="small")).node == "r"
    thread.wait = Wait("reply", 1, ("gone",))
    assert decide_for_thread(PIZZA, thread, MessageReceived(id="m", at=0, text="small")).action == "stuck"


def test_a_stuck_thread_still_waits_but_a_dead_end_does_not() -> None:
    assert decide(waiting().says("what?"), "small").action == "reply"
    dead_end = Chat(bot(say("hi"))).start()
    assert decide(dead_end, "small").action == "stuck"


# --- 7 ---------------------------------------------------------------------------------------------------------------


def test_a_trigger_names_the_chatbot_and_two_name_both() -> None:
    assert decide(nobody(), "other") == Decision("start", scenario="other")
    assert set(decide(nobody(), "both").scenarios) == {"other", "third"}


def test_two_conditions_of_one_chatbot_are_one_chatbot() -> None:
    twice = Chat(bot(say("hi"), id="twice", keywords={"trigger": ["pizza", "piz+a"]}))
    assert decide(twice, "pizza") == Decision("start", scenario="twice")


def test_only_enabled_chatbots_of_the_senders_channel_in_their_newest_version_are_triggered() -> None:
    old = bot(say("hi"), id="a", keywords={"trigger": ["old"]})
    new = bot(say("hi"), id="a", version=2, keywords={"trigger": ["new"]})
    disabled = bot(say("hi"), id="b", keywords={"trigger": ["disabled"]})
    sms = bot(say("hi"), id="c", channel="sms", keywords={"trigger": ["sms"]})
    config = SenderConfig("sender", "webchat", enabled=("a", "c", "gone"))
    router = Router(Catalog([new, old, disabled, sms], [config]))
    message = MessageReceived(id="m", at=0, sender="sender")
    found = {
        text: router.route(None, MessageReceived(id="m", at=0, sender="sender", text=text)).action
        for text in ("old", "new", "disabled", "sms")
    }
    assert found == {"old": "nothing", "new": "start", "disabled": "nothing", "sms": "nothing"}
    assert router.route(None, message) == Decision("nothing")


def test_triggers_look_at_text_only() -> None:
    assert decide(nobody(), None, postback="pizza").action == "default"


# --- time of patterns ------------------------------------------------------------------------------------------------


def test_a_pattern_out_of_time_counts_as_no_match_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("botflow_runtime.router.Budget", lambda: Budget(seconds=0))
    decision = decide(waiting(), "bye")
    assert decision.action == "stuck"
    assert {"^no thanks$", "^bye$", "^restart$", "^s"} <= set(decision.timed_out)
    slow = Chat(bot(say("hi"), id="slow", keywords={"trigger": ["(a+)+(?=b)"]}))
    assert decide(slow, "aab") == Decision("nothing", timed_out=("(a+)+(?=b)",))


# --- misuse ----------------------------------------------------------------------------------------------------------


def test_an_unknown_sender_or_version_is_the_hosts_mistake() -> None:
    router = Router(chat().catalog)
    with pytest.raises(UnknownSenderError, match="no sender 'who'"):
        router.route(None, MessageReceived(id="m", at=0, sender="who", text="x"))
    with pytest.raises(UnknownScenarioError, match="version 7 of chatbot 'pizza'"):
        router.route(Thread("t", "pizza", 7), MessageReceived(id="m", at=0, sender="sender", text="x"))


def test_a_thread_that_is_over_does_not_count() -> None:
    talk = waiting().says("bye")
    assert talk.thread.status == "complete"
    assert decide(talk, "small").action == "default"


# --- what a conversation makes of the decision -----------------------------------------------------------------------


def test_a_trigger_replaces_the_live_thread() -> None:
    talk = waiting().says("third")
    assert (talk.threads["t1"].status, talk.threads["t1"].reason) == ("complete", "replaced")
    assert (talk.newest, talk.thread.scenario, talk.detail("started")) == ("t2", "third", "keyword")


def test_the_default_chatbot_starts_where_nobody_talks() -> None:
    talk = chat().says("what?")
    assert (talk.out, talk.detail("started")) == (["hello"], "default")


def test_two_chatbots_that_fit_start_nothing_and_the_log_names_them() -> None:
    talk = waiting().says("both")
    assert (talk.newest, talk.status, talk.effect_names) == ("t1", ("active", ""), [])
    assert set(talk.detail("ambiguous")) == {"other", "third"}
    assert talk.says("small").logged[:2] == ["received", "branch"], "the thread waits as before"


def test_help_and_join_leave_the_thread_as_it_waits() -> None:
    for word in ("all", "join"):
        talk = waiting().says(word)
        assert (talk.status, talk.effect_names, talk.thread.node) == (("active", ""), [], "r")


def test_a_message_for_nobody_makes_no_turn() -> None:
    talk = chat(default=None).says("what?")
    assert (talk.decision.action, talk.outcome.turns) == ("nothing", [])
    talk.says("stop")
    assert (talk.decision.action, talk.outcome.turns) == ("opt_out_word", [])


def test_a_default_chatbot_that_is_not_published_yet_starts_nothing() -> None:
    assert chat(default="gone").says("what?").decision.action == "nothing"


def test_a_chat_that_jumps_at_once_opens_its_threads_in_one_outcome() -> None:
    start = bot(jump("go", "other"), id="start", keywords={"trigger": ["^go$"]})
    talk = Chat(start, OTHER).says("go")
    assert [turn.thread.scenario for turn in talk.outcome.turns] == ["start", "other"]
    assert [event.id for event in talk.outcome.events] == ["e1", "e1/opened"]


def test_chatbots_that_a_sender_cannot_run_are_passed_over() -> None:
    here = bot(say("hi", final=True), id="here", keywords={"trigger": ["hello"]})
    there = bot(say("hi", final=True), id="there", channel="sms", keywords={"trigger": ["hello"]})
    config = SenderConfig("s", "webchat", enabled=("here", "there", "unpublished"), default="unpublished")
    router = Router(Catalog([here, there], [config]))
    assert router.route(None, MessageReceived(id="1", at=0, sender="s", text="hello")).scenario == "here"
    assert router.route(None, MessageReceived(id="2", at=0, sender="s", text="else")).action == "nothing"
