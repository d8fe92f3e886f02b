"""HTTP: senders, and what connects them (AS-2, AS-5)."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any, Final, Literal

import sqlalchemy as sa
from pydantic import Field

from botflow.channels.contract import ChannelAdapter, Checked
from botflow.db import Database, containing, of_company
from botflow.permissions import SENDERS_EDIT, SENDERS_VIEW, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import NAME_LENGTH, Body, Id, Moment, Name, Page, Text, View
from botflow.senders.connecting import Senders, SenderSettings, schema_of, secret_fields
from botflow.senders.embedding import MOST_ORIGINS, Origin
from botflow.senders.service import SENDERS

SORTS: Final = Sorts(SENDERS.c.id, {"name": SENDERS.c.name, "created_at": SENDERS.c.created_at}, "name")
MOST_A_SECOND: Final = 10_000

Status = Literal["active", "in_progress", "submitted", "draft", "canceled", "testing", "blocked", "done", "rejected"]
"""AS-2; only an active one sends."""


class AdapterView(View):
    """A way to carry messages, and the form that connects a sender with it."""

    name: str
    title: str
    channel: str = Field(description="Whose content its senders carry.")
    two_way: bool = Field(description="Whether contacts can write.")
    rate: float = Field(description="Messages a second of a sender that sets no rate.")
    credentials: dict[str, Any] = Field(description="JSON Schema of what to enter; secrets are `writeOnly`.")
    secrets: list[str] = Field(description="The fields that are secrets.")


class AdapterList(View):
    """All of them."""

    items: list[AdapterView]


class SenderFields(Body):
    """A sender as it is wanted."""

    name: Name
    adapter: str
    identity: Annotated[Text, Field(max_length=NAME_LENGTH)] = Field(
        default="", description="What the vendor knows it by: a number, an agent, an address."
    )
    credentials: dict[str, Any] = Field(
        default={}, description="As the adapter's form says. A secret that is missing or empty stays as it was."
    )
    status: Status = "active"
    rate: float | None = Field(default=None, gt=0, le=MOST_A_SECOND, description="Messages a second; null: the usual.")
    live_chat_only: bool = Field(default=False, description="Every message goes to an operator, none to a chatbot.")
    embed_origins: Annotated[list[Origin], Field(max_length=MOST_ORIGINS)] = Field(
        default=[], description="Web chat: the sites whose pages may show it, such as `https://www.example.com`."
    )

    def settings(self) -> SenderSettings:
        """The same for the service."""
        return SenderSettings(
            name=self.name,
            adapter=self.adapter,
            identity=self.identity,
            credentials=self.credentials,
            status=self.status,
            rate=self.rate,
            live_chat_only=self.live_chat_only,
            embed_origins=list(dict.fromkeys(self.embed_origins)),
        )


class NewSender(SenderFields):
    """A sender to be made."""

    id: Id | None = Field(default=None, description="Null: one is made.")


class SenderView(View):
    """A sender, without its secrets."""

    id: str
    name: str
    channel: str
    adapter: str
    identity: str
    status: str
    problem: str | None = Field(description="Why nothing leaves at the moment.")
    rate: float | None
    live_chat_only: bool
    embed_origins: list[str]
    credentials: dict[str, Any] = Field(description="What is no secret of them.")
    secrets: dict[str, bool] = Field(description="Which secrets are set.")
    created_at: Moment
    updated_at: Moment


class SenderQuery(PageQuery):
    """Filters of the list of senders."""

    channel: str | None = None
    adapter: str | None = None
    status: Status | None = None
    search: str | None = Field(default=None, max_length=100, description="A part of the name or the identity.")


class VendorAnswerView(View):
    """What a test found."""

    works: bool
    message: str


class TestView(VendorAnswerView):
    """What the test of a connection found."""

    webhook: VendorAnswerView | None = Field(
        description="What came of telling the vendor the webhook's address; null: it was not told, since the "
        "credentials do not work, or the server does not know its own: set BOTFLOW_PUBLIC_URL."
    )


class WebhookAddressView(View):
    """Where the vendor sends what contacts write."""

    url: str = Field(description="To be entered at the vendor. A path where BOTFLOW_PUBLIC_URL is not set. A secret.")


def senders_api(database: Database, senders: Senders, ids: Callable[[], str]) -> Routes:
    """Routes under /senders and /adapters."""
    routes = Routes("senders", "")

    @routes.get("/adapters", SENDERS_VIEW)
    def list_adapters() -> AdapterList:
        """List the ways to carry messages, and the form that connects a sender with each."""
        return AdapterList(items=[_adapter(adapter) for adapter in senders.adapters.values()])

    @routes.get("/senders", SENDERS_VIEW)
    def list_senders(caller: Caller, query: SenderQuery) -> Page[SenderView]:
        """List senders; a key that may use some only sees those."""
        with database.reading() as work:
            rows, following = SORTS.page(work, _wanted(caller, query), query)
        return Page(items=[_view(senders, row) for row in rows], next=following)

    @routes.post("/senders", SENDERS_EDIT, statuses=[HTTPStatus.CREATED, HTTPStatus.OK])
    def create_sender(caller: Caller, body: NewSender) -> Answer[SenderView]:
        """Make a sender; with the id of one that is there, change it as PUT does."""
        return _put(database, senders, caller, body.id or ids(), body)

    @routes.get("/senders/<sender_id>", SENDERS_VIEW)
    def show_sender(caller: Caller, sender_id: str) -> SenderView:
        """Show a sender; of its secrets, whether they are set."""
        with database.reading() as work:
            return _view(senders, senders.find(work, caller, sender_id))

    @routes.put("/senders/<sender_id>", SENDERS_EDIT, statuses=[HTTPStatus.OK, HTTPStatus.CREATED])
    def put_sender(caller: Caller, sender_id: Id, body: SenderFields) -> Answer[SenderView]:
        """Make a sender with this id, or let it be as the body says. The same again changes nothing.

        A secret that is missing or empty stays as it was. A sender stays with its adapter.
        """
        return _put(database, senders, caller, sender_id, body)

    @routes.delete("/senders/<sender_id>", SENDERS_EDIT)
    def delete_sender(caller: Caller, sender_id: str) -> None:
        """Delete a sender that no chatbot and no conversation stands on."""
        with database.transaction() as work:
            senders.delete(work, caller, sender_id)

    @routes.post("/senders/<sender_id>/test", SENDERS_EDIT)
    def test_sender(caller: Caller, sender_id: str) -> TestView:
        """Try the credentials, without writing to anybody.

        Where they work, the vendor is told the webhook's address, if it takes it that way.
        """
        found, told = senders.check(caller, sender_id)
        return TestView(works=found.works, message=found.message, webhook=None if told is None else _checked(told))

    @routes.get("/senders/<sender_id>/webhook", SENDERS_EDIT)
    def show_sender_webhook(caller: Caller, sender_id: str) -> WebhookAddressView:
        """Show the webhook's address to copy. Whoever knows it may call it."""
        with database.reading() as work:
            return WebhookAddressView(url=senders.webhook_url(senders.find(work, caller, sender_id)))

    @routes.post("/senders/<sender_id>/webhook", SENDERS_EDIT)
    def rotate_sender_webhook(caller: Caller, sender_id: str) -> WebhookAddressView:
        """Give the webhook another address. The one of before ends at once; tell the vendor the new one."""
        with database.transaction() as work:
            return WebhookAddressView(url=senders.rotate_webhook(work, caller, sender_id))

    return routes


