"""`make bench-ui`: measures, prints a table and JSON lines, and keeps those in .bench/builder.jsonl."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Final

import msgspec
from rich.console import Console

from tests.bench.builder.figures import Figure, cells, table
from tests.bench.builder.scenes import SIZES, figures
from tests.bench.builder.stage import stage
from tests.bench.machine import facts
from tests.bench.measure import SMALL, Plan
from tests.bench.peers.install import TARGET

RESULTS: Final = TARGET / "builder.jsonl"
ROUNDS: Final = 5
WIDTH: Final = 150


def main() -> int:
    """Run all of it. The exit status says whether it ran, not whether the goals were met."""
    parser = argparse.ArgumentParser(prog="make bench-ui")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--nodes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--small", action="store_true", help="everything once and hastily: to see that it works")
    asked = parser.parse_args()
    plan = SMALL if asked.small else Plan(rounds=asked.rounds)
    machine = facts()
    found: list[Figure] = []
    with stage() as where:
        machine["browser"] = where.browser.version
        for figure in figures(where, asked.nodes, plan):
            print(*cells(figure), file=sys.stderr, flush=True)
            found.append(figure)
    machine["load_after"] = round(os.getloadavg()[0], 1)
    print(msgspec.yaml.encode(machine).decode())
    Console(width=WIDTH).print(table(found))
    lines = b"".join(msgspec.json.encode(line) + b"\n" for line in (machine, *found))
    if not plan.small:
        TARGET.mkdir(exist_ok=True)
        RESULTS.write_bytes(lines)
    print(lines.decode(), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
