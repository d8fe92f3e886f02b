"""Content templates: contents that a company keeps under a name (AS-3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import sqlalchemy as sa

from botflow.audit.service import Audit
from botflow.clock import Clock
from botflow.db import Database, UnitOfWork
from botflow.errors import Fault, InvalidError, NotFoundError
from botflow.permissions import Caller, check_whole_company
from botflow.rest.reading import pointer
from botflow.templates.models import ContentTemplate
from botflow.templates.service import CONTENTS, content_template
from botflow_runtime.content import CHANNELS

TOLD: Final = ("name", "channel", "content")
"""What the audit log tells of a content template."""


class ContentTemplates:
    """The content templates of companies. They are for all senders: a key of some may use them, and change none."""

    def __init__(self, database: Database, audit: Audit, clock: Clock, ids: Callable[[], str]) -> None:
        self.database = database
        self._audit = audit
        self._clock = clock
        self._ids = ids

    def find(self, work: UnitOfWork, caller: Caller, template_id: str) -> sa.RowMapping:
        """A content template of the caller's company. Raises NotFoundError."""
        row = content_template(work, caller.company, template_id)
        if row is None:
            raise NotFoundError(f"There is no content template {template_id!r}.")
        return row

    def make(self, caller: Caller, name: str, channel: str, content: Mapping[str, Any]) -> sa.RowMapping:
        """Keep a content. Raises InvalidError with every mistake in it, NotAllowedError."""
        check_whole_company(caller)
        _check(channel, content)
        now = self._clock()
        row = ContentTemplate(
            id=self._ids(),
            company_id=caller.company,
            name=name,
            channel=channel,
            content=dict(content),
            created_at=now,
            updated_at=now,
        )
        with self.database.transaction() as work:
            work.execute(CONTENTS.insert().values(row.model_dump()))
            self._audit.note(work, caller, "content_template.created", row.id, None, _told(row.model_dump()))
            return self.find(work, caller, row.id)

    def change(self, caller: Caller, template_id: str, changes: Mapping[str, Any]) -> sa.RowMapping:
        """Change name or content; the same again changes nothing. Raises as `make` does, and NotFoundError."""
        check_whole_company(caller)
        with self.database.transaction() as work:
            before = self.find(work, caller, template_id)
            if "content" in changes:
                _check(before["channel"], changes["content"])
            if all(before[name] == value for name, value in changes.items()):
                return before
            this = CONTENTS.update().where(CONTENTS.c.id == template_id)
            work.execute(this.values(updated_at=self._clock(), **changes))
            after = self.find(work, caller, template_id)
            self._audit.note(work, caller, "content_template.updated", template_id, _told(before), _told(after))
            return after

    def delete(self, caller: Caller, template_id: str) -> None:
        """Delete a content template; messages that were made of it stay. Raises NotFoundError, NotAllowedError."""
        check_whole_company(caller)
        with self.database.transaction() as work:
            before = self.find(work, caller, template_id)
            work.execute(CONTENTS.delete().where(CONTENTS.c.id == template_id))
            self._audit.note(work, caller, "content_template.deleted", template_id, _told(before), None)


def mistakes(channel: str, content: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with a content, or with its channel; placeholders are given the benefit until they are filled."""
    if channel not in CHANNELS:
        return [Fault("/channel", f"choose one of {', '.join(CHANNELS)}")]
    return [
        Fault("/content" + pointer(one.path), one.message, one.code, one.values)
        for one in CHANNELS[channel].problems(content)
    ]


def _check(channel: str, content: Mapping[str, Any]) -> None:
    """Raises InvalidError with every mistake."""
    found = mistakes(channel, content)
    if found:
        raise InvalidError(found)


def _told(row: Mapping[str, Any] | sa.RowMapping) -> dict[str, Any]:
    return {name: row[name] for name in TOLD}
