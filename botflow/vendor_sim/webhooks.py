"""Posting webhooks as vendors do: a few at a time, and again after a growing delay until they are answered 2xx."""

from __future__ import annotations

import asyncio
import ssl
from collections import Counter, deque
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from botflow.vendor_sim.contract import Hook

POSTERS: Final = 64
"""Webhooks that are under way at a time."""
WAITING: Final = 200_000
"""Webhooks that wait at most; what comes above is dropped and counted."""
ATTEMPTS: Final = 40
LONGEST_DELAY_SECONDS: Final = 10.0
ANSWER_SECONDS: Final = 15.0
ANSWER_BYTES: Final = 64 * 1024


@dataclass(slots=True)
class Posting:
    """A webhook on its way. `counts` are the vendor's; `retry_seconds` is its first delay."""

    hook: Hook
    counts: Counter[str]
    retry_seconds: float
    attempts: int = 0


class WebhookPoster:
    """Posts webhooks from the loop that it is used in."""

    def __init__(self) -> None:
        self._queue: deque[Posting] = deque()
        self._free: list[_Line] = [_Line() for _ in range(POSTERS)]
        self._tasks: set[asyncio.Task[None]] = set()
        self._later = 0

    @property
    def pending(self) -> int:
        """Webhooks that are neither answered 2xx nor given up."""
        return len(self._queue) + len(self._tasks) + self._later

    def post(self, posting: Posting) -> None:
        """Post a webhook as soon as a line is free."""
        if len(self._queue) + self._later >= WAITING:
            posting.counts["hooks_dropped"] += 1
            return
        self._queue.append(posting)
        if self._free:
            task = asyncio.get_running_loop().create_task(self._work(self._free.pop()))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def try_once(self, hook: Hook) -> bool:
        """Whether a webhook is answered as it should be, now."""
        line = _Line()
        try:
            return await _posted(line, hook)
        finally:
            line.close()

    async def close(self) -> None:
        """Drop what waits and end what is under way."""
        self._queue.clear()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for line in self._free:
            line.close()

    async def _work(self, line: _Line) -> None:
        try:
            while self._queue:
                posting = self._queue.popleft()
                posting.counts["hooks_posted"] += 1
                if await _posted(line, posting.hook):
                    posting.counts["hooks_answered"] += 1
                else:
                    self._again(posting)
        finally:
            self._free.append(line)

    def _again(self, posting: Posting) -> None:
        posting.attempts += 1
        if posting.attempts >= ATTEMPTS:
            posting.counts["hooks_given_up"] += 1
            return
        posting.counts["hooks_repeated"] += 1
        delay = min(posting.retry_seconds * 2 ** (posting.attempts - 1), LONGEST_DELAY_SECONDS)
        self._later += 1
        asyncio.get_running_loop().call_later(delay, self._now, posting)

    def _now(self, posting: Posting) -> None:
        self._later -= 1
        self.post(posting)


async def _posted(line: _Line, hook: Hook) -> bool:
    """Whether the receiver took it. A kept connection that had been closed meanwhile is opened anew, once."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            status, body = await line.call(hook)
    except (OSError, EOFError, ValueError, asyncio.LimitOverrunError):
        line.close()
        return False
    return 200 <= status < 300 and (hook.expects is None or body == hook.expects)


class _Line:
    """A connection that is kept for the next webhook to the same host."""

    def __init__(self) -> None:
        self._origin = ""
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def call(self, hook: Hook) -> tuple[int, bytes]:
        """Status and body of the answer. Raises OSError (TimeoutError too), EOFError, ValueError."""
        parts = urlsplit(hook.url)
        request = _request(hook, parts)
        if self._streams is not None and self._origin == parts.netloc:
            try:
                return await self._exchange(*self._streams, request)
            except (ConnectionError, asyncio.IncompleteReadError):
                pass  # closed while it was idle
        self.close()
        self._streams = await _connect(parts)
        self._origin = parts.netloc
        return await self._exchange(*self._streams, request)

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    async def _exchange(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
    ) -> tuple[int, bytes]:
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status = int(head.split(" ", 2)[1])
        length = head.partition("\r\ncontent-length:")[2].partition("\r\n")[0].strip()
        if length:
            body = await reader.readexactly(min(int(length), ANSWER_BYTES))
        else:
            body = b"" if status == 204 else await reader.read(ANSWER_BYTES)
        if not (length or status == 204) or int(length or 0) > ANSWER_BYTES or "\r\nconnection: close" in head:
            self.close()
        return status, body


def _request(hook: Hook, parts: SplitResult) -> bytes:
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    lines = [f"{hook.method} {target} HTTP/1.1", f"Host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in hook.headers.items()]
    lines.append(f"Content-Length: {len(hook.body)}")
    return "\r\n".join([*lines, "\r\n"]).encode("latin-1") + hook.body


async def _connect(parts: SplitResult) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("a webhook goes to http:// or https://")
    is_secure = parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    return await asyncio.open_connection(parts.hostname, port, ssl=ssl.create_default_context() if is_secure else None)
