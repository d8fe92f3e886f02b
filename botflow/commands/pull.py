"""botflow pull: bring the drafts of a server into a folder of scenario files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from botflow.commands.files import printable
from botflow.commands.push import DEFAULT_SERVER

if TYPE_CHECKING:
    from botflow.commands.git_folder import GitFolder, LocalFile
    from botflow.commands.remote import Remote

PROBLEMS: Final = 1
"""Exit status when a file was not replaced, or a chatbot is not there."""


@click.command("pull")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("chatbots", nargs=-1, metavar="[CHATBOT...]")
@click.option("--server", envvar="BOTFLOW_SERVER", default=DEFAULT_SERVER, show_default=True, help="Its address.")
@click.option("--key", envvar="BOTFLOW_API_KEY", required=True, help="API key; better in BOTFLOW_API_KEY.")
@click.option("--force", is_flag=True, help="Replace files with changes that are not committed, too.")
def command(folder: Path, chatbots: Sequence[str], server: str, key: str, force: bool) -> None:
    """Write the drafts of a server as files of a folder, in canonical form.

    Takes all chatbots, or those that are named. A file keeps its name; one with changes that are not committed stays as
    it is. Exit status: 0 when all is well, 1 when a file was not replaced or a chatbot is not there, 2 when the folder
    or the server cannot be used.
    """
    from botflow.commands.git_folder import GitFolder
    from botflow.commands.remote import Remote

    remote, local = Remote(server, key), GitFolder.made(folder)
    files = local.files()
    try:
        taken = [_take(remote, local, chatbot, files.get(chatbot), force) for chatbot in chatbots or remote.chatbots()]
    finally:
        local.keep_seen()
    raise SystemExit(0 if all(taken) else PROBLEMS)


def _take(remote: Remote, local: GitFolder, chatbot: str, file: LocalFile | None, force: bool) -> bool:
    """Whether the folder has the server's draft now."""
    from botflow.commands.git_folder import write_whole

    there = remote.draft(chatbot)
    if there is None:
        click.echo(printable(f"{chatbot}: there is no such chatbot on the server"))
        return False
    path = file.path if file is not None else local.new_path(chatbot)
    if file is not None and file.text == there.text:
        outcome = "unchanged"
    elif file is not None and not force and not local.is_safe(file):
        click.echo(printable(f"{path}: has changes that are not committed: commit them, or --force replaces them"))
        return False
    elif file is None and path.exists() and not force:
        click.echo(printable(f"{path}: is there, and no file of {chatbot}: move it away, or --force replaces it"))
        return False
    else:
        write_whole(path, there.text)
        outcome = "created" if file is None else "replaced"
    local.note_seen(chatbot, there.text)
    click.echo(printable(f"{path}: {outcome}"))
    return True
