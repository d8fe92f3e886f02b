"""Recorded conversations: every event of every thread, and the same end again (engine.md 1, TH-3).

A recording is a JSON file: the scenarios with their versions, the senders, the events in their order (decisions, code
results and all else that cannot be repeated are in them), and the threads as they were in the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from botflow_runtime.catalog import Catalog, Sender, SenderConfig
from botflow_runtime.compiled import Scenario
from botflow_runtime.engine import Engine
from botflow_runtime.errors import BotflowError
from botflow_runtime.events import AnyEvent
from botflow_runtime.json_types import JsonObject
from botflow_runtime.loading import load_scenario
from botflow_runtime.scenario import FORMAT as SCENARIO_FORMAT
from botflow_runtime.thread import Thread, Turn

FORMAT: Final = "botflow.recording/1"


class RecordingError(BotflowError):
    """A recording that cannot be read; the message says why."""


class _Format(msgspec.Struct):
    """What a file says that it is."""

    format: str = ""


class RecordedScenario(msgspec.Struct, frozen=True):
    """A scenario file's content and its version."""

    version: int
    document: JsonObject


class Offered(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a turn found in the catalog: newest versions by chatbot, and the sender's default chatbot.

    A chatbot that is not named was not published for it.
    """

    newest: dict[str, int] = {}
    default: str | None = None


class RecordedEvent(msgspec.Struct, frozen=True, omit_defaults=True):
    """An event, and the thread that handled it with the version it was on before.

    `offered` is what the catalog offered to its turn; None: what the recording holds, in its newest versions.
    """

    thread: str
    scenario: str
    version: int
    event: AnyEvent
    offered: Offered | None = None


class Recording(msgspec.Struct, frozen=True):
    """A recorded conversation. `threads`: the threads in the end."""

    scenarios: list[RecordedScenario]
    senders: list[SenderConfig]
    events: list[RecordedEvent]
    threads: list[Thread]
    format: Literal["botflow.recording/1"] = FORMAT

    def to_json(self) -> bytes:
        """The recording as JSON."""
        return msgspec.json.encode(self)


class Replayed(msgspec.Struct, frozen=True):
    """What a replay gave: its turns, and the threads (as recorded, as replayed) that ended otherwise."""

    turns: list[Turn]
    differing: list[tuple[Thread, Thread | None]]


def read_recording(data: bytes | str) -> Recording:
    """Read a recording from JSON. Raises RecordingError."""
    try:
        if _is_scenario(data):
            raise RecordingError(f"this is a scenario, not a recording of {FORMAT}: `botflow chat --record` writes one")
        return msgspec.json.decode(data, type=Recording)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise RecordingError(f"this is not a recording of {FORMAT}: {error}") from None


def _is_scenario(data: bytes | str) -> bool:
    try:
        return msgspec.json.decode(data, type=_Format).format == SCENARIO_FORMAT
    except msgspec.ValidationError:
        return False


def replay(recording: Recording) -> Replayed:
    """Handle all events again, each thread going through JSON in between.

    Raises ScenarioError for a scenario that does not compile, UnknownScenarioError for one that is missing,
    RecordingError for an event that its thread cannot have had.
    """
    scenarios = [load_scenario(recorded.document, recorded.version) for recorded in recording.scenarios]
    threads: dict[str, bytes] = {}
    turns = list(_turns(Catalog(scenarios, recording.senders), recording.events, threads))
    ends = {name: Thread.from_json(data) for name, data in threads.items()}
    differing = [(thread, ends.get(thread.id)) for thread in recording.threads if ends.get(thread.id) != thread]
    return Replayed(turns, differing)


class _AsOffered(Catalog):
    """The recorded catalog as one turn found it."""

    def __init__(self, whole: Catalog, offered: Offered) -> None:
        super().__init__(())
        self._whole = whole
        self._offered = offered

    def version(self, scenario: str, version: int) -> Scenario:
        return self._whole.version(scenario, version)

    def newest(self, scenario: str) -> Scenario | None:
        number = self._offered.newest.get(scenario)
        return None if number is None else self._whole.version(scenario, number)

    def find_sender(self, sender: str) -> Sender | None:
        found = self._whole.find_sender(sender)
        return None if found is None else msgspec.structs.replace(found, default=self._offered.default)


def _turns(catalog: Catalog, events: list[RecordedEvent], threads: dict[str, bytes]) -> Iterator[Turn]:
    for number, recorded in enumerate(events, 1):
        known = threads.get(recorded.thread)
        offered = catalog if recorded.offered is None else _AsOffered(catalog, recorded.offered)
        fresh = Thread(recorded.thread, recorded.scenario, recorded.version)
        try:
            turn = Engine(offered).handle(Thread.from_json(known) if known is not None else fresh, recorded.event)
        except LookupError as error:  # the engine trusts decisions to name what there is
            raise RecordingError(f"event {number} names {error}, which its thread does not have") from None
        threads[recorded.thread] = turn.thread.to_json()
        yield turn
