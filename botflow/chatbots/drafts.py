"""Drafts: the one document of a chatbot that is being worked on, and its revisions (ED-5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from botflow.chatbots.catalog import CHATBOTS, ENABLED
from botflow.chatbots.documents import Document
from botflow.chatbots.models import Chatbot, ChatbotDraft
from botflow.db import UnitOfWork, of_company, table_of
from botflow.errors import ConflictError, Fault, InvalidError, NotFoundError

DRAFTS: Final = table_of(ChatbotDraft)

LONGEST_ID: Final = 200
_UNFIT: Final = re.compile(r"[\x00-\x1f\x7f/]|^\.{1,2}$|^$")
"""What an id cannot hold that stands in addresses and names files."""


class StaleDraftError(ConflictError):
    """The draft was changed meanwhile, or is there although none was expected. `revision` is the newer one's."""

    def __init__(self, scenario: str, revision: int, saved_by: str | None) -> None:
        who = f" by {saved_by}" if saved_by else ""
        super().__init__(
            f"The draft of {scenario!r} has revision {revision} by now, saved{who}. Read it, take its changes over, "
            f"and save on the base of revision {revision}."
        )
        self.revision = revision
        self.saved_by = saved_by

    def members(self) -> Mapping[str, Any]:
        return {"revision": self.revision, "saved_by": self.saved_by}


@dataclass(frozen=True)
class Who:
    """Who changes something, and when; `new_id` names new rows."""

    company_id: str
    by: str | None
    now: int
    new_id: Callable[[], str]


@dataclass(frozen=True)
class Kept:
    """What became of saving a draft. `changed` is false when it held this content already; `has_changes`: the newest
    version does something else, or there is none."""

    chatbot_id: str
    revision: int
    created: bool
    changed: bool
    has_changes: bool


def find_chatbot(work: UnitOfWork, company_id: str, scenario: str, *, lock: bool = False) -> sa.RowMapping:
    """The row of a chatbot. Raises NotFoundError."""
    row = _row(work, company_id, scenario, lock=lock)
    if row is None or row["deleted_at"] is not None:
        raise NotFoundError(f"There is no chatbot {scenario!r}.")
    return row


def draft_of(work: UnitOfWork, chatbot_id: str) -> sa.RowMapping:
    """The draft of a chatbot: every one that is not deleted has one."""
    draft = find_draft(work, chatbot_id)
    assert draft is not None  # who asks has found the chatbot
    return draft


def find_draft(work: UnitOfWork, chatbot_id: str) -> sa.RowMapping | None:
    """The draft of a chatbot, None of a deleted one."""
    return work.first(sa.select(DRAFTS).where(DRAFTS.c.chatbot_id == chatbot_id))


def save(
    work: UnitOfWork, who: Who, scenario: str, document: Document, base: int | None, *, overwrite: bool = False
) -> Kept:
    """Save the draft of a chatbot, which is made when it is new. The same content again changes nothing.

    `base` is the revision that the document was made from, 0 where the chatbot is meant to be new; None says nothing,
    and then nothing that is there is changed. `overwrite` saves whatever is there. Raises StaleDraftError, and
    InvalidError where the id cannot be one.
    """
    check_id(scenario, document)
    row = _row(work, who.company_id, scenario, lock=True) or _make(work, who, scenario)
    draft = find_draft(work, row["id"])
    if draft is None:
        return _begin(work, who, row, document, base)
    if draft["document"] == document.text:
        return Kept(row["id"], row["revision"], created=False, changed=False, has_changes=_differs(row, document))
    if base != row["revision"] and not overwrite:
        raise StaleDraftError(scenario, row["revision"], draft["saved_by"])
    return replace(work, who, row, document)


