"""Alembic runs this to migrate; the connection comes from `botflow.migrations.upgrade`."""

from alembic import context
from sqlmodel import SQLModel

from botflow.migrations import tables

assert tables.DOMAINS  # imported for the tables that they define

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    # SQLite changes a table by making it anew.
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
