"""HTTP: a script run once with values that its author makes up (ST-2, ST-4). Nothing goes outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec
from pydantic import Field

from botflow.chatbots.trial_places import TrialPlaces
from botflow.errors import Fault, InvalidError
from botflow.permissions import CHATBOTS_EDIT, Caller
from botflow.rest.routes import Routes
from botflow.rest.types import TEXT_LENGTH, Body, View
from botflow_runtime.content import CHANNELS
from botflow_runtime.json_types import Json, JsonObject
from botflow_runtime.sandbox import CodeRequest, CodeResult, CodeRunner, EmailCall, Limits, SourceProblem, bind_source
from botflow_runtime.sandbox.limits import SOURCE_CHARACTERS
from botflow_runtime.steps.dynamic_message import read_content
from botflow_runtime.templates import getter
from botflow_runtime.testing.player import HttpAnswers
from botflow_runtime.testing.transcript import HttpAnswer

RUN: Final = "trial"
MOST_ANSWERS: Final = 50


class ServiceAnswer(Body):
    """What a service would answer to the HTTP calls that fit; as `http` of a transcript."""

    match: str = Field(max_length=TEXT_LENGTH, description="Method and address; `*` stands for anything.")
    status: int = Field(default=200, ge=100, le=599)
    headers: dict[str, str] = {}
    text: str = Field(default="", description="Its body.")
    error: str | None = Field(default=None, description="The call fails with this message instead.")


class ScriptTrial(Body):
    """A script, and the values that it finds."""

    language: Literal["javascript", "python"]
    source: str = Field(max_length=SOURCE_CHARACTERS)
    variables: dict[str, Any] = {}
    attributes: dict[str, Any] = {}
    contact: dict[str, Any] = {}
    message: dict[str, Any] | None = Field(default=None, description="The last message of the contact.")
    http: list[ServiceAnswer] = Field(default=[], max_length=MOST_ANSWERS)
    channel: str | None = Field(
        default=None, description="With `message_type`: what is returned has to be a message of this channel."
    )
    message_type: str | None = None


class ScriptErrorView(View):
    """Why it failed. `line` counts from 1, where it is known."""

    kind: str
    message: str
    line: int | None


class ScriptCallView(View):
    """An HTTP call that it made, and what it was answered."""

    method: str
    url: str
    status: int | None
    error: str | None


class ScriptMailView(View):
    """An e-mail that it would have sent."""

    to: list[str]
    subject: str
    error: str | None


class TriedScriptView(View):
    """What became of a script."""

    error: ScriptErrorView | None
    value: Any = Field(description="What it returned; null where it failed.")
    variables: dict[str, Any] = Field(description="Those that are new or changed.")
    removed: list[str] = Field(description="Names of variables that it deleted.")
    attributes: dict[str, Any] = Field(description="Those that it changed; null: deleted.")
    log: list[str]
    http: list[ScriptCallView]
    emails: list[ScriptMailView]
    content: dict[str, Any] | None = Field(description="The message that it returned, where one was asked for.")
    content_problems: list[str] = Field(description="Why what it returned is no message of the channel.")
    ms: float = Field(description="How long it took.")


def scripts_api(code: CodeRunner, places: TrialPlaces) -> Routes:
    """Routes under /scripts."""
    routes = Routes("chatbots", "/scripts")

    @routes.post("/trial", CHATBOTS_EDIT)
    def try_script(caller: Caller, body: ScriptTrial) -> TriedScriptView:
        """Run a script within the limits of a chat's. Nothing is kept; HTTP calls and e-mails do not leave."""
        if body.channel is not None and body.channel not in CHANNELS:
            raise InvalidError([Fault("/channel", f"There is no channel {body.channel!r}.")])
        bound = bind_source(body.source, body.language)
        if bound.problems:
            return _not_run(bound.problems[0])
        source = bound.render(lambda name: getter(name)(_Sample(body)))
        request = CodeRequest(
            RUN, body.language, source, body.variables, body.attributes, body.contact, body.message, Limits()
        )
        answers = HttpAnswers((_answer(one) for one in body.http), "this trial")
        with places.one():
            return _view(code.run(request, http=answers, email=_keep), body)

    return routes


@dataclass(frozen=True)
class _Sample:
    """Where the placeholders of a trial read."""

    body: ScriptTrial

    @property
    def variables(self) -> Mapping[str, Json]:
        return self.body.variables

    @property
    def attributes(self) -> Mapping[str, Json]:
        return self.body.attributes

    @property
    def contact(self) -> Mapping[str, Json]:
        return self.body.contact

    @property
    def sender(self) -> Mapping[str, Json]:
        return {"id": RUN}

    @property
    def thread_values(self) -> Mapping[str, Json]:
        return {"id": RUN}


def _answer(answer: ServiceAnswer) -> HttpAnswer:
    return HttpAnswer.model_validate(answer.model_dump())


def _keep(call: EmailCall) -> None:
    """E-mails of a trial go nowhere; the record tells of them."""


def _not_run(problem: SourceProblem) -> TriedScriptView:
    error = ScriptErrorView(kind="syntax", message=problem.message, line=problem.line)
    return _filled(CodeResult(), error, None, [])


def _view(result: CodeResult, body: ScriptTrial) -> TriedScriptView:
    error = None if result.error is None else ScriptErrorView.model_validate(result.error)
    content, problems = (None, []) if error else _message(result.value, body)
    return _filled(result, error, content, problems)


def _message(value: Json, body: ScriptTrial) -> tuple[JsonObject | None, list[str]]:
    """What was returned as a message, and what is wrong with it; nothing where none was asked for."""
    if body.channel is None or body.message_type is None:
        return None, []
    channel = CHANNELS[body.channel]
    content = read_content(channel, body.message_type, value)
    return content if isinstance(content, dict) else None, [
        one.message for one in channel.problems(content, rendered=True)
    ]


def _filled(
    result: CodeResult, error: ScriptErrorView | None, content: JsonObject | None, problems: list[str]
) -> TriedScriptView:
    return TriedScriptView(
        error=error,
        value=result.value,
        variables=result.vars,
        removed=list(result.removed),
        attributes=result.attributes,
        log=list(result.log),
        http=[ScriptCallView.model_validate(msgspec.to_builtins(call)) for call in result.http],
        emails=[ScriptMailView.model_validate(msgspec.to_builtins(mail)) for mail in result.emails],
        content=content,
        content_problems=problems,
        ms=result.duration_ms,
    )
