"""The tables of docs/reference/http-api.md: permissions, and every route with the one it takes."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from botflow.app import create_app, parts_of
from botflow.config import Settings
from botflow.permissions import OWN_ACCOUNT, PERMISSIONS, PERSON, PUBLIC, SIGNED_IN, SYSTEM_OWNER, SYSTEM_ROLES
from botflow.rest.routes import Route
from botflow.rest.serve import PREFIX

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "http-api.md"
BEGIN, END = "<!-- made from the routes: begin -->\n", "<!-- made from the routes: end -->\n"


def http_reference() -> str:
    """The page with its tables as the routes have them."""
    before, _, rest = PAGE.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n" + "\n".join([*_permissions(), *_routes()]) + f"\n{END}{after}"


def _permissions() -> Iterator[str]:
    yield "## Permissions\n\nA role grants them to people, the scopes of a key to programs.\n"
    yield "| permission | who has it may | system roles that have it |\n|---|---|---|"
    for permission in PERMISSIONS.values():
        roles = ", ".join(role.name for role in SYSTEM_ROLES.values() if permission.name in role.permissions)
        yield f"| `{permission.name}` | {permission.sentence} | {roles} |"
    yield "\nSome routes take none of these, but the one who asks has to\n"
    for access in (PUBLIC, SIGNED_IN, PERSON, OWN_ACCOUNT, SYSTEM_OWNER):
        yield f"* {access.name}: {access.sentence}."
    yield ""


def _routes() -> Iterator[str]:
    yield "## Routes\n"
    routes = _all_routes()
    for group in dict.fromkeys(route.group for route in routes):
        yield f"### {group[:1].upper()}{group[1:]}\n\n| route | what it does | permission |\n|---|---|---|"
        for route in routes:
            if route.group == group:
                summary = " ".join((route.handler.__doc__ or "").strip().split("\n\n")[0].split())
                yield f"| `{route.method} {PREFIX}{route.address}` | {summary} | {route.access.name} |"
        yield ""


def _all_routes() -> list[Route]:
    with tempfile.TemporaryDirectory() as folder:
        parts = parts_of(create_app(Settings(data=Path(folder), examples=None)))
        parts.stop()
    return parts.routes
