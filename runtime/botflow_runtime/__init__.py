"""botflow's sans-IO chatbot engine. The names here are public (engine.md 13)."""

from botflow_runtime.catalog import Catalog, SenderConfig
from botflow_runtime.compiled import Scenario
from botflow_runtime.conversation import Conversation, Outcome
from botflow_runtime.driver import Driver
from botflow_runtime.engine import Engine
from botflow_runtime.errors import BotflowError, HostError, TranscriptError, UnknownScenarioError, UnknownSenderError
from botflow_runtime.expressions import ExpressionError
from botflow_runtime.loading import load_scenario
from botflow_runtime.patterns import PatternError
from botflow_runtime.problems import Problem, ScenarioError
from botflow_runtime.router import Router
from botflow_runtime.thread import Thread, Turn
from botflow_runtime.validation import validate

__all__ = [
    "BotflowError",
    "Catalog",
    "Conversation",
    "Driver",
    "Engine",
    "ExpressionError",
    "HostError",
    "Outcome",
    "PatternError",
    "Problem",
    "Router",
    "Scenario",
    "ScenarioError",
    "SenderConfig",
    "Thread",
    "TranscriptError",
    "Turn",
    "UnknownScenarioError",
    "UnknownSenderError",
    "load_scenario",
    "validate",
]
