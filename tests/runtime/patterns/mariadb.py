"""MariaDB's REGEXP as an oracle. BOTFLOW_TEST_MARIADB is its address, mysql://user:password@host:port/database."""

import os
from collections.abc import Sequence
from urllib.parse import urlsplit

import pymysql

ADDRESS = os.environ.get("BOTFLOW_TEST_MARIADB", "mysql://root@127.0.0.1:3306/test")


class MariaDb:
    """A connection that asks for matches, ignoring case and minding accents as a _ci collation has REGEXP do."""

    def __init__(self) -> None:
        address = urlsplit(ADDRESS)
        self._connection = pymysql.connect(
            host=address.hostname or "127.0.0.1",
            port=address.port or 3306,
            user=address.username or "root",
            password=address.password or "",
            database=address.path.lstrip("/") or None,
            charset="utf8mb4",
        )

    def matches(self, pattern: str, texts: Sequence[str]) -> list[bool] | None:
        """Whether the pattern matches each text; None when MariaDB refuses it."""
        columns = ", ".join("%s REGEXP (@pattern COLLATE utf8mb4_unicode_ci)" for _ in texts)
        with self._connection.cursor() as cursor:
            cursor.execute("SET @pattern = %s COLLATE utf8mb4_unicode_ci", (pattern,))
            try:
                cursor.execute(f"SELECT {columns}", tuple(texts))
            except pymysql.err.OperationalError:
                return None
            row = cursor.fetchone()
        return [bool(value) for value in row or ()]

    def close(self) -> None:
        self._connection.close()
