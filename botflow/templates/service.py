"""What other domains may ask of templates."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from botflow.db import UnitOfWork, of_company, table_of
from botflow.templates.models import ContentTemplate

CONTENTS: Final = table_of(ContentTemplate)


def content_template(work: UnitOfWork, company_id: str, template_id: str) -> sa.RowMapping | None:
    """A content template of a company, or None where it has no such."""
    return work.first(of_company(CONTENTS, company_id).where(CONTENTS.c.id == template_id))
