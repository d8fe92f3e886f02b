"""A server of ours as a vendor sees it: it takes webhooks, and answers as the test says."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

WAIT_SECONDS = 10.0


@dataclass(frozen=True)
class Received:
    """A webhook as it arrived; names of headers are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Receiver:
    """Takes webhooks; `answer` gives status and body for each."""

    def __init__(self, answer: Callable[[Received], tuple[int, bytes]] = lambda _: (200, b""), port: int = 0) -> None:
        self.received: list[Received] = []
        self._changed = threading.Condition()
        take = self._take

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                headers = {name.lower(): value for name, value in self.headers.items()}
                status, content = take(Received(self.command, self.path, headers, body), answer)
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST  # noqa: N815  # the name is http.server's

            def log_message(self, format: str, *args: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/webhooks/x"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def wait_for(self, count: int) -> list[Received]:
        """The webhooks, once there are so many."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.received) >= count, WAIT_SECONDS), self.received
            return list(self.received)

    def _take(self, received: Received, answer: Callable[[Received], tuple[int, bytes]]) -> tuple[int, bytes]:
        with self._changed:
            self.received.append(received)
            self._changed.notify_all()
        return answer(received)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
