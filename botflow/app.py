"""Where the server is put together, and the only place that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import sqlalchemy.exc
import structlog
from flask import Flask
from flask_socketio import SocketIO

from botflow.accounts.api import keys_api
from botflow.accounts.authentication import Authentication, check_origin
from botflow.accounts.keys import ApiKeys
from botflow.audit.service import Audit
from botflow.channels.http import VendorHttp
from botflow.channels.registry import make_adapters
from botflow.channels.webchat.adapter import WebChat
from botflow.chatbots.api import chatbots_api, versions_api, webchat_api
from botflow.chatbots.authoring import Authoring
from botflow.chatbots.examples import publish_examples
from botflow.chatbots.service import Chatbots
from botflow.clock import Clock, system_clock
from botflow.config import Settings
from botflow.conversations.api import webhooks_api
from botflow.conversations.intake import Intake
from botflow.conversations.service import Conversations
from botflow.conversations.webchat import WebChatEvents, register
from botflow.db import Database
from botflow.errors import StartError
from botflow.ids import Ids
from botflow.jobs.embedded import EmbeddedJobs
from botflow.migrations.upgrade import upgrade
from botflow.realtime import Allowance, Rooms, hang_up, make_socketio
from botflow.rest.routes import Route
from botflow.rest.serve import serve_api
from botflow.senders.sealing import Seal, key_in
from botflow.senders.service import Accounts
from botflow.web import serve_web
from botflow_runtime.sandbox import CodeRunner, HttpBroker

DATABASE_FILE: Final = "botflow.sqlite3"
EXTENSION: Final = "botflow"
SPARE_THREADS: Final = 4
"""Threads that live connections leave for everything else."""

_log = structlog.get_logger()


@dataclass(frozen=True)
class Parts:
    """The parts of a server that tests and commands may want to hold."""

    database: Database
    chatbots: Chatbots
    authoring: Authoring
    conversations: Conversations
    accounts: Accounts
    jobs: EmbeddedJobs
    code: CodeRunner
    socketio: SocketIO
    keys: ApiKeys
    routes: list[Route]

    def start(self) -> None:
        """Begin the jobs; what a former process left behind is done first."""
        isolation = self.code.isolation
        (_log.info if isolation.seccomp else _log.warning)("code steps are kept in", layers=str(isolation))
        self.jobs.start(self.conversations, self.accounts, self.code.run)

    def hang_up(self) -> None:
        """End every live connection."""
        hang_up(self.socketio)

    def stop(self) -> None:
        """End the jobs and close everything."""
        self.jobs.stop()
        self.code.close()
        self.database.close()


def database_file(settings: Settings) -> Path:
    """Where the database of these settings is."""
    return settings.data / DATABASE_FILE


def prepare(settings: Settings, clock: Clock = system_clock) -> int:
    """Bring the database up to date and publish the examples. Returns how many of them there are.

    Raises StartError when the database cannot be used.
    """
    database = Database.in_file(database_file(settings))
    try:
        upgrade(database)
        if settings.examples is None:
            return 0
        return publish_examples(database, Chatbots(clock, Ids(clock)), settings.examples, clock())
    except sqlalchemy.exc.DatabaseError as error:
        raise StartError(f"Cannot use the database {database_file(settings)}: {error.orig}.") from None
    finally:
        database.close()


def create_app(
    settings: Settings,
    clock: Clock = system_clock,
    ids: Callable[[], str] | None = None,
    database: Database | None = None,
) -> Flask:
    """The web application over a prepared database; `parts_of(app).start()` begins its jobs."""
    app = Flask("botflow", static_folder=None)
    database = database or Database.in_file(database_file(settings))
    ids = ids or Ids(clock)
    chatbots = Chatbots(clock, ids)
    jobs = EmbeddedJobs(clock, settings.code_workers)
    socketio = make_socketio(app, settings.threads - SPARE_THREADS)
    adapters = make_adapters(VendorHttp(settings.vendor_hosts))
    windows = {name: adapter.window for name, adapter in adapters.items()}
    conversations = Conversations(database, chatbots, clock, ids, jobs, Rooms(socketio), windows.get)
    accounts = Accounts(
        adapters,
        Seal(settings.secret_key or key_in(settings.data)),
        settings.public_url,
    )
    register(socketio, WebChatEvents(conversations, WebChat()), Allowance())
    app.register_blueprint(webhooks_api(database, accounts, Intake(conversations, clock)))
    audit = Audit(clock, ids)
    keys = ApiKeys(clock, ids, audit)
    authoring = Authoring(database, chatbots, audit)
    groups = [
        webchat_api(database),
        chatbots_api(authoring),
        versions_api(authoring),
        keys_api(database, keys),
    ]
    routes = serve_api(app, groups, Authentication(database, keys), check_origin)
    serve_web(app, _own_names(settings))
    code = CodeRunner(HttpBroker(settings.code_hosts), workers=settings.code_workers)
    app.extensions[EXTENSION] = Parts(
        database, chatbots, authoring, conversations, accounts, jobs, code, socketio, keys, routes
    )
    return app


def _own_names(settings: Settings) -> frozenset[str]:
    """The host names that the server answers to."""
    public = urlsplit(settings.public_url).hostname
    return frozenset(name.lower() for name in (settings.host, public, *settings.allowed_hosts) if name)


def parts_of(app: Flask) -> Parts:
    """The parts of an app that create_app made."""
    parts: Parts = app.extensions[EXTENSION]
    return parts
