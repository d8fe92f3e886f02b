"""The errors of the server, all under the runtime's BotflowError::

BotflowError
├── ConfigurationError   a setting that cannot be used
├── StartError           the server cannot start here: port, data folder, another server
└── RequestError         a request that cannot be served; its sentence goes to the client
"""

from __future__ import annotations

from botflow_runtime.errors import BotflowError


class ConfigurationError(BotflowError):
    """A setting that is unknown or has a value that cannot be used."""


class StartError(BotflowError):
    """The server cannot start: the port is taken, the data folder cannot be used, another server uses it."""


class RequestError(BotflowError):
    """A request that cannot be served. The message is a sentence for the one who asked."""
