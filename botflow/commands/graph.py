"""botflow graph: a scenario as a Mermaid flowchart."""

from __future__ import annotations

import click

from botflow.commands.files import scenario_file
from botflow.commands.loading import document_of


@click.command("graph")
@click.argument("file", metavar="FILE")
def command(file: str) -> None:
    """Print a scenario as a Mermaid flowchart, for Markdown pages and reviews."""
    from botflow_runtime.mermaid import flowchart

    click.echo(flowchart(document_of(scenario_file(file))), nl=False)
