"""A small mail server (RFC 5321) for one sender, that keeps what it takes, and whose webhooks are mails.

Answers and bounces (RFC 3464) are posted as a pipe of a real server's would post them.
"""

from __future__ import annotations

import base64
import binascii
import re
import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import formatdate
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any, Final

from botflow.vendor_sim.contract import Fate, Hook, Host, LineVendor, State, Taken

MAIL_BYTES: Final = 30 * 1024 * 1024
LINE_BYTES: Final = 4096
EXTENSIONS: Final = ("PIPELINING", f"SIZE {MAIL_BYTES}", "8BITMIME", "SMTPUTF8", "DSN", "AUTH PLAIN LOGIN")
_PATH: Final = re.compile(r"(?:from|to):\s*<([^<>\s]*)>\s*(.*)", re.IGNORECASE)
_ACTIONS: Final[Mapping[State, tuple[str, str]]] = {
    "sent": ("relayed", "2.0.0"),
    "delivered": ("delivered", "2.0.0"),
    "failed": ("failed", "5.1.1"),
}
"""The action and the status of a report. Nobody tells that a mail was seen."""
_FATES: Final[Mapping[Fate, str]] = {
    "error": "451 4.3.0 Something is wrong here",
    "throttle": "450 4.7.1 Too many mails",
}
REPORT: Final = """\
From: MAILER-DAEMON@{domain}
To: {sender}
Subject: Delivery report
Date: {date}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="report"

--report
Content-Type: text/plain

Your mail to {recipient}: {action}.

--report
Content-Type: message/delivery-status

Reporting-MTA: dns; {domain}
Original-Envelope-Id: {envelope}

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {status} simulated

--report
Content-Type: text/rfc822-headers

Message-ID: <{message_id}>

--report--
"""


