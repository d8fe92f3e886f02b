"""The command line: one file per command in `botflow.commands`, and one line for it here."""

from __future__ import annotations

import errno
import importlib
from collections.abc import Mapping
from typing import Any, Final

import click

from botflow_runtime.errors import BotflowError

COMMANDS: Final[Mapping[str, str]] = {
    "validate": "botflow.commands.validate",
    "fmt": "botflow.commands.fmt",
    "diff": "botflow.commands.diff",
    "test": "botflow.commands.test",
    "chat": "botflow.commands.chat",
    "replay": "botflow.commands.replay",
    "schema": "botflow.commands.schema",
    "graph": "botflow.commands.graph",
    "push": "botflow.commands.push",
    "pull": "botflow.commands.pull",
    "serve": "botflow.commands.serve",
    "web": "botflow.commands.web",
    "worker": "botflow.commands.worker",
    "scheduler": "botflow.commands.scheduler",
    "db": "botflow.commands.db",
    "users": "botflow.commands.users",
    "backup": "botflow.commands.backup",
    "restore": "botflow.commands.restore",
    "threads": "botflow.commands.threads",
    "vendor-sim": "botflow.commands.vendor_sim",
}
"""Name of a command: the module that holds it as `command`. It is imported when the command is used."""

INTERRUPTED: Final = 130
"""Exit status after Ctrl-C, as shells have it: 128 and the number of SIGINT."""


class CommandGroup(click.Group):
    """Commands by name, each imported on demand; an error is one line and exit status 1, Ctrl-C is quiet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the registry."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = importlib.import_module(module).command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BotflowError as error:
            raise click.ClickException(str(error)) from None
        except KeyboardInterrupt:
            raise SystemExit(INTERRUPTED) from None
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # whoever read the output has gone; click ends quietly
            raise click.ClickException(f"{error.filename or 'input or output'}: {error.strerror or error}") from None


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="botflow", message="%(prog)s %(version)s")
def main() -> None:
    """Write, check, test and run chatbot scenarios."""
