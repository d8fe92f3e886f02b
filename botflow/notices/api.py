"""HTTP: outbound webhooks (AP-3)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from botflow.db import of_company
from botflow.notices.service import DELIVERIES, WEBHOOKS, Kind
from botflow.notices.webhooks import Webhooks
from botflow.permissions import WEBHOOKS_EDIT, WEBHOOKS_VIEW, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import Body, Id, Moment, Name, Page, Text, View

SORTS: Final = Sorts(WEBHOOKS.c.id, {"name": WEBHOOKS.c.name, "created_at": WEBHOOKS.c.created_at}, "name")
DELIVERY_SORTS: Final = Sorts(DELIVERIES.c.event_id, {"created_at": DELIVERIES.c.event_id}, "-created_at")


def _once(events: list[Kind]) -> list[Kind]:
    return list(dict.fromkeys(events))


Events = Annotated[
    list[Kind],
    Field(max_length=20, description="Empty: it hears of messages that name it, and of erasures."),
    AfterValidator(_once),
]
Senders = Annotated[
    list[Id],
    Field(max_length=100, description="Ids of senders: it hears of these only. Empty: of all."),
    AfterValidator(lambda senders: list(dict.fromkeys(senders))),
]
Secret = Annotated[Text, Field(description="`whsec_` and 24 to 64 bytes in Base64.")]


class NewWebhook(Body):
    """A webhook to be made."""

    name: Name
    address: Text = Field(description="Where events are posted to: https, no redirects.")
    events: Events
    senders: Senders = []
    enabled: bool = True
    secret: Secret | None = Field(default=None, description="Null: one is made, and shown this once.")


class WebhookChanges(Body):
    """What is to be changed of a webhook; what is left out or null stays."""

    name: Name | None = None
    address: Text | None = None
    events: Events | None = None
    senders: Senders | None = None
    enabled: bool | None = None
    secret: Secret | None = None


PausedUntil = Annotated[Moment | None, BeforeValidator(lambda kept: kept or None)]
"""The row has 0 where it does not pause."""


class WebhookView(View):
    """A webhook, without its secret."""

    id: str
    name: str
    address: str
    events: list[str]
    senders: list[str]
    enabled: bool
    paused_until: PausedUntil = Field(description="It did not take the last event; the next attempt is then.")
    created_at: Moment


class MadeWebhook(WebhookView):
    """A webhook that was made."""

    secret: str = Field(description="What its events are signed with. Shown this once.")


class PingView(View):
    """What came of a test."""

    works: bool
    status: int | None = Field(description="What it answered, if it did.")
    problem: str | None


class DeliveryQuery(PageQuery):
    """Which events."""

    state: Literal["waiting", "delivered", "dead"] | None = None


class DeliveryView(View):
    """An event for a webhook; its texts are not shown."""

    event_id: str
    kind: str
    state: str
    attempts: int
    problem: str | None = Field(description="Why the last attempt failed.")
    not_before: Moment = Field(description="When the next attempt is, while it waits.")
    settled_at: Moment | None
    created_at: Moment


class ResentView(View):
    """How many events are delivered again."""

    count: int


def webhooks_out_api(webhooks: Webhooks) -> Routes:
    """Routes under /webhooks."""
    routes = Routes("webhooks", "/webhooks")
    database = webhooks.database

    @routes.get("", WEBHOOKS_VIEW)
    def list_webhooks(caller: Caller, query: PageQuery) -> Page[WebhookView]:
        """List the company's webhooks."""
        with database.reading() as work:
            rows, following = SORTS.page(work, of_company(WEBHOOKS, caller.company), query)
        return Page(items=[WebhookView.model_validate(row) for row in rows], next=following)

    @routes.post("", WEBHOOKS_EDIT, statuses=[HTTPStatus.CREATED])
    def create_webhook(caller: Caller, body: NewWebhook) -> Answer[MadeWebhook]:
        """Have events posted to an address; the answer shows the secret that signs them, this once."""
        row, secret = webhooks.make(caller, body.model_dump(exclude={"secret"}), body.secret)
        return Answer(MadeWebhook.model_validate({**row, "secret": secret}), HTTPStatus.CREATED)

    @routes.get("/<webhook_id>", WEBHOOKS_VIEW)
    def show_webhook(caller: Caller, webhook_id: str) -> WebhookView:
        """Show a webhook."""
        with database.reading() as work:
            return WebhookView.model_validate(webhooks.find(work, caller, webhook_id))

    @routes.patch("/<webhook_id>", WEBHOOKS_EDIT)
    def change_webhook(caller: Caller, webhook_id: str, body: WebhookChanges) -> WebhookView:
        """Change a webhook; what waits for it is tried at once."""
        changes = body.model_dump(exclude_none=True, exclude={"secret"})
        return WebhookView.model_validate(webhooks.change(caller, webhook_id, changes, body.secret))

    @routes.delete("/<webhook_id>", WEBHOOKS_EDIT)
    def delete_webhook(caller: Caller, webhook_id: str) -> None:
        """Delete a webhook; what waits for it is delivered no more."""
        webhooks.delete(caller, webhook_id)

    @routes.post("/<webhook_id>/ping", WEBHOOKS_EDIT)
    def ping_webhook(caller: Caller, webhook_id: str) -> PingView:
        """Post an event of the type `ping` now, and tell what came of it."""
        called = webhooks.ping(caller, webhook_id)
        return PingView(works=called.problem is None, status=called.status, problem=called.problem)

    @routes.get("/<webhook_id>/deliveries", WEBHOOKS_VIEW)
    def list_deliveries(caller: Caller, webhook_id: str, query: DeliveryQuery) -> Page[DeliveryView]:
        """List what a webhook was told and is to be told, newest first."""
        with database.reading() as work:
            webhooks.find(work, caller, webhook_id)
            chosen = of_company(DELIVERIES, caller.company).where(DELIVERIES.c.webhook_id == webhook_id)
            chosen = chosen if query.state is None else chosen.where(DELIVERIES.c.state == query.state)
            rows, following = DELIVERY_SORTS.page(work, chosen, query)
        return Page(items=[DeliveryView.model_validate(row) for row in rows], next=following)

    @routes.post("/<webhook_id>/deliveries/<event_id>/resend", WEBHOOKS_EDIT)
    def resend_delivery(caller: Caller, webhook_id: str, event_id: str) -> ResentView:
        """Deliver an event again, whatever became of it."""
        return ResentView(count=webhooks.resend(caller, webhook_id, event_id))

    @routes.post("/<webhook_id>/resend", WEBHOOKS_EDIT)
    def resend_dead_deliveries(caller: Caller, webhook_id: str) -> ResentView:
        """Deliver every event again that was given up."""
        return ResentView(count=webhooks.resend(caller, webhook_id, None))

    return routes
