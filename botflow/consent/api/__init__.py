"""HTTP: everything about consent."""

from __future__ import annotations

from collections.abc import Callable

from botflow.audit.service import Audit
from botflow.clock import Clock
from botflow.consent.api.blacklists import blacklists_api
from botflow.consent.api.contacts import contacts_api
from botflow.consent.api.office import Office
from botflow.consent.api.senders import senders_api
from botflow.consent.api.words import words_api
from botflow.db import Database
from botflow.rest.routes import Routes


def consent_api(database: Database, audit: Audit, clock: Clock, ids: Callable[[], str]) -> list[Routes]:
    """Every group of routes about consent."""
    office = Office(database, audit, clock, ids)
    return [contacts_api(office), senders_api(office), words_api(office), blacklists_api(office)]
