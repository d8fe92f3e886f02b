"""A server as `botflow push` and `botflow pull` see it: its chatbots, over the HTTP API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote, urlencode

import click
import msgspec

from botflow.commands.files import UNREADABLE, in_one_line

if TYPE_CHECKING:
    from urllib3.response import BaseHTTPResponse

SECONDS: Final = 60.0
"""Longest wait for an answer: a large scenario takes a while to judge."""
API: Final = "/api/v1/chatbots"
REVISION_HEADER: Final = "Botflow-Revision"


class ServerError(click.ClickException):
    """The server cannot be used: one line, exit status 2."""

    exit_code = UNREADABLE


class Found(NamedTuple):
    """A draft of the server, in canonical form."""

    text: bytes
    revision: int


class Answered(NamedTuple):
    """An answer to a change: 2xx with its fields, or a refusal with its problem."""

    status: int
    fields: Mapping[str, Any]

    @property
    def is_done(self) -> bool:
        """Whether it was done."""
        return self.status < 300

    @property
    def detail(self) -> str:
        """Why not, in one line."""
        return in_one_line(self.fields.get("detail") or f"the server answered {self.status}")


class Remote:
    """The chatbots of a server, for the holder of an API key."""

    def __init__(self, server: str, key: str) -> None:
        import urllib3

        self._server = server.rstrip("/")
        self._headers = {"X-API-Key": key, "Content-Type": "application/json"}
        self._pool = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(total=SECONDS))

    def chatbots(self) -> Iterator[str]:
        """The ids of all chatbots. Raises ServerError."""
        cursor: str | None = ""
        while cursor is not None:
            query = {"limit": "200", "sort": "id"} | ({"cursor": cursor} if cursor else {})
            page = self._fields(self._needed("GET", f"?{urlencode(query)}"))
            yield from (str(item["id"]) for item in page["items"])
            cursor = page["next"]

    def draft(self, chatbot: str) -> Found | None:
        """The draft of a chatbot, None where there is no such. Raises ServerError."""
        answer = self._call("GET", f"/{quote(chatbot, safe='')}/file")
        if answer.status == 404:
            return None
        self._check(answer)
        return Found(answer.data, int(answer.headers[REVISION_HEADER]))

    def save(self, chatbot: str, text: bytes, revision: int) -> Answered:
        """Save a draft on the base of a revision. Raises ServerError."""
        return self._change("PUT", f"/{quote(chatbot, safe='')}/draft?revision={revision}", text)

    def publish(self, chatbot: str, note: str) -> Answered:
        """Publish a draft. Raises ServerError."""
        body = msgspec.json.encode({"note": note})
        return self._change("POST", f"/{quote(chatbot, safe='')}/versions", body)

    def _change(self, method: str, path: str, body: bytes) -> Answered:
        answer = self._call(method, path, body)
        if answer.status not in (409, 422):
            self._check(answer)
        return Answered(answer.status, self._fields(answer))

    def _needed(self, method: str, path: str) -> BaseHTTPResponse:
        answer = self._call(method, path)
        self._check(answer)
        return answer

    def _call(self, method: str, path: str, body: bytes | None = None) -> BaseHTTPResponse:
        from urllib3.exceptions import HTTPError

        try:
            # the key goes to the server that was named, and to no other that it might point to
            return self._pool.request(
                method, self._server + API + path, body=body, headers=self._headers, redirect=False
            )
        except (HTTPError, ValueError) as error:
            reason = in_one_line(error).rpartition("): ")[2]
            raise ServerError(f"{self._server}: cannot be reached: {reason}") from None

    def _check(self, answer: BaseHTTPResponse) -> None:
        """Raises ServerError where the answer is none that the command can go on with."""
        if answer.status >= 300:
            try:
                detail = msgspec.json.decode(answer.data)["detail"]
            except (msgspec.DecodeError, KeyError, TypeError):
                detail = f"it answered {answer.status}; is it a botflow server?"
            raise ServerError(f"{self._server}: {in_one_line(detail)}")

    def _fields(self, answer: BaseHTTPResponse) -> Mapping[str, Any]:
        try:
            found = msgspec.json.decode(answer.data)
        except msgspec.DecodeError:
            found = None
        if not isinstance(found, dict):
            raise ServerError(f"{self._server}: its answer cannot be read; is it a botflow server?")
        return found
