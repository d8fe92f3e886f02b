"""A web chat on pages of other sites: which sites may show it, and the address that they show (MS-11)."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Annotated, Final

import sqlalchemy as sa
from flask import Blueprint, Response
from pydantic import AfterValidator, Field

from botflow.channels.webchat.adapter import WebChat
from botflow.db import Database, UnitOfWork
from botflow.senders.service import SENDERS
from botflow.web import page

MOST_ORIGINS: Final = 20
"""All of them stand in one header, which proxies bound."""
ORIGIN_LENGTH: Final = 200
LABEL: Final = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
ORIGIN: Final = re.compile(rf"(?P<scheme>https?)://(?P<host>{LABEL}(\.{LABEL})*)(:(?P<port>[1-9][0-9]{{0,4}}))?/?")
USUAL_PORTS: Final = {"http": "80", "https": "443"}
PORT_MOST: Final = 65_535

CLOSED: Final = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>This chat is on no page</title>
<h1>This chat cannot be put on a page yet</h1>
<p>The sender of this chat lists no site whose pages may show it. Add the site to its embed_origins, then load the page
again.</p>
</html>
"""


def origin_of(text: str) -> str:
    """The origin as browsers write it (RFC 6454): lower case, without the port where it is the usual one.

    Raises ValueError. What passes is safe in a Content-Security-Policy.
    """
    found = ORIGIN.fullmatch(text.strip().lower())
    if found is None or int(found["port"] or 0) > PORT_MOST:
        raise ValueError("write a site as https://www.example.com: no path, no *, and other letters as xn--")
    scheme, host, port = found["scheme"], found["host"], found["port"]
    return f"{scheme}://{host}" if port in (None, USUAL_PORTS[scheme]) else f"{scheme}://{host}:{port}"


Origin = Annotated[str, Field(max_length=ORIGIN_LENGTH), AfterValidator(origin_of)]

_ORIGINS: Final = sa.select(SENDERS.c.embed_origins).where(
    SENDERS.c.id == sa.bindparam("sender"), SENDERS.c.adapter == WebChat.name
)


def embed_origins(work: UnitOfWork, sender_id: str) -> list[str]:
    """The origins whose pages may show a sender's chat; none where there is no such sender."""
    if "\0" in sender_id:  # no id has it, and PostgreSQL's text type no place for it
        return []
    return work.value(_ORIGINS, sender=sender_id) or []


def embedded_chat(database: Database) -> Blueprint:
    """The address that the widget shows in a frame. A browser refuses to where the host's page is not listed."""
    routes = Blueprint("embedded_chat", __name__)

    @routes.get("/embed/<sender_id>")
    def show_embedded_chat(sender_id: str) -> Response:
        with database.reading() as work:
            origins = embed_origins(work, sender_id)
        return page(origins) if origins else Response(CLOSED, HTTPStatus.FORBIDDEN, mimetype="text/html")

    return routes
