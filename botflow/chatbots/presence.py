"""Who else has a draft open (ED-5): pages say that they are there, and are forgotten when they say so no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from botflow.chatbots.drafts import find_chatbot, find_draft
from botflow.chatbots.models import DraftPresence
from botflow.clock import Clock
from botflow.db import Database, UnitOfWork, new_row, table_of
from botflow.errors import NotFoundError
from botflow.permissions import Caller

PRESENCES: Final = table_of(DraftPresence)

GONE_AFTER_MS: Final = 45_000
"""A page that has said nothing for so long is not there any more."""
MOST_PAGES: Final = 50
"""Of one chatbot: the ones that were renewed longest ago make room."""


@dataclass(frozen=True)
class Present:
    """A page of somebody. `since` is in milliseconds since the epoch; `is_caller`: it is another page of the caller."""

    name: str
    is_caller: bool
    since: int


@dataclass(frozen=True)
class Gathering:
    """Who else is there, what the draft is by now, and what is published."""

    others: Sequence[Present]
    revision: int
    saved_by: str | None
    newest_version: int


def gather(database: Database, clock: Clock, caller: Caller, chatbot_id: str, page: str, *, leaves: bool) -> Gathering:
    """Note that a page of the caller is there, or leaves; programs are noted nowhere. Raises NotFoundError."""
    now = clock()
    with database.transaction() as work:
        chatbot = find_chatbot(work, caller.company, chatbot_id)
        _forget(work, chatbot["id"], PRESENCES.c.renewed_at < now - GONE_AFTER_MS)
        since = _since(work, chatbot["id"], page, now)
        _forget(work, chatbot["id"], sa.and_(PRESENCES.c.page == page, PRESENCES.c.user_id == (caller.user or "")))
        others = _there(work, chatbot["id"])
        if caller.user is not None and not leaves:
            for crowded in others[MOST_PAGES - 1 :]:
                _forget(work, chatbot["id"], PRESENCES.c.page == crowded["page"])
            own = new_row(
                DraftPresence,
                chatbot_id=chatbot["id"],
                page=page,
                company_id=caller.company,
                user_id=caller.user,
                name=caller.name,
                since=since,
                renewed_at=now,
            )
            work.insert_once(PRESENCES, own)
        draft = find_draft(work, chatbot["id"])
        if draft is None:  # somebody has deleted the chatbot meanwhile
            raise NotFoundError(f"There is no chatbot {chatbot_id!r}.")
    shown = [Present(row["name"], row["user_id"] == caller.user, row["since"]) for row in others]
    return Gathering(shown, chatbot["revision"], draft["saved_by"], chatbot["newest_version"])


def _there(work: UnitOfWork, chatbot: str) -> list[sa.RowMapping]:
    """Those who are there, the latest renewed first."""
    rows = sa.select(PRESENCES).where(PRESENCES.c.chatbot_id == chatbot)
    return work.all(rows.order_by(PRESENCES.c.renewed_at.desc(), PRESENCES.c.page))


def _since(work: UnitOfWork, chatbot: str, page: str, now: int) -> int:
    found = work.value(sa.select(PRESENCES.c.since).where(PRESENCES.c.chatbot_id == chatbot, PRESENCES.c.page == page))
    return now if found is None else int(found)


def _forget(work: UnitOfWork, chatbot: str, which: sa.ColumnElement[bool]) -> None:
    work.execute(PRESENCES.delete().where(PRESENCES.c.chatbot_id == chatbot, which))
