"""What answers consent templates"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ANSWERS = {"consent_yes": '["yes"]', "consent_no": '["no"]'}


def upgrade() -> None:
    kind = sa.JSON().with_variant(JSONB(), "postgresql")
    with op.batch_alter_table("sender_consent") as table:
        for name, usual in ANSWERS.items():
            table.add_column(sa.Column(name, kind, nullable=False, server_default=usual))
    with op.batch_alter_table("sender_consent") as table:
        for name in ANSWERS:
            table.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("sender_consent") as table:
        for name in ANSWERS:
            table.drop_column(name)
