"""What a company's conversations run over: always as new as the database, compiled when it is first needed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import sqlalchemy as sa

from botflow.accounts.service import COMPANY_FACTS
from botflow.chatbots.models import Chatbot, ChatbotSender, ChatbotVersion
from botflow.consent.hours import zone_of
from botflow.consent.words import SenderWords, Words, words_of
from botflow.db import UnitOfWork, table_of
from botflow.senders.service import senders_of
from botflow_runtime import Catalog, Scenario, SenderConfig, UnknownScenarioError, load_scenario
from botflow_runtime.catalog import Sender, make_sender

CHATBOTS: Final = table_of(Chatbot)
VERSIONS: Final = table_of(ChatbotVersion)
ENABLED: Final = table_of(ChatbotSender)

MOST_NODES_KEPT: Final = 200_000
"""Nodes of compiled scenarios that a process keeps; what was not used for longest is compiled again when needed."""

Place: TypeAlias = tuple[str, str, int]
"""Company, scenario and version."""

_ZONE: Final = sa.select(COMPANY_FACTS.c.time_zone).where(COMPANY_FACTS.c.id == sa.bindparam("company"))
_REVISION: Final = sa.select(COMPANY_FACTS.c.catalog_revision).where(COMPANY_FACTS.c.id == sa.bindparam("company"))
_DOCUMENT: Final = (
    sa.select(VERSIONS.c.document)
    .join(CHATBOTS, CHATBOTS.c.id == VERSIONS.c.chatbot_id)
    .where(
        CHATBOTS.c.company_id == sa.bindparam("company"),
        CHATBOTS.c.scenario == sa.bindparam("scenario"),
        VERSIONS.c.number == sa.bindparam("number"),
    )
)
_NEWEST: Final = sa.select(CHATBOTS.c.scenario, CHATBOTS.c.newest_version).where(
    CHATBOTS.c.company_id == sa.bindparam("company"), CHATBOTS.c.newest_version > 0, CHATBOTS.c.deleted_at.is_(None)
)
_ENABLED: Final = (
    sa.select(ENABLED.c.sender_id, ENABLED.c.is_default, CHATBOTS.c.scenario)
    .join(CHATBOTS, CHATBOTS.c.id == ENABLED.c.chatbot_id)
    .where(ENABLED.c.company_id == sa.bindparam("company"), ENABLED.c.enabled)
    .order_by(ENABLED.c.sender_id, CHATBOTS.c.scenario)
)


@dataclass(frozen=True)
class Offer:
    """What a company offers at one revision: newest version of each chatbot, and the senders. It never changes.

    It is good `until` an opt-out word begins or ends to be valid (milliseconds since the epoch; None: for ever).
    `ready` holds the senders that were made ready so far.
    """

    revision: int
    newest: Mapping[str, int]
    senders: Mapping[str, SenderConfig]
    until: int | None = None
    ready: dict[str, Sender] = field(default_factory=dict)

    def is_good(self, revision: int, now: int) -> bool:
        """Whether it is what the company offers at `now`, when it is at this revision."""
        return self.revision >= revision and (self.until is None or now < self.until)


class CompanyCatalog(Catalog):
    """The catalog of one turn: an offer, and the versions that the turn looks up."""

    def __init__(self, offer: Offer, compiled: Callable[[str, int], Scenario | None]) -> None:
        super().__init__(())
        self._offer = offer
        self._compiled = compiled

    def version(self, scenario: str, version: int) -> Scenario:
        """One version of a chatbot. Raises UnknownScenarioError."""
        found = self._compiled(scenario, version)
        if found is None:
            raise UnknownScenarioError(f"there is no version {version} of chatbot {scenario!r}")
        return found

    def newest(self, scenario: str) -> Scenario | None:
        """The newest version of a chatbot, None where there is none."""
        number = self._offer.newest.get(scenario)
        return None if number is None else self.version(scenario, number)

    def find_sender(self, sender: str) -> Sender | None:
        """One sender, None where there is none."""
        found = self._offer.ready.get(sender)
        config = self._offer.senders.get(sender)
        if found is None and config is not None:
            found = self._offer.ready[sender] = make_sender(config, self.newest)
        return found


class Catalogs:
    """The offers of all companies, each of the newest revision that was asked for, and the compiled versions."""

    def __init__(self, most_nodes: int = MOST_NODES_KEPT) -> None:
        self._lock = threading.Lock()
        self._offers: dict[str, Offer] = {}
        self._compiled = Compiled(most_nodes)

    def of(self, work: UnitOfWork, company_id: str, now: int, revision: int | None = None) -> CompanyCatalog:
        """The catalog for a turn; `revision` is the company's, where it was read in the transaction of the turn."""
        if revision is None:
            revision = _revision(work, company_id)
        offer = self._offers.get(company_id)
        if offer is None or not offer.is_good(revision, now):
            with self._lock:
                offer = self._offers.get(company_id)
                if offer is None or not offer.is_good(revision, now):
                    offer = self._offers[company_id] = _read_offer(work, company_id, now)
        return CompanyCatalog(offer, lambda scenario, number: self.compiled(work, (company_id, scenario, number)))

    def compiled(self, work: UnitOfWork, place: Place) -> Scenario | None:
        """One version, None where there is none."""
        found = self._compiled.get(place)
        if found is None:
            company, scenario, number = place
            document = work.value(_DOCUMENT, company=company, scenario=scenario, number=number)
            if document is not None:
                found = load_scenario(document, version=number)
                self._compiled.keep(place, found)
        return found


