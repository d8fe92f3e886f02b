"""One run, seen from the host: the script goes out, calls come in and are answered, the end comes or is made."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Literal

import msgspec

from botflow_runtime.json_types import Json
from botflow_runtime.sandbox.limits import (
    ADDRESS_CHARACTERS,
    CALL_SECONDS,
    FRAME_SLACK_BYTES,
    MOST_RECIPIENTS,
    REQUEST_BYTES,
    SUBJECT_CHARACTERS,
    URL_CHARACTERS,
)
from botflow_runtime.sandbox.outcome import result_of, shortened, whole_texts
from botflow_runtime.sandbox.processes import TooMuch, Worker, WorkerGone
from botflow_runtime.sandbox.run import (
    CallError,
    CodeRequest,
    CodeResult,
    EmailCall,
    EmailRecord,
    ErrorKind,
    HttpCall,
    HttpRecord,
    SendEmail,
    SendHttp,
)
from botflow_runtime.sandbox.worker import channel
from botflow_runtime.sandbox.worker.channel import Answer, Email, Http

LEAST_CALL_SECONDS: Final = 0.001
TOO_DEEP: Final = "the call is nested too deep: send less"


class LimitBroken(Exception):  # noqa: N818 - it ends a run, not the program
    """The script went over a limit that the host counts; the run ends here."""

    def __init__(self, kind: ErrorKind) -> None:
        super().__init__(kind)
        self.kind = kind


class Conversation:
    """What is said with one worker about one run. `http` and `emails` tell the calls made so far."""

    def __init__(self, worker: Worker, request: CodeRequest, http: SendHttp, email: SendEmail) -> None:
        self._worker = worker
        self._request = request
        self._send_http = http
        self._send_email = email
        self._deadline = time.monotonic() + request.limits.wall_seconds
        self._most = max(request.limits.output_bytes, REQUEST_BYTES) + FRAME_SLACK_BYTES
        self._attempts: Counter[str] = Counter()
        self.http: list[HttpRecord] = []
        self.emails: list[EmailRecord] = []

    def hold(self) -> CodeResult:
        """Run the script to its end. Raises LimitBroken, OutOfTime and WorkerGone, and what the callables raise."""
        self._send(channel.RUN, _run(self._request))
        while True:
            kind, payload = self._receive()
            if kind == channel.DONE:
                return self._result(payload)
            self._send(channel.ANSWER, self._answered(kind, payload))

    def _send(self, kind: bytes, message: msgspec.Struct) -> None:
        try:
            payload = channel.encode(message)
        except UnicodeEncodeError:
            payload = channel.encode(whole_texts(msgspec.to_builtins(message)))
        self._worker.send(kind, payload, self._deadline)

    def _receive(self) -> tuple[bytes, bytes]:
        try:
            return self._worker.receive(self._deadline, self._most)
        except TooMuch:
            raise LimitBroken("output") from None

    def _result(self, payload: bytes) -> CodeResult:
        if len(payload) > self._request.limits.output_bytes:
            raise LimitBroken("output")
        return result_of(payload, self._request)

    def _answered(self, kind: bytes, payload: bytes) -> Answer:
        try:
            if kind == channel.HTTP:
                return Answer(response=self._http(payload))
            if kind == channel.EMAIL:
                self._email(payload)
                return Answer()
        except CallError as error:
            return Answer(error=shortened(str(error)))
        raise WorkerGone

    def _count(self, kind: Literal["http", "email"], most: int) -> None:
        """Every attempt counts, also one that is refused before it leaves."""
        self._attempts[kind] += 1
        if self._attempts[kind] > most:
            raise LimitBroken(kind)

    def _http(self, payload: bytes) -> dict[str, Json]:
        self._count("http", self._request.limits.http_calls)
        with _errors_of_the_call():
            call = self._http_call(msgspec.json.decode(payload, type=Http))
        started = time.monotonic()
        try:
            response = self._send_http(call)
        except CallError as error:
            self.http.append(HttpRecord(call.method, call.url, None, _since(started), shortened(str(error))))
            raise
        self.http.append(HttpRecord(call.method, call.url, response.status, _since(started)))
        return {**msgspec.to_builtins(response), "json": _json_in(response.text)}

    def _http_call(self, http: Http) -> HttpCall:
        if len(http.url) > URL_CHARACTERS:
            raise CallError(f"an address can have at most {URL_CHARACTERS:,} characters: send the rest in the body")
        headers = {name: str(value) for name, value in (http.headers or {}).items()}
        body = http.body
        if http.json is not None:
            body = channel.encode(http.json).decode()
            if "content-type" not in {name.lower() for name in headers}:
                headers["Content-Type"] = "application/json"
        if body is not None and len(body.encode()) > REQUEST_BYTES:
            raise CallError(f"the body of an HTTP call can have at most {REQUEST_BYTES:,} bytes")
        left = max(self._deadline - time.monotonic(), LEAST_CALL_SECONDS)
        timeout = min(http.timeout if http.timeout and http.timeout > 0 else CALL_SECONDS, left)
        return HttpCall(self._request.run_id, http.method, http.url, headers, body, timeout)

    def _email(self, payload: bytes) -> None:
        self._count("email", self._request.limits.emails)
        with _errors_of_the_call():
            call = self._email_call(msgspec.json.decode(payload, type=Email))
        try:
            self._send_email(call)
        except CallError as error:
            self.emails.append(EmailRecord(call.to, call.subject, shortened(str(error))))
            raise
        self.emails.append(EmailRecord(call.to, call.subject))

    def _email_call(self, email: Email) -> EmailCall:
        to = (email.to,) if isinstance(email.to, str) else tuple(email.to)
        if not to or any("@" not in address for address in to):
            raise CallError("`to` has to be an e-mail address or a list of them")
        if len(to) > MOST_RECIPIENTS:
            raise CallError(f"an e-mail can have at most {MOST_RECIPIENTS} recipients")
        if max(map(len, to)) > ADDRESS_CHARACTERS:
            raise CallError(f"an e-mail address can have at most {ADDRESS_CHARACTERS} characters")
        if len(email.subject) > SUBJECT_CHARACTERS:
            raise CallError(f"`subject` can have at most {SUBJECT_CHARACTERS:,} characters")
        if any(set(header) & set("\r\n\0") for header in (*to, email.subject)):
            raise CallError("`to` and `subject` cannot hold line breaks")
        if email.text is None and email.html is None:
            raise CallError("an e-mail needs `text` or `html`")
        return EmailCall(self._request.run_id, to, email.subject, email.text, email.html)


@contextmanager
def _errors_of_the_call() -> Iterator[None]:
    """Whatever cannot be read is an error of the call, for the script to catch. Raises CallError."""
    try:
        yield
    except CallError:
        raise
    except RecursionError:
        raise CallError(TOO_DEEP) from None
    except Exception as error:
        raise CallError(str(error)) from None


def _run(request: CodeRequest) -> channel.Run:
    return channel.Run(
        run_id=request.run_id,
        source=request.source,
        vars=request.vars,
        attributes=request.attributes,
        contact=request.contact,
        message=request.message,
        limits=request.limits,
    )


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


def _json_in(text: str) -> Json:
    """What is read here can be sent on: `Conversation.hold` writes it with less of the stack in use."""
    try:
        return msgspec.json.decode(text)
    except (ValueError, RecursionError):
        return None
