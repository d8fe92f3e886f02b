"""How the server writes its log: one line per event to standard error, for people (text) or for programs (json).

Ids of conversations, messages, threads, senders and runs are in it. Texts of messages, addresses of contacts, tokens
and credentials never are.
"""

from __future__ import annotations

import logging
import re
import sys
from contextvars import Token
from types import TracebackType
from typing import Any, Final, Literal

import structlog
from structlog.contextvars import bind_contextvars, merge_contextvars, reset_contextvars
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

LogFormat = Literal["text", "json"]

NOTE: Final = "about:"
VALUES: Final = re.compile(
    rf"^(DETAIL|CONTEXT):.*?(?=^(?:{NOTE}|\[SQL|The above exception|During handling|Traceback )|\Z)",
    re.MULTILINE | re.DOTALL,
)
"""What PostgreSQL tells of the rows that an error is about."""

RENDERERS: Final[dict[str, Processor]] = {
    "text": structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
    "json": structlog.processors.JSONRenderer(sort_keys=True),
}


class About:
    """What is being done, for the length of a `with`: every line logged meanwhile carries these ids.

    An exception that leaves it carries them as a note, since it is logged further out.
    """

    __slots__ = ("_ids", "_tokens")

    def __init__(self, **ids: str) -> None:
        self._ids = ids
        self._tokens: Any = None

    def __enter__(self) -> None:
        self._tokens = bind_contextvars(**self._ids)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        tokens: dict[str, Token[Any]] = dict(self._tokens)
        reset_contextvars(**tokens)
        if error is not None:
            error.add_note(" ".join([NOTE, *(f"{name}={value}" for name, value in self._ids.items())]))


def set_up_logs(level: str, log_format: LogFormat = "text") -> None:
    """Write events of this level and above, with time, level and fields; an exception follows with its traceback.

    What libraries warn of is written in the same way.
    """
    renderer = RENDERERS[log_format]
    structlog.configure(
        processors=[*STEPS, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        ProcessorFormatter(foreign_pre_chain=STEPS, processors=[ProcessorFormatter.remove_processors_meta, renderer])
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def _tell_no_locals() -> None:
    """Until the log is set up: an exception as Python tells it. structlog by itself shows the local variables of all
    its frames, which hold documents, texts and addresses."""
    if not structlog.is_configured():
        structlog.configure(
            processors=[*STEPS, RENDERERS["text"]],
            # whatever stderr is by then: this is made when the module is imported
            logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        )


def without_values(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Take from a traceback what the database tells of the values in its rows."""
    if "exception" in event:
        event["exception"] = VALUES.sub(r"\1: (left out)\n", event["exception"])
    return event


STEPS: Final[list[Processor]] = [
    merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    without_values,
]

_tell_no_locals()
