"""botflow schema: the JSON Schemas of the public formats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


class SchemaName(click.ParamType[str]):
    """One of the runtime's schemas. They are asked for when they are needed: reading them in takes a while."""

    name = "schema"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, if there is such a schema; an error that lists all otherwise."""
        return _choice().convert(value, param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """All names, for the help."""
        return _choice().get_metavar(param, ctx)


def _choice() -> click.Choice[str]:
    from botflow_runtime.schema import SCHEMAS

    return click.Choice(tuple(SCHEMAS))


@click.command("schema")
@click.argument("name", type=SchemaName(), default="scenario")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write all schemas into this folder.")
def command(name: str, out: Path | None) -> None:
    """Print a JSON Schema (draft 2020-12): that of scenario files unless another is named."""
    from botflow_runtime.schema import schema_text, write_schemas

    if out is None:
        click.echo(schema_text(name), nl=False)
        return
    click.echo(f"{len(write_schemas(out))} schemas written to {out}")
