"""Jumps to other chatbots (ST-5). They can be judged where the other chatbots are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from botflow_runtime.validation.draft import Draft, DraftNode
from botflow_runtime.validation.graph import followers, reachable, waits
from botflow_runtime.validation.rule import Finding, error, warning


@error("unknown_chatbot")
def unknown_chatbot(draft: Draft) -> Iterator[Finding]:
    """A jump leads to a chatbot that does not exist.

    Jump to an existing chatbot, or add the missing one.
    """
    known = _chatbots(draft)
    for node, target in _jumps(draft) if draft.others is not None else ():
        if target not in known:
            near = get_close_matches(target, known, n=1)
            guess = f" (did you mean {near[0]!r}?)" if near else ""
            yield Finding(node.id, "step.scenario", f"Jump to an existing chatbot: there is no {target!r}{guess}.")


@error("other_channel")
def other_channel(draft: Draft) -> Iterator[Finding]:
    """A jump leads to a chatbot of another channel.

    Jump to a chatbot of the same channel.
    """
    known = _chatbots(draft)
    for node, target in _jumps(draft):
        channel = known[target].channel_name if target in known else draft.channel_name
        if channel != draft.channel_name:
            message = f"Jump to a chatbot of {draft.channel_name}: {target!r} is one of {channel}."
            yield Finding(node.id, "step.scenario", message)


@warning("jump_cycle")
def jump_cycle(draft: Draft) -> Iterator[Finding]:
    """Chatbots jump to each other in a circle.

    Let at least one of them end the chat or wait for the contact before it jumps. After too many jumps without a word
    of the contact the chat ends as Error (loop).
    """
    known = _chatbots(draft)
    for node, target in _jumps(draft):
        circle = _way_back(known, target, draft.id)
        if circle is not None:
            names = " → ".join(repr(name) for name in (draft.id, *circle))
            yield Finding(node.id, "step.scenario", f"Check the circle of jumps {names}: {_advice(known, circle)}")


def _advice(known: Mapping[str, Draft], circle: list[str]) -> str:
    """`circle`: the chatbots in the order of their jumps, the one that is checked last."""
    pairs = zip(circle, [*circle[1:], circle[0]], strict=True)
    if all(_jumps_without_wait(known[name], onward) for name, onward in pairs):
        return "nothing in it waits for the contact, so the chat ends as Error (loop). Let one of them wait or end."
    return "make sure that a contact can get out of it."


def _jumps_without_wait(draft: Draft, target: str) -> bool:
    """Whether a chat can come from the start to a jump to `target` without a wait."""
    starts = [node for node in draft.roles.get("start", ())[:1] if not waits(node)]
    passed = reachable(draft, starts, _without_wait)
    return any(name == target and node.id in passed for node, name in _jumps(draft))


def _without_wait(draft: Draft, node: DraftNode) -> Iterator[DraftNode]:
    return (target for target in followers(draft, node) if not waits(target))


def _way_back(known: Mapping[str, Draft], start: str, home: str) -> list[str] | None:
    """The shortest way along jumps from chatbot `start` to `home`, both included; None where there is none."""
    ways = [[start]] if start in known else []
    seen = {start}
    for way in ways:
        if way[-1] == home:
            return way
        for _, target in _jumps(known[way[-1]]):
            if target in known and target not in seen:
                seen.add(target)
                ways.append([*way, target])
    return None


def _jumps(draft: Draft) -> Iterator[tuple[DraftNode, str]]:
    for node in draft.nodes:
        if node.meaning is not None and node.meaning.jumps_to is not None:
            yield node, node.meaning.jumps_to


def _chatbots(draft: Draft) -> dict[str, Draft]:
    """The known chatbots by id, the one that is checked among them."""
    return {**{other.id: other for other in draft.others or ()}, draft.id: draft}
