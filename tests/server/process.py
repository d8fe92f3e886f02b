"""`botflow serve` as a process of its own, and pages that talk to it over Socket.IO."""

import json
import os
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import socketio

BOTFLOW = Path(sys.executable).with_name("botflow")
START_SECONDS = 120.0
WAIT_SECONDS = 15.0


class ServerProcess:
    """A server on a port and a data folder that outlive the process."""

    def __init__(
        self, data: Path, examples: Path, documents: Iterable[Mapping[str, Any]], environment: Mapping[str, str]
    ) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = data.parent / "server.log"
        self._environment = os.environ | {"BOTFLOW_EXAMPLES": str(examples)} | dict(environment)
        self.process: subprocess.Popen[bytes] | None = None
        examples.mkdir(exist_ok=True)
        for document in documents:
            (examples / f"{document['id']}.json").write_text(json.dumps(document))

    def start(self) -> None:
        """Start and wait until it answers."""
        command = [str(BOTFLOW), "serve", "--port", str(self.port), "--data", str(self.data)]
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)
        wait_until(self._answers, START_SECONDS)

    def kill(self) -> None:
        """kill -9: nothing gets to tidy up."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def kill_some(self) -> None:
        """kill -9 of one process or several, where there are several."""
        self.kill()

    def end(self) -> None:
        """Leave nothing behind."""
        self.kill()

    def stop(self, sign: int = signal.SIGTERM) -> int:
        """End it as an operator would; returns its exit status."""
        assert self.process is not None
        self.process.send_signal(sign)
        status = self.process.wait(timeout=WAIT_SECONDS)
        self.process = None
        return status

    def log(self) -> str:
        return self._log.read_text()

    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Read the database file beside the server."""
        with sqlite3.connect(f"file:{self.data / 'botflow.sqlite3'}?mode=ro", uri=True, timeout=10) as connection:
            found = connection.execute(query, parameters).fetchall()
        connection.close()
        return found

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        """Status and body of a GET request."""
        return self._request(urllib.request.Request(self.url + path, headers=headers))

    def post(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Status and body of a POST request."""
        return self._request(urllib.request.Request(self.url + path, body, {"Content-Type": "text/plain"}))

    def _request(self, request: urllib.request.Request) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log()
        try:
            return self.get("/health")[0] == 200
        except OSError:
            return False


class Page:
    """A visitor's page: what it sent, and the messages it shows, in order and each once."""

    def __init__(self, server: ServerProcess, sender: str, visitor: str | None = None) -> None:
        self.server = server
        self.sender = sender
        self.visitor = visitor or secrets.token_hex(16)
        self.events: list[tuple[str, Any]] = []
        self._messages: dict[str, dict[str, Any]] = {}
        self._news = threading.Condition()
        self._client: socketio.Client | None = None

    def __enter__(self) -> "Page":
        self.connect()
        return self

    def __exit__(self, *reason: object) -> None:
        self.disconnect()

    def connect(self) -> None:
        """Connect and open the conversation."""
        self._client = client = socketio.Client(reconnection=False)
        for event in ("message", "typing", "status", "update"):
            client.on(event, self._listener(event))
        client.on("disconnect", lambda *reason: self._note(lambda: None))
        client.connect(self.server.url, transports=["websocket"])
        self._socket = client.eio.ws
        self._keep(self.call("open", after=self.last_sequence)["messages"])

    def disconnect(self) -> None:
        if self._client is not None:
            self._client.disconnect()
            # after the server has hung up the library leaves its socket open
            self._socket.shutdown()
            self._client = None

    def call(self, event: str, **fields: Any) -> dict[str, Any]:
        """Emit an event for this conversation and wait for its answer."""
        return self.emit(event, {"sender": self.sender, "visitor": self.visitor} | fields)

    def emit(self, event: str, payload: Any) -> dict[str, Any]:
        """Emit an event and wait for its answer. Raises ConnectionError when the server is gone before it answers."""
        assert self._client is not None
        client, answers = self._client, list[dict[str, Any]]()
        try:
            client.emit(event, payload, callback=lambda answer: self._note(lambda: answers.append(answer)))
        except socketio.exceptions.SocketIOError as error:
            raise ConnectionError from error
        self.wait_until(lambda: bool(answers) or not client.connected)
        if not answers:
            raise ConnectionError
        return answers[0]

    def send(self, text: str, message: str | None = None, **fields: Any) -> dict[str, Any]:
        return self.call("send", id=message or secrets.token_hex(8), text=text, **fields)

    @property
    def last_sequence(self) -> int:
        return max((message["sequence"] for message in self._messages.values()), default=0)

    def shown(self) -> list[str]:
        """The texts in their order, the visitor's own with `> ` before them."""
        with self._news:
            messages = sorted(self._messages.values(), key=lambda message: int(message["sequence"]))
        return [("> " if one["direction"] == "in" else "") + str(one["content"].get("text")) for one in messages]

    def wait_for(self, *texts: str) -> None:
        """Wait until exactly these texts are shown."""
        self.wait_until(lambda: self.shown() == list(texts), lambda: f"shown: {self.shown()}")

    def wait_until(self, condition: Callable[[], bool], otherwise: Callable[[], str] = lambda: "") -> None:
        with self._news:
            assert self._news.wait_for(condition, WAIT_SECONDS), otherwise()

    def _listener(self, event: str) -> Callable[[Any], None]:
        def take(payload: Any) -> None:
            self.events.append((event, payload))
            if event == "message":
                self._messages[payload["id"]] = payload

        return lambda payload: self._note(lambda: take(payload))

    def _keep(self, messages: list[dict[str, Any]]) -> None:
        self._note(lambda: self._messages.update({message["id"]: message for message in messages}))

    def _note(self, change: Callable[[], object]) -> None:
        with self._news:
            change()
            self._news.notify_all()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(condition: Callable[[], bool], seconds: float = WAIT_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
