"""Where the server is put together, and the only place that does it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final, Protocol
from urllib.parse import urlsplit

import sqlalchemy
import sqlalchemy.exc
import structlog
from flask import Blueprint, Flask, request
from flask_socketio import SocketIO

from botflow.accounts.api import accounts_api
from botflow.accounts.authentication import Authentication, check_origin
from botflow.accounts.client_address import client_address, line_of
from botflow.accounts.cookie import SessionCookie
from botflow.accounts.first_start import ensure_admin
from botflow.accounts.people import People, people
from botflow.assets.api import media_api, media_links
from botflow.assets.service import Assets
from botflow.assets.store import FileStore
from botflow.audit.api import audit_api
from botflow.audit.service import Audit
from botflow.backup.service import Place
from botflow.channels.http import VendorHttp
from botflow.channels.registry import make_adapters
from botflow.channels.webchat.adapter import WebChat
from botflow.chatbots.api import (
    bundles_api,
    chatbots_api,
    examples_api,
    expressions_api,
    patterns_api,
    presence_api,
    scripts_api,
    trials_api,
    versions_api,
    webchat_api,
)
from botflow.chatbots.authoring import Authoring
from botflow.chatbots.bundles import Bundles
from botflow.chatbots.enabling import has_chatbots
from botflow.chatbots.examples import DEMO, publish_examples
from botflow.chatbots.service import Chatbots, users_of_asset
from botflow.chatbots.trial_places import TrialPlaces
from botflow.chatbots.trials import Trials
from botflow.clock import Clock, system_clock
from botflow.config import Settings
from botflow.consent.api import consent_api
from botflow.contacts.api import contacts_api
from botflow.contacts.erased import ErasedAddresses
from botflow.conversations.api import answers_api, conversations_api, messages_api, webhooks_api
from botflow.conversations.code import RunScript
from botflow.conversations.erasing import lock_conversations_of
from botflow.conversations.intake import Intake
from botflow.conversations.service import Conversations, has_conversations
from botflow.conversations.signals import Announcer, Wakes
from botflow.conversations.webchat import WebChatEvents, register
from botflow.db import Database
from botflow.erasure.api import erasures_api
from botflow.erasure.retention import Retention
from botflow.erasure.service import Erasures
from botflow.errors import StartError
from botflow.ids import Ids
from botflow.jobs.embedded import EmbeddedJobs
from botflow.jobs.loop import Work
from botflow.jobs.queued import QueuedJobs, connect
from botflow.jobs.stopping import Stopping, never
from botflow.jobs.tasks import Workplace
from botflow.jobs.upkeep import Chore
from botflow.migrations.upgrade import is_up_to_date, upgrade
from botflow.notices.api import webhooks_out_api
from botflow.notices.delivering import Deliverer, sweep
from botflow.notices.posting import Posting
from botflow.notices.webhooks import Webhooks
from botflow.readiness import Check, database_check, redis_check, threads_check
from botflow.realtime import Allowances, Rooms, hang_up, make_socketio, make_teller
from botflow.registrations.api import registrations_api
from botflow.registrations.service import Registrations, users_of_file
from botflow.rest.routes import Route
from botflow.rest.serve import serve_api
from botflow.scrape import Scrape
from botflow.senders.api import senders_api
from botflow.senders.connecting import Senders
from botflow.senders.embedding import embedded_chat
from botflow.senders.sealing import Seal, key_in
from botflow.senders.service import SenderAccounts, is_active
from botflow.status import is_loopback, serve_status, status_api
from botflow.templates.api import templates_api
from botflow.templates.contents import ContentTemplates
from botflow.templates.conversation import ConversationTemplates
from botflow.templates.service import content_templates_with, conversation_templates_with
from botflow.templates.whatsapp import WhatsAppTemplates
from botflow.web import serve_web
from botflow_runtime.sandbox import CodeRunner, HttpBroker

DATABASE_FILE: Final = "botflow.sqlite3"
MEDIA_FOLDER: Final = "media"
EXTENSION: Final = "botflow"
FIRST_COMPANY: Final = ("main", "Main")
"""Id and name of the company that a first start without examples makes."""
LOOK_FOR_MEDIA_MS: Final = 2_000
"""How soon files of contacts are got where nobody says that there are any."""
HOUR_MS: Final = 3_600_000
SPARE_THREADS: Final = 4
"""Threads that live connections leave for everything else."""

_log = structlog.get_logger()


@dataclass(frozen=True)
class Core:
    """What every process of the server has, whether it answers requests or does jobs."""

    database: Database
    chatbots: Chatbots
    conversations: Conversations
    accounts: SenderAccounts
    assets: Assets
    deliverer: Deliverer
    seal: Seal
    erased: ErasedAddresses
    erasures: Erasures
    retention: Retention

    def chores(self, clock: Clock, stopping: Stopping = never) -> dict[str, Work]:
        """What the jobs do for parts that conversations know nothing of."""
        return {
            "media": lambda: self.assets.fetch_pending(self.accounts, stopping) or clock() + LOOK_FOR_MEDIA_MS,
            "tidy": Chore(self.assets.tidy, clock),
            "erasures": Chore(self.erasures.finish_pending, clock),
            "retention": Chore(self.retention.forget_old, clock),
            "sweeping": Chore(lambda: sweep(self.database, clock()), clock),
        }

    def close(self) -> None:
        """Close every connection."""
        for adapter in self.accounts.adapters.values():
            adapter.close()
        self.database.close()


class Jobs(Wakes, Protocol):
    """The jobs as a process that answers requests has them: its own threads, or the queues of others."""

    def start(
        self, conversations: Conversations, accounts: SenderAccounts, script: RunScript, chores: Mapping[str, Work]
    ) -> None:
        """Begin; what a former process left behind is done first. `chores` are done besides, by name."""

    def stop(self) -> None:
        """End after the work at hand."""

    def ended(self) -> list[str]:
        """Names of the threads that should run and do not."""


@dataclass(frozen=True)
class Parts:
    """The parts of a server that tests and commands may want to hold."""

    core: Core
    authoring: Authoring
    jobs: Jobs
    code: CodeRunner
    socketio: SocketIO
    people: People
    routes: list[Route]
    clock: Clock

    def start(self) -> None:
        """Begin the jobs; what a former process left behind is done first."""
        tell_isolation(self.code)
        # where there are queues, webhooks have one of their own
        posting = {"webhooks": Posting(self.core.deliverer, self.clock).look}
        chores = self.core.chores(self.clock) | posting
        self.jobs.start(self.core.conversations, self.core.accounts, self.code.run, chores)

    def hang_up(self) -> None:
        """End every live connection."""
        hang_up(self.socketio)

    def stop(self) -> None:
        """End the jobs and close everything."""
        self.jobs.stop()
        self.code.close()
        self.core.close()


def open_database(settings: Settings) -> Database:
    """The database of these settings."""
    if settings.database:
        return Database.in_postgresql(settings.database, settings.database_connections)
    return Database.in_file(settings.data / DATABASE_FILE)


def place_of(settings: Settings) -> Place:
    """Where a server of these settings keeps what a backup holds."""
    return Place(settings.data, settings.media or settings.data / MEDIA_FOLDER, settings.database)


def database_name(settings: Settings) -> str:
    """Where the database of these settings is, without its password."""
    if settings.database:
        return sqlalchemy.make_url(settings.database).render_as_string(hide_password=True)
    return str(settings.data / DATABASE_FILE)


def is_there(settings: Settings) -> bool:
    """Whether there is a database for these settings, as far as that can be told without asking it."""
    return bool(settings.database) or (settings.data / DATABASE_FILE).is_file()


@contextmanager
def usable_database(settings: Settings) -> Iterator[Database]:
    """The database for the length of a `with`. Raises StartError when it cannot be used."""
    database = open_database(settings)
    try:
        yield database
    except sqlalchemy.exc.DatabaseError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise StartError(f"Cannot use the database {database_name(settings)}: {reason}.") from None
    finally:
        database.close()


@dataclass(frozen=True)
class Prepared:
    """What a start found and made: how many examples there are, and the password of the first admin, made just now."""

    examples: int
    password: str | None = field(repr=False)


def prepare(settings: Settings, clock: Clock = system_clock) -> Prepared:
    """Bring the database up to date, publish the examples, and see to it that somebody can sign in.

    Raises StartError when the database or the chosen password cannot be used.
    """
    with usable_database(settings) as database:
        upgrade(database)
        examples = 0
        if settings.examples is not None:
            is_open = settings.is_local or settings.open_examples
            examples = publish_examples(database, Chatbots(clock, Ids(clock)), settings.examples, clock(), is_open)
        # Who tries the examples can change them: both belong to one company.
        company = FIRST_COMPANY if settings.examples is None else DEMO
        return Prepared(examples, first_admin(settings, database, company, clock))


def first_admin(
    settings: Settings, database: Database, company: tuple[str, str] = FIRST_COMPANY, clock: Clock = system_clock
) -> str | None:
    """See to it that somebody can sign in. Returns the one-time password that was made for them, if one was.

    Raises StartError when the chosen password cannot be used.
    """
    ids = Ids(clock)
    persons = people(database, clock, ids, Audit(clock, ids))
    return ensure_admin(database, persons.users, persons.passwords, clock, company, settings.admin_password)


def check_database(settings: Settings) -> None:
    """Raises StartError unless the database can be used and is up to date."""
    with usable_database(settings) as database:
        if not is_up_to_date(database):
            raise StartError(
                f"The database {database_name(settings)} is not at this botflow's version. Run `botflow db upgrade`."
            )


def make_core(
    settings: Settings,
    wakes: Wakes,
    announcer: Announcer,
    clock: Clock = system_clock,
    ids: Callable[[], str] | None = None,
    database: Database | None = None,
) -> Core:
    """Put together what every process has."""
    database = database or open_database(settings)
    ids = ids or Ids(clock)
    chatbots = Chatbots(clock, ids)
    adapters = make_adapters(VendorHttp(settings.vendor_hosts))
    windows = {name: adapter.window for name, adapter in adapters.items()}
    watched = {name for name, adapter in adapters.items() if adapter.watched}
    seal = Seal(settings.secret_key or key_in(settings.data))
    assets = Assets(
        database,
        FileStore(settings.media or settings.data / MEDIA_FOLDER),
        seal,
        Audit(clock, ids),
        clock,
        ids,
        settings.public_url,
        settings.media_bytes,
        (
            lambda work, caller, key: users_of_asset(work, caller.company, key),
            users_of_file,
            content_templates_with,
            conversation_templates_with,
        ),
    )
    erased = ErasedAddresses(seal.sign)
    conversations = Conversations(
        database,
        chatbots,
        clock,
        ids,
        wakes,
        announcer,
        windows.get,
        assets.resolve,
        assets.shown,
        erased.recall,
        watched.__contains__,
    )
    erasures = Erasures(assets, erased, Audit(clock, ids), clock, ids)
    accounts = SenderAccounts(adapters, seal, settings.public_url, settings.capability_hours * HOUR_MS)
    deliverer = Deliverer(database, seal, VendorHttp(settings.vendor_hosts), clock)
    return Core(
        database, chatbots, conversations, accounts, assets, deliverer, seal, erased, erasures, Retention(assets, clock)
    )


def make_code_runner(settings: Settings) -> CodeRunner:
    """What runs the code steps. It forks, so make it before there are threads."""
    return CodeRunner(HttpBroker(settings.code_hosts), workers=settings.code_workers)


def tell_isolation(code: CodeRunner) -> None:
    """Log what keeps code steps in."""
    isolation = code.isolation
    (_log.info if isolation.seccomp else _log.warning)("code steps are kept in", layers=str(isolation))


def tell_of_vacuum(database: Database) -> None:
    """Log that the database will slow down, where it will."""
    if not database.vacuums:
        _log.warning("autovacuum of PostgreSQL is off: under load, the server slows down within minutes")


def room_channel(settings: Settings) -> str:
    """The channel of Redis for what pages are told; Redis has one set of channels for all its databases."""
    return f"botflow:{sha256(f'{settings.redis} {settings.database}'.encode()).hexdigest()[:16]}"


def make_workplace(settings: Settings, clock: Clock = system_clock) -> Workplace:
    """What a worker works with."""
    code = make_code_runner(settings)
    tell_isolation(code)
    jobs = QueuedJobs(connect(settings.redis), settings.redis_prefix)
    core = make_core(settings, jobs, Rooms(make_teller(settings.redis, room_channel(settings))), clock)
    stopping = threading.Event()
    chores = core.chores(clock, stopping.is_set)
    return Workplace(core.conversations, core.accounts, code.run, core.deliverer, jobs, clock, chores, stopping)


def make_jobs(settings: Settings, clock: Clock) -> Jobs:
    """The jobs: in queues of Redis, or on threads of this process."""
    if settings.redis:
        return QueuedJobs(connect(settings.redis), settings.redis_prefix)
    return EmbeddedJobs(clock, settings.code_workers)


def make_checks(settings: Settings, database: Database, jobs: Jobs) -> list[Check]:
    """What a process of these settings needs."""
    checks = [database_check(database), threads_check(jobs.ended)]
    return [*checks, redis_check(connect(settings.redis))] if settings.redis else checks


def make_status(settings: Settings, database: Database, jobs: Jobs, clock: Clock, *, rows: bool = True) -> Blueprint:
    """The routes that tell how a process is. `rows`: its metrics tell what waits in the database too."""
    scrape = Scrape(database if rows else None, clock)
    return status_api(make_checks(settings, database, jobs), scrape, settings.metrics_token)


def serve_own_status(
    settings: Settings, database: Database, jobs: QueuedJobs, clock: Clock = system_clock, *, rows: bool
) -> None:
    """Let a process that answers no requests tell how it is, where a port is set. Raises StartError."""
    if settings.metrics_port:
        routes = make_status(settings, database, jobs, clock, rows=rows)
        serve_status(settings.metrics_host, settings.metrics_port, routes)


def create_app(
    settings: Settings,
    clock: Clock = system_clock,
    ids: Callable[[], str] | None = None,
    database: Database | None = None,
) -> Flask:
    """The web application over a prepared database; `parts_of(app).start()` begins its jobs."""
    app = Flask("botflow", static_folder=None)
    code = make_code_runner(settings)
    jobs = make_jobs(settings, clock)
    socketio = make_socketio(app, settings.threads - SPARE_THREADS, settings.redis, room_channel(settings))
    ids = ids or Ids(clock)
    core = make_core(settings, jobs, Rooms(socketio), clock, ids, database)
    database, chatbots = core.database, core.chatbots
    accounts, conversations = core.accounts, core.conversations
    register(socketio, WebChatEvents(conversations, WebChat(), _open_senders(database)), _allowances(settings))
    app.register_blueprint(embedded_chat(database))
    app.register_blueprint(media_links(core.assets))
    app.register_blueprint(make_status(settings, database, jobs, clock))
    app.register_blueprint(webhooks_api(database, accounts, Intake(conversations, clock)))
    audit = Audit(clock, ids)
    persons = people(database, clock, ids, audit)
    cookie = SessionCookie(secure=settings.public_url.startswith("https:"))
    senders = Senders(database, accounts, clock, audit, has_chatbots, has_conversations)
    webhooks = Webhooks(database, core.deliverer, core.seal, VendorHttp(settings.vendor_hosts), audit, clock, ids)
    authoring = Authoring(database, chatbots, audit)
    places = TrialPlaces()
    groups = [
        webchat_api(database),
        *accounts_api(database, persons, cookie, frozenset(settings.proxies)),
        audit_api(database),
        senders_api(database, senders, ids),
        *registrations_api(Registrations(database, core.assets, audit, clock, ids)),
        chatbots_api(authoring),
        examples_api(settings.examples),
        patterns_api(),
        expressions_api(database, clock),
        scripts_api(code, places),
        versions_api(authoring, conversations, clock),
        presence_api(database, clock),
        trials_api(authoring, Trials(database, chatbots.catalogs, code, places), core.assets.shown),
        messages_api(conversations, accounts, audit, clock),
        *conversations_api(conversations, accounts, chatbots, ids),
        answers_api(database, chatbots, clock),
        media_api(core.assets),
        bundles_api(Bundles(authoring, core.assets), ids),
        contacts_api(database, audit, core.erased, lock_conversations_of, clock, ids),
        erasures_api(core.erasures),
        *consent_api(database, audit, clock, ids),
        webhooks_out_api(webhooks),
        *templates_api(
            ContentTemplates(database, audit, clock, ids),
            ConversationTemplates(database, audit, clock, ids),
            WhatsAppTemplates(database, accounts, audit, clock, ids),
        ),
    ]
    authentication = Authentication(database, persons.keys, persons.sessions, cookie)
    routes = serve_api(app, groups, authentication, check_origin)
    serve_web(app, _own_names(settings))
    app.extensions[EXTENSION] = Parts(core, authoring, jobs, code, socketio, persons, routes, clock)
    return app


def _open_senders(database: Database) -> Callable[[str], bool]:
    def is_open(sender: str) -> bool:
        with database.reading() as work:
            return is_active(work, sender)

    return is_open


def _allowances(settings: Settings) -> Allowances:
    """What pages may ask for. Before visitors who seem to be on this machine there may be a proxy that nobody named."""

    def connection() -> str:
        return str(request.sid)  # type: ignore[attr-defined]  # Flask-SocketIO sets it on the request

    def address() -> str | None:
        found = client_address(request, frozenset(settings.proxies))
        return None if is_loopback(found) else line_of(found)

    return Allowances(connection, address)


def _own_names(settings: Settings) -> frozenset[str]:
    """The host names that the server answers to."""
    public = urlsplit(settings.public_url).hostname
    return frozenset(name.lower() for name in (settings.host, public, *settings.allowed_hosts) if name)


def parts_of(app: Flask) -> Parts:
    """The parts of an app that create_app made."""
    parts: Parts = app.extensions[EXTENSION]
    return parts
