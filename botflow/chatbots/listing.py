"""The table of chatbots (CB-1): facts, keywords, whether there is anything to publish, and where they run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from botflow.chatbots.catalog import CHATBOTS, ENABLED
from botflow.chatbots.drafts import DRAFTS
from botflow.db import UnitOfWork
from botflow.errors import NotFoundError
from botflow_runtime.compiled import KEYWORD_KINDS

HAS_CHANGES: Final = DRAFTS.c.content_hash != CHATBOTS.c.newest_hash

_FACTS: Final = (
    sa.select(
        CHATBOTS.c.id.label("row_id"),
        CHATBOTS.c.scenario.label("id"),
        CHATBOTS.c.name,
        CHATBOTS.c.description,
        CHATBOTS.c.language,
        CHATBOTS.c.channel,
        CHATBOTS.c.keywords,
        CHATBOTS.c.revision,
        CHATBOTS.c.newest_version,
        HAS_CHANGES.label("has_changes"),
        CHATBOTS.c.created_at,
        CHATBOTS.c.updated_at,
        DRAFTS.c.saved_at,
        DRAFTS.c.saved_by,
    )
    .join(DRAFTS, DRAFTS.c.chatbot_id == CHATBOTS.c.id)
    .where(CHATBOTS.c.deleted_at.is_(None))
)


@dataclass(frozen=True)
class Filter:
    """Which chatbots; None says nothing. `search` is part of an id, a name, a description or a keyword."""

    search: str | None = None
    channel: str | None = None
    sender: str | None = None
    published: bool | None = None
    has_changes: bool | None = None


def chatbots_of(company_id: str, wanted: Filter = Filter()) -> sa.Select[Any]:
    """The chatbots of a company that fit, to sort and to page."""
    return _FACTS.where(CHATBOTS.c.company_id == company_id, *_conditions(wanted))


def with_places(work: UnitOfWork, rows: Sequence[sa.RowMapping]) -> list[dict[str, Any]]:
    """The rows with their keywords read, and with the senders that each chatbot runs on."""
    places = _places(work, [row["row_id"] for row in rows])
    return [{**row, "keywords": _by_kind(row["keywords"]), "senders": places[row["row_id"]]} for row in rows]


def show(work: UnitOfWork, company_id: str, scenario: str) -> dict[str, Any]:
    """One chatbot. Raises NotFoundError."""
    rows = work.all(chatbots_of(company_id).where(CHATBOTS.c.scenario == scenario))
    if not rows:
        raise NotFoundError(f"There is no chatbot {scenario!r}.")
    return with_places(work, rows)[0]


def _by_kind(keywords: str) -> dict[str, list[str]]:
    return dict(zip(KEYWORD_KINDS, msgspec.json.decode(keywords), strict=False))


def _conditions(wanted: Filter) -> Iterable[sa.ColumnElement[bool]]:
    if wanted.search is not None:
        searched = (CHATBOTS.c.scenario, CHATBOTS.c.name, CHATBOTS.c.description, CHATBOTS.c.keywords)
        yield sa.or_(*(column.icontains(wanted.search, autoescape=True) for column in searched))
    if wanted.channel is not None:
        yield CHATBOTS.c.channel == wanted.channel
    if wanted.sender is not None:
        yield sa.exists().where(
            ENABLED.c.chatbot_id == CHATBOTS.c.id, ENABLED.c.sender_id == wanted.sender, ENABLED.c.enabled
        )
    if wanted.published is not None:
        yield CHATBOTS.c.newest_version > 0 if wanted.published else CHATBOTS.c.newest_version == 0
    if wanted.has_changes is not None:
        yield HAS_CHANGES if wanted.has_changes else sa.not_(HAS_CHANGES)


def _places(work: UnitOfWork, chatbot_ids: Sequence[str]) -> Mapping[str, list[dict[str, Any]]]:
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    here = sa.select(ENABLED).where(ENABLED.c.chatbot_id.in_(chatbot_ids), ENABLED.c.enabled)
    for row in work.all(here.order_by(ENABLED.c.sender_id)):
        found[row["chatbot_id"]].append({"sender": row["sender_id"], "is_default": row["is_default"]})
    return found
