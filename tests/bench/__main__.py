"""`make bench`: measures, prints a table and JSON lines, and keeps those in .bench/results.jsonl."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Final

import msgspec
from rich.console import Console
from rich.table import Table

from tests.bench.machine import facts
from tests.bench.measure import FULL, Row, duration, stay_on_one_core
from tests.bench.peers.install import TARGET
from tests.bench.registry import BENCHMARKS

RESULTS: Final = TARGET / "results.jsonl"
WIDTH: Final = 150


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all. The exit status says whether they ran, not whether the goals were met."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"there is no benchmark {unknown[0]!r}: take some of {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    stay_on_one_core()
    machine = facts()
    rows: list[Row] = []
    for name in names or BENCHMARKS:
        print(f"{name} ...", file=sys.stderr, flush=True)
        rows += BENCHMARKS[name](FULL)
    print(msgspec.yaml.encode(machine).decode())
    Console(width=WIDTH).print(table(rows))
    lines = b"".join(msgspec.json.encode(line) + b"\n" for line in (machine, *rows))
    TARGET.mkdir(exist_ok=True)
    RESULTS.write_bytes(lines)
    print(lines.decode(), end="")
    return 0


def table(rows: Iterable[Row]) -> Table:
    """The rows as people read them."""
    made = Table("benchmark", "what", "median", "by the wall", "a second", "to ours", "goal", "", highlight=False)
    benchmark = ""
    for row in rows:
        if row.benchmark != benchmark:
            made.add_section()
        made.add_row(*cells(row, row.benchmark if row.benchmark != benchmark else ""))
        benchmark = row.benchmark
    return made


def cells(row: Row, benchmark: str) -> list[str]:
    """The cells of one row."""
    return [
        benchmark,
        f"  {row.name}" if row.peer else row.name,
        duration(row.us),
        duration(row.wall_us),
        f"{1e6 / row.us:,.0f}" if row.us < 1e6 else f"{1e6 / row.us:.2f}",
        f"{row.ratio:.2f} x" if row.ratio is not None else "",
        row.goal,
        "" if row.met is None else "met" if row.met else "MISSED",
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
