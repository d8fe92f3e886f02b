"""The tables of docs/reference/expressions.md, made from the registry; run this module to write them anew."""

from __future__ import annotations

from pathlib import Path

from botflow_runtime.expressions.catalog import REFUSED_TYPES, SCALARS
from botflow_runtime.expressions.equivalents import EQUIVALENT_FUNCTIONS, EQUIVALENT_OPERATORS
from botflow_runtime.expressions.functions import FUNCTIONS, OPERATORS
from botflow_runtime.expressions.registry import Overload, Registry
from botflow_runtime.expressions.types import TYPES, SqlType

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "expressions.md"
BEGIN, END = "<!-- made from the registry: begin -->\n", "<!-- made from the registry: end -->\n"
# Their arguments may be of any type, so the registry holds no signature of theirs.
ANY_TYPE = {"concat": "concat(any ...) → text", "concat_ws": "concat_ws(text, any ...) → text"}


def tables() -> str:
    """Types, functions, operators, and what to use for what is not there."""
    parts = ["## Types\n\n| type | other names |\n|---|---|\n"]
    parts += [f"| {sql_type} | {', '.join(_aliases(sql_type))} |\n" for sql_type in SCALARS]
    parts.append("\nand arrays of one dimension of each, such as `integer[]`.\n\n## Functions\n\n")
    parts.append("| family | functions |\n|---|---|\n")
    families = dict.fromkeys(FUNCTIONS.families.values())
    parts += [f"| {family} | {'<br>'.join(_of_family(FUNCTIONS, family))} |\n" for family in families]
    parts.append("\n## Operators\n\n| family | operators |\n|---|---|\n")
    families = dict.fromkeys(OPERATORS.families.values())
    parts += [f"| {family} | {' '.join(_symbols(family))} |\n" for family in families]
    parts.append("\n## What to use instead\n\n| not supported | instead |\n|---|---|\n")
    parts += [f"| `{_escaped(name)}` | {_escaped(text)} |\n" for name, text in EQUIVALENT_FUNCTIONS.items()]
    parts += [f"| `{_escaped(symbol)}` | {_escaped(text)} |\n" for symbol, text in EQUIVALENT_OPERATORS.items()]
    parts += [f"| type `{name}` | use {instead} |\n" for name, instead in REFUSED_TYPES.items()]
    return "".join(parts)


def _aliases(sql_type: SqlType) -> list[str]:
    return [name for name, known in TYPES.by_name.items() if known is sql_type and name != sql_type.name]


def _of_family(registry: Registry, family: str) -> list[str]:
    names = [name for name, known in registry.families.items() if known == family and name not in registry.hidden]
    return [ANY_TYPE.get(name) or _signature(registry.overloads[name]) for name in names]


def _signature(overloads: list[Overload]) -> str:
    usable = [overload for overload in overloads if overload.compute is not None]
    forms = [f"({', '.join(map(str, overload.arguments))}) → {overload.result}" for overload in usable]
    return f"`{usable[0].name}` " + "; ".join(forms)


def _symbols(family: str) -> list[str]:
    return [f"`{_escaped(symbol)}`" for symbol, known in OPERATORS.families.items() if known == family]


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def page_with_tables(page: str) -> str:
    """The page with its tables as the registry has them."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{tables()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page_with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
