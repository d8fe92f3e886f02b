"""What a request of the API wants sent: a payload, or a template with its params (AP-1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pydantic import Field

from botflow.db import Database
from botflow.errors import Fault, InvalidError
from botflow.permissions import Caller
from botflow.rest.reading import pointer
from botflow.rest.routes import BODY_BYTES
from botflow.rest.types import Body, Text
from botflow.templates.filling import filled, filled_length, placeholders
from botflow.templates.service import content_template
from botflow_runtime.content import CHANNELS

TEMPLATE: Final = "template"
PARAMETERS: Final = "variables"
"""What the content of a template calls its parameters."""
NO_OTHER_NAMES: Final[Mapping[str, str]] = {}


class Template(Body):
    """A template, filled in: the company's own content template by `id`, or the vendor's by `name` and `language`."""

    id: Text | None = Field(default=None, description="Of a content template.")
    name: Text | None = Field(default=None, description="Of an approved template of the sender's vendor.")
    language: Text | None = Field(default=None, description="Of the vendor's template, such as `en` or `es_MX`.")
    params: dict[str, Text] = Field(
        default={}, description="A text for each placeholder or variable, by its name or number."
    )
    media: dict[str, Any] | None = Field(default=None, description="Of the header of the vendor's template.")

    def vendor_content(self) -> dict[str, Any]:
        """The vendor's template as content."""
        filled = {"type": TEMPLATE, "name": self.name, "language": self.language, PARAMETERS: self.params}
        return filled if self.media is None else {**filled, "media": self.media}


def content_of(
    database: Database,
    caller: Caller,
    channel: str,
    payload: dict[str, Any] | None,
    template: Template | None,
    place: str,
) -> dict[str, Any]:
    """The content that a request means, which stands at `place` of its body. Raises InvalidError with every mistake."""
    if (payload is None) is (template is None):
        raise InvalidError([Fault(f"{place}/payload", "Give either a payload or a template.")])
    if template is None:
        return _checked(channel, payload or {}, f"{place}/payload")
    _check_names(template, f"{place}/template")
    if template.id is not None:
        return _saved(database, caller, channel, template, f"{place}/template")
    if TEMPLATE not in CHANNELS[channel].types:
        sentence = f"A sender of {channel} has no templates of a vendor: give a payload, or the id of a template."
        raise InvalidError([Fault(f"{place}/template", sentence)])
    return _checked(channel, template.vendor_content(), f"{place}/template", {PARAMETERS: "params"})


def _checked(
    channel: str, content: dict[str, Any], start: str, names: Mapping[str, str] = NO_OTHER_NAMES
) -> dict[str, Any]:
    """The content, if it can be sent. `names` are those of its fields that the request calls otherwise."""
    problems = CHANNELS[channel].problems(content, rendered=True)
    if problems:
        raise InvalidError(
            [
                Fault(start + pointer([names.get(str(part), part) for part in problem.path]), problem.message)
                for problem in problems
            ]
        )
    return content


def _check_names(template: Template, start: str) -> None:
    """A template is named in one of two ways. Raises InvalidError."""
    named = {"name": template.name, "language": template.language}
    if template.id is None:
        missing = [name for name, value in named.items() if value is None]
        faults = [
            Fault(f"{start}/{name}", "Name the vendor's template, or give the id of a template.") for name in missing
        ]
    else:
        given = [name for name, value in {**named, "media": template.media}.items() if value is not None]
        faults = [Fault(f"{start}/{name}", "Leave this out: the id says which template it is.") for name in given]
    if faults:
        raise InvalidError(faults)


def _saved(database: Database, caller: Caller, channel: str, template: Template, start: str) -> dict[str, Any]:
    """The content of a content template, filled in. Raises InvalidError with every placeholder that is not."""
    with database.reading() as work:
        found = content_template(work, caller.company, template.id or "")
    if found is None:
        raise InvalidError([Fault(f"{start}/id", f"There is no content template {template.id!r}.")])
    if found["channel"] != channel:
        sentence = f"This template is content of {found['channel']}, and the sender is of {channel}."
        raise InvalidError([Fault(f"{start}/id", sentence)])
    faults = list(_unfilled(placeholders(found["content"]), template.params, f"{start}/params"))
    if faults:
        raise InvalidError(faults)
    if filled_length(found["content"], template.params) > BODY_BYTES:
        # A placeholder may stand there any number of times: nobody gets more sent so than with a payload.
        sentence = f"Filled in, the template is longer than {BODY_BYTES:,} characters: give shorter params."
        raise InvalidError([Fault(f"{start}/params", sentence)])
    content: dict[str, Any] = filled(found["content"], template.params)
    problems = CHANNELS[channel].problems(content, rendered=True)
    if problems:
        # The places are those of the template, which the request does not have.
        raise InvalidError(
            [
                Fault(f"{start}/params", f"Filled in, at {pointer(problem.path)}: {problem.message}")
                for problem in problems
            ]
        )
    return content


def _unfilled(wanted: Sequence[str], params: Mapping[str, str], start: str) -> Iterator[Fault]:
    for name in wanted:
        if not params.get(name, "").strip():
            yield Fault(start + pointer([name]), f"Fill this: the template has {{{{{name}}}}}.")
    for name in params:
        if name not in wanted:
            yield Fault(start + pointer([name]), "Leave this out: the template has no such placeholder.")
