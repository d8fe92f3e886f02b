"""HTTP: the media library, and the links by which vendors get files (AS-1)."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Annotated, Any, BinaryIO, Final, Literal

import sqlalchemy as sa
from flask import Blueprint, Response, send_file
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from botflow.assets.service import ASSETS, PUBLIC_PATH, Assets, file_name
from botflow.assets.store import PIECE
from botflow.db import of_company
from botflow.errors import NotFoundError
from botflow.permissions import MEDIA_EDIT, MEDIA_VIEW, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.reading import ANY_TYPE
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import Body, Moment, Name, Page, View

SORTS: Final = Sorts(
    ASSETS.c.id,
    {"created_at": ASSETS.c.created_at, "name": ASSETS.c.name, "bytes": ASSETS.c.bytes, "key": ASSETS.c.key},
    "-created_at",
)
SHOWN_BY_BROWSERS: Final = frozenset({"image", "video", "audio"})
"""Kinds that run nothing when a browser opens them; all else is saved to disk."""
FILE_HEADERS: Final = {"Content-Security-Policy": "sandbox; default-src 'none'"}
LINK_SECONDS: Final = 24 * 3600
"""How long whoever has followed a link may keep the file: other content has another link."""

Digest = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64}|\*)$")]


class MediaQuery(PageQuery):
    """Which files."""

    search: str | None = Field(default=None, max_length=200, description="Part of a name or key.")
    kind: Literal["image", "video", "audio", "document", "other"] | None = None
    source: Literal["library", "contact"] = Field(
        default="library", description="What people uploaded, or what contacts sent."
    )


class UploadQuery(BaseModel):
    """How a file is called."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(default="", max_length=200, description="Its name for people; without it, the key.")
    replaces: Digest | None = Field(
        default=None, description="Replace the file of this key if it has this SHA-256; `*`: whatever it is."
    )


class NewMediaQuery(BaseModel):
    """How a file is called."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=200, description="Its name for people; the key is made from it.")


class DeleteQuery(BaseModel):
    """How sure somebody is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    force: bool = Field(
        default=False,
        description="Delete what a published chatbot, an application for a sender ID or a template uses, too.",
    )


class Renaming(Body):
    """Another name."""

    name: Name


class MediaView(View):
    """A file."""

    key: str = Field(description='Content names it so: `{"asset": key}`.')
    name: str
    source: str
    state: str = Field(description="`ready`, `incoming`, `failed` or `lost`.")
    problem: str | None
    kind: str
    media_type: str
    bytes: int
    sha256: str
    width: int | None
    height: int | None
    url: str | None = Field(description="Where anybody who knows this can get it; null while there is no content.")
    created_at: Moment
    created_by: str | None


