"""Messages: what the channel can send, and suggestions that fit the branches made from them (MS-1..MS-11, ND-7)."""

from __future__ import annotations

from collections.abc import Iterator

from botflow_runtime.content.problems import listed
from botflow_runtime.json_faults import path_text
from botflow_runtime.validation.draft import Draft
from botflow_runtime.validation.rule import Finding, error


@error("bad_content")
def bad_content(draft: Draft) -> Iterator[Finding]:
    """A message is none that the chatbot's channel can send, or breaks one of its limits.

    Correct the field as the message says.
    """
    channel = draft.channel
    for node in draft.nodes if channel is not None else ():
        if node.meaning is not None and node.meaning.sends is not None and channel is not None:
            for problem in channel.problems(node.meaning.sends):
                field = path_text(("step", "content", *problem.path))
                yield Finding(node.id, field, problem.message, problem.code, problem.values)


@error("bad_message_type")
def bad_message_type(draft: Draft) -> Iterator[Finding]:
    """A dynamic message is of a type that the chatbot's channel does not have.

    Choose one of the channel's content types.
    """
    channel = draft.channel
    for node in draft.nodes if channel is not None else ():
        if channel is not None and node.meaning is not None and node.meaning.returns not in (None, *channel.types):
            message = f"Choose one of {listed(channel.types)}: {channel.name} cannot send `{node.meaning.returns}`."
            yield Finding(node.id, "step.message_type", message)
