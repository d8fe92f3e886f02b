"""Publishing chatbots, and the catalog that a company's conversations run over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from botflow.chatbots import drafts, enabling, versions
from botflow.chatbots.catalog import CHATBOTS, Catalogs, document_of_version
from botflow.chatbots.documents import document_of
from botflow.chatbots.drafts import Who, draft_of
from botflow.chatbots.enabling import default_chatbot, is_enabled, offered_chatbots, offered_sender
from botflow.chatbots.versions import Published, find_version, users_of_asset
from botflow.clock import Clock
from botflow.db import UnitOfWork, of_company
from botflow_runtime import Conversation

__all__ = [
    "Chatbots",
    "Published",
    "default_chatbot",
    "document_of_version",
    "is_enabled",
    "offered_chatbots",
    "offered_sender",
    "users_of_asset",
]

FROM_FILES: Final = "files"
"""Who publishes what lies on the server's own disk."""


class Chatbots:
    """Chatbots of every company: publishing makes immutable versions, and the catalogs of all processes follow."""

    def __init__(self, clock: Clock, ids: Callable[[], str]) -> None:
        self._clock = clock
        self._ids = ids
        self.catalogs = Catalogs()

    def conversation(self, work: UnitOfWork, company_id: str, revision: int | None = None) -> Conversation:
        """The engine over everything that the company has published, for one turn.

        `revision` is the company's catalog revision where the turn has read it already.
        """
        return Conversation(self.catalogs.of(work, company_id, self._clock(), revision), self._ids)

    def publish(self, work: UnitOfWork, company_id: str, document: Mapping[str, Any]) -> Published:
        """Publish a file of the server's own, as draft and version. Raises ScenarioError.

        What somebody has changed in the meantime stays: their draft, and their version.
        """
        who = self.who(company_id, FROM_FILES)
        given = document_of(document)
        if self._is_new(work, company_id, given.scenario):
            drafts.save(work, who, given.scenario, given, None)
        chatbot = drafts.find_chatbot(work, company_id, given.scenario, lock=True)
        if chatbot["newest_version"]:
            newest = find_version(work, chatbot["id"], chatbot["newest_version"])
            if newest["created_by"] not in (None, FROM_FILES):
                return versions.as_published(newest)
            draft = draft_of(work, chatbot["id"])
            if draft["content_hash"] == newest["content_hash"] and draft["document"] != given.text:
                drafts.replace(work, who, chatbot, given)
        return versions.add_version(work, who, chatbot, given)

    def enable(self, work: UnitOfWork, company_id: str, chatbot_id: str, sender_id: str, *, is_default: bool) -> None:
        """Enable a chatbot on a sender, once: where somebody has disabled it, it stays so.

        Raises NotFoundError, ConflictError.
        """
        chatbot = work.first(of_company(CHATBOTS, company_id).where(CHATBOTS.c.id == chatbot_id))
        if chatbot is not None and not enabling.is_known(work, chatbot_id, sender_id):
            enabling.enable(work, chatbot, sender_id, is_default=is_default)

    def who(self, company_id: str, by: str | None) -> Who:
        """Somebody who changes something now."""
        return Who(company_id, by, self._clock(), self._ids)

    def _is_new(self, work: UnitOfWork, company_id: str, scenario: str) -> bool:
        found = of_company(CHATBOTS, company_id).where(CHATBOTS.c.scenario == scenario, CHATBOTS.c.deleted_at.is_(None))
        return work.first(found) is None
