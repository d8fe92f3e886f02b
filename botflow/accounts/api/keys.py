"""HTTP: API keys (AP-1)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from pydantic import Field

from botflow.accounts.keys import KEYS, ApiKeys
from botflow.db import Database, of_company
from botflow.permissions import KEYS_EDIT, KEYS_VIEW, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import Body, Id, Moment, Name, Page, View

SORTS: Final = Sorts(KEYS.c.id, {"created_at": KEYS.c.created_at, "name": KEYS.c.name}, "-created_at")


class NewApiKey(Body):
    """A key to be made."""

    name: Name
    scopes: list[str] = Field(min_length=1, description="Names of permissions that the caller has.")
    senders: list[Id] | None = Field(default=None, description="The only senders that it may use; null: all.")
    expires_at: Moment | None = None


class ApiKeyView(View):
    """A key, without what makes it one."""

    id: str
    name: str
    prefix: str = Field(description="How it begins: `bf_` and this.")
    scopes: list[str]
    senders: list[str] | None
    created_by: str | None
    created_at: Moment
    expires_at: Moment | None
    used_at: Moment | None


class MadeApiKey(ApiKeyView):
    """A key that was made."""

    key: str = Field(description="The key itself. It is shown this once.")


def keys_api(database: Database, keys: ApiKeys) -> Routes:
    """Routes under /api-keys."""
    routes = Routes("API keys", "/api-keys")

    @routes.get("", KEYS_VIEW)
    def list_api_keys(caller: Caller, query: PageQuery) -> Page[ApiKeyView]:
        """List API keys."""
        with database.reading() as work:
            rows, following = SORTS.page(work, of_company(KEYS, caller.company), query)
        return Page(items=[ApiKeyView.model_validate(row) for row in rows], next=following)

    @routes.post("", KEYS_EDIT, statuses=[HTTPStatus.CREATED])
    def create_api_key(caller: Caller, body: NewApiKey) -> Answer[MadeApiKey]:
        """Make an API key. Its text is in the answer, and nowhere else."""
        with database.transaction() as work:
            made = keys.make(work, caller, body.name, body.scopes, body.senders, body.expires_at)
            row = keys.find(work, caller, made.id)
        return Answer(MadeApiKey.model_validate({**row, "key": made.text}), HTTPStatus.CREATED)

    @routes.get("/<key_id>", KEYS_VIEW)
    def show_api_key(caller: Caller, key_id: str) -> ApiKeyView:
        """Show an API key."""
        with database.reading() as work:
            return ApiKeyView.model_validate(keys.find(work, caller, key_id))

    @routes.delete("/<key_id>", KEYS_EDIT)
    def revoke_api_key(caller: Caller, key_id: str) -> None:
        """End an API key at once and for good."""
        with database.transaction() as work:
            keys.revoke(work, caller, key_id)

    return routes
