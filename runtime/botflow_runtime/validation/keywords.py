"""Keywords: conditions that start or steer a chat, and words that never reach it (CB-6, CB-7, CO-3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from botflow_runtime.patterns import Pattern, overlap_witness, samples
from botflow_runtime.validation.draft import Draft, Place
from botflow_runtime.validation.rule import Finding, warning
from botflow_runtime.validation.words import is_catch_all, opt_out_word, opt_out_word_of, shown

BEFORE_REPLIES: Final = ("opt_out", "stop", "reset")
"""Conditions that are looked at before the reply that a chat waits for, in their order."""


@warning("trigger_collision")
def trigger_collision(draft: Draft) -> Iterator[Finding]:
    """A text fits the trigger conditions of two chatbots: enabled on one sender, neither of them starts (CB-7).

    Make the triggers exclude each other, or enable the chatbots on different senders.
    """
    for other in draft.others or ():
        if other.channel_name == draft.channel_name and other.id != draft.id:
            yield from _collisions(draft, other)


def _collisions(draft: Draft, other: Draft) -> Iterator[Finding]:
    for own in draft.keywords["trigger"]:
        for theirs in other.keywords["trigger"]:
            if own.compiled is None or theirs.compiled is None:
                continue
            witness = overlap_witness(own.compiled, theirs.compiled)
            if witness is not None:
                message = (
                    f"Tell the triggers apart: {shown(witness)} fits {theirs.text!r} of chatbot {other.id!r} too, "
                    "and on a sender that has both it starts neither."
                )
                yield Finding(None, own.field, message)
                break


@warning("opt_out_word")
def opt_out_words(draft: Draft) -> Iterator[Finding]:
    """A keyword, branch or suggestion is an opt-out word: typed, it never reaches the chatbot.

    Choose another word. A contact who types stop, cancel, unsubscribe or quit, or a word that the sender has added,
    blocks the sender.
    """
    keywords = [place for places in draft.keywords.values() for place in places]
    for place in (*keywords, *draft.patterns):
        word = opt_out_word_of(place.compiled, draft.opt_out_words) if place.compiled is not None else None
        if word is not None:
            yield Finding(place.node, place.field, _opts_out(word))
    for node, suggestions in draft.suggestions.items():
        for suggestion in suggestions:
            word = opt_out_word(suggestion.text, draft.opt_out_words)
            if word is not None:
                yield Finding(node, "step.content", _opts_out(word))


def _opts_out(word: str) -> str:
    return f"Choose another word than {shown(word)}: a contact who types it opts out of the sender."


@warning("keyword_takes_reply")
def keyword_takes_reply(draft: Draft) -> Iterator[Finding]:
    """A reply that a branch expects fits an opt-out, stop or reset condition, which is looked at first.

    Narrow the condition, for instance with `^` and `$`, or expect another reply.
    """
    keywords = [(kind, place) for kind in BEFORE_REPLIES for place in draft.keywords[kind]]
    for place in draft.patterns:
        taken = _taken(place.compiled, keywords) if place.compiled is not None else None
        if taken is not None and place.compiled is not None and not is_catch_all(place.compiled):
            kind, keyword, text = taken
            message = f"Expect another reply, or narrow the {kind} condition {keyword!r}: it takes {shown(text)} first."
            yield Finding(place.node, place.field, message)


def _taken(branch: Pattern, keywords: list[tuple[str, Place[Pattern]]]) -> tuple[str, str, str] | None:
    for kind, place in keywords:
        for text in samples(branch) if place.compiled is not None else ():
            if text and place.compiled is not None and place.compiled.matches(text):
                return kind, place.text, text
    return None
