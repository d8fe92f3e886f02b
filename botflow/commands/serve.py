"""botflow serve: the server, with everything that it needs in one process and one folder."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from botflow.config import Settings
    from botflow.serving import Service

WITHHELD: Final = 0o077
"""Rights that nobody but the owner gets to the files of the server."""


@click.command("serve")
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.  [default: 8080]")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of the database.  [default: .data]")
def command(host: str | None, port: int | None, data: Path | None) -> None:
    """Serve the chatbots and the page to try them on.

    Settings come from BOTFLOW_* environment variables too (docs/reference/configuration.md); options come first.
    """
    # Libraries are imported when they are needed: help does not wait for any, nor a mistake for the server's.
    from botflow import data_folder
    from botflow.config import read_settings
    from botflow.listener import listen

    os.umask(WITHHELD)
    settings = read_settings(os.environ, host=host, port=port, data=data)
    with data_folder.take(settings.data):
        _run(settings, listen(settings.host, settings.port))


def _run(settings: Settings, listener: socket.socket) -> None:
    from botflow.app import prepare
    from botflow.logs import set_up_logs
    from botflow.serving import serve

    set_up_logs(settings.log_level)
    chatbots = prepare(settings)
    click.echo(f"botflow serves {chatbots} chatbots at {_address(listener)} (data in {settings.data}); Ctrl-C ends it.")
    serve(listener, settings.threads, settings.request_seconds, settings.log_level, lambda: _service(settings))


def _service(settings: Settings) -> Service:
    from botflow.app import create_app, parts_of
    from botflow.serving import Service

    app = create_app(settings)
    parts = parts_of(app)
    return Service(app, parts.start, parts.hang_up, parts.stop)


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
