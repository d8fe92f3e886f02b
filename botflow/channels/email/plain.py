"""Blocks as plain text, for mail programs and people that prefer it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from botflow.channels.email.links import NETWORKS
from botflow_runtime.content import email as content

LINE: Final = "-" * 40


def plain_of(email: content.Email) -> str:
    """The message as text; an empty line parts blocks."""
    return f"{_stacked(email.blocks)}\n"


def _stacked(blocks: Sequence[Any]) -> str:
    return "\n\n".join(filter(None, (BLOCKS[type(block)](block) for block in blocks)))


def _text(block: content.EmailTextBlock) -> str:
    return "\n".join(line.rstrip() for line in block.text.splitlines()).strip("\n")


def _image(block: content.EmailImageBlock) -> str:
    return "\n".join(filter(None, (block.alt and f"[{block.alt}]", block.url)))


def _button(block: content.EmailButtonBlock) -> str:
    return f"{block.text}: {block.url}"


def _social(block: content.EmailSocialBlock) -> str:
    return "\n".join(f"{NETWORKS[one.network].name}: {one.url}" for one in block.links)


def _divider(_block: content.EmailDividerBlock) -> str:
    return LINE


def _spacer(_block: content.EmailSpacerBlock) -> str:
    return ""


def _wrapper(block: content.EmailWrapperBlock) -> str:
    return _stacked(block.blocks)


def _columns(block: content.EmailColumnsBlock) -> str:
    return "\n\n".join(filter(None, (_stacked(column.blocks) for column in block.columns)))


BLOCKS: Final[Mapping[type, Callable[[Any], str]]] = {
    content.EmailTextBlock: _text,
    content.EmailImageBlock: _image,
    content.EmailButtonBlock: _button,
    content.EmailSocialBlock: _social,
    content.EmailDividerBlock: _divider,
    content.EmailSpacerBlock: _spacer,
    content.EmailWrapperBlock: _wrapper,
    content.EmailColumnsBlock: _columns,
}
