"""docs/reference/runtime-api.md: the public names of botflow_runtime, each with the first line of its docstring."""

import inspect
import re
from collections.abc import Iterator
from importlib import import_module

HEADER = """# The runtime's public names

What a program that embeds botflow may rely on. Everything else in `botflow_runtime` may change from one version to the
next. Listed by `make generate` from the docstrings; `help(botflow_runtime.Driver)` tells the rest.
[Embed the engine](../how-to/embed.md) shows how they go together.
"""
MODULES = {
    "botflow_runtime": "Load, check and run scenarios.",
    "botflow_runtime.events": "What can happen to a thread. Each event has `to_json()`.",
    "botflow_runtime.effects": "What a host has to do after a turn. Each effect has `to_json()`.",
    "botflow_runtime.code_runs": "What a host needs to run scripts.",
    "botflow_runtime.sandbox": "Run the scripts of scenarios.",
    "botflow_runtime.replay": "Record conversations and run them again.",
    "botflow_runtime.expressions": "PostgreSQL expressions.",
    "botflow_runtime.patterns": "MySQL patterns.",
    "botflow_runtime.testing": "Test scenarios.",
}
OWN_NAMES = ("botflow_runtime.events", "botflow_runtime.effects", "botflow_runtime.replay")
"""Modules without `__all__`: their own public classes and functions."""
CHOSEN = {"botflow_runtime.code_runs": ["code_finished", "request_of"]}
"""Modules of which only some names are meant for hosts."""
SHORTEST_SENTENCE = 20
SPEC_ID = re.compile(r" \([A-Z]{2}-\d+[^)]*\)")


def api_reference() -> str:
    """The page, ending in a newline."""
    return "\n".join([HEADER, *(line for module in MODULES for line in _section(module))])


def public_names(module: str) -> list[str]:
    """The public names of a module, sorted."""
    found = import_module(module)
    if module in CHOSEN:
        return CHOSEN[module]
    if module not in OWN_NAMES:
        return sorted(found.__all__)
    own = (name for name, value in vars(found).items() if getattr(value, "__module__", "") == module)
    return sorted(name for name in own if not name.startswith("_") and name != "Event" and name != "Effect")


def _section(module: str) -> Iterator[str]:
    yield f"## {module}\n\n{MODULES[module]}\n\n| name | what it is |\n|---|---|"
    for name in public_names(module):
        yield f"| `{name}` | {_sentence(getattr(import_module(module), name))} |"
    yield ""


def _sentence(value: object) -> str:
    paragraph = " ".join((inspect.getdoc(value) or "").split("\n\n")[0].split())
    first, *rest = re.split(r"(?<=\.) ", SPEC_ID.sub("", paragraph))
    sentence = f"{first} {rest[0]}" if len(first) < SHORTEST_SENTENCE and rest else first
    return sentence.replace("``", "`").replace("|", "\\|")