class Compiled:
    """The versions that were used last, at most so many nodes of them. A version never changes."""

    def __init__(self, most_nodes: int) -> None:
        self._most_nodes = most_nodes
        self._lock = threading.Lock()
        self._scenarios: OrderedDict[Place, Scenario] = OrderedDict()
        self._nodes = 0

    def get(self, place: Place) -> Scenario | None:
        """A version, None where it is not kept."""
        with self._lock:
            found = self._scenarios.get(place)
            if found is not None:
                self._scenarios.move_to_end(place)
            return found

    def keep(self, place: Place, scenario: Scenario) -> None:
        """Keep a version, and let go of those that were not used for longest."""
        with self._lock:
            if place not in self._scenarios:
                self._scenarios[place] = scenario
                self._nodes += len(scenario.document.nodes)
            while self._nodes > self._most_nodes and len(self._scenarios) > 1:
                _, oldest = self._scenarios.popitem(last=False)
                self._nodes -= len(oldest.document.nodes)


def _revision(work: UnitOfWork, company_id: str) -> int:
    return work.value(_REVISION, company=company_id) or 0


def _read_offer(work: UnitOfWork, company_id: str, now: int) -> Offer:
    """The offer as it is now. Where every statement sees what was committed just before it, somebody may publish in
    between: then it is read again, until revision and content belong together."""
    before = _revision(work, company_id)
    while True:
        newest = {row["scenario"]: row["newest_version"] for row in work.all(_NEWEST, company=company_id)}
        words = words_of(work, company_id, zone_of([work.value(_ZONE, company=company_id)]), now)
        senders = {config.id: config for config in sender_configs(work, company_id, words)}
        after = _revision(work, company_id)
        if after == before:
            return Offer(after, newest, senders, words.until)
        before = after


def document_of_version(work: UnitOfWork, company_id: str, scenario: str, number: int) -> str | None:
    """The document of a version as JSON text, None where there is none."""
    document: str | None = work.value(_DOCUMENT, company=company_id, scenario=scenario, number=number)
    return document


def sender_configs(work: UnitOfWork, company_id: str, words: Words) -> list[SenderConfig]:
    """Every sender of a company as the runtime knows it."""
    enabled: dict[str, list[sa.RowMapping]] = {}
    for row in work.all(_ENABLED, company=company_id):
        enabled.setdefault(row["sender_id"], []).append(row)
    return [
        _sender_config(sender, enabled.get(sender["id"], []), words.of(sender["id"], sender["channel"]))
        for sender in senders_of(work, company_id)
    ]


def _sender_config(sender: sa.RowMapping, enabled: list[sa.RowMapping], words: SenderWords) -> SenderConfig:
    return SenderConfig(
        id=sender["id"],
        channel=sender["channel"],
        enabled=tuple(row["scenario"] for row in enabled),
        default=next((row["scenario"] for row in enabled if row["is_default"]), None),
        opt_out_words=words.opt_out,
        platform_opt_out_words=words.platform,
        help_words=words.help,
        join_words=words.join,
        live_chat_only=sender["live_chat_only"],
    )
