"""Content as it is sent: typed, and judged once more now that its placeholders are filled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from botflow_runtime.content.fields import RENDERED
from botflow_runtime.content.model import Media, Message
from botflow_runtime.content.problems import problems_of

MessageT = TypeVar("MessageT", bound=Message)


class UnsendableError(ValueError):
    """The content cannot be sent; the message is a sentence for the one who wrote it."""


def rendered(model: type[MessageT], content: Mapping[str, Any]) -> MessageT:
    """The content of a message as its type. Raises UnsendableError with the first mistake and its place."""
    try:
        return model.model_validate(dict(content), context=RENDERED)
    except ValidationError as error:
        problem = problems_of(error, content)[0]
        place = ".".join(str(step) for step in problem.path)
        raise UnsendableError(f"{place}: {problem.message}" if place else problem.message) from None


def media_url(media: Media) -> str:
    """The address of media. Raises UnsendableError for an asset that nobody has given an address."""
    if media.url is None:
        raise UnsendableError(f"The asset {media.asset!r} has no address on the web: set BOTFLOW_PUBLIC_URL.")
    return media.url