def replace(work: UnitOfWork, who: Who, chatbot: sa.RowMapping, document: Document) -> Kept:
    """Put another document in the place of a draft; `chatbot` is its row, locked."""
    work.execute(DRAFTS.update().where(DRAFTS.c.chatbot_id == chatbot["id"]).values(_draft_values(who, document)))
    facts: dict[str, Any] = {} if chatbot["newest_version"] else document.facts()
    facts |= {"revision": chatbot["revision"] + 1, "updated_at": who.now}
    work.execute(CHATBOTS.update().where(CHATBOTS.c.id == chatbot["id"]).values(facts))
    return Kept(chatbot["id"], facts["revision"], created=False, changed=True, has_changes=_differs(chatbot, document))


def check_id(scenario: str, document: Document) -> None:
    """Whether a chatbot can go by this id, and the document says the same or nothing. Raises InvalidError."""
    if len(scenario) > LONGEST_ID or _UNFIT.search(scenario):
        fault = f"{scenario[:LONGEST_ID]!r} cannot be an id: use up to {LONGEST_ID} characters, no slash and no control"
        raise InvalidError([Fault("/id", f"{fault} character.")])
    if document.scenario not in ("", scenario):
        fault = f"the file is that of {document.scenario!r}, and was to be saved as {scenario!r}: make both the same"
        raise InvalidError([Fault("/id", fault)])


def _make(work: UnitOfWork, who: Who, scenario: str) -> sa.RowMapping:
    """The row of a new chatbot, locked; or of the one that somebody else has made at the same moment."""
    chatbot = Chatbot(
        id=who.new_id(),
        company_id=who.company_id,
        scenario=scenario,
        created_at=who.now,
        updated_at=who.now,
        name="",
        description="",
        language="",
        channel="",
    )
    work.insert_once(CHATBOTS, chatbot.model_dump())
    row = _row(work, who.company_id, scenario, lock=True)
    assert row is not None  # it is there now, by whomever
    return row


def _begin(work: UnitOfWork, who: Who, chatbot: sa.RowMapping, document: Document, base: int | None) -> Kept:
    """The first draft of a new chatbot, or of one that was deleted and comes back: its numbers go on counting."""
    if base:
        raise NotFoundError(
            f"There is no chatbot {chatbot['scenario']!r} any more: save without a revision to make it."
        )
    revision = chatbot["revision"] + 1
    facts = {"revision": revision, "newest_version": 0, "newest_hash": "", "updated_at": who.now, "deleted_at": None}
    work.execute(CHATBOTS.update().where(CHATBOTS.c.id == chatbot["id"]).values(document.facts() | facts))
    draft = ChatbotDraft(chatbot_id=chatbot["id"], company_id=who.company_id, **_draft_values(who, document))
    work.execute(DRAFTS.insert().values(draft.model_dump()))
    return Kept(chatbot["id"], revision, created=True, changed=True, has_changes=True)


def _differs(chatbot: sa.RowMapping, document: Document) -> bool:
    """Whether a document does something else than the newest version."""
    return bool(document.content_hash != chatbot["newest_hash"])


def remove(work: UnitOfWork, who: Who, chatbot_id: str) -> None:
    """Delete a chatbot; its versions stay for the threads of the past."""
    work.execute(ENABLED.delete().where(ENABLED.c.chatbot_id == chatbot_id))
    work.execute(DRAFTS.delete().where(DRAFTS.c.chatbot_id == chatbot_id))
    work.execute(CHATBOTS.update().where(CHATBOTS.c.id == chatbot_id).values(deleted_at=who.now, updated_at=who.now))


def _row(work: UnitOfWork, company_id: str, scenario: str, *, lock: bool) -> sa.RowMapping | None:
    statement = of_company(CHATBOTS, company_id).where(CHATBOTS.c.scenario == scenario)
    return work.first(statement.with_for_update() if lock else statement)


def _draft_values(who: Who, document: Document) -> dict[str, Any]:
    return {
        "document": document.text,
        "content_hash": document.content_hash,
        "saved_at": who.now,
        "saved_by": who.by,
    }
