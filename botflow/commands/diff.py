"""botflow diff: what one scenario does differently from another."""

from __future__ import annotations

from typing import Final

import click
import msgspec

from botflow.commands.files import in_one_line, scenario_file
from botflow.commands.loading import document_of

DIFFERENT: Final = 1
"""Exit status when the scenarios mean different things."""


@click.command("diff")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="Print the changes as a JSON array.")
def command(before: str, after: str, as_json: bool) -> None:
    """Compare two scenarios by meaning, not by line.

    Formatting, order of keys and nodes, positions on the canvas and tests do not count. Exit status: 0 when both mean
    the same, 1 when they do not, 2 when a file cannot be read.
    """
    from botflow_runtime.difference import compare, same_layout

    old, new = document_of(scenario_file(before)), document_of(scenario_file(after))
    changes = compare(old, new)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(changes), indent=2).decode())
    else:
        for change in changes:
            click.echo(in_one_line(change))
        if not same_layout(old, new):
            click.echo("positions on the canvas differ")
        if not changes:
            click.echo("both mean the same")
    raise SystemExit(DIFFERENT if changes else 0)
