"""Published versions: immutable, numbered, known by the hash of their content (engine.md 10)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from botflow.accounts.service import catalog_changed
from botflow.chatbots.catalog import CHATBOTS, VERSIONS
from botflow.chatbots.documents import Document
from botflow.chatbots.drafts import Who, find_chatbot
from botflow.chatbots.models import ChatbotVersion
from botflow.db import UnitOfWork
from botflow.errors import NotFoundError
from botflow_runtime import Scenario, load_scenario

LONGEST_NOTE: Final = 2000


@dataclass(frozen=True)
class Published:
    """A chatbot after publishing. `is_new` is false when the newest version held the same content already."""

    chatbot_id: str
    scenario: Scenario
    number: int
    is_new: bool


def add_version(work: UnitOfWork, who: Who, chatbot: sa.RowMapping, document: Document, note: str = "") -> Published:
    """Publish a document, unless the newest version holds its content. `chatbot` is its row, locked.

    Raises ScenarioError when it cannot be compiled.
    """
    number = _last_number(work, chatbot["id"]) + 1
    scenario = load_scenario(document.raw, version=number)
    if chatbot["newest_version"] and chatbot["newest_hash"] == scenario.content_hash:
        return Published(chatbot["id"], scenario, chatbot["newest_version"], is_new=False)
    version = ChatbotVersion(
        id=who.new_id(),
        company_id=who.company_id,
        chatbot_id=chatbot["id"],
        number=number,
        content_hash=scenario.content_hash,
        document=document.text,
        note=note[:LONGEST_NOTE],
        created_at=who.now,
        created_by=who.by,
    )
    work.execute(VERSIONS.insert().values(version.model_dump()))
    newest = {"newest_version": number, "newest_hash": scenario.content_hash, "updated_at": who.now}
    work.execute(CHATBOTS.update().where(CHATBOTS.c.id == chatbot["id"]).values(document.facts() | newest))
    catalog_changed(work, who.company_id)
    return Published(chatbot["id"], scenario, number, is_new=True)


def find_version(work: UnitOfWork, chatbot_id: str, number: int) -> sa.RowMapping:
    """One version of a chatbot. Raises NotFoundError."""
    row = work.first(sa.select(VERSIONS).where(VERSIONS.c.chatbot_id == chatbot_id, VERSIONS.c.number == number))
    if row is None:
        raise NotFoundError(f"There is no version {number} of this chatbot.")
    return row


def versions_of(work: UnitOfWork, company_id: str, scenario: str) -> sa.Select[Any]:
    """The versions of a chatbot without their documents, to page. Raises NotFoundError."""
    columns = [column for column in VERSIONS.c if column.name != "document"]
    return sa.select(*columns).where(VERSIONS.c.chatbot_id == find_chatbot(work, company_id, scenario)["id"])


def users_of_asset(work: UnitOfWork, company_id: str, key: str) -> list[str]:
    """The chatbots whose newest version names an asset, by their ids."""
    # a canonical document spells it so, and within a text of a person the quotes would be escaped
    spelled = f'"asset": {json.dumps(key, ensure_ascii=False)}'
    rows = work.all(
        sa.select(CHATBOTS.c.scenario, VERSIONS.c.document)
        .join(VERSIONS, VERSIONS.c.chatbot_id == CHATBOTS.c.id)
        .where(CHATBOTS.c.company_id == company_id, CHATBOTS.c.deleted_at.is_(None))
        .where(VERSIONS.c.number == CHATBOTS.c.newest_version, VERSIONS.c.document.contains(spelled, autoescape=True))
        .order_by(CHATBOTS.c.scenario)
    )
    return [row["scenario"] for row in rows if spelled in row["document"]]


def as_published(version: sa.RowMapping) -> Published:
    """A version as publishing it again would answer."""
    scenario = load_scenario(version["document"], version=version["number"])
    return Published(version["chatbot_id"], scenario, version["number"], is_new=False)


def _last_number(work: UnitOfWork, chatbot_id: str) -> int:
    """The number of the last version; a chatbot that was deleted and made again goes on from there."""
    return work.value(sa.select(sa.func.max(VERSIONS.c.number)).where(VERSIONS.c.chatbot_id == chatbot_id)) or 0
