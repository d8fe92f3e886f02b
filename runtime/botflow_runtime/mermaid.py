"""A scenario as a Mermaid flowchart: actions as boxes, conditions as hexagons, the branch on each link."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from botflow_runtime.exits import exits
from botflow_runtime.scenario import Action, Node, ScenarioDocument

ROLE_NAMES: Final = {
    "start": "start",
    "failover": "failover",
    "response_timeout": "response timeout",
    "stuck_timeout": "stuck timeout",
    "opt_out": "opt-out",
}
ESCAPES: Final = {
    "&": "#amp;",
    "#": "#35;",
    '"': "#quot;",
    "<": "#lt;",
    ">": "#gt;",
    "|": "#124;",
    "`": "#96;",
    "[": "#91;",
    "]": "#93;",
    "{": "#123;",
    "}": "#125;",
}


def flowchart(document: ScenarioDocument) -> str:
    """The Mermaid text. Else branches are dotted; a finish has doubled sides."""
    nodes = {node.id: node for node in reversed(document.nodes)}
    mentioned = [*(node.id for node in document.nodes), *(link[0] for node in document.nodes for link in _links(node))]
    names = {name: f"n{number}" for number, name in enumerate(dict.fromkeys(mentioned))}
    lines = ["flowchart TD"]
    lines += [f"  {_box(name, nodes[node]) if node in nodes else _missing(name, node)}" for node, name in names.items()]
    lines += [f"  {_link(names, node, *link)}" for node in document.nodes for link in _links(node)]
    return "\n".join(lines) + "\n"


def _box(name: str, node: Node) -> str:
    role = ROLE_NAMES.get(node.role)
    text = _quoted(f"{role}: {_title(node)}" if role else _title(node))
    if not isinstance(node, Action):
        return f"{name}{{{{{text}}}}}"
    return f"{name}[[{text}]]" if node.final else f"{name}[{text}]"


def _missing(name: str, node: str) -> str:
    return f"{name}([{_quoted(f'missing: {node}')}])"


def _title(node: Node) -> str:
    return node.label or node.id


def _links(node: Node) -> Iterator[tuple[str, str, bool]]:
    """Every link of a node: its target, the label of its branch, whether it is the else."""
    return ((target, way.label, way.is_else) for way in exits(node) for target in way.next)


def _link(names: dict[str, str], node: Node, target: str, label: str, is_else: bool) -> str:
    arrow = "-.->" if is_else else "-->"
    return f"{names[node.id]} {arrow}{f'|{_quoted(label)}|' if label else ''} {names[target]}"


def _quoted(text: str) -> str:
    """A text that Mermaid shows as it is."""
    return '"' + "".join(ESCAPES.get(letter, letter) for letter in " ".join(text.split())) + '"'
