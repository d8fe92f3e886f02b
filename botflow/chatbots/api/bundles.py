"""HTTP: bundles of scenarios and their media."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

from flask import Response
from pydantic import BaseModel, ConfigDict, Field

from botflow.chatbots.api.views import SavedView, saved_view
from botflow.chatbots.bundles import MOST_BYTES, MOST_CHATBOTS, Bundles
from botflow.permissions import CHATBOTS_EDIT, CHATBOTS_VIEW, Caller
from botflow.rest.routes import Routes
from botflow.rest.types import View

ZIP: Final = "application/zip"
PIECE: Final = 1024 * 1024


class BundleQuery(BaseModel):
    """What goes into a bundle."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    chatbot: list[str] = Field(
        default=[], max_length=MOST_CHATBOTS, description="Ids, each a parameter of its own; without any, all chatbots."
    )


class ImportQuery(BaseModel):
    """What may be replaced."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    overwrite: bool = Field(default=False, description="Replace drafts and files that are here already.")


class BundledMediaView(View):
    """A file of a bundle."""

    key: str
    created: bool
    changed: bool


class BundleView(View):
    """What became of a bundle."""

    scenarios: list[SavedView]
    media: list[BundledMediaView]


def bundles_api(bundles: Bundles, new_id: Callable[[], str]) -> Routes:
    """Routes under /bundles."""
    routes = Routes("chatbots", "/bundles")

    @routes.get("", CHATBOTS_VIEW, produces=ZIP)
    def export_bundle(caller: Caller, query: BundleQuery) -> Response:
        """Export drafts with the media that they name, as one zip file."""
        answer = Response(bundles.make(caller, query.chatbot), content_type=ZIP)
        answer.headers.set("Content-Disposition", "attachment", filename="bundle.zip")
        return answer

    @routes.post("", CHATBOTS_EDIT, accepts=ZIP, most_bytes=MOST_BYTES)
    def import_bundle(caller: Caller, query: ImportQuery, body: BinaryIO) -> BundleView:
        """Import a zip file of scenarios and media. What is here already stands against all of it."""
        taken = bundles.take_in(caller, new_id(), _pieces(body), overwrite=query.overwrite)
        media = [BundledMediaView(key=one.row["key"], created=one.created, changed=one.changed) for one in taken.media]
        return BundleView(scenarios=[saved_view(*one) for one in taken.scenarios], media=media)

    return routes


def _pieces(body: BinaryIO) -> Iterator[bytes]:
    while piece := body.read(PIECE):
        yield piece
