"""botflow fmt: write scenario files in the one canonical form (scenario-format.md)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from botflow.commands.files import STANDARD_INPUT, ScenarioFile, UnreadableFileError, in_one_line, scenario_files

DIFFERENT: Final = 1
"""Exit status of --check when a file is not in canonical form, and of any file that is no scenario."""


@click.command("fmt")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--check", is_flag=True, help="Change nothing; name the files that are not in canonical form.")
@click.option("--stdout", "to_stdout", is_flag=True, help="Print the canonical form instead of writing it.")
def command(files: Sequence[str], check: bool, to_stdout: bool) -> None:
    """Write scenarios in their canonical form: order of keys, indentation, nothing else.

    A folder stands for the scenarios in it; - reads standard input and prints. A file that is no scenario stays as it
    is. Exit status: 0 when all is well, 1 when a file is no scenario or (--check) would change, 2 when it cannot be
    read or written.
    """
    results = [_format(file, check, to_stdout or file.name == STANDARD_INPUT) for file in scenario_files(files)]
    raise SystemExit(0 if all(results) else DIFFERENT)


def _format(file: ScenarioFile, check: bool, to_stdout: bool) -> bool:
    from botflow_runtime.canonical import canonical_text
    from botflow_runtime.problems import ScenarioError

    try:
        text = canonical_text(file.content)
    except ScenarioError as error:
        for problem in error.problems:
            click.echo(f"{file.name}: {in_one_line(problem)}", err=True)
        return False
    changed = text.encode() != file.content
    if check:
        if changed:
            click.echo(f"{file.name}: not in canonical form; `botflow fmt` writes it")
        return not changed
    if to_stdout:
        click.echo(text, nl=False)
    elif changed:
        _replace(Path(file.name), text)
        click.echo(f"{file.name}: written")
    return True


def _replace(path: Path, text: str) -> None:
    """Write the file whole or not at all; its mode stays, a link keeps pointing to it."""
    target = path.resolve()
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
            draft = Path(folder) / target.name
            with draft.open("wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            draft.chmod(target.stat().st_mode)
            draft.replace(target)
    except OSError as error:
        raise UnreadableFileError(f"{path}: cannot be written: {error.strerror}") from None
