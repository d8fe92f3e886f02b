"""Plays a transcript against scenarios on a virtual clock and tells every difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, Final, Protocol

import msgspec

from botflow_runtime import effects
from botflow_runtime.compiled import Scenario
from botflow_runtime.driver import Driver, Timer
from botflow_runtime.errors import TranscriptError
from botflow_runtime.events import AnyEvent, Decision, DeliveryReported, Resolved, Restarted, Resumed, Stopped
from botflow_runtime.json_types import Json, JsonObject
from botflow_runtime.replay import RecordedEvent
from botflow_runtime.sandbox import (
    CallError,
    CodeRequest,
    CodeResult,
    CodeRunner,
    EmailCall,
    HttpCall,
    HttpResponse,
)
from botflow_runtime.sandbox.run import SendEmail, SendHttp
from botflow_runtime.testing.clock import VirtualClock
from botflow_runtime.testing.transcript import HttpAnswer, Inbound, StartAt, Transcript, TranscriptTurn, pattern_of
from botflow_runtime.thread import Thread, Turn

MOST_SECONDS_OF_A_PATTERN: Final = 2.0
"""One pattern of a transcript may search one text for so long."""

EFFECT_NAMES: Final[Mapping[type[effects.Effect], str]] = {
    effects.Handover: "handover",
    effects.OptOut: "opt_out",
    effects.Report: "report",
    effects.OpenThread: "open_thread",
    effects.SetAttribute: "set_attribute",
}


class Difference(msgspec.Struct, frozen=True):
    """What differs at one turn (its number counts from 1; 0: the transcript as a whole)."""

    turn: int
    what: str
    expected: Json
    actual: Json

    def __str__(self) -> str:
        place = f"turn {self.turn}" if self.turn else "transcript"
        return f"{place}: {self.what}\n    expected: {_shown(self.expected)}\n    got:      {_shown(self.actual)}"


class Played(msgspec.Struct, frozen=True):
    """A transcript after it was played: its differences, and the turns that the engine took, each with its event."""

    differences: list[Difference]
    turns: list[Turn]
    events: list[AnyEvent]

    @property
    def passed(self) -> bool:
        """Nothing differs."""
        return not self.differences


class Step(msgspec.Struct, frozen=True):
    """What came of one turn of a transcript: the turns that the engine took, each with its event and the thread before.

    `thread` is the newest thread, `now` the clock (seconds since the epoch), `timers` what is armed, all as they were
    in the end.
    """

    turns: list[Turn]
    events: list[RecordedEvent]
    decisions: list[Decision]
    thread: Thread | None
    now: float
    timers: list[Timer]


class ScriptRunner(Protocol):
    """What runs code steps: a CodeRunner, or something around one."""

    def run(self, request: CodeRequest, *, http: SendHttp | None = None, email: SendEmail | None = None) -> CodeResult:
        """Run a script."""


def play(
    scenario: Scenario,
    transcript: Transcript,
    others: Iterable[Scenario] = (),
    runner: ScriptRunner | None = None,
) -> Played:
    """Play a transcript. `others` are further chatbots on the same sender; `runner` runs code steps.

    The thread goes through JSON between any two events. Raises TranscriptError when the transcript asks for something
    that cannot be done, such as an operator's action before there is a thread.
    """
    player = Player(scenario, transcript, others, runner)
    try:
        for _ in player.steps():
            pass
        return player.played()
    finally:
        player.close()


class Player:
    """Plays a transcript turn by turn, for those who look at each: iterate over `steps`, then `close` it."""

    def __init__(
        self,
        scenario: Scenario,
        transcript: Transcript,
        others: Iterable[Scenario] = (),
        runner: ScriptRunner | None = None,
        pattern_seconds: float = MOST_SECONDS_OF_A_PATTERN,
    ) -> None:
        self.scenario = scenario
        self.pattern_seconds = pattern_seconds
        self.transcript = transcript
        self.clock = VirtualClock(transcript.start)
        self.http = HttpAnswers(transcript.http)
        self.texts: list[JsonObject] = []
        self.effects: list[str] = []
        self.differences: list[Difference] = []
        self.runner: ScriptRunner | None = runner
        self.own_runner: CodeRunner | None = None
        self.driver = Driver(
            [scenario, *others],
            lambda phone, content: self.texts.append(content),
            run_code=self._run_code,
            on_effect=self._note,
            clock=self.clock,
        )
        contact = transcript.contact.model_dump(exclude_none=True)
        self.phone: str = contact.pop("phone")
        self.session = self.driver.session(self.phone, **contact)

    def steps(self) -> Iterator[Step]:
        """Play on, one turn of the transcript after the other. Raises TranscriptError."""
        for number, turn in enumerate(self.transcript.turns, 1):
            self.texts.clear()
            self.effects.clear()
            turns, decisions = len(self.driver.turns), len(self.driver.decisions)
            self._do(number, turn)
            self._compare(number, turn)
            yield self._step(turns, decisions)

    def played(self) -> Played:
        """What differs, as far as it was played."""
        unused = [Difference(0, "an http answer was not used", match, None) for match in self.http.unused()]
        return Played(
            [*self.differences, *unused],
            [turn for _, turn in self.driver.turns],
            [event for event, _ in self.driver.turns],
        )

    def _step(self, turns: int, decisions: int) -> Step:
        return Step(
            turns=[turn for _, turn in self.driver.turns[turns:]],
            events=self.driver.recorded[turns:],
            decisions=self.driver.decisions[decisions:],
            thread=self.session.thread(),
            now=self.clock(),
            timers=sorted(self.session.timers.values(), key=lambda timer: timer.due),
        )

    def close(self) -> None:
        """End the sandbox, if one was started."""
        if self.own_runner is not None:
            self.own_runner.close()

    # --- what happens ------------------------------------------------------------------------------------------------

    def _do(self, number: int, turn: TranscriptTurn) -> None:
        if turn.in_ is not None:
            self._receive(turn.in_)
        elif turn.wait is not None:
            self._pass_time(turn.wait)
        elif turn.fail is not None:
            self._fail_delivery(number)
        else:
            self._operate(number, turn)

    def _receive(self, said: str | Inbound) -> None:
        inbound = Inbound(text=said) if isinstance(said, str) else said
        attachments = (inbound.attachment,) if inbound.attachment is not None else ()
        self.driver.receive(
            self.phone, inbound.text, postback=inbound.postback, location=inbound.location, attachments=attachments
        )

    def _pass_time(self, seconds: float) -> None:
        end = self.clock() + seconds
        while (due := self.driver.next_due()) is not None and due <= end:
            self.clock.advance_to(due)
            self.driver.run_due()
        self.clock.advance_to(end)

    def _fail_delivery(self, number: int) -> None:
        if not self.session.sent:
            raise TranscriptError(f"turn {number}: no message was sent yet that could fail")
        message = self.session.sent[-1].id
        self.driver.happen(self.phone, DeliveryReported, message=message, state="failed", accepted=True)

    def _operate(self, number: int, turn: TranscriptTurn) -> None:
        thread = self.session.thread()
        if isinstance(turn.operator, StartAt):
            self.driver.start(self.phone, self._chatbot_with(turn.operator.start_at, thread), turn.operator.start_at)
        elif thread is None:
            raise TranscriptError(f"turn {number}: there is no thread yet to {turn.operator}")
        else:
            self.driver.happen(self.phone, OPERATIONS[str(turn.operator)])

    def _chatbot_with(self, node: str, thread: Thread | None) -> str:
        """The chatbot whose node it is: the current one where it has such a node, otherwise the transcript's."""
        current = self.driver.conversation.catalog.newest(thread.scenario) if thread is not None else None
        return current.id if current is not None and current.links_to(node) is not None else self.scenario.id

    def _run_code(self, request: CodeRequest) -> CodeResult:
        if self.runner is None:
            self.runner = self.own_runner = CodeRunner()
        return self.runner.run(request, http=self.http, email=_sent)

    def _note(self, effect: effects.AnyEffect, thread: Thread) -> None:
        name = EFFECT_NAMES.get(type(effect))
        if name is not None:
            self.effects.append(name)

    # --- what is expected --------------------------------------------------------------------------------------------

    def _compare(self, number: int, turn: TranscriptTurn) -> None:
        thread = self.session.thread()
        before = len(self.differences)
        if turn.out is not None:
            self._compare_out(number, turn.out)
        self._equal(number, "at", turn.at, thread and thread.node)
        self._equal(number, "status", turn.status, thread and thread.status)
        if turn.vars is not None:
            variables = thread.variables if thread is not None else {}
            self._equal(number, "variables", turn.vars, {name: variables.get(name) for name in turn.vars})
        if turn.effects is not None:
            self._equal(number, "effects", sorted(turn.effects), sorted(self.effects))
        self._explain(number, differs=len(self.differences) > before)

    def _explain(self, number: int, *, differs: bool) -> None:
        """Beside what differs, name the calls that had no answer: a script may also be meant to meet a dead service."""
        unanswered = self.http.take_unanswered()
        for call in unanswered if differs else ():
            what = f"{call} was called and no http answer fits"
            self.differences.append(Difference(number, what, self.http.matches, call))

    def _compare_out(self, number: int, expected: tuple[str | JsonObject, ...]) -> None:
        shown = [self._as_expected(content, other) for content, other in _pairs(self.texts, expected)]
        fits = len(expected) == len(self.texts) and all(
            self._fits(number, content, other) for content, other in zip(self.texts, expected, strict=True)
        )
        if not fits:
            self.differences.append(Difference(number, "out", list(expected), shown))

    def _as_expected(self, content: JsonObject, expected: str | JsonObject | None) -> Json:
        return content if isinstance(expected, Mapping) else self._text(content)

    def _fits(self, number: int, content: JsonObject, expected: str | JsonObject) -> bool:
        if isinstance(expected, Mapping):
            return _includes(content, expected)
        text, pattern = self._text(content), pattern_of(expected)
        if pattern is None:
            return text == expected
        try:
            return pattern.search(text, timeout=self.pattern_seconds) is not None
        except TimeoutError:
            raise TranscriptError(f"turn {number}: simplify {expected}: it takes too long to search a text") from None

    def _text(self, content: JsonObject) -> str:
        return self.scenario.content.text_of(content)

    def _equal(self, number: int, what: str, expected: Json, actual: Json) -> None:
        if expected is not None and expected != actual:
            self.differences.append(Difference(number, what, expected, actual))


