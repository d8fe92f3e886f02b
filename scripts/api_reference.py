"""docs/reference/runtime-api.md: the public names of botflow_runtime, each with the first line of its docstring."""

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise

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
    "botflow_runtime.limits": "What a host has to keep to.",
    "botflow_runtime.sandbox": "Run the scripts of scenarios.",
    "botflow_runtime.replay": "Record conversations and run them again.",
    "botflow_runtime.expressions": "PostgreSQL expressions.",
    "botflow_runtime.patterns": "MySQL patterns.",
    "botflow_runtime.testing": "Test scenarios.",
}
OWN_NAMES = ("botflow_runtime.events", "botflow_runtime.effects", "botflow_runtime.replay")
"""Modules without `__all__`: their own public classes and functions."""
ALIASES = {"botflow_runtime.events": ["AnyEvent"], "botflow_runtime.effects": ["AnyEffect"]}
"""Their types that are neither class nor function."""
CHOSEN = {
    "botflow_runtime.code_runs": ["RunScript", "code_finished", "request_of"],
    "botflow_runtime.limits": ["EXPIRY_SECONDS"],
}
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
    own = [name for name, value in vars(found).items() if getattr(value, "__module__", "") == module]
    return sorted(name for name in {*own, *ALIASES.get(module, ())} if not name.startswith("_"))


def documentation(module: str, name: str) -> str:
    """The docstring of a class or function; for a constant or an alias the text below it. Empty where there is none."""
    found = import_module(module)
    value = getattr(found, name)
    if inspect.isclass(value) or inspect.isroutine(value):
        return inspect.getdoc(value) or ""
    for statement, below in pairwise(ast.parse(inspect.getsource(found)).body):
        match statement, below:
            case ast.AnnAssign(target=ast.Name(id=assigned)), ast.Expr(ast.Constant(str(text))) if assigned == name:
                return text
    return ""


def _section(module: str) -> Iterator[str]:
    yield f"## {module}\n\n{MODULES[module]}\n\n| name | what it is |\n|---|---|"
    for name in public_names(module):
        yield f"| `{name}` | {_sentence(documentation(module, name))} |"
    yield ""


def _sentence(text: str) -> str:
    paragraph = " ".join(text.split("\n\n")[0].split())
    first, *rest = re.split(r"(?<=\.) ", SPEC_ID.sub("", paragraph))
    sentence = f"{first} {rest[0]}" if len(first) < SHORTEST_SENTENCE and rest else first
    return sentence.replace("``", "`").replace("|", "\\|")
