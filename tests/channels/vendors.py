"""A simulated vendor behind a web server of the tests', and what of it came to the adapter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from botflow.channels.contract import Account, ChannelAdapter, Outbound, WebhookAnswer, WebhookRequest
from botflow.vendor_sim.contract import Answer, Call, Hook, Taken
from tests.channels.web_server import Answered, Asked, WebServer, web_server


@dataclass
class Vendor:
    """A vendor that answers as it does, or with what is put into `answers` first. `vendor` has means of its own."""

    vendor: Any
    adapter: ChannelAdapter[Any]
    account: Account[Any]
    server: WebServer
    taken: list[Taken]
    answers: list[Answer] = field(default_factory=list)

    def send(self, content: dict[str, Any], to: str, message_id: str = "m1", ttl: int | None = None) -> Any:
        """Send content to a contact."""
        return self.adapter.send(self.account, Outbound(message_id, "sender-1", to, content, ttl))

    def post(self, hook: Hook) -> WebhookAnswer:
        """What the adapter makes of a webhook."""
        headers = {name.lower(): value for name, value in hook.headers.items()}
        query = dict(parse_qsl(urlsplit(hook.url).query))
        return self.adapter.receive(self.account, WebhookRequest(hook.method, hook.url, query, headers, hook.body))


@contextmanager
def vendor_at(vendor: Any, adapter: ChannelAdapter[Any], time_zone: str = "UTC") -> Iterator[Vendor]:
    """Put a vendor behind a web server, and connect an account to it."""
    taken: list[Taken] = []
    answers: list[Answer] = []

    def handle(asked: Asked) -> Answered:
        path, _, query = asked.path.partition("?")
        answer, message = vendor.handle(Call(asked.method, path, dict(parse_qsl(query)), asked.headers, asked.body))
        if message is not None:
            taken.append(message)
        if answers:
            answer = answers.pop(0)
        return Answered(answer.status, answer.body, answer.headers)

    with web_server(handle) as server:
        credentials = adapter.credentials(**vendor.credentials(server.url))
        url = f"https://bots.example/webhooks/{adapter.name}/key"
        account = Account("sender-1", vendor.identity, credentials, url, time_zone)
        vendor.webhook_url = url
        yield Vendor(vendor, adapter, account, server, taken, answers)
