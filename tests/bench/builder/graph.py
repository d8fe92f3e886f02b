"""The same graph twice: as a scenario for the builder, and as React Flow takes it."""

from __future__ import annotations

import math
from typing import Any, Final

from tests.bench.large_scenario import BLOCK, large_scenario

ACROSS: Final = 340
DOWN: Final = 260
"""From one node to the next one, so that none covers another."""
WIDTH: Final = 260
HEIGHT: Final = 84


def scenario_of(nodes: int) -> dict[str, Any]:
    """A scenario of so many nodes, about as wide as it is high."""
    made = large_scenario(nodes // BLOCK)
    columns = math.ceil(math.sqrt(nodes * DOWN / ACROSS / 0.6))
    places = {
        node["id"]: [number % columns * ACROSS, number // columns * DOWN] for number, node in enumerate(made["nodes"])
    }
    return made | {"layout": {"nodes": places}}


def bare_graph(scenario: dict[str, Any]) -> dict[str, Any]:
    """Its nodes and links for a bare React Flow page: a name each, in the same places and of about the same size."""
    places = scenario["layout"]["nodes"]
    nodes = [
        {
            "id": node["id"],
            "position": dict(zip("xy", places[node["id"]], strict=True)),
            "data": {"label": node["label"]},
            "style": {"width": WIDTH, "height": HEIGHT},
        }
        for node in scenario["nodes"]
    ]
    links = {(node["id"], target) for node in scenario["nodes"] for target in _targets(node)}
    edges = [{"id": f"{source} {target}", "source": source, "target": target} for source, target in sorted(links)]
    return {"nodes": nodes, "edges": edges}


def _targets(node: dict[str, Any]) -> list[str]:
    exits = [node, *node.get("branches", []), node.get("else", {})]
    return [target for one in exits for target in one.get("next", [])]
