"""Conversation templates: texts with files that operators pick from (AS-3)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from botflow.assets.service import files_named
from botflow.audit.service import Audit
from botflow.clock import Clock
from botflow.db import Database, UnitOfWork, of_company
from botflow.errors import Fault, InvalidError, NotAllowedError, NotFoundError
from botflow.permissions import MEDIA_VIEW, Caller, check_whole_company
from botflow.templates.conversation_rules import MOST_FILES, broken_rules
from botflow.templates.models import ConversationTemplate
from botflow.templates.service import CONVERSATION

FIELDS: Final = ("name", "channel", "text", "files")
"""What is written of a conversation template, and what the audit log tells of it."""


class ConversationTemplates:
    """The conversation templates of companies. They are for all senders: a key of some sees them, and changes none."""

    def __init__(self, database: Database, audit: Audit, clock: Clock, ids: Callable[[], str]) -> None:
        self.database = database
        self._audit = audit
        self._clock = clock
        self._ids = ids

    def find(self, work: UnitOfWork, caller: Caller, template_id: str) -> sa.RowMapping:
        """A conversation template of the caller's company. Raises NotFoundError."""
        row = work.first(of_company(CONVERSATION, caller.company).where(CONVERSATION.c.id == template_id))
        if row is None:
            raise NotFoundError(f"There is no conversation template {template_id!r}.")
        return row

    def check(self, caller: Caller, draft: Mapping[str, Any]) -> list[Fault]:
        """Every rule that a draft breaks; whether its files are there, only for whoever may see the library."""
        with self.database.reading() as work:
            library = _ready(work, caller, draft["files"]) if caller.may(MEDIA_VIEW) else None
        return broken_rules(draft, library)

    def make(self, caller: Caller, draft: Mapping[str, Any]) -> sa.RowMapping:
        """Keep a template. Raises InvalidError with every broken rule, NotAllowedError."""
        check_whole_company(caller)
        now = self._clock()
        row = ConversationTemplate(
            id=self._ids(), company_id=caller.company, created_at=now, updated_at=now, **draft
        ).model_dump()
        with self.database.transaction() as work:
            _check(work, caller, draft, added=draft["files"])
            work.execute(CONVERSATION.insert().values(row))
            self._audit.note(work, caller, "conversation_template.created", row["id"], None, _written(row))
            return self.find(work, caller, row["id"])

    def change(self, caller: Caller, template_id: str, changes: Mapping[str, Any]) -> sa.RowMapping:
        """Change some of the fields; the same again changes nothing. Raises as `make` does, and NotFoundError."""
        check_whole_company(caller)
        with self.database.transaction() as work:
            before = self.find(work, caller, template_id)
            draft = {**_written(before), **changes}
            if draft == _written(before):
                return before
            _check(work, caller, draft, added=set(draft["files"]).difference(before["files"]))
            this = CONVERSATION.update().where(CONVERSATION.c.id == template_id)
            work.execute(this.values(updated_at=self._clock(), **changes))
            after = self.find(work, caller, template_id)
            told = (_written(before), _written(after))
            self._audit.note(work, caller, "conversation_template.updated", template_id, *told)
            return after

    def delete(self, caller: Caller, template_id: str) -> None:
        """Delete a template; its files stay in the library. Raises NotFoundError, NotAllowedError."""
        check_whole_company(caller)
        with self.database.transaction() as work:
            before = self.find(work, caller, template_id)
            work.execute(CONVERSATION.delete().where(CONVERSATION.c.id == template_id))
            self._audit.note(work, caller, "conversation_template.deleted", template_id, _written(before), None)


def _check(work: UnitOfWork, caller: Caller, draft: Mapping[str, Any], *, added: Collection[str]) -> None:
    """Raises InvalidError with every broken rule, NotAllowedError where the caller may not name the added files."""
    if added and not caller.may(MEDIA_VIEW):
        raise NotAllowedError(f"To name a file takes the permission {MEDIA_VIEW.name!r}.")
    found = broken_rules(draft, _ready(work, caller, draft["files"]))
    if found:
        raise InvalidError(found)


def _ready(work: UnitOfWork, caller: Caller, keys: Sequence[str]) -> set[str]:
    """Those of the files that the company's library has; beyond as many as may be there, nobody looks."""
    rows = files_named(work, caller.company, keys[:MOST_FILES]) if keys else {}
    return {key for key, row in rows.items() if row["state"] == "ready"}


def _written(row: Mapping[str, Any] | sa.RowMapping) -> dict[str, Any]:
    return {name: row[name] for name in FIELDS}
