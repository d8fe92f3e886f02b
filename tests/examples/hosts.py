"""The small host as a process that can be killed, and a vendor that it talks to."""

import json
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
PROGRAM = ROOT / "examples" / "embedding" / "small_host.py"
PATIENCE_SECONDS = 30


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


class Vendor:
    """Takes messages like a vendor that knows idempotency keys: the same key again is answered and ignored."""

    def __init__(self) -> None:
        self.taken: dict[str, tuple[str, str]] = {}
        self.repeated: list[str] = []
        self.answers: list[int] = []
        """Statuses to answer with first, instead of taking the message."""
        self.on_message: Callable[[], object] = lambda: None
        vendor = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status = vendor.take(self.headers["Idempotency-Key"], body["to"], body["content"])
                self.send_response(status)
                self.end_headers()

            def log_message(self, format: str, *arguments: Any) -> None: ...

            def handle_one_request(self) -> None:
                try:
                    super().handle_one_request()
                except (ConnectionError, OSError):  # who asked was killed
                    self.close_connection = True

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        self.thread = threading.Thread(target=self.server.serve_forever, args=[0.05])
        self.thread.start()

    def take(self, key: str, to: str, content: Any) -> int:
        if self.answers:
            return self.answers.pop(0)
        message = (to, content.get("text", ""))
        if key in self.taken:
            assert self.taken[key] == message
            self.repeated.append(key)
        self.taken[key] = message
        self.on_message()
        return 200

    def texts(self, phone: str) -> list[str]:
        return [text for to, text in list(self.taken.values()) if to == phone]

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class SmallHost:
    def __init__(self, folder: Path, vendor: Vendor, *scenarios: dict[str, Any]) -> None:
        self.database = folder / "host.sqlite3"
        self.files = [folder / f"{scenario['id']}.json" for scenario in scenarios]
        for file, scenario in zip(self.files, scenarios, strict=True):
            file.write_text(json.dumps(scenario))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.command = [sys.executable, str(PROGRAM), str(self.database), str(self.port), vendor.url]
        self.log = folder / "host.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([*self.command, *map(str, self.files)], stdout=log, stderr=log)
        until(self._listens)

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def post(self, **body: str) -> int:
        """Bring a message once; raises OSError when the host is down."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/", json.dumps(body).encode())
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)

    def bring(self, message_id: str, phone: str, text: str) -> None:
        """Bring a message as a vendor does: again and again with the same id, until it is taken."""
        while True:
            try:
                assert self.post(**{"id": message_id, "from": phone, "text": text}) == 200
                return
            except OSError:
                time.sleep(0.05)
