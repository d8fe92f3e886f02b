"""Trying a draft in a chat beside the canvas (ED-4): a transcript is played on it, and everything is told.

The server keeps nothing of it: whoever tries sends the draft and all that has happened so far, every time. Both are
played from the start on a virtual clock, so the outcome is that of `botflow test`. Nothing goes outside: scripts get
the answers that the transcript holds, and no others.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any, Final

import msgspec

from botflow.chatbots.catalog import Catalogs
from botflow.chatbots.checks import newest_or_draft, reachable
from botflow.chatbots.trial_places import TrialPlaces
from botflow.db import Database, UnitOfWork
from botflow.errors import TooManyError
from botflow_runtime import Problem, Scenario, ScenarioError, TranscriptError, load_scenario, required_keys
from botflow_runtime.expressions.budget import at_most
from botflow_runtime.json_types import JsonObject
from botflow_runtime.sandbox import CodeRequest, CodeResult, CodeRunner
from botflow_runtime.sandbox.limits import OUTPUT_BYTES, VALUE_DEPTH
from botflow_runtime.sandbox.outcome import is_too_deep
from botflow_runtime.sandbox.run import SendEmail, SendHttp
from botflow_runtime.testing import Difference, Transcript, load_transcript
from botflow_runtime.testing.player import Player, Step
from botflow_runtime.testing.transcript import MOST_BYTES
from botflow_runtime.validation.source import Checkable

MOST_TURNS: Final = 200
"""Turns of the transcript of one trial."""
MOST_RUNS: Final = 200
"""Runs of code in one trial, those of before included."""
PROCESSOR_SECONDS: Final = 5.0
"""What playing one trial may compute, scripts not included."""
CODE_SECONDS: Final = 20.0
"""What all scripts of one trial may take together."""
PATTERN_SECONDS: Final = 0.1
"""What searching one text for what a transcript expects may take."""


class TrialOverError(TranscriptError):
    """A trial has used up what it may take."""


class Run(msgspec.Struct, frozen=True):
    """A run of code that is over: what it was given, as a digest, and its result."""

    key: str
    result: JsonObject


@dataclass
class Tried:
    """What came of a trial.

    `problems`: why the draft cannot run at all. `steps`: what each turn led to, as far as they could be played;
    `stopped`: why the next one could not. `others`: ids of the chatbots beside it. `runs`: all runs of code.
    """

    scenario: Scenario | None = None
    problems: list[Problem] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    stopped: str | None = None
    differences: list[Difference] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)


class Trials:
    """Trials of drafts among the other chatbots of their company."""

    def __init__(self, database: Database, catalogs: Catalogs, code: CodeRunner, places: TrialPlaces) -> None:
        self._places = places
        self._database = database
        self._catalogs = catalogs
        self._code = code

    def play(
        self, company: str, document: JsonObject, transcript: JsonObject, runs: list[Run], *, with_reachable: bool
    ) -> Tried:
        """Play a transcript on a draft.

        With `with_reachable`, all chatbots that the draft's jumps can lead to are there, as their contacts would meet
        them; otherwise those that the transcript names, as for `botflow test`. `runs` are those of an earlier trial of
        the same chat: code that is given the same again is not run again.
        """
        with at_most(PROCESSOR_SECONDS):
            return self._played(company, document, transcript, runs, with_reachable=with_reachable)

    def _played(
        self, company: str, document: JsonObject, transcript: JsonObject, runs: list[Run], *, with_reachable: bool
    ) -> Tried:
        try:
            scenario = load_scenario(document)
            read = load_transcript(_small(transcript))
        except ScenarioError as error:
            return Tried(problems=error.problems)
        except TranscriptError as error:
            return Tried(stopped=str(error))
        others = self._others(company, scenario, read, with_reachable=with_reachable)
        tried = Tried(scenario, others=[other.id for other in others])
        code = _Replaying(self._code, self._places, runs, transcript.get("http"))
        player = Player(scenario, read, others, code, PATTERN_SECONDS)
        try:
            tried.steps.extend(_in_time(player.steps()))
        except TranscriptError as error:
            tried.stopped = str(error)
        tried.differences = player.played().differences
        tried.runs = code.done
        return tried

    def _others(
        self, company: str, scenario: Scenario, transcript: Transcript, *, with_reachable: bool
    ) -> list[Scenario]:
        named = [PurePosixPath(name).stem for name in transcript.scenarios]
        with self._database.reading() as work:
            if with_reachable:
                names = [*named, *required_keys(scenario).chatbots]
                found = [one for _, one in reachable(work, self._catalogs, company, scenario.id, names)]
            else:
                found = list(self._named(work, company, named))
        return list(_running(found))

    def _named(self, work: UnitOfWork, company: str, names: Iterable[str]) -> Iterator[Checkable]:
        for name in names:
            found = newest_or_draft(work, self._catalogs, company, name)
            if found is not None:
                yield found


def _running(found: Iterable[Checkable]) -> Iterator[Scenario]:
    """Those that can run; a draft may be unfinished, and then a jump to it fails."""
    for one in found:
        try:
            yield one if isinstance(one, Scenario) else load_scenario(one)
        except ScenarioError:
            continue


def _small(transcript: JsonObject) -> JsonObject:
    """The transcript, where it is no larger than a file of one. Raises TranscriptError."""
    if len(msgspec.json.encode(transcript)) > MOST_BYTES:
        raise TrialOverError(f"What has happened so far is larger than {MOST_BYTES:,} bytes. Start over.")
    return transcript


def _in_time(steps: Iterator[Step]) -> Iterator[Step]:
    end = time.thread_time() + PROCESSOR_SECONDS
    for number, step in enumerate(steps, 1):
        if number > MOST_TURNS:
            raise TrialOverError(f"A trial has at most {MOST_TURNS} turns. Start over.")
        if number > 1 and time.thread_time() > end:
            raise TrialOverError("This chat takes too long to play again. Start over.")
        yield step


class _Replaying:
    """Runs code, but for what was run before with the same data: its result is there already, and stays the same."""

    def __init__(self, code: CodeRunner, places: TrialPlaces, before: Iterable[Run], http: object) -> None:
        self._code = code
        self._places = places
        self._http = http
        self._known: dict[str, list[JsonObject]] = defaultdict(list)
        for run in before:
            self._known[run.key].append(run.result)
        self._left = CODE_SECONDS
        self.done: list[Run] = []

    def run(self, request: CodeRequest, *, http: SendHttp | None = None, email: SendEmail | None = None) -> CodeResult:
        """The result of before, or a new one. Raises TrialOverError."""
        if len(self.done) >= MOST_RUNS:
            raise TrialOverError(f"A trial runs code at most {MOST_RUNS} times. Start over.")
        key = self._key(request)
        result = self._recalled(key)
        if result is None:
            result = self._run(lambda: self._code.run(request, http=http, email=email))
        self.done.append(Run(key, msgspec.to_builtins(result)))
        return result

    def _run(self, run: Callable[[], CodeResult]) -> CodeResult:
        if self._left <= 0:
            raise TrialOverError("The code of this chat takes too long altogether. Start over, or make it shorter.")
        try:
            with self._places.one():
                begun = time.monotonic()
                result = run()
                self._left -= time.monotonic() - begun
                return result
        except TooManyError as error:
            raise TrialOverError(str(error)) from None

    def _key(self, request: CodeRequest) -> str:
        """What the result depends on; the id of the run changes with the chat before it."""
        given: tuple[Any, ...] = (msgspec.structs.replace(request, run_id=""), self._http)
        return sha256(msgspec.json.encode(given, order="deterministic")).hexdigest()

    def _recalled(self, key: str) -> CodeResult | None:
        known = self._known[key]
        if not known:
            return None
        result = known.pop(0)
        try:
            found = None if is_too_deep(result, VALUE_DEPTH) else msgspec.convert(result, CodeResult)
        except msgspec.ValidationError:
            return None
        return found if found is not None and _is_possible(found) else None


def _is_possible(result: CodeResult) -> bool:
    """Whether the sandbox lets so much out: nobody's own result is larger than what code can give."""
    output = (result.value, result.vars, result.attributes, result.log)
    return len(msgspec.json.encode(output)) <= OUTPUT_BYTES
