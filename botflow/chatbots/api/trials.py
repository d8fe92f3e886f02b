"""HTTP: a draft tried in a chat, and its tests (ED-4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

import msgspec
from pydantic import Field

from botflow.chatbots.api.views import FILE_BYTES, JsonFile, ProblemView
from botflow.chatbots.authoring import Authoring
from botflow.chatbots.drafts import find_chatbot
from botflow.chatbots.trials import MOST_RUNS, Run, Trials, Tried
from botflow.permissions import CHATBOTS_EDIT, Caller
from botflow.rest.routes import Routes
from botflow.rest.types import Body, Moment, View
from botflow_runtime import Scenario, effects
from botflow_runtime.json_types import JsonObject
from botflow_runtime.testing.player import EFFECT_NAMES, Step
from botflow_runtime.thread import Thread

Shown: TypeAlias = Callable[[str, Sequence[JsonObject]], Sequence[JsonObject]]
"""Contents as our own page shows them; see `Assets.shown`."""


class RunOfCode(Body):
    """A run of code of an earlier trial, as it was answered."""

    key: str = Field(max_length=100)
    result: dict[str, Any]


class ChatTrial(Body):
    """A draft, and what happens."""

    document: JsonFile
    transcript: dict[str, Any] = Field(
        description="What happens, and what is expected of it (docs/reference/transcripts.md)."
    )
    with_reachable: bool = Field(
        default=False,
        description="Have all chatbots at hand that jumps can lead to, not only those that the transcript names.",
    )
    runs: list[RunOfCode] = Field(
        default=[],
        max_length=MOST_RUNS,
        description="`runs` of an earlier trial of this chat: code that is given the same is not run again.",
    )


class TrialMessageView(View):
    """A message of the chatbot."""

    id: str
    node: str
    text: str = Field(description="As transcripts compare it.")
    content: dict[str, Any] = Field(description="As the channel shows it; media by their addresses.")
    delay_ms: int


class TrialDecisionView(View):
    """Which chatbot a message was for, and why (docs/explanation/engine.md)."""

    action: str
    scenario: str | None
    scenarios: list[str]


class TrialLogView(View):
    """One thing done. `scenario` is the chatbot that did it."""

    scenario: str
    what: str
    node: str | None
    branch: str | None
    detail: Any


class TrialEffectView(View):
    """Something that would have happened outside the chat."""

    kind: str
    values: dict[str, Any]


class TrialTimerView(View):
    """A timer that runs."""

    name: str
    due: Moment


class TrialThreadView(View):
    """Where the chat is."""

    scenario: str
    status: str
    reason: str
    node: str | None
    waits_for: str | None
    waits_at: list[str]


class TrialTurnView(View):
    """What one turn of the transcript led to."""

    messages: list[TrialMessageView]
    decisions: list[TrialDecisionView]
    log: list[TrialLogView]
    effects: list[TrialEffectView]
    changed: dict[str, Any] = Field(description="Variables that are new or have another value.")
    removed: list[str] = Field(description="Variables that are gone.")
    thread: TrialThreadView | None
    timers: list[TrialTimerView] = Field(description="The next one first.")
    now: Moment


class TrialDifferenceView(View):
    """What is not as the transcript expects; `turn` counts from 1, 0: the transcript as a whole."""

    turn: int
    what: str
    expected: Any
    actual: Any


class TrialView(View):
    """What came of a trial."""

    problems: list[ProblemView] = Field(description="Why the draft cannot run; then nothing was played.")
    others: list[str] = Field(description="Ids of the other chatbots that were at hand.")
    turns: list[TrialTurnView]
    stopped: str | None = Field(description="Why no further turns could be played.")
    differences: list[TrialDifferenceView]
    runs: list[RunOfCode] = Field(description="Give them along the next time.")


def trials_api(authoring: Authoring, trials: Trials, shown: Shown) -> Routes:
    """Routes under /chatbots/<chatbot_id>/trial."""
    routes = Routes("chatbots", "/chatbots/<chatbot_id>")

    @routes.post("/trial", CHATBOTS_EDIT, most_bytes=2 * FILE_BYTES)
    def try_chatbot(caller: Caller, chatbot_id: str, body: ChatTrial) -> TrialView:
        """Play a transcript on a draft, saved or not, and tell everything; nothing is kept and nothing goes outside.

        Scripts get the answers of the transcript's `http`; every other call is refused, and e-mails go nowhere.
        """
        with authoring.database.reading() as work:
            find_chatbot(work, caller.company, chatbot_id)
        runs = [Run(run.key, run.result) for run in body.runs]
        tried = trials.play(caller.company, body.document, body.transcript, runs, with_reachable=body.with_reachable)
        return TrialView(
            problems=list(map(ProblemView.model_validate, tried.problems)),
            others=tried.others,
            turns=list(_turns(tried, lambda contents: shown(caller.company, contents))),
            stopped=tried.stopped,
            differences=list(map(TrialDifferenceView.model_validate, tried.differences)),
            runs=[RunOfCode(key=run.key, result=run.result) for run in tried.runs],
        )

    return routes


def _turns(tried: Tried, shown: Callable[[Sequence[JsonObject]], Sequence[JsonObject]]) -> Iterator[TrialTurnView]:
    variables: JsonObject = {}
    for step in tried.steps:
        assert tried.scenario is not None  # it has taken turns
        now = step.thread.variables if step.thread is not None else {}
        yield TrialTurnView(
            messages=list(_messages(tried.scenario, step, shown)),
            decisions=list(map(TrialDecisionView.model_validate, step.decisions)),
            log=list(_log(step)),
            effects=list(_effects(step)),
            changed={name: value for name, value in now.items() if name not in variables or variables[name] != value},
            removed=[name for name in variables if name not in now],
            thread=_thread(step.thread),
            timers=[TrialTimerView(name=timer.name, due=timer.due) for timer in step.timers],
            now=round(step.now * 1000),
        )
        variables = now


def _messages(
    scenario: Scenario, step: Step, shown: Callable[[Sequence[JsonObject]], Sequence[JsonObject]]
) -> Iterator[TrialMessageView]:
    sent = [effect for turn in step.turns for effect in turn.effects if isinstance(effect, effects.SendMessage)]
    for effect, content in zip(sent, shown([effect.content for effect in sent]), strict=True):
        text = scenario.content.text_of(effect.content)
        yield TrialMessageView(id=effect.id, node=effect.node, text=text, content=content, delay_ms=effect.delay_ms)


def _log(step: Step) -> Iterator[TrialLogView]:
    """All that was done, with the chatbot that was at work: a jump changes it within a turn."""
    for event, turn in zip(step.events, step.turns, strict=True):
        scenario = event.scenario
        for entry in turn.log:
            if entry.what == "jumped":
                scenario = entry.detail["scenario"]
            yield TrialLogView.model_validate({**msgspec.structs.asdict(entry), "scenario": scenario})


TOLD: Final[Mapping[type[effects.Effect], str]] = {
    **EFFECT_NAMES,
    effects.SetTimer: "set_timer",
    effects.CancelTimer: "cancel_timer",
    effects.Withdraw: "withdraw",
}
"""Effects that are told beside the messages."""


def _effects(step: Step) -> Iterator[TrialEffectView]:
    for turn in step.turns:
        for effect in turn.effects:
            if type(effect) in TOLD:
                values = {
                    name: value for name, value in msgspec.to_builtins(effect).items() if name not in ("id", "type")
                }
                yield TrialEffectView(kind=TOLD[type(effect)], values=values)


def _thread(thread: Thread | None) -> TrialThreadView | None:
    if thread is None:
        return None
    wait = thread.wait if thread.live else None
    return TrialThreadView(
        scenario=thread.scenario,
        status=thread.status,
        reason=thread.reason,
        node=thread.node,
        waits_for=wait.kind if wait is not None else None,
        waits_at=list(wait.nodes) if wait is not None else [],
    )
