"""botflow push: bring the scenario files of a folder to a server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
import msgspec

from botflow.commands.files import in_one_line, printable

if TYPE_CHECKING:
    from botflow.commands.git_folder import GitFolder, LocalFile
    from botflow.commands.remote import Answered, Found, Remote

PROBLEMS: Final = 1
"""Exit status when a file was not taken, has errors, or could not be published."""
MOST_SHOWN: Final = 20
"""Changes of one file that are listed."""
DEFAULT_SERVER: Final = "http://127.0.0.1:8080"


@click.command("push")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--server", envvar="BOTFLOW_SERVER", default=DEFAULT_SERVER, show_default=True, help="Its address.")
@click.option("--key", envvar="BOTFLOW_API_KEY", required=True, help="API key; better in BOTFLOW_API_KEY.")
@click.option("--publish", is_flag=True, help="Publish what has changed, once all drafts are saved.")
@click.option("--note", default="", help="What is new, for the history of versions.")
@click.option("--force", is_flag=True, help="Replace drafts that were changed on the server, too.")
def command(folder: Path, server: str, key: str, publish: bool, note: str, force: bool) -> None:
    """Save the scenario files of a folder as drafts on a server.

    Says what changes and everything that is wrong. A draft that was changed on the server stays as it is, unless this
    folder has seen the change (botflow pull). The same again changes nothing. Exit status: 0 when all is well, 1 when
    a file was not taken or has errors, 2 when the folder or the server cannot be used.
    """
    from botflow.commands.git_folder import GitFolder
    from botflow.commands.remote import Remote

    remote, local = Remote(server, key), GitFolder(folder)
    files = local.files()
    try:
        saved = {chatbot: _save(remote, local, file, force) for chatbot, file in files.items()}
    finally:
        local.keep_seen()
    if not files:
        click.echo(f"{folder}: there is no scenario file in this folder")
    published = [_publish(remote, files[chatbot], note) for chatbot, is_fine in saved.items() if publish and is_fine]
    raise SystemExit(0 if all([*saved.values(), *published]) else PROBLEMS)


def _save(remote: Remote, local: GitFolder, file: LocalFile, force: bool) -> bool:
    """Whether the server has the file now, and it has no errors."""
    there = remote.draft(file.chatbot)
    if there is not None and there.text != file.text and not force and not local.has_seen(file, there.text):
        words = f"was changed on the server (revision {there.revision}): `botflow pull` takes that over first"
        _say(file, f"{words}, --force replaces it")
        return False
    answer = remote.save(file.chatbot, file.text, there.revision if there is not None else 0)
    if not answer.is_done:
        _say(file, answer.detail, *_problems(answer.fields))
        return False
    local.note_seen(file.chatbot, file.text)
    _say(file, _outcome(answer), *_changes(there, file), *_problems(answer.fields))
    return not any(problem["severity"] == "error" for problem in answer.fields["problems"])


def _publish(remote: Remote, file: LocalFile, note: str) -> bool:
    answer = remote.publish(file.chatbot, note)
    if not answer.is_done:
        _say(file, answer.detail)
    elif answer.fields["is_new"]:
        _say(file, f"published as version {answer.fields['number']}")
    return answer.is_done


def _outcome(answer: Answered) -> str:
    if answer.fields["created"]:
        return "created"
    return f"saved as revision {answer.fields['revision']}" if answer.fields["changed"] else "unchanged"


def _changes(there: Found | None, file: LocalFile) -> Iterator[str]:
    """What the file does differently from the server's draft."""
    from botflow_runtime import ScenarioError
    from botflow_runtime.difference import compare
    from botflow_runtime.loading import parse_document, read_raw

    if there is None or there.text == file.text:
        return
    try:
        changes = compare(parse_document(read_raw(there.text)), parse_document(read_raw(file.text)))
    except ScenarioError:
        return  # one of them does not fit the format; its problems are listed
    yield from map(in_one_line, changes[:MOST_SHOWN])
    if len(changes) > MOST_SHOWN:
        yield f"and {len(changes) - MOST_SHOWN} more changes"


def _problems(fields: Mapping[str, Any]) -> Iterator[str]:
    from botflow_runtime import Problem

    for problem in fields.get("problems", ()):
        yield in_one_line(msgspec.convert(problem, Problem))
    for kind, names in fields.get("missing", {}).items():
        if names:
            yield in_one_line(f"needs {kind} that the server does not have: {', '.join(names)}")


def _say(file: LocalFile, outcome: str, *details: str) -> None:
    click.echo(printable(f"{file.path}: {outcome}"))
    for detail in details:
        click.echo(f"  {detail}")
