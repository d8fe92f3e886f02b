"""Twilio's API for SMS as its documentation has it: messages, the account, and webhooks signed over their address."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from botflow.vendor_sim.contract import Answer, Call, Hook, HttpVendor, State, Taken

LONGEST_BODY: Final = 1600
_E164: Final = re.compile(r"\+[1-9]\d{6,14}")
_SENDER: Final = re.compile(r"\+?\d{3,15}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}")
_TEST_NUMBERS: Final[Mapping[str, int]] = {
    "+15005550001": 21211,
    "+15005550002": 21612,
    "+15005550003": 21408,
    "+15005550004": 21610,
    "+15005550009": 21614,
}
"""Contacts with which the vendor's test account refuses."""
_MESSAGES: Final[Mapping[int, str]] = {
    20003: "Authenticate",
    20404: "The requested resource was not found",
    20429: "Too Many Requests",
    20500: "Internal Server Error",
    21211: "Invalid 'To' Phone Number",
    21212: "Invalid From Number (caller ID)",
    21408: "Permission to send an SMS has not been enabled for the region indicated by the 'To' number",
    21602: "Message body is required.",
    21603: "A 'From' phone number is required.",
    21604: "A 'To' phone number is required.",
    21606: "The From phone number is not a valid, SMS-capable phone number or short code for your account.",
    21610: "Attempt to send to unsubscribed recipient",
    21612: "The 'To' phone number is not currently reachable via SMS",
    21614: "'To' number is not a valid mobile number",
    21617: "The concatenated message body exceeds the 1600 character limit",
}


class _RefusedError(Exception):
    def __init__(self, status: int, code: int) -> None:
        super().__init__(code)
        self.answer = _error(status, code)


class SmsHttp(HttpVendor):
    """An account with one number. The vendor's test numbers are refused as its test account refuses them."""

    name = "sms_http"

    def __init__(
        self,
        identity: str = "+15550783881",
        account_sid: str = "AC" + "0123456789abcdef" * 2,
        auth_token: str = "simulated-auth-token",
        webhook_url: str = "",
    ) -> None:
        self.identity = identity
        self.webhook_url = webhook_url
        self.unsubscribed: set[str] = set()
        self._account_sid = account_sid
        self._auth_token = auth_token
        self._numbers = itertools.count(1)

    def credentials(self, base_url: str) -> Mapping[str, Any]:
        """What the sender's credentials have to be."""
        return {"account_sid": self._account_sid, "auth_token": self._auth_token, "base_url": base_url}

    def handle(self, call: Call) -> tuple[Answer, Taken | None]:
        """Answer a call of the API."""
        account = f"/2010-04-01/Accounts/{self._account_sid}"
        try:
            if call.headers.get("authorization") != self._authorization():
                raise _RefusedError(401, 20003)
            if (call.method, call.path) == ("GET", f"{account}.json"):
                return _json(200, {"sid": self._account_sid, "friendly_name": "Simulated", "status": "active"}), None
            if (call.method, call.path) == ("POST", f"{account}/Messages.json"):
                return self._take(dict(parse_qsl(call.body.decode(), keep_blank_values=True)))
            raise _RefusedError(404, 20404)
        except _RefusedError as error:
            return error.answer, None

    def throttled(self) -> Answer:
        """Too many calls at a time."""
        return _error(429, 20429)

    def failed(self) -> Answer:
        """Something is wrong at the vendor."""
        return _error(500, 20500)

    def report(self, taken: Taken, state: State) -> Hook | None:
        """The status callback, where the message asked for one. SMS knows no "seen"."""
        url = taken.content.get("StatusCallback", "")
        if state == "seen" or not url:
            return None
        status = "undelivered" if state == "failed" else state
        fields = {
            "AccountSid": self._account_sid,
            "From": taken.content.get("From", self.identity),
            "MessageSid": taken.vendor_id,
            "MessageStatus": status,
            "SmsSid": taken.vendor_id,
            "SmsStatus": status,
            "To": taken.to,
        }
        if state == "failed":
            fields["ErrorCode"] = "30003"
        return self.hook(fields, url)

    def message(self, contact: str, message_id: str, text: str, **fields: Any) -> Hook:
        """A message of a contact. `media` is one file of it; `opt_out_type` is what the vendor took it for."""
        if unknown := fields.keys() - {"media", "opt_out_type"}:
            raise ValueError(f"SMS has no {', '.join(unknown)}")
        sid = f"SM{hashlib.md5(message_id.encode(), usedforsecurity=False).hexdigest()}"
        form = {
            "ToCountry": "US",
            "SmsMessageSid": sid,
            "NumMedia": "0",
            "SmsSid": sid,
            "SmsStatus": "received",
            "Body": text,
            "To": self.identity,
            "NumSegments": "1",
            "MessageSid": sid,
            "AccountSid": self._account_sid,
            "From": f"+{contact}" if contact.isdecimal() else contact,
            "ApiVersion": "2010-04-01",
        }
        if media := fields.get("media"):
            form |= {"NumMedia": "1", "MediaUrl0": media["url"], "MediaContentType0": media["media_type"]}
        if kind := fields.get("opt_out_type"):
            form["OptOutType"] = kind
        return self.hook(form, self.webhook_url)

    def hook(self, fields: Mapping[str, str], url: str) -> Hook:
        """A webhook with these fields, signed."""
        signed = url + "".join(f"{name}{fields[name]}" for name in sorted(fields))
        digest = hmac.new(self._auth_token.encode(), signed.encode(), hashlib.sha1).digest()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "X-Twilio-Signature": base64.b64encode(digest).decode(),
        }
        return Hook(url, headers, urlencode(fields).encode())

    def _authorization(self) -> str:
        pair = f"{self._account_sid}:{self._auth_token}"
        return f"Basic {base64.b64encode(pair.encode()).decode()}"

    def _take(self, form: Mapping[str, str]) -> tuple[Answer, Taken]:
        to, body, sender = form.get("To", ""), form.get("Body", ""), form.get("From", "")
        service = form.get("MessagingServiceSid", "")
        if not to:
            raise _RefusedError(400, 21604)
        if not _E164.fullmatch(to):
            raise _RefusedError(400, 21211)
        if to in _TEST_NUMBERS or to in self.unsubscribed:
            raise _RefusedError(400, _TEST_NUMBERS.get(to, 21610))
        if not body:
            raise _RefusedError(400, 21602)
        if len(body) > LONGEST_BODY:
            raise _RefusedError(400, 21617)
        if not service and not sender:
            raise _RefusedError(400, 21603)
        if not service and not _SENDER.fullmatch(sender):
            raise _RefusedError(400, 21212)
        if not service and sender != self.identity:
            raise _RefusedError(400, 21606)
        sid = f"SM{next(self._numbers):032x}"
        answer = {"sid": sid, "status": "queued", "to": to, "from": sender or None, "body": body, "error_code": None}
        return _json(201, answer), Taken(sid, to, body, dict(form))


def _json(status: int, value: Mapping[str, Any]) -> Answer:
    return Answer(status, json.dumps(value).encode())


def _error(status: int, code: int) -> Answer:
    more = f"https://www.twilio.com/docs/errors/{code}"
    return _json(status, {"code": code, "message": _MESSAGES[code], "more_info": more, "status": status})
