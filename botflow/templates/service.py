"""What other domains may ask and tell of templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from botflow.channels.contract import TemplateStatus
from botflow.db import UnitOfWork, of_company, table_of
from botflow.permissions import TEMPLATES_VIEW, Caller
from botflow.templates.models import ContentTemplate, ConversationTemplate, WhatsAppTemplate
from botflow_runtime.content.model import objects

CONTENTS: Final = table_of(ContentTemplate)
CONVERSATION: Final = table_of(ConversationTemplate)
WHATSAPP: Final = table_of(WhatsAppTemplate)
MOST_NAMED: Final = 3
"""Templates that a sentence names."""
DRAFT: Final = "draft"
"""Status of a template that nobody has handed in."""


def content_template(work: UnitOfWork, company_id: str, template_id: str) -> sa.RowMapping | None:
    """A content template of a company, or None where it has no such."""
    return work.first(of_company(CONTENTS, company_id).where(CONTENTS.c.id == template_id))


def conversation_templates_with(work: UnitOfWork, caller: Caller, key: str) -> list[str]:
    """The conversation templates that name a file, in words; by their names for whoever may see them."""
    columns = CONVERSATION.c
    of_caller = sa.select(columns.name, columns.files).where(columns.company_id == caller.company)
    names = [row["name"] for row in work.all(of_caller.order_by(columns.name)) if key in row["files"]]
    return _in_words(caller, "conversation template", names)


def content_templates_with(work: UnitOfWork, caller: Caller, key: str) -> list[str]:
    """The content templates with a file in their content, in words; by their names for whoever may see them."""
    columns = CONTENTS.c
    of_caller = sa.select(columns.name, columns.content).where(columns.company_id == caller.company)
    rows = work.all(of_caller.order_by(columns.name))
    names = [row["name"] for row in rows if any(item.get("asset") == key for _, item in objects(row["content"]))]
    return _in_words(caller, "content template", names)


def _in_words(caller: Caller, kind: str, names: Sequence[str]) -> list[str]:
    """Templates of a kind, as a sentence names them: a few, and how many more there are."""
    if names and not caller.may(TEMPLATES_VIEW):
        return [f"a {kind}"]
    told = [f"the {kind} {name!r}" for name in names[:MOST_NAMED]]
    others = len(names) - len(told)
    return [*told, f"{others} more {kind}{'s' if others > 1 else ''}"] if others else told


def template_decided(work: UnitOfWork, company_id: str, sender_id: str, status: TemplateStatus, now: int) -> bool:
    """Keep what the vendor decided on a template, which it told to this sender; whether the company has it.

    The template may be another sender's: it belongs to the vendor's account, whose webhooks go to one address.
    """
    by_name = sa.and_(
        WHATSAPP.c.sender_id == sender_id,
        WHATSAPP.c.name == status.name,
        WHATSAPP.c.language == status.language,
        WHATSAPP.c.status != DRAFT,  # the vendor has another one of that name
    )
    by_id = WHATSAPP.c.vendor_id == status.vendor_id
    decided = WHATSAPP.update().where(
        WHATSAPP.c.company_id == company_id, sa.or_(by_id, by_name) if status.vendor_id else by_name
    )
    values = {"status": status.status, "reason": status.reason or None, "updated_at": now}
    return work.execute(decided.values(values)).rowcount > 0
