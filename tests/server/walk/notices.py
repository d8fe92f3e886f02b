"""The walk's outbound webhooks."""

from botflow.notices.models import WebhookDelivery
from botflow.notices.service import DELIVERIES, WEBHOOKS
from tests.server.api import Api
from tests.server.walk import MARK, Made

ADDRESS = "https://192.0.2.1/hook"
NEW = {"name": "Ours", "address": "https://8.8.8.8/hook", "events": ["message.received"]}


def make_webhook(api: Api, company: str, made: Made) -> str:
    webhook = f"webhook-of-{company}"
    row = {
        "id": webhook,
        "company_id": company,
        "name": f"{MARK} webhook",
        "address": ADDRESS,
        "events": ["message.received"],
        "enabled": True,
        "secret": "sealed with another key",
        "paused_until": 0,
        "leased_until": 0,
        "created_at": api.now,
    }
    with api.database.transaction() as work:
        work.execute(WEBHOOKS.insert().values(row))
    return webhook


def make_event(api: Api, company: str, made: Made) -> str:
    row = WebhookDelivery(
        webhook_id=made["webhook_id"],
        event_id=f"event-of-{company}",
        company_id=company,
        contact_id="somebody",
        kind="message.received",
        body=MARK,
        not_before=api.now,
        queued_at=api.now,
        created_at=api.now,
    )
    with api.database.transaction() as work:
        work.execute(DELIVERIES.insert().values(row.model_dump()))
    return row.event_id


BODIES = {"create_webhook": lambda made: NEW, "change_webhook": lambda made: {"name": "Other"}}
MAKERS = {"webhook_id": make_webhook, "event_id": make_event}