def media_api(assets: Assets) -> Routes:
    """Routes under /media."""
    routes = Routes("media", "/media")

    @routes.get("", MEDIA_VIEW)
    def list_media(caller: Caller, query: MediaQuery) -> Page[MediaView]:
        """List files."""
        select = of_company(ASSETS, caller.company).where(*_conditions(caller, query))
        with assets.database.reading() as work:
            rows, following = SORTS.page(work, select, query)
        return Page(items=[_view(assets, row) for row in rows], next=following)

    @routes.post("", MEDIA_EDIT, accepts=ANY_TYPE, statuses=[HTTPStatus.CREATED], most_bytes=assets.most_bytes)
    def upload_media(caller: Caller, query: NewMediaQuery, body: BinaryIO) -> Answer[MediaView]:
        """Upload a file. The body is the file; what it is is told from its bytes."""
        stored = assets.upload(caller, None, query.name, _pieces(body))
        return Answer(_view(assets, stored.row), HTTPStatus.CREATED)

    @routes.put(
        "/<media_key>",
        MEDIA_EDIT,
        accepts=ANY_TYPE,
        statuses=[HTTPStatus.OK, HTTPStatus.CREATED],
        most_bytes=assets.most_bytes,
    )
    def put_media(caller: Caller, media_key: str, query: UploadQuery, body: BinaryIO) -> Answer[MediaView]:
        """Upload a file under a key. The same file again changes nothing."""
        stored = assets.upload(caller, media_key, query.name or media_key, _pieces(body), query.replaces)
        return Answer(_view(assets, stored.row), HTTPStatus.CREATED if stored.created else HTTPStatus.OK)

    @routes.get("/<media_key>", MEDIA_VIEW)
    def show_media(caller: Caller, media_key: str) -> MediaView:
        """Show what is known of a file."""
        return _view(assets, _find(assets, caller, media_key))

    @routes.get("/<media_key>/content", MEDIA_VIEW, produces=ANY_TYPE)
    def download_media(caller: Caller, media_key: str) -> Response:
        """Download a file, or a range of it."""
        return _sent(assets, _find(assets, caller, media_key), 0)

    @routes.patch("/<media_key>", MEDIA_EDIT)
    def rename_media(caller: Caller, media_key: str, body: Renaming) -> MediaView:
        """Give a file another name; its key stays."""
        return _view(assets, assets.rename(caller, media_key, body.name))

    @routes.delete("/<media_key>", MEDIA_EDIT)
    def delete_media(caller: Caller, media_key: str, query: DeleteQuery) -> None:
        """Delete a file that no published chatbot, application for a sender ID or template uses."""
        _find(assets, caller, media_key)
        assets.delete(caller, media_key, force=query.force)

    return routes


def media_links(assets: Assets) -> Blueprint:
    """The addresses that stand in messages: for everybody who knows them, and nobody else."""
    routes = Blueprint("media_links", __name__, url_prefix=PUBLIC_PATH)

    @routes.get("/<asset_id>/<signature>/<name>")
    def follow_link(asset_id: str, signature: str, name: str) -> Response:
        with assets.database.reading() as work:
            row = assets.of_link(work, asset_id, signature)
        return _sent(assets, row, LINK_SECONDS)

    return routes


def _conditions(caller: Caller, query: MediaQuery) -> Iterator[sa.ColumnElement[bool]]:
    if caller.senders is not None:
        yield sa.or_(ASSETS.c.sender_id.is_(None), ASSETS.c.sender_id.in_(sorted(caller.senders)))
    yield ASSETS.c.source == query.source
    if query.kind is not None:
        yield ASSETS.c.kind == query.kind
    if query.search is not None:
        yield sa.or_(*(column.icontains(query.search, autoescape=True) for column in (ASSETS.c.name, ASSETS.c.key)))


def _find(assets: Assets, caller: Caller, key: str) -> sa.RowMapping:
    """A file that the caller may see: those of contacts belong to their senders. Raises NotFoundError."""
    with assets.database.reading() as work:
        row = assets.find(work, caller.company, key)
    if row["sender_id"] is not None and not caller.may_use(row["sender_id"]):
        raise NotFoundError(f"There is no file {key!r}.")
    return row


def _view(assets: Assets, row: sa.RowMapping) -> MediaView:
    shown: dict[str, Any] = {**row, "url": assets.url(row) if row["state"] == "ready" else None}
    return MediaView.model_validate(shown)


def _pieces(body: BinaryIO) -> Iterator[bytes]:
    while piece := body.read(PIECE):
        yield piece


def _sent(assets: Assets, row: sa.RowMapping, seconds: int) -> Response:
    """The bytes of a file, with headers that let no browser run anything of it."""
    answer = send_file(
        assets.file_of(row),
        mimetype=row["media_type"],
        as_attachment=row["kind"] not in SHOWN_BY_BROWSERS,
        download_name=file_name(row),
        etag=row["sha256"],
        last_modified=row["created_at"] / 1000,
        max_age=seconds,
    )
    answer.headers.update(FILE_HEADERS)
    return answer