OPERATIONS: Final[Mapping[str, Any]] = {
    "stop": Stopped,
    "resume": Resumed,
    "restart": Restarted,
    "resolve": Resolved,
}


class HttpAnswers:
    """Answers the HTTP calls of code steps from a list, such as that of a transcript; `whose` tells whose it is."""

    def __init__(self, answers: Iterable[HttpAnswer], whose: str = "the transcript") -> None:
        self.whose = whose
        self.answers = list(answers)
        self.used: Counter[int] = Counter()
        self.unanswered: list[str] = []

    def __call__(self, call: HttpCall) -> HttpResponse:
        wanted = f"{call.method.upper()} {call.url}"
        for index, answer in enumerate(self.answers):
            if fnmatchcase(wanted, answer.match):
                self.used[index] += 1
                return _response(answer)
        self.unanswered.append(wanted)
        raise CallError(f"{self.whose} has no http answer that matches {wanted!r}")

    @property
    def matches(self) -> list[Json]:
        """What the answers are for."""
        return [answer.match for answer in self.answers]

    def take_unanswered(self) -> list[str]:
        """The calls since the last time that no answer fits, each named once."""
        calls, self.unanswered = self.unanswered, []
        return list(dict.fromkeys(calls))

    def unused(self) -> list[str]:
        """The answers that no call has asked for."""
        return [answer.match for index, answer in enumerate(self.answers) if not self.used[index]]


def _sent(call: EmailCall) -> None:
    """E-mails of code steps go nowhere in a transcript."""


def _response(answer: HttpAnswer) -> HttpResponse:
    if answer.error is not None:
        raise CallError(answer.error)
    text = answer.text if answer.text is not None else msgspec.json.encode(answer.json_).decode()
    return HttpResponse(status=answer.status, headers=answer.headers, text=text)


def _includes(actual: Json, expected: Json) -> bool:
    """Whether `actual` has at least the fields of `expected`."""
    if isinstance(expected, Mapping):
        return isinstance(actual, Mapping) and all(
            name in actual and _includes(actual[name], value) for name, value in expected.items()
        )
    if isinstance(expected, list):
        return (
            isinstance(actual, list)
            and len(actual) == len(expected)
            and all(_includes(one, other) for one, other in zip(actual, expected, strict=True))
        )
    return bool(actual == expected)


def _pairs(
    contents: list[JsonObject], expected: tuple[str | JsonObject, ...]
) -> list[tuple[JsonObject, str | JsonObject | None]]:
    return [(content, expected[index] if index < len(expected) else None) for index, content in enumerate(contents)]


def _shown(value: Json) -> str:
    return msgspec.json.encode(value).decode()
