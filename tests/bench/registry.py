"""The benchmarks by name, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tests.bench import code, expression, flat, pizza, routing, server, smpp, thousand_nodes
from tests.bench.measure import Plan, Row

BENCHMARKS: Final[Mapping[str, Callable[[Plan], list[Row]]]] = {
    module.NAME: module.rows for module in (pizza, routing, thousand_nodes, expression, code, flat, smpp, server)
}
