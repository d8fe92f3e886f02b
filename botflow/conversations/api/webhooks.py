"""HTTP: the webhooks of vendors, `/webhooks/<adapter>/<key>`.

The key is the sender's own secret; what comes in is believed only when the adapter finds it signed. The vendor is
answered when everything is safe in the database; with a 5xx it sends the same again, which changes nothing twice.
"""

from __future__ import annotations

import time
from typing import Any, Final

import pydantic
import structlog
from flask import Blueprint, Response, abort, g, request

from botflow.channels.contract import (
    Account,
    ChannelAdapter,
    InvalidPayloadError,
    SignatureError,
    WebhookAnswer,
    WebhookRequest,
)
from botflow.conversations.intake import Intake
from botflow.db import Database
from botflow.metrics import webhook_answered
from botflow.senders.sealing import UnsealError
from botflow.senders.service import SenderAccounts

WEBHOOK_BYTES: Final = 4 * 1024 * 1024
UNKNOWN: Final = "unknown"
"""The adapter of an address that names none."""

_log = structlog.get_logger()


def webhooks_api(database: Database, accounts: SenderAccounts, intake: Intake) -> Blueprint:
    """Routes under /webhooks."""
    routes = Blueprint("webhooks", __name__, url_prefix="/webhooks")

    @routes.route("/<adapter>/<key>", methods=["GET", "POST"], provide_automatic_options=False)
    def webhook(adapter: str, key: str) -> Response:
        """Take what a vendor sends."""
        request.max_content_length = WEBHOOK_BYTES
        carrier, account = _account(database, accounts, adapter, key)
        g.sender = account.sender
        answer = _read(carrier, account)
        intake.take(carrier, account, answer.events)
        return Response(answer.body, answer.status, content_type=answer.content_type)

    @routes.before_request
    def begin() -> None:
        g.begun = time.perf_counter()

    @routes.after_request
    def note(response: Response) -> Response:
        """Count and log the answer, whoever gave it."""
        adapter = (request.view_args or {}).get("adapter", "")
        known = adapter if adapter in accounts.adapters else UNKNOWN
        webhook_answered(known, response.status_code)
        milliseconds = round((time.perf_counter() - g.begun) * 1000, 1)
        _log.info(
            "webhook", adapter=known, sender=g.get("sender"), status=response.status_code, milliseconds=milliseconds
        )
        return response

    return routes


def _account(
    database: Database, accounts: SenderAccounts, adapter: str, key: str
) -> tuple[ChannelAdapter[Any], Account[Any]]:
    try:
        return accounts.of_webhook(database, adapter, key)
    except KeyError:
        abort(404, "There is no such webhook.")
    except (UnsealError, pydantic.ValidationError):
        _log.error("webhook cannot be checked", adapter=adapter, problem="the credentials cannot be read")
        abort(503, "The credentials of this sender cannot be read; enter them anew.")


def _read(carrier: ChannelAdapter[Any], account: Account[Any]) -> WebhookAnswer:
    asked = WebhookRequest(
        method=request.method,
        url=account.webhook_url + (f"?{request.query_string.decode('latin-1')}" if request.query_string else ""),
        query=request.args.to_dict(),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=request.get_data(cache=False),
    )
    try:
        return carrier.receive(account, asked)
    except SignatureError as error:
        _log.warning("webhook refused", sender=account.sender, problem=str(error) or "not signed by the vendor")
        abort(403, "This is not signed with the secret of the sender.")
    except InvalidPayloadError as error:
        _log.warning("webhook refused", sender=account.sender, problem=str(error))
        abort(400, str(error))
