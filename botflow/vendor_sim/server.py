"""The simulator: vendors at an address of this machine, in a thread of its own.

    with Simulator([WhatsAppCloud()]) as simulator:
        vendor = simulator["whatsapp_cloud"]          # what to enter: vendor.vendor.credentials(simulator.url(...))
        vendor.connect("http://127.0.0.1:8080/webhooks/whatsapp_cloud/...")
        vendor.write("34600000001", "hello")
        vendor.wait_for(1, seconds=5)

The same over HTTP, for people and for other processes, is below /_sim/ (control.py).
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Coroutine, Iterable, Mapping
from ipaddress import ip_address
from types import TracebackType
from typing import Any, Final, Self

from botflow.errors import StartError
from botflow.listener import listen
from botflow.vendor_sim.connection import Connection, Respond
from botflow.vendor_sim.contract import Answer, Behaviour, Call, HttpVendor, LineVendor
from botflow.vendor_sim.control import CONTROL, Control
from botflow.vendor_sim.stand import HttpStand, LineStand
from botflow.vendor_sim.webhooks import WebhookPoster

BACKLOG: Final = 256
STOP_SECONDS: Final = 5.0
GREETING: Final = Answer(200, b'{"vendors": "GET /_sim/ lists them"}')


class Simulator:
    """Simulated vendors behind one port. It listens on a loopback address only: anybody may act as anybody here.

    Raises StartError.
    """

    def __init__(
        self,
        vendors: Iterable[HttpVendor | LineVendor],
        host: str = "127.0.0.1",
        port: int = 0,
        behaviour: Behaviour | None = None,
        seed: int = 0,
    ) -> None:
        self._listener = _listen(host, port)
        self.host, self.port = host, int(self._listener.getsockname()[1])
        self._loop = asyncio.new_event_loop()
        self._poster = WebhookPoster()
        self._connections: set[Connection] = set()
        self.http: dict[str, HttpStand] = {}
        self.lines: dict[str, LineStand] = {}
        for vendor in vendors:
            self._add(vendor, behaviour or Behaviour(), seed)
        self._control = Control(self.stands, self.credentials)
        self._thread = threading.Thread(target=self._run, name="vendor-sim", daemon=True)
        self._listens = threading.Event()

    @property
    def stands(self) -> Mapping[str, HttpStand | LineStand]:
        """Every vendor by its name."""
        return {**self.http, **self.lines}

    @property
    def pending(self) -> int:
        """Webhooks that are neither answered 2xx nor given up, and reports that are still to come."""
        return self._poster.pending + sum(stand.reports_to_come for stand in self.http.values())

    def __getitem__(self, name: str) -> HttpStand:
        return self.http[name]

    def url(self, name: str) -> str:
        """The address that a vendor is called at: the `base_url` of the sender's credentials."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/{name}"

    def credentials(self, name: str) -> Mapping[str, Any]:
        """What to enter as the credentials of a sender of this vendor."""
        if name in self.lines:
            return self.lines[name].vendor.credentials()
        return self.http[name].vendor.credentials(self.url(name))

    def start(self) -> None:
        """Begin to answer. Raises StartError when a vendor cannot have its port."""
        self._thread.start()
        self._listens.wait()
        for name, stand in self.lines.items():
            try:
                stand.vendor.start(self.host, 0, stand)
            except OSError as error:
                self.stop()
                raise StartError(f"{name} cannot listen: {error.strerror or error}.") from None

    def stop(self) -> None:
        """End every connection; webhooks that wait are dropped."""
        for stand in self.lines.values():
            stand.vendor.stop()
        if self._thread.is_alive():
            self._in_loop(self._end())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(STOP_SECONDS)
        self._listener.close()
        if not self._loop.is_closed():
            self._loop.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _add(self, vendor: HttpVendor | LineVendor, behaviour: Behaviour, seed: int) -> None:
        if isinstance(vendor, LineVendor):
            self.lines[vendor.name] = LineStand(vendor, behaviour, seed, self._loop, self._poster)
        else:
            self.http[vendor.name] = HttpStand(vendor, behaviour, seed, self._loop, self._poster)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._server = self._loop.run_until_complete(
            self._loop.create_server(
                lambda: Connection(self._route, self._connections), sock=self._listener, backlog=BACKLOG
            )
        )
        self._listens.set()
        self._loop.run_forever()

    async def _end(self) -> None:
        # what was accepted a moment ago is a task that makes it a connection, and fails silently once the server closes
        self._loop.remove_reader(self._listener.fileno())
        await self._poster.close()
        await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()}, return_exceptions=True)
        self._server.close()
        for connection in list(self._connections):
            connection.close()
        await self._loop.shutdown_default_executor()
        await asyncio.sleep(0)  # so that closed connections are told

    def _in_loop(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(STOP_SECONDS)

    def _route(self, call: Call, respond: Respond) -> None:
        name, _, rest = call.path[1:].partition("/")
        stand = self.http.get(name)
        if stand is not None:
            stand.handle(Call(call.method, f"/{rest}", call.query, call.headers, call.body), respond)
        elif name == CONTROL:
            self._loop.run_in_executor(None, self._controlled, call, rest, respond)
        else:
            respond(GREETING if not name else Answer(404, b'{"error": "No such vendor; GET /_sim/ lists them."}'))

    def _controlled(self, call: Call, rest: str, respond: Respond) -> None:
        """Control may wait (a handshake calls the server), so it runs beside the loop."""
        answer = self._control.answer(call, rest)
        self._loop.call_soon_threadsafe(respond, answer)


def _listen(host: str, port: int) -> socket.socket:
    if host != "localhost" and not _is_loopback(host):
        raise StartError(f"The simulator listens on this machine only, not on {host}: choose 127.0.0.1 or ::1.")
    return listen(host, port)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
