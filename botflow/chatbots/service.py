"""Publishing chatbots, and the catalog that a company's conversations run over."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from botflow.chatbots.models import Chatbot, ChatbotSender, ChatbotVersion
from botflow.clock import Clock
from botflow.db import UnitOfWork, of_company, table_of
from botflow.senders.service import SENDER_FACTS, senders_of
from botflow_runtime import Catalog, Conversation, Scenario, SenderConfig, load_scenario

CHATBOTS: Final = table_of(Chatbot)
VERSIONS: Final = table_of(ChatbotVersion)
ENABLED: Final = table_of(ChatbotSender)

DESCRIPTION_FIELD: Final = "x-description"


@dataclass(frozen=True)
class Published:
    """A chatbot after publishing. `is_new` is false when the newest version held the same content already."""

    chatbot_id: str
    scenario: Scenario
    number: int
    is_new: bool


class Chatbots:
    """Chatbots of every company: publishing makes immutable versions, and the catalogs follow."""

    def __init__(self, clock: Clock, ids: Callable[[], str]) -> None:
        self._clock = clock
        self._ids = ids
        self._lock = threading.Lock()
        self._compiled: dict[str, Scenario] = {}
        self._conversations: dict[str, Conversation] = {}

    def publish(self, work: UnitOfWork, company_id: str, document: Mapping[str, Any]) -> Published:
        """Make a new version, unless the newest one holds this content. Raises ScenarioError."""
        scenario = load_scenario(document)
        chatbot_id = self._chatbot(work, company_id, scenario, document)
        newest = work.first(
            sa.select(VERSIONS).where(VERSIONS.c.chatbot_id == chatbot_id).order_by(VERSIONS.c.number.desc()).limit(1)
        )
        if newest is not None and newest["content_hash"] == scenario.content_hash:
            return Published(chatbot_id, scenario, newest["number"], is_new=False)
        number = newest["number"] + 1 if newest is not None else 1
        version = ChatbotVersion(
            id=self._ids(),
            company_id=company_id,
            chatbot_id=chatbot_id,
            number=number,
            content_hash=scenario.content_hash,
            document=json.dumps(document, ensure_ascii=False),
            created_at=self._clock(),
        )
        work.execute(VERSIONS.insert().values(version.model_dump()))
        work.after_commit(lambda: self.forget(company_id))
        return Published(chatbot_id, scenario, number, is_new=True)

    def enable(self, work: UnitOfWork, company_id: str, chatbot_id: str, sender_id: str, *, is_default: bool) -> None:
        """Enable a chatbot on a sender, once."""
        place = sa.and_(ENABLED.c.chatbot_id == chatbot_id, ENABLED.c.sender_id == sender_id)
        if work.first(sa.select(ENABLED).where(place)) is None:
            row = ChatbotSender(
                chatbot_id=chatbot_id, sender_id=sender_id, company_id=company_id, enabled=True, is_default=is_default
            )
            work.execute(ENABLED.insert().values(row.model_dump()))
            work.after_commit(lambda: self.forget(company_id))

    def conversation(self, work: UnitOfWork, company_id: str) -> Conversation:
        """The engine over everything that the company has published."""
        with self._lock:
            found = self._conversations.get(company_id)
            if found is None:
                found = self._conversations[company_id] = Conversation(self._catalog(work, company_id), self._ids)
            return found

    def forget(self, company_id: str) -> None:
        """The company's chatbots or senders changed: build the catalog anew when it is needed next."""
        with self._lock:
            self._conversations.pop(company_id, None)

    def _chatbot(self, work: UnitOfWork, company_id: str, scenario: Scenario, document: Mapping[str, Any]) -> str:
        facts = {
            "name": scenario.name,
            "description": str(document.get(DESCRIPTION_FIELD, "")),
            "language": str(document.get("language", "en")),
            "channel": scenario.channel,
        }
        found = work.first(of_company(CHATBOTS, company_id).where(CHATBOTS.c.scenario == scenario.id))
        if found is not None:
            work.execute(CHATBOTS.update().where(CHATBOTS.c.id == found["id"]).values(facts))
            return str(found["id"])
        chatbot = Chatbot(
            id=self._ids(), company_id=company_id, scenario=scenario.id, created_at=self._clock(), **facts
        )
        work.execute(CHATBOTS.insert().values(chatbot.model_dump()))
        return chatbot.id

    def _catalog(self, work: UnitOfWork, company_id: str) -> Catalog:
        versions = work.all(of_company(VERSIONS, company_id).order_by(VERSIONS.c.chatbot_id, VERSIONS.c.number))
        return Catalog(
            scenarios=[self._scenario(version) for version in versions], senders=_sender_configs(work, company_id)
        )

    def _scenario(self, version: sa.RowMapping) -> Scenario:
        """The compiled version: it never changes, so it is compiled once."""
        found = self._compiled.get(version["id"])
        if found is None:
            found = load_scenario(json.loads(version["document"]), version=version["number"])
            self._compiled[version["id"]] = found
        return found


def _sender_configs(work: UnitOfWork, company_id: str) -> list[SenderConfig]:
    rows = work.all(
        sa.select(ENABLED.c.sender_id, ENABLED.c.is_default, CHATBOTS.c.scenario)
        .join(CHATBOTS, CHATBOTS.c.id == ENABLED.c.chatbot_id)
        .where(ENABLED.c.company_id == company_id, ENABLED.c.enabled)
        .order_by(ENABLED.c.sender_id, CHATBOTS.c.scenario)
    )
    configs = []
    for sender in senders_of(work, company_id):
        here = [row for row in rows if row["sender_id"] == sender["id"]]
        configs.append(
            SenderConfig(
                id=sender["id"],
                channel=sender["channel"],
                enabled=tuple(row["scenario"] for row in here),
                default=next((row["scenario"] for row in here if row["is_default"]), None),
            )
        )
    return configs


def default_chatbot(work: UnitOfWork, sender_id: str) -> str | None:
    """The scenario that is the default of a sender, or None."""
    found = work.value(
        sa.select(CHATBOTS.c.scenario)
        .join(ENABLED, ENABLED.c.chatbot_id == CHATBOTS.c.id)
        .where(ENABLED.c.sender_id == sender_id, ENABLED.c.enabled, ENABLED.c.is_default)
    )
    return None if found is None else str(found)


def offered_chatbots(work: UnitOfWork, adapter: str) -> list[dict[str, str]]:
    """The chatbots that can be tried on senders of an adapter: id, name, description, language, channel, sender."""
    rows = work.all(
        sa.select(
            CHATBOTS.c.scenario.label("id"),
            CHATBOTS.c.name,
            CHATBOTS.c.description,
            CHATBOTS.c.language,
            CHATBOTS.c.channel,
            ENABLED.c.sender_id.label("sender"),
        )
        .join(ENABLED, ENABLED.c.chatbot_id == CHATBOTS.c.id)
        .join(SENDER_FACTS, SENDER_FACTS.c.id == ENABLED.c.sender_id)
        .where(SENDER_FACTS.c.adapter == adapter, ENABLED.c.enabled, ENABLED.c.is_default)
        .order_by(CHATBOTS.c.name, CHATBOTS.c.scenario)
    )
    return [dict(row) for row in rows]
