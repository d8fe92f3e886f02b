"""Tags: fixed marks on contacts (CT-3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, Final

import sqlalchemy as sa

from botflow.contacts.models import ContactTag
from botflow.contacts.service import CONTACTS
from botflow.db import UnitOfWork, new_row, table_of

TAGS: Final = table_of(ContactTag)


def tags_of(work: UnitOfWork, contact_ids: Collection[str]) -> Mapping[str, list[str]]:
    """The tags of contacts, by contact, in their order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in work.all(sa.select(TAGS).where(TAGS.c.contact_id.in_(contact_ids))):
        found[row["contact_id"]].append(row["tag"])
    return {contact_id: sorted(tags) for contact_id, tags in found.items()}


def set_tags(work: UnitOfWork, company_id: str, contact_id: str, tags: Collection[str]) -> None:
    """Let a contact have these tags and no others."""
    work.execute(TAGS.delete().where(TAGS.c.contact_id == contact_id))
    rows = [new_row(ContactTag, contact_id=contact_id, tag=tag, company_id=company_id) for tag in sorted(tags)]
    if rows:
        work.insert_once(TAGS, rows)


def erase_tags(work: UnitOfWork, contact_id: str) -> int:
    """Take every tag off a contact. Returns how many there were."""
    return work.execute(TAGS.delete().where(TAGS.c.contact_id == contact_id)).rowcount


def has_tag(tag: str) -> sa.ColumnElement[bool]:
    """Whether a contact has a tag."""
    return sa.exists().where(TAGS.c.contact_id == CONTACTS.c.id, TAGS.c.tag == tag)


TAG_COUNTS: Final = (
    sa.select(TAGS.c.company_id, TAGS.c.tag, sa.func.count().label("contacts"))
    .group_by(TAGS.c.company_id, TAGS.c.tag)
    .subquery("tag_count")
)


def tags_of_company(company_id: str) -> sa.Select[Any]:
    """The tags that contacts of a company have, each with their number."""
    return sa.select(TAG_COUNTS).where(TAG_COUNTS.c.company_id == company_id)