class MailServer(LineVendor):
    """A mail server. Addresses that begin with `nobody` are unknown; mailboxes that begin with `full` are full."""

    name = "smtp"

    def __init__(
        self,
        identity: str = "simulated@example.com",
        username: str = "simulated",
        password: str = "simulated-password",
        inbound_secret: str = "simulated inbound secret",
        webhook_url: str = "",
    ) -> None:
        self.identity = identity
        self.webhook_url = webhook_url
        self.envelopes: list[tuple[str, str]] = []
        """The parameters of MAIL and of RCPT of each mail that was taken."""
        self._username = username
        self._password = password
        self._inbound_secret = inbound_secret
        self._server: ThreadingTCPServer | None = None

    def start(self, address: str, port: int, host: Host) -> None:
        """Listen. Raises OSError."""
        self.host = host
        self.ended = threading.Event()
        self.lines: set[socket.socket] = set()
        vendor = self

        class Session(_Session):
            server_side = vendor

        class Server(ThreadingTCPServer):
            address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
            daemon_threads = False
            block_on_close = True

        self._server = Server((address, port), Session)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), name="mail-server", daemon=True).start()

    def stop(self) -> None:
        """End every connection."""
        if self._server is None:
            return
        self.ended.set()
        self._server.shutdown()
        for line in list(self.lines):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self._server.server_close()
        self._server = None

    def credentials(self) -> Mapping[str, Any]:
        """What the sender's credentials have to be."""
        assert self._server is not None
        host, port = self._server.server_address[:2]
        return {
            "host": str(host),
            "port": port,
            "security": "none",
            "username": self._username,
            "password": self._password,
            "delivery_reports": True,
            "inbound_secret": self._inbound_secret,
        }

    def write(self, contact: str, message_id: str, text: str, **fields: Any) -> None:
        """Send a mail of a contact. `subject`, `name`, and `in_reply_to`, the id of a mail. Raises ValueError."""
        if unknown := fields.keys() - {"subject", "name", "in_reply_to"}:
            raise ValueError(f"A mail has no {', '.join(unknown)}")
        mail = EmailMessage(policy.SMTP)
        mail["From"] = f'"{fields["name"]}" <{contact}>' if fields.get("name") else contact
        mail["To"] = self.identity
        mail["Subject"] = str(fields.get("subject") or "A mail")
        mail["Date"] = formatdate()
        mail["Message-ID"] = f"<{message_id}@{contact.rpartition('@')[2]}>"
        if fields.get("in_reply_to"):
            mail["In-Reply-To"] = f"<{fields['in_reply_to']}>"
        mail.set_content(text)
        self.host.post(self.hook(mail.as_bytes()))

    def hook(self, mail: bytes) -> Hook:
        """A mail as it is posted."""
        headers = {"Content-Type": "message/rfc822", "Authorization": f"Bearer {self._inbound_secret}"}
        return Hook(self.webhook_url, headers, mail)

    def report(self, taken: Taken, state: State) -> Hook | None:
        """The report of what became of a mail; None: there is none."""
        if state not in _ACTIONS:
            return None
        action, status = _ACTIONS[state]
        text = REPORT.format(
            domain=self.identity.rpartition("@")[2],
            sender=self.identity,
            recipient=taken.to,
            date=formatdate(),
            action=action,
            status=status,
            envelope=taken.vendor_id,
            message_id=taken.vendor_id,
        )
        return self.hook(text.replace("\n", "\r\n").encode())

    def lets_in(self, username: bytes, password: bytes) -> bool:
        """Whether somebody may log in."""
        return (username, password) == (self._username.encode(), self._password.encode())

    def take(self, sender: str, recipient: str, data: bytes) -> None:
        """Keep a mail, and report on it."""
        mail = message_from_bytes(data, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        bodies = {kind: mail.get_body((kind,)) for kind in ("plain", "html")}
        texts = {kind: str(body.get_content()).replace("\r\n", "\n") if body else "" for kind, body in bodies.items()}
        content = {"from": sender, "subject": str(mail["Subject"]), "text": texts["plain"], "html": texts["html"]}
        taken = Taken(str(mail["Message-ID"]).strip("<>"), recipient, texts["plain"].strip(), content)
        self.host.took(taken)
        for seconds, state in self.host.reports():
            hook = self.report(taken, state)
            if hook is not None:
                self.host.post(hook, seconds)


class _HungUpError(Exception):
    """The connection is to end."""


class _Session(StreamRequestHandler):
    """One connection."""

    server_side: MailServer

    def setup(self) -> None:
        super().setup()
        self.server_side.lines.add(self.request)
        self._is_in = False
        self._start_anew()

    def finish(self) -> None:
        self.server_side.lines.discard(self.request)
        with suppress(OSError):
            super().finish()

    def handle(self) -> None:
        """Answer line by line."""
        with suppress(OSError, _HungUpError):
            self._say("220 simulated ESMTP")
            while line := self.rfile.readline(LINE_BYTES):
                verb, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
                command = _COMMANDS.get(verb.upper())
                self._say(command(self, rest) if command else "502 5.5.1 No such command")
                if verb.upper() == "QUIT":
                    return

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    def _start_anew(self) -> None:
        self._sender: str | None = None
        self._recipient = ""
        self._parameters = ("", "")

    def _ehlo(self, _rest: str) -> str:
        self._start_anew()
        self._say("250-simulated", *(f"250-{extension}" for extension in EXTENSIONS))
        return "250 ENHANCEDSTATUSCODES"

    def _helo(self, _rest: str) -> str:
        self._start_anew()
        return "250 simulated"

    def _auth(self, rest: str) -> str:
        mechanism, _, initial = rest.partition(" ")
        try:
            if mechanism.upper() == "PLAIN":
                _, username, password = base64.b64decode(initial or self._asked("")).split(b"\0")
            elif mechanism.upper() == "LOGIN":
                username = base64.b64decode(initial or self._asked("Username:"))
                password = base64.b64decode(self._asked("Password:"))
            else:
                return "504 5.5.4 No such mechanism"
        except (ValueError, binascii.Error):
            return "501 5.5.2 Not base64"
        self._is_in = self.server_side.lets_in(username, password)
        return "235 2.7.0 Welcome" if self._is_in else "535 5.7.8 Wrong user name or password"

    def _asked(self, prompt: str) -> bytes:
        self._say(f"334 {base64.b64encode(prompt.encode()).decode()}")
        return self.rfile.readline(LINE_BYTES).strip()

    def _mail(self, rest: str) -> str:
        found = _PATH.fullmatch(rest)
        if not self._is_in:
            return "530 5.7.0 Log in first"
        if found is None:
            return "501 5.5.4 MAIL FROM:<address>"
        self._start_anew()
        self._sender, self._parameters = found.group(1), (found.group(2), "")
        return "250 2.1.0 OK"

    def _rcpt(self, rest: str) -> str:
        found = _PATH.fullmatch(rest)
        if self._sender is None or found is None:
            return "503 5.5.1 MAIL first, then RCPT TO:<address>"
        if found.group(1).startswith("nobody"):
            return "550 5.1.1 No such user here"
        if found.group(1).startswith("full"):
            return "452 4.2.2 The mailbox is full"
        self._recipient, self._parameters = found.group(1), (self._parameters[0], found.group(2))
        return "250 2.1.5 OK"

    def _data(self, _rest: str) -> str:
        if self._sender is None or not self._recipient:
            return "503 5.5.1 RCPT first"
        self._say("354 Go on")
        data = self._read_data()
        fate = self.server_side.host.fate()
        if fate == "hang":
            self.server_side.ended.wait()
            raise _HungUpError
        self.server_side.ended.wait(self.server_side.host.delay_seconds())
        if fate in _FATES:
            return _FATES[fate]
        self.server_side.envelopes.append(self._parameters)
        self.server_side.take(self._sender, self._recipient, data)
        self._start_anew()
        if fate == "lose_answer":
            raise _HungUpError
        return "250 2.0.0 Taken"

    def _read_data(self) -> bytes:
        lines, size = [], 0
        while (line := self.rfile.readline(LINE_BYTES)) != b".\r\n":
            size += len(line)
            if not line or size > MAIL_BYTES:
                raise _HungUpError
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    def _rset(self, _rest: str) -> str:
        self._start_anew()
        return "250 2.0.0 OK"

    def _noop(self, _rest: str) -> str:
        return "250 2.0.0 OK"

    def _quit(self, _rest: str) -> str:
        return "221 2.0.0 Bye"


_COMMANDS: Final[Mapping[str, Callable[[_Session, str], str]]] = {
    "EHLO": _Session._ehlo,
    "HELO": _Session._helo,
    "AUTH": _Session._auth,
    "MAIL": _Session._mail,
    "RCPT": _Session._rcpt,
    "DATA": _Session._data,
    "RSET": _Session._rset,
    "NOOP": _Session._noop,
    "QUIT": _Session._quit,
}
