"""Copies of a database while it is in use: SQLite's own backup, and pg_dump and pg_restore for PostgreSQL."""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from botflow.db import Database
from botflow.errors import StartError

DUMP: Final = ("--format=custom", "--no-owner", "--no-privileges")
RESTORE: Final = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a SQLite file as it is at one moment; whoever writes meanwhile does not wait."""
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)  # all pages in one reading transaction: nobody's write makes it begin anew
        new.execute("PRAGMA journal_mode=DELETE")


def dump_postgresql(address: str, schema: str, target: Path) -> None:
    """Write a dump of the schema. Raises StartError when pg_dump is missing or fails."""
    _run("pg_dump", [*DUMP, f"--schema={schema}", f"--file={target}"], address)


def restore_postgresql(address: str, schema: str, source: Path, *, replace: bool) -> None:
    """Bring a dump back. `replace`: what is there goes. Raises StartError when pg_restore is missing or fails."""
    cleaning = ["--clean", "--if-exists"] if replace else []
    _run("pg_restore", [*RESTORE, *cleaning, f"--schema={schema}", str(source)], address)


def schema_of(database: Database) -> str:
    """The schema of PostgreSQL that the tables are in."""
    with database.reading() as work:
        return str(work.value(sa.text("SELECT current_schema()")))


def revision_of(database: Database) -> str | None:
    """The revision that the tables are at; None: there are none."""
    with database.engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
        return None if found is None else str(found)


def _run(program: str, arguments: list[str], address: str) -> None:
    url = sa.make_url(address).set(drivername="postgresql")
    # The password goes by the environment: what a process is called with, anybody on the machine can read.
    where = f"--dbname={url._replace(password=None).render_as_string(hide_password=False)}"
    if shutil.which(program) is None:
        command = shlex.join([program, *arguments, where])
        raise StartError(f"{program} is not here. Install PostgreSQL's client programs, or run where it is: {command}")
    environment = os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})
    ended = subprocess.run(
        [program, *arguments, where], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if ended.returncode:
        reason = (ended.stderr.strip().splitlines() or ["it says nothing"])[0]
        raise StartError(f"{program} failed: {reason}")
