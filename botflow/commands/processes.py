"""What the commands share that start a process of the server."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from botflow.config import Settings
    from botflow.serving import Service

WITHHELD: Final = 0o077
"""Rights that nobody but the owner gets to the files of the server."""


def answer(settings: Settings, listener: socket.socket) -> None:
    """Answer requests until SIGTERM or SIGINT."""
    from botflow.serving import serve

    serve(listener, settings.threads, settings.request_seconds, settings.log_level, lambda: _service(settings))


def _service(settings: Settings) -> Service:
    from botflow.app import create_app, parts_of
    from botflow.serving import Service

    app = create_app(settings)
    parts = parts_of(app)
    return Service(app, parts.start, parts.hang_up, parts.stop)


def address_of(listener: socket.socket) -> str:
    """The listener's address as a URL."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def production_settings() -> Settings:
    """The settings of a process among several. Raises ConfigurationError where they are those of one alone."""
    import os

    from botflow.config import read_settings
    from botflow.errors import ConfigurationError

    settings = read_settings(os.environ)
    for field, what in (("database", "a PostgreSQL database"), ("redis", "a Redis"), ("secret_key", "a key")):
        if not getattr(settings, field):
            raise ConfigurationError(
                f"Several processes share {what}: set BOTFLOW_{field.upper()}. "
                "For one process alone there is `botflow serve`."
            )
    return settings
