"""Firebase Cloud Messaging, HTTP v1: its wire, as its documentation has it."""

from __future__ import annotations

from typing import Any, Final
from unittest.mock import ANY

from botflow.channels.contract import Accepted, RetryLater
from botflow.channels.testing import Said, Sent, Tables

TOKEN: Final = "dQw4:APA91bH-ann_s-phone"


def error(status: int, name: str, code: str = "") -> dict[str, Any]:
    details = [{"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": code}] if code else []
    return {"error": {"code": status, "message": "because", "status": name, "details": details}}


TABLES: Final = Tables(
    contact=TOKEN,
    sent=[
        Sent(
            "notification",
            {"type": "notification", "header": "¿Pizza? 🍕", "body": "It waits."},
            [
                {
                    "token": TOKEN,
                    "notification": {"title": "¿Pizza? 🍕", "body": "It waits."},
                    "data": {"id": "message-1", "beacon": ANY},
                    "android": {"notification": {"tag": "message-1"}},
                    "apns": {"headers": {"apns-collapse-id": "message-1"}},
                }
            ],
        )
    ],
    said=[
        Said("taken", 200, {"name": "projects/p/messages/1"}, Accepted),
        Said("not registered", 404, error(404, "NOT_FOUND", "UNREGISTERED"), "opted_out"),
        Said("no such project", 404, error(404, "NOT_FOUND"), "credentials"),
        Said("no such address", 404, b"<html>Not Found</html>", "credentials"),
        Said("another app", 403, error(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH"), "not_capable"),
        Said("not allowed", 403, error(403, "PERMISSION_DENIED"), "credentials"),
        Said("malformed", 400, error(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT"), "permanent"),
        Said("too many", 429, error(429, "X", "QUOTA_EXCEEDED"), RetryLater, 60, {"Retry-After": "60"}),
        Said("busy", 503, error(503, "UNAVAILABLE", "UNAVAILABLE"), RetryLater, 7, {"Retry-After": "7"}),
        Said("broken", 500, error(500, "INTERNAL", "INTERNAL"), RetryLater),
    ],
)
