"""What `make bench-ui` prints: figures with their goals, the bare page's beside ours."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence

import msgspec
from rich.table import Table


class Figure(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the table. `rounds` are ours, `bare` those of the bare page, which cannot do everything."""

    nodes: int
    name: str
    rounds: list[float]
    bare: list[float] = []
    most: float | None = None
    """The goal."""
    unit: str = "ms"

    @property
    def median(self) -> float:
        return statistics.median(self.rounds)

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        return None if self.most is None else self.median <= self.most


def table(figures: Iterable[Figure]) -> Table:
    """The figures as people read them."""
    made = Table("nodes", "what", "median", "from", "to", "bare React Flow", "goal", "", highlight=False)
    for figure in figures:
        made.add_row(*cells(figure))
    return made


def cells(figure: Figure) -> Sequence[str]:
    """The cells of one line."""
    goal = "" if figure.most is None else f"at most {shown(figure.most, figure.unit)}"
    return [
        f"{figure.nodes:,}" if figure.nodes else "",
        figure.name,
        shown(figure.median, figure.unit),
        shown(min(figure.rounds), figure.unit),
        shown(max(figure.rounds), figure.unit),
        shown(statistics.median(figure.bare), figure.unit) if figure.bare else "",
        goal,
        "" if figure.is_met is None else "met" if figure.is_met else "MISSED",
    ]


def shown(value: float, unit: str) -> str:
    """A value with its unit: three digits are enough."""
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"
