"""On which senders chatbots run, and which one is the default there (CB-5, CB-10)."""

from __future__ import annotations

from typing import Any

import msgspec
import sqlalchemy as sa

from botflow.accounts.service import catalog_changed
from botflow.chatbots.catalog import CHATBOTS, ENABLED
from botflow.chatbots.models import ChatbotSender
from botflow.db import UnitOfWork
from botflow.errors import ConflictError, NotFoundError
from botflow.senders.service import ACTIVE, SENDER_FACTS


def enable(work: UnitOfWork, chatbot: sa.RowMapping, sender_id: str, *, is_default: bool) -> bool:
    """Enable a chatbot on a sender, as its default or not; whether that changed anything.

    The former default of the sender stays enabled. Raises NotFoundError, and ConflictError where the sender is of
    another channel or belongs to people alone.
    """
    sender = _sender(work, chatbot["company_id"], sender_id)
    if sender["channel"] != chatbot["channel"]:
        raise ConflictError(
            f"{chatbot['scenario']!r} writes for {chatbot['channel'] or 'no channel'}, and {sender_id!r} is a sender "
            f"of {sender['channel']}: choose a sender of the chatbot's channel."
        )
    if sender["live_chat_only"]:
        raise ConflictError(f"The sender {sender_id!r} is for live chat only: no chatbot runs there.")
    found = work.first(sa.select(ENABLED).where(_is_at(chatbot["id"], sender_id)))
    wanted = {"enabled": True, "is_default": is_default}
    if found is not None and wanted.items() <= dict(found).items():
        return False
    if is_default:
        work.execute(ENABLED.update().where(ENABLED.c.sender_id == sender_id).values(is_default=False))
    if found is not None:
        work.execute(ENABLED.update().where(_is_at(chatbot["id"], sender_id)).values(wanted))
    else:
        row = ChatbotSender(
            chatbot_id=chatbot["id"], sender_id=sender_id, company_id=chatbot["company_id"], is_default=is_default
        )
        work.execute(ENABLED.insert().values(row.model_dump()))
    catalog_changed(work, chatbot["company_id"])
    return True


def disable(work: UnitOfWork, chatbot: sa.RowMapping, sender_id: str) -> bool:
    """No new thread of the chatbot starts on the sender; whether that changed anything. Raises NotFoundError."""
    _sender(work, chatbot["company_id"], sender_id)
    here = sa.and_(_is_at(chatbot["id"], sender_id), ENABLED.c.enabled)
    changed = work.execute(ENABLED.update().where(here).values(enabled=False, is_default=False)).rowcount
    if changed:
        catalog_changed(work, chatbot["company_id"])
    return bool(changed)


def is_known(work: UnitOfWork, chatbot_id: str, sender_id: str) -> bool:
    """Whether the chatbot was ever enabled on the sender."""
    return work.first(sa.select(ENABLED.c.sender_id).where(_is_at(chatbot_id, sender_id))) is not None


def is_enabled(work: UnitOfWork, company_id: str, scenario: str, sender_id: str) -> bool:
    """Whether a company's chatbot may start on a sender."""
    here = (
        sa.select(ENABLED.c.sender_id)
        .join(CHATBOTS, CHATBOTS.c.id == ENABLED.c.chatbot_id)
        .where(CHATBOTS.c.company_id == company_id, CHATBOTS.c.scenario == scenario, CHATBOTS.c.deleted_at.is_(None))
        .where(ENABLED.c.sender_id == sender_id, ENABLED.c.enabled)
    )
    return work.first(here) is not None


def has_chatbots(work: UnitOfWork, sender_id: str) -> bool:
    """Whether any chatbot is enabled on a sender."""
    here = sa.select(ENABLED.c.sender_id).where(ENABLED.c.sender_id == sender_id, ENABLED.c.enabled)
    return work.first(here.limit(1)) is not None


def places_of(work: UnitOfWork, chatbot_id: str) -> list[sa.RowMapping]:
    """The senders that a chatbot is enabled on: sender, and whether it is the default there."""
    return work.all(
        sa.select(ENABLED.c.sender_id.label("sender"), ENABLED.c.is_default)
        .where(ENABLED.c.chatbot_id == chatbot_id, ENABLED.c.enabled)
        .order_by(ENABLED.c.sender_id)
    )


def _sender(work: UnitOfWork, company_id: str, sender_id: str) -> sa.RowMapping:
    """The sender, locked: nobody gives it to live chat meanwhile. Raises NotFoundError."""
    ours = sa.select(SENDER_FACTS).where(SENDER_FACTS.c.id == sender_id, SENDER_FACTS.c.company_id == company_id)
    row = work.first(ours.with_for_update())
    if row is None:
        raise NotFoundError(f"There is no sender {sender_id!r}.")
    return row


def _is_at(chatbot_id: str, sender_id: str) -> sa.ColumnElement[bool]:
    return sa.and_(ENABLED.c.chatbot_id == chatbot_id, ENABLED.c.sender_id == sender_id)


def default_chatbot(work: UnitOfWork, sender_id: str) -> str | None:
    """The scenario that is the default of a sender, or None."""
    found = work.value(
        sa.select(CHATBOTS.c.scenario)
        .join(ENABLED, ENABLED.c.chatbot_id == CHATBOTS.c.id)
        .where(ENABLED.c.sender_id == sender_id, ENABLED.c.enabled, ENABLED.c.is_default)
    )
    return None if found is None else str(found)


def offered_sender(work: UnitOfWork, adapter: str, sender_id: str) -> dict[str, Any] | None:
    """What visitors see of a sender of an adapter: its name, and whether whoever writes may be answered; or None.

    People answer there alone, or a chatbot does: its default one, or another one that words begin.
    """
    which = (SENDER_FACTS.c.id == sender_id, SENDER_FACTS.c.adapter == adapter)
    sender = work.first(sa.select(SENDER_FACTS.c.name, SENDER_FACTS.c.live_chat_only).where(*which))
    if sender is None:
        return None
    here = (ENABLED.c.sender_id == sender_id, ENABLED.c.enabled)
    on = ENABLED.join(CHATBOTS, CHATBOTS.c.id == ENABLED.c.chatbot_id)
    rows = work.all(sa.select(ENABLED.c.is_default, CHATBOTS.c.keywords).select_from(on).where(*here))
    begins = any(row["is_default"] or msgspec.json.decode(row["keywords"])[0] for row in rows)
    return {"name": sender["name"], "answers": sender["live_chat_only"] or begins}


def offered_chatbots(work: UnitOfWork, adapter: str, which: sa.ColumnElement[bool]) -> list[dict[str, str]]:
    """The chatbots that can be tried on senders of an adapter: id, name, description, language, channel, sender.

    `which` of them, of every company: a condition on CHATBOTS and ENABLED.
    """
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
        .where(
            SENDER_FACTS.c.adapter == adapter,
            SENDER_FACTS.c.status == ACTIVE,
            ENABLED.c.enabled,
            ENABLED.c.is_default,
            which,
        )
        .order_by(CHATBOTS.c.name, CHATBOTS.c.scenario)
    )
    return [dict(row) for row in rows]
