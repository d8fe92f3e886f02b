"""Migrating a database from the program."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError

from botflow.db import Database
from botflow.errors import StartError


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database up to a revision, in one transaction.

    Raises StartError when the database was made by a newer botflow.
    """
    with database.migrating() as connection:
        try:
            command.upgrade(_config(connection), revision)
        except CommandError as error:
            raise StartError(f"The database cannot be brought up to date: {error}. Is it a newer botflow's?") from None


def is_up_to_date(database: Database) -> bool:
    """Whether the database has exactly the tables of this botflow."""
    with database.engine.connect() as connection:
        have = MigrationContext.configure(connection).get_current_heads()
    return set(have) == heads()


def is_known(revision: str) -> bool:
    """Whether this botflow's tables have been at a revision; one of a newer botflow's it does not know."""
    return revision in {known.revision for known in ScriptDirectory.from_config(_config(None)).walk_revisions()}


@cache
def heads() -> frozenset[str]:
    """The revision that this botflow's tables are at."""
    return frozenset(ScriptDirectory.from_config(_config(None)).get_heads())


def downgrade(database: Database, revision: str) -> None:
    """Take the database back to a revision, in one transaction."""
    with database.migrating() as connection:
        command.downgrade(_config(connection), revision)


def _config(connection: object) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config
