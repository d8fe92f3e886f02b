"""botflow's sans-IO chatbot engine. The names here are public (engine.md 13)."""

from importlib import import_module
from typing import Any

_NAMES = {
    "Catalog": "catalog",
    "SenderConfig": "catalog",
    "Scenario": "compiled",
    "Conversation": "conversation",
    "Outcome": "conversation",
    "Driver": "driver",
    "Engine": "engine",
    "BotflowError": "errors",
    "HostError": "errors",
    "TranscriptError": "errors",
    "UnknownScenarioError": "errors",
    "UnknownSenderError": "errors",
    "ExpressionError": "expressions",
    "load_scenario": "loading",
    "PatternError": "patterns",
    "Problem": "problems",
    "ScenarioError": "problems",
    "Router": "router",
    "Thread": "thread",
    "Turn": "thread",
    "RequiredKeys": "validation",
    "required_keys": "validation",
    "validate": "validation",
}


__all__ = sorted(_NAMES)


def __getattr__(name: str) -> Any:
    if name not in _NAMES:
        raise AttributeError(name)
    return getattr(import_module(f"botflow_runtime.{_NAMES[name]}"), name)
