"""Lists in pages: a cursor says after which row the next page begins, so rows that come meanwhile move nothing.

SORTS = Sorts(SENDERS.c.id, {"name": SENDERS.c.name, "created_at": SENDERS.c.created_at}, "-created_at")

class SenderQuery(PageQuery):
    channel: str | None = None

rows, following = SORTS.page(work, of_company(SENDERS, caller.company).where(...), query)
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, Field

from botflow.db import UnitOfWork
from botflow.errors import Fault, InvalidError

PAGE_SIZE: Final = 50
PAGE_MOST: Final = 200
CURSOR_LENGTH: Final = 2000
BIGGEST: Final = 2**63 - 1


class PageQuery(BaseModel):
    """The parameters that every list has; a list adds its filters."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: int = Field(default=PAGE_SIZE, ge=1, le=PAGE_MOST, description="Most items of a page.")
    cursor: str | None = Field(
        default=None, max_length=CURSOR_LENGTH, description="`next` of the page before; with the same filters and sort."
    )
    sort: str | None = Field(
        default=None, max_length=50, description="Name of a field, with `-` before it: the greatest first."
    )


class Sorts:
    """What a list can be sorted by. `key` is unique and not null, as is every column that is named."""

    def __init__(self, key: sa.ColumnElement[Any], columns: Mapping[str, sa.ColumnElement[Any]], usual: str) -> None:
        self._key = key
        self._columns = columns
        self._usual = usual

    def page(
        self, work: UnitOfWork, select: sa.Select[Any], query: PageQuery
    ) -> tuple[list[sa.RowMapping], str | None]:
        """The rows of a page, and the cursor of the next one. Raises InvalidError."""
        sort = query.sort or self._usual
        column, backwards = self._column(sort), sort.startswith("-")
        mark, key_mark = column.label("page_mark"), self._key.label("page_key")
        statement = select.add_columns(mark, key_mark).limit(query.limit + 1)
        if query.cursor is not None:
            place = sa.tuple_(column, self._key)
            after = self._after(query.cursor, sort, column)
            statement = statement.where(place < after if backwards else place > after)
        order = (column.desc(), self._key.desc()) if backwards else (column.asc(), self._key.asc())
        rows = work.all(statement.order_by(*order))
        if len(rows) <= query.limit:
            return rows, None
        last = rows[query.limit - 1]
        return rows[: query.limit], _cursor(sort, last["page_mark"], last["page_key"])

    def _column(self, sort: str) -> sa.ColumnElement[Any]:
        try:
            return self._columns[sort.removeprefix("-")]
        except KeyError:
            names = ", ".join(self._columns)
            raise InvalidError([Fault("?sort", f"this list can be sorted by {names}")]) from None

    def _after(self, cursor: str, sort: str, column: sa.ColumnElement[Any]) -> sa.Tuple:
        marks = _marks(cursor, sort)
        wanted = (column, self._key)
        if marks is None or not all(_fits(mark, one) for mark, one in zip(marks, wanted, strict=True)):
            raise InvalidError([Fault("?cursor", "take it from `next` of a page of the same list and sort")])
        return sa.tuple_(*(sa.literal(mark, one.type) for mark, one in zip(marks, wanted, strict=True)))


def _cursor(sort: str, mark: object, key: object) -> str:
    text = json.dumps([sort, mark, key], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _marks(cursor: str, sort: str) -> tuple[Any, Any] | None:
    """The values of the row that a cursor names, or None where it is no cursor of this sort."""
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        of_sort, mark, key = found
    except (ValueError, TypeError, RecursionError):
        return None
    return (mark, key) if of_sort == sort else None


def _fits(mark: object, column: sa.ColumnElement[Any]) -> bool:
    """Whether a value from outside may be compared with the column."""
    kind = _python_type(column)
    if isinstance(mark, str):
        return kind is str and _UNKEPT.search(mark) is None
    if isinstance(mark, bool) or not isinstance(mark, int | float):
        return False
    return kind in (int, float) and abs(mark) <= BIGGEST


def _python_type(column: sa.ColumnElement[Any]) -> type:
    """What the column's values are; SQLModel's own type of text says so of the one that it stands for only."""
    kind = column.type
    return kind.impl_instance.python_type if isinstance(kind, sa.types.TypeDecorator) else kind.python_type


_UNKEPT: Final = re.compile("[\0\ud800-\udfff]")
"""Characters that no text of a database holds."""
