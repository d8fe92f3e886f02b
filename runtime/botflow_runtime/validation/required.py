"""The keys of things kept elsewhere that a scenario needs (CB-9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from botflow_runtime.templates import attribute_of
from botflow_runtime.validation.draft import Draft
from botflow_runtime.validation.placeholders import placeholders


class RequiredKeys(msgspec.Struct, frozen=True):
    """Keys by kind, each once; those of messages in file order, attributes of expressions before those of messages."""

    chatbots: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()


def required_by(draft: Draft) -> RequiredKeys:
    """The keys that a draft names."""
    contents = [
        draft.channel.required_keys(node.meaning.sends)
        for node in draft.nodes
        if draft.channel is not None and node.meaning is not None and node.meaning.sends is not None
    ]
    return RequiredKeys(
        chatbots=_each_once(_chatbots(draft)),
        departments=_each_once(_departments(draft)),
        assets=_each_once(key for keys in contents for key in keys.assets),
        templates=_each_once(key for keys in contents for key in keys.templates),
        attributes=_each_once(_attributes(draft)),
    )


def _each_once(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))


def _chatbots(draft: Draft) -> Iterator[str]:
    for node in draft.nodes:
        target = node.meaning.jumps_to if node.meaning is not None else None
        if target is not None and target != draft.id:
            yield target


def _departments(draft: Draft) -> Iterator[str]:
    settings = draft.settings
    own = [node.action.on_failure for node in draft.nodes if node.action is not None]
    for policy in (settings.on_failure, settings.response_timeout, settings.stuck_timeout, *own):
        if policy is not None and policy.action == "handover" and policy.department:
            yield policy.department
    for node in draft.nodes:
        department = node.meaning.department if node.meaning is not None else None
        if department:
            yield department


def _attributes(draft: Draft) -> Iterator[str]:
    for _, _, name in placeholders(draft):
        attribute = attribute_of(name)
        if attribute is not None:
            yield attribute
