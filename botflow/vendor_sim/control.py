"""The control side of the simulator, over HTTP below /_sim/ (docs/how-to/try-without-a-vendor.md).

GET   /_sim/                    the vendors: what to enter, how they behave, what they counted
PUT   /_sim/NAME/webhook        {"url": ...}: where webhooks go; the vendor's own test of the address is made
PATCH /_sim/NAME/behaviour      {"delay_ms": 50, ...}: the fields of contract.Behaviour
POST  /_sim/NAME/messages       {"contact": ..., "text": ..., "postback": ...}, or a list of them
GET   /_sim/NAME/messages       what the vendor took, the newest last; ?last=20
POST  /_sim/NAME/answers        {"status": 400, "body": {...}}: what the next call is answered
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any, Final

from botflow.vendor_sim.contract import Answer, Call
from botflow.vendor_sim.stand import HttpStand, LineStand

CONTROL: Final = "_sim"
LISTED: Final = 100

AnyStand = HttpStand | LineStand


class ControlError(Exception):
    """A request of the control side that cannot be served; the message is a sentence for the one who asked."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class Control:
    """Answers what is asked below /_sim/."""

    def __init__(self, stands: Mapping[str, AnyStand], credentials: Callable[[str], Mapping[str, Any]]) -> None:
        self._stands = stands
        self._credentials = credentials

    def answer(self, call: Call, path: str) -> Answer:
        """The answer to a call; `path` is the part behind /_sim/."""
        try:
            return _json(200, self._found(call, path))
        except ControlError as error:
            return _json(error.status, {"error": str(error)})

    def _found(self, call: Call, path: str) -> object:
        name, _, what = path.partition("/")
        if not name:
            return {name: self._overview(stand) for name, stand in self._stands.items()}
        stand = self._stands.get(name)
        action = _ACTIONS.get((call.method, what))
        if stand is None or action is None:
            raise ControlError(f"There is no {call.method} {path!r} here; GET /_sim/ lists the vendors.", 404)
        return action(stand, call)

    def _overview(self, stand: AnyStand) -> dict[str, object]:
        return {
            "identity": stand.vendor.identity,
            "credentials": self._credentials(stand.name),
            "webhook": getattr(stand.vendor, "webhook_url", None),
            "behaviour": asdict(stand.behaviour),
            "counts": dict(stand.counts),
        }


def _connect(stand: AnyStand, call: Call) -> object:
    url = _given(call, dict).get("url")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        raise ControlError('Send {"url": "http://..."}: the whole address, with the server before the path.')
    if not hasattr(stand.vendor, "webhook_url"):
        raise ControlError(f"{stand.name} calls no webhooks: messages come over the connection.")
    return {"accepted": stand.connect(url)}


def _behave(stand: AnyStand, call: Call) -> object:
    try:
        stand.behave(_given(call, dict))
    except TypeError:
        raise ControlError(f"A behaviour has these fields: {', '.join(asdict(stand.behaviour))}.") from None
    except ValueError:
        raise ControlError(f"A behaviour has values such as {json.dumps(asdict(stand.behaviour))}.") from None
    return asdict(stand.behaviour)


def _write(stand: AnyStand, call: Call) -> object:
    given = _given(call, dict | list)
    messages = given if isinstance(given, list) else [given]
    return {"ids": [_written(stand, message) for message in messages]}


def _written(stand: AnyStand, message: object) -> str:
    try:
        assert isinstance(message, dict)
        contact, text = str(message["contact"]), str(message.get("text", ""))
        fields = {name: value for name, value in message.items() if name not in ("contact", "text")}
        return stand.write(contact, text, **fields)
    except (AssertionError, KeyError, TypeError, ValueError):
        raise ControlError('A message is {"contact": ..., "text": ...} and what the vendor has besides.') from None


def _taken(stand: AnyStand, call: Call) -> Sequence[object]:
    last = call.query.get("last", str(LISTED))
    newest = list(islice(reversed(stand.taken), int(last) if last.isdecimal() else LISTED))
    return [{"taken_at": at, **asdict(taken)} for at, taken in reversed(newest)]


def _script(stand: AnyStand, call: Call) -> object:
    given = _given(call, dict)
    if not isinstance(stand, HttpStand) or not isinstance(given.get("status"), int):
        raise ControlError('Send {"status": 400, "body": ...}, to a vendor that is called over HTTP.')
    stand.scripted.append(_json(given["status"], given.get("body")))
    return {"waiting": len(stand.scripted)}


_ACTIONS: Final[Mapping[tuple[str, str], Callable[[AnyStand, Call], object]]] = {
    ("PUT", "webhook"): _connect,
    ("PATCH", "behaviour"): _behave,
    ("POST", "messages"): _write,
    ("GET", "messages"): _taken,
    ("POST", "answers"): _script,
}


def _given(call: Call, kind: Any) -> Any:
    """The JSON that was sent. It must say that it is JSON: a page of another site cannot without being allowed to."""
    if not call.headers.get("content-type", "").startswith("application/json"):
        raise ControlError("Send JSON, with Content-Type: application/json.")
    try:
        value = json.loads(call.body)
    except (ValueError, RecursionError):
        raise ControlError("That is not JSON.") from None
    if not isinstance(value, kind):
        raise ControlError("That is not the JSON that belongs here.")
    return value


def _json(status: int, value: object) -> Answer:
    return Answer(status, json.dumps(value, ensure_ascii=False, default=str).encode())
