"""A vendor of SMS over HTTP that takes its time, and a sender of it in a database."""

import itertools
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import sqlalchemy as sa

from botflow.senders.sealing import Seal
from tests.server.world import World

TOKEN = "t0ken-of-the-account"
PHONE = "+34600123123"
IDENTITY = "+34900000000"


class SlowVendor:
    """Answers each message after `seconds`; `came` tells the phone numbers it was called for, in order."""

    def __init__(self, seconds: float) -> None:
        self.came: list[str] = []
        numbers = itertools.count()
        vendor = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                vendor.came.append(form["To"][0])
                time.sleep(seconds)
                body = json.dumps({"sid": f"SM{next(numbers)}", "status": "queued"}).encode()
                self.send_response(201)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def carries(self, world: World, sender: str, key: str) -> str:
        """Let this vendor carry a sender. Returns the secret part of its webhook's address."""
        credentials = {"account_sid": "AC123", "auth_token": TOKEN, "base_url": f"http://{self.host}"}
        sealed = Seal(key).close(json.dumps(credentials))
        world.change(
            "UPDATE sender SET adapter = 'sms_http', identity = :identity, credentials = :sealed WHERE id = :sender",
            identity=IDENTITY,
            sealed=sealed,
            sender=sender,
        )
        with world.database.reading() as work:
            asked = sa.text("SELECT webhook_key FROM sender WHERE id = :sender").bindparams(sender=sender)
            return str(work.value(asked))
