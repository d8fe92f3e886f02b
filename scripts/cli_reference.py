"""docs/reference/cli.md: what every command says of itself."""

from collections.abc import Iterator

import click

from botflow.cli import COMMANDS, main

WIDTH = 100
HEADER = """# The command line

`botflow COMMAND` checks, formats, tests, draws and runs chatbot scenarios. Listed by `make generate` from the help of
the commands; `botflow COMMAND --help` prints it.

Every command takes any file: what cannot be used is named in one line per mistake, on standard error where it ends the
command.

| exit status | meaning |
|---|---|
| 0 | all is well; for `diff`: both mean the same |
| 1 | problems, differences, or a server that cannot start |
| 2 | the command was used wrongly, or a file cannot be read |
| 130 | ended by Ctrl-C |
"""


def cli_reference() -> str:
    """The whole page, ending in a newline."""
    return "\n".join([HEADER, *(line for name in COMMANDS for line in section(name))])


def section(name: str) -> Iterator[str]:
    with click.Context(main, info_name="botflow", **main.context_settings) as group:
        command = main.get_command(group, name)
        assert command is not None
        with click.Context(command, parent=group, info_name=name, terminal_width=WIDTH) as context:
            yield f"## botflow {name}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"