def _put(
    database: Database, senders: Senders, caller: Caller, sender_id: str, body: SenderFields
) -> Answer[SenderView]:
    with database.transaction() as work:
        made = senders.put(work, caller, sender_id, body.settings())
        view = _view(senders, senders.find(work, caller, sender_id))
    return Answer(view, HTTPStatus.CREATED if made else HTTPStatus.OK)


def _wanted(caller: Caller, query: SenderQuery) -> sa.Select[Any]:
    wanted = of_company(SENDERS, caller.company)
    if caller.senders is not None:
        wanted = wanted.where(SENDERS.c.id.in_(sorted(caller.senders)))
    for name in ("channel", "adapter", "status"):
        if (value := getattr(query, name)) is not None:
            wanted = wanted.where(SENDERS.c[name] == value)
    if query.search is not None:
        wanted = wanted.where(containing(query.search, SENDERS.c.name, SENDERS.c.identity))
    return wanted


def _view(senders: Senders, row: sa.RowMapping) -> SenderView:
    shown = senders.shown(row)
    own = {"credentials": shown.values, "secrets": shown.secrets, "problem": shown.problem or row["problem"]}
    return SenderView.model_validate({**row, **own})


def _adapter(adapter: ChannelAdapter[Any]) -> AdapterView:
    schema = schema_of(adapter)
    return AdapterView(
        name=adapter.name,
        title=adapter.title,
        channel=adapter.channel,
        two_way=adapter.two_way,
        rate=adapter.rate,
        credentials=schema,
        secrets=secret_fields(schema),
    )


def _checked(found: Checked) -> VendorAnswerView:
    return VendorAnswerView(works=found.works, message=found.message)
