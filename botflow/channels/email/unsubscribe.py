"""Unsubscribing with one click (RFC 8058): links that are signed for one recipient, and what is behind them."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from botflow.channels.contract import Account, SignatureError, Subscription, WebhookAnswer, WebhookRequest
from botflow.channels.email.credentials import SmtpCredentials
from botflow.channels.signed import Signer

PARAMETER: Final = "unsubscribe"
_HTML: Final = "text/html; charset=utf-8"
_PAGE: Final = (
    '<!doctype html>\n<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<meta name="robots" content="noindex"><title>{title}</title>\n<h1>{title}</h1>\n{body}\n</html>\n'
)
ASK: Final = _PAGE.format(
    title="Unsubscribe",
    body='<p>No more e-mail from this sender?</p>\n<form method="post"><input type="hidden" name="List-Unsubscribe" '
    'value="One-Click"><button>Unsubscribe</button></form>',
)
DONE: Final = _PAGE.format(title="You are unsubscribed", body="<p>This sender will not write to you again.</p>")
BROKEN: Final = _PAGE.format(
    title="This link does not work",
    body="<p>It may be incomplete or too old. Use the link of a newer e-mail, or answer one with STOP.</p>",
)


def unsubscribe_url(account: Account[SmtpCredentials], address: str) -> str | None:
    """Where this recipient unsubscribes; None where the server has no public address."""
    if not account.webhook_url.startswith(("https://", "http://")):
        return None
    return f"{account.webhook_url}?{urlencode({PARAMETER: _signer(account).sign(address)})}"


def unsubscribed(account: Account[SmtpCredentials], request: WebhookRequest) -> WebhookAnswer:
    """Answer a request to such a link: GET shows a button, since scanners of mail follow every link; POST does it.

    Raises SignatureError.
    """
    address = _signer(account).open(request.query[PARAMETER])
    if request.method != "POST":
        return _page(ASK) if address is not None else _page(BROKEN, status=403)
    if address is None:
        raise SignatureError("This unsubscribe link is not signed for this sender.")
    gone = Subscription(address, wanted=False, reason="unsubscribed from e-mail")
    return WebhookAnswer((gone,), body=DONE, content_type=_HTML)


def _signer(account: Account[SmtpCredentials]) -> Signer:
    return Signer(account.credentials.inbound_secret.get_secret_value(), PARAMETER, account.sender)


def _page(html: str, status: int = 200) -> WebhookAnswer:
    return WebhookAnswer(status=status, body=html, content_type=_HTML)
