"""Where threads are, what their turns visited, who let a turn happen, and which answers are the newest"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NEWEST = sa.text("newest")


def upgrade() -> None:
    op.create_table(
        "visit",
        sa.Column("thread_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("visits", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name="fk_visit_company_id_company", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("thread_id", "number", name="pk_visit"),
    )
    op.create_table(
        "visit_count",
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("scenario", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_visit_count_company_id_company", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "company_id", "scenario", "version", "hour", "node", "kind", "label", name="pk_visit_count"
        ),
    )
    op.drop_index("ix_thread_version", "thread")
    with op.batch_alter_table("thread") as table:
        table.add_column(sa.Column("node", sa.String(), nullable=True))
        table.add_column(sa.Column("waiting_since", sa.BigInteger(), nullable=True))
        table.create_index("ix_thread_version", ["company_id", "scenario", "version", "status", "node"])
        table.create_index("ix_thread_company", ["company_id", "id"])
        table.create_index("ix_thread_updated", ["company_id", "updated_at", "id"])
    with op.batch_alter_table("turn") as table:
        table.add_column(sa.Column("scenario", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("user_id", sa.String(), nullable=True))
    with op.batch_alter_table("answer") as table:
        table.add_column(sa.Column("newest", sa.Boolean(), nullable=False, server_default=sa.true()))
    _fill_in()
    with op.batch_alter_table("turn") as table:
        table.alter_column("scenario", server_default=None)
        table.alter_column("version", server_default=None)
    with op.batch_alter_table("answer") as table:
        table.alter_column("newest", server_default=None)
    op.create_index(
        "uq_answer_newest",
        "answer",
        ["thread_id", "scenario", "field"],
        unique=True,
        sqlite_where=NEWEST,
        postgresql_where=NEWEST,
    )


def _fill_in() -> None:
    """What the older rows tell of it: turns are taken to have run what their thread runs now."""
    connection = op.get_bind()
    threads = sa.table("thread", *map(sa.column, ("id", "scenario", "version", "node", "state")))
    turns = sa.table("turn", *map(sa.column, ("thread_id", "scenario", "version")))
    answers = sa.table("answer", *map(sa.column, ("id", "thread_id", "scenario", "field", "at", "newest")))
    node = "json_extract(state, '$.node')" if connection.dialect.name == "sqlite" else "state::json ->> 'node'"
    connection.execute(threads.update().values(node=sa.text(node)))

    def of_thread(column: str) -> sa.ScalarSelect[object]:
        return sa.select(threads.c[column]).where(threads.c.id == turns.c.thread_id).scalar_subquery()

    connection.execute(turns.update().values(scenario=of_thread("scenario"), version=of_thread("version")))
    later = answers.alias()
    outdated = sa.exists().where(
        later.c.thread_id == answers.c.thread_id,
        later.c.scenario == answers.c.scenario,
        later.c.field == answers.c.field,
        sa.tuple_(later.c.at, later.c.id) > sa.tuple_(answers.c.at, answers.c.id),
    )
    connection.execute(answers.update().where(outdated).values(newest=sa.false()))


def downgrade() -> None:
    op.drop_index("uq_answer_newest", "answer")
    with op.batch_alter_table("answer") as table:
        table.drop_column("newest")
    with op.batch_alter_table("turn") as table:
        table.drop_column("user_id")
        table.drop_column("version")
        table.drop_column("scenario")
    with op.batch_alter_table("thread") as table:
        table.drop_index("ix_thread_updated")
        table.drop_index("ix_thread_company")
        table.drop_index("ix_thread_version")
        table.drop_column("waiting_since")
        table.drop_column("node")
    op.create_index("ix_thread_version", "thread", ["company_id", "scenario", "version", "status"])
    op.drop_table("visit_count")
    op.drop_table("visit")
