"""Which chatbot gets a message (engine.md 2): the rules in their order, the first that fits decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

import msgspec

from botflow_runtime.catalog import Catalog, Sender, fold
from botflow_runtime.compiled import NO_KEYWORDS, Keywords, Scenario
from botflow_runtime.events import Action, Decision, MessageReceived
from botflow_runtime.patterns import Budget, Pattern
from botflow_runtime.thread import Thread


class Router:
    """Decides for one inbound message. Pure, but for patterns that run out of time: the decision names those."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def route(self, live: Thread | None, message: MessageReceived) -> Decision:
        """What becomes of `message`, given the live thread of its contact and sender, if there is one.

        Raises UnknownSenderError, UnknownScenarioError.
        """
        sender = self.catalog.sender(message.sender)
        if live is None or not live.live:
            return decide(_Question(sender, None, None, message, Budget(), NO_KEYWORDS), RULES_WITHOUT_THREAD)
        scenario = self.catalog.version(live.scenario, live.version)
        keywords = scenario.keywords
        rules = RULES if keywords.opt_out or keywords.stop or keywords.reset else RULES_WITHOUT_KEYWORDS
        return decide(_Question(sender, live, scenario, message, Budget(), keywords), rules)


class _Question(msgspec.Struct, frozen=True):
    sender: Sender | None
    thread: Thread | None
    scenario: Scenario | None
    message: MessageReceived
    budget: Budget
    keywords: Keywords


def decide_for_thread(scenario: Scenario, thread: Thread, message: MessageReceived) -> Decision:
    """The rules that need no sender, for a host without a router: keywords, waits, stuck.

    Without `Conversation` a reply that proves an acceptance is held like any other message.
    """
    return decide(_Question(None, thread, scenario, message, Budget(), scenario.keywords))


def decide(question: _Question, rules: tuple[Rule, ...] | None = None) -> Decision:
    """Walk through the rules; all of them where none are given."""
    for rule in RULES if rules is None else rules:
        decision = rule(question)
        if decision is not None:
            return _with_timeouts(decision, question.budget.timed_out)
    return _with_timeouts(Decision("nothing"), question.budget.timed_out)


def _with_timeouts(decision: Decision, timed_out: list[str]) -> Decision:
    return msgspec.structs.replace(decision, timed_out=tuple(timed_out)) if timed_out else decision


# --- the rules, by their numbers in engine.md 2 ----------------------------------------------------------------------


def _opt_out_word(question: _Question) -> Decision | None:
    """1: an opt-out word of the sender or platform, the whole message, never a postback."""
    sender, message = question.sender, question.message
    if sender is None or message.text is None or message.postback is not None:
        return None
    word = fold(message.text)
    if word in sender.platform_opt_out_words:
        return Decision("opt_out_word", scope="platform")
    return Decision("opt_out_word", scope="sender") if word in sender.opt_out_words else None


def _opt_out(question: _Question) -> Decision | None:
    """2: an opt-out condition of the live thread's chatbot."""
    return _keyword(question, "opt_out", question.keywords.opt_out)


def _live_chat(question: _Question) -> Decision | None:
    """3: the thread is with a person, or the sender is for live chat only."""
    handed_over = question.thread is not None and question.thread.status == "handedover"
    live_chat_only = question.sender is not None and question.sender.live_chat_only
    return Decision("live_chat") if handed_over or live_chat_only else None


def _stop(question: _Question) -> Decision | None:
    """4: a stop condition of the live thread's chatbot."""
    return _keyword(question, "stop", question.keywords.stop)


def _reset(question: _Question) -> Decision | None:
    """4: a reset condition of the live thread's chatbot."""
    return _keyword(question, "reset", question.keywords.reset)


def _hold(question: _Question) -> Decision | None:
    """5: the thread is busy. A reply to the very message whose acceptance is awaited is its acceptance."""
    thread = question.thread
    if thread is None or not thread.busy or thread.wait is None:
        return None
    if thread.wait.kind == "acceptance" and question.message.in_reply_to == thread.wait.effect:
        return Decision("accepted")
    return Decision("hold")


def _reply(question: _Question) -> Decision | None:
    """6: the thread waits for something that this message can be."""
    thread, scenario = question.thread, question.scenario
    if thread is None or scenario is None or thread.wait is None:
        return None
    if thread.wait.kind == "question":
        return Decision("reply")
    return _fitting_branch(question, scenario, thread.wait.nodes)


def _triggered(question: _Question) -> Decision | None:
    """7: trigger conditions of the sender's chatbots; two or more chatbots that fit start none (CB-7)."""
    text = question.message.text
    if question.sender is None or not text:
        return None
    keys = tuple(dict.fromkeys(question.sender.triggers.matching(text, question.budget).keys))
    if not keys:
        return None
    return Decision("start", scenario=keys[0]) if len(keys) == 1 else Decision("ambiguous", scenarios=keys)


def _help_or_join(question: _Question) -> Decision | None:
    """8: help and join words of the sender."""
    sender, text = question.sender, question.message.text
    if sender is None or text is None:
        return None
    word = fold(text)
    if word in sender.help_words:
        return Decision("help")
    return Decision("join") if word in sender.join_words else None


def _stuck(question: _Question) -> Decision | None:
    """9: the live thread becomes stuck."""
    return Decision("stuck") if question.thread is not None else None


def _default(question: _Question) -> Decision | None:
    """10: the sender's default chatbot starts."""
    sender = question.sender
    return Decision("default", scenario=sender.default) if sender is not None and sender.default else None


Rule: TypeAlias = Callable[[_Question], Decision | None]

RULES: Final[tuple[Rule, ...]] = (
    _opt_out_word,
    _opt_out,
    _live_chat,
    _stop,
    _reset,
    _hold,
    _reply,
    _triggered,
    _help_or_join,
    _stuck,
    _default,
)


RULES_WITHOUT_KEYWORDS: Final = tuple(rule for rule in RULES if rule not in (_opt_out, _stop, _reset))
"""The rules that can fit where the live thread's chatbot has no keyword conditions but triggers."""

RULES_WITHOUT_THREAD: Final = (_opt_out_word, _live_chat, _triggered, _help_or_join, _default)
"""The rules that can fit where the contact has no live thread."""


def _keyword(question: _Question, action: Action, patterns: tuple[Pattern, ...]) -> Decision | None:
    text = question.message.text
    if not patterns or not text:
        return None
    return Decision(action) if any(pattern.test(text, question.budget) for pattern in patterns) else None


def _fitting_branch(question: _Question, scenario: Scenario, conditions: tuple[str, ...]) -> Decision | None:
    """The first branch that the text fits, then the postback; then the first linked else (engine.md 3)."""
    message = question.message
    nodes = [node for name in conditions if (node := scenario.responses.get(name)) is not None]
    for subject in (message.text, message.postback):
        if not subject:
            continue
        for node in nodes:
            branch = node.fitting(subject, question.budget)
            if branch is not None:
                return Decision("reply", node=node.id, branch=branch.id)
    for node in nodes:
        if node.otherwise is not None and node.otherwise.links:
            return Decision("reply", node=node.id)
    return None
