"""Content as it is sent: typed, and judged once more now that its placeholders are filled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from botflow_runtime.content import CHANNELS
from botflow_runtime.content.fields import RENDERED
from botflow_runtime.content.model import Media, Message
from botflow_runtime.content.problems import ContentProblem, problems_of

MISSHAPEN: Final = frozenset({"bad_url", "bad_phone", "bad_moment", "out_of_range"})
"""Mistakes of a value that a placeholder stood for and no vendor can read; how much it takes is the vendor's to say."""

MessageT = TypeVar("MessageT", bound=Message)


class UnsendableError(ValueError):
    """The content cannot be sent; the message is a sentence for the one who wrote it."""


def rendered(model: type[MessageT], content: Mapping[str, Any]) -> MessageT:
    """The content of a message as its type. Raises UnsendableError with the first mistake and its place."""
    try:
        return model.model_validate(dict(content), context=RENDERED)
    except ValidationError as error:
        raise UnsendableError(_sentence(problems_of(error, content)[0])) from None


def misshapen(channel: str, content: Mapping[str, Any]) -> str | None:
    """What is wrong with an address, a phone number, a moment or a coordinate, now that placeholders are filled in."""
    problems = CHANNELS[channel].problems(content, rendered=True)
    return next((_sentence(problem) for problem in problems if problem.code in MISSHAPEN), None)


def _sentence(problem: ContentProblem) -> str:
    place = ".".join(str(step) for step in problem.path)
    return f"{place}: {problem.message}" if place else problem.message


def media_url(media: Media) -> str:
    """The address of media. Raises UnsendableError for an asset that nobody has given an address."""
    if media.url is None:
        raise UnsendableError(f"The asset {media.asset!r} has no address on the web: set BOTFLOW_PUBLIC_URL.")
    return media.url
