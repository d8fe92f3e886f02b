"""The exceptions of the runtime, all of one tree::

    BotflowError
    ├── ScenarioError        the file cannot be compiled; `.problems` says why, each with its place
    ├── ExpressionError      an expression that cannot be compiled or computed
    ├── PatternError         a pattern that cannot be compiled
    ├── TranscriptError      a transcript that cannot be read
    ├── RecordingError       a recording that cannot be read
    ├── CallError            an HTTP call or e-mail of a script that the host refused or could not carry out
    └── HostError            the host used the engine wrongly
        ├── UnknownScenarioError  the catalog holds no such scenario or version
        ├── UnknownSenderError    the catalog holds no such sender
        └── RunnerClosedError     the sandbox was used after it was closed

Mistakes of a scenario's author never raise while a conversation runs: they become entries of the turn's log, and a
step that cannot go on fails as its `on_failure` says (engine.md 5).
"""

from __future__ import annotations


class BotflowError(Exception):
    """Any error that the runtime raises on purpose."""


class HostError(BotflowError):
    """The host used the engine wrongly."""


class UnknownScenarioError(HostError):
    """The catalog holds no scenario of this id, or not this version."""


class UnknownSenderError(HostError):
    """The catalog holds no sender of this id."""


class TranscriptError(BotflowError):
    """A transcript that cannot be read; the message says where and why."""
