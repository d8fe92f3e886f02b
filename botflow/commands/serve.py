"""botflow serve: the server, with everything that it needs in one process and one folder."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from botflow.config import Settings
    from botflow.serving import Service


@click.command("serve")
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.  [default: 8080]")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of the database.  [default: .data]")
def command(host: str | None, port: int | None, data: Path | None) -> None:
    """Serve the chatbots and the page to try them on.

    Settings come from BOTFLOW_* environment variables too (docs/reference/configuration.md); options come first.
    """
    # The server's libraries are imported here, so that other commands, and help, do not wait for them.
    from botflow import data_folder
    from botflow.app import prepare
    from botflow.config import read_settings
    from botflow.logs import set_up_logs
    from botflow.serving import listen, serve

    settings = read_settings(os.environ, host=host, port=port, data=data)
    set_up_logs(settings.log_level)
    lock = data_folder.take(settings.data)
    listener = listen(settings.host, settings.port)
    chatbots = prepare(settings)
    click.echo(f"botflow serves {chatbots} chatbots at {_address(listener)} (data in {settings.data}); Ctrl-C ends it.")
    with lock:
        serve(listener, settings.threads, settings.log_level, lambda: _service(settings))


def _service(settings: Settings) -> Service:
    from botflow.app import create_app, parts_of
    from botflow.serving import Service

    app = create_app(settings)
    parts = parts_of(app)
    return Service(app, parts.start, parts.hang_up, parts.stop)


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
