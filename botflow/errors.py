"""The errors of the server, all under the runtime's BotflowError::

BotflowError
├── ConfigurationError     a setting that cannot be used
├── StartError             the server cannot start here: port, data folder, another server
└── RequestError           a request that cannot be served; its sentence goes to the client     400
    ├── NotSignedInError   nobody knows who asks                                                401
    ├── NotAllowedError    the one who asks may not do that                                     403
    ├── NotFoundError      there is no such thing, or it is another company's                   404
    ├── ConflictError      what is there stands against it                                      409
    ├── TooLargeError      more than can be taken                                               413
    ├── ContentTypeError   a body of another kind                                               415
    ├── InvalidError       values that cannot be used, each with its place                      422
    └── TooManyError       later again, after so many seconds                                   429
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from botflow_runtime.errors import BotflowError


class ConfigurationError(BotflowError):
    """A setting that is unknown or has a value that cannot be used."""


class StartError(BotflowError):
    """The server cannot start: the port is taken, the data folder cannot be used, another server uses it."""


class RequestError(BotflowError):
    """A request that cannot be served. The message is a sentence for the one who asked."""

    status: ClassVar[int] = 400
    """What HTTP calls it."""

    def members(self) -> Mapping[str, Any]:
        """What a program wants to know besides: members of the problem's own (RFC 9457, 3.2)."""
        return {}


class NotSignedInError(RequestError):
    """Nobody knows who asks."""

    status = 401


class NotAllowedError(RequestError):
    """The one who asks may not do that. `kind` names the reasons that a page reacts to."""

    status = 403

    def __init__(self, sentence: str, kind: str = "") -> None:
        super().__init__(sentence)
        self.kind = kind


class NotFoundError(RequestError):
    """There is no such thing; what belongs to another company is none either."""

    status = 404


class ConflictError(RequestError):
    """What is there already stands against it."""

    status = 409


class TooLargeError(RequestError):
    """More than can be taken."""

    status = 413


class ContentTypeError(RequestError):
    """A body of another kind than the one that is read."""

    status = 415


@dataclass(frozen=True)
class Fault:
    """A value that cannot be used. `pointer` is its place in the body (RFC 6901), or `?name` of a query parameter.

    `code` and `values` say the same as `detail` for pages in other languages; empty where there is the sentence alone.
    """

    pointer: str
    detail: str
    code: str = ""
    values: Mapping[str, int | float | str] = field(default_factory=dict)


class InvalidError(RequestError):
    """Values that cannot be used."""

    status = 422

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.pointer or 'the body'}: {fault.detail}" for fault in faults[:3]))
        self.faults = tuple(faults)


class TooManyError(RequestError):
    """Too much at once: it works again after `seconds`."""

    status = 429

    def __init__(self, sentence: str, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds
