"""botflow schema: the JSON Schemas of the public formats."""

from __future__ import annotations

from pathlib import Path

import click

NAMES = ("scenario", "transcript", "event", "effect", "thread", "turn")


@click.command("schema")
@click.argument("name", type=click.Choice(NAMES), default="scenario")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write all schemas into this folder.")
def command(name: str, out: Path | None) -> None:
    """Print a JSON Schema (draft 2020-12): that of scenario files unless another is named."""
    from botflow_runtime.schema import schema_text, write_schemas

    if out is None:
        click.echo(schema_text(name), nl=False)
        return
    out.mkdir(parents=True, exist_ok=True)
    write_schemas(out)
    click.echo(f"{len(NAMES)} schemas written to {out}")
