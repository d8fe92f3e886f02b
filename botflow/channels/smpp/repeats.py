"""Names for messages of contacts that the SMSC gives no id, so that one that it sends again has the name that it had.

Two equal messages are two messages, however close. An equal one is the same again only where the SMSC has a reason to
send it again: the line broke before our answer had surely arrived, or the answer is overdue.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Final

OVERDUE_SECONDS: Final = 5.0
"""Before this no SMSC takes an answer for lost."""
IN_DOUBT_SECONDS: Final = 1.0
"""An answer that was written so shortly before the line broke may not have arrived."""
REMEMBERED_SECONDS: Final = 3600.0
"""How long after a break a message is taken for the same again."""
MOST_REMEMBERED: Final = 10_000


@dataclass
class _Delivery:
    name: str
    line: Hashable
    began: float
    answered: float | None = None
    is_lost: bool = False

    def may_come_again(self, now: float) -> bool:
        """Whether an equal message is this one."""
        if self.is_lost:
            return now - self.began < REMEMBERED_SECONDS
        return self.answered is None and now - self.began >= OVERDUE_SECONDS

    def arrived_surely(self, answered: float) -> bool:
        """Whether the answer of this moment was the last, and the line outlived it."""
        return self.answered == answered and not self.is_lost


class Repeats:
    """Remembers what was not surely answered. For one thread; times are seconds of any steady clock."""

    def __init__(self, new_name: Callable[[], str], clock: Callable[[], float]) -> None:
        self._new_name = new_name
        self._clock = clock
        self._by_content: dict[bytes, list[_Delivery]] = {}
        self._by_name: dict[str, tuple[bytes, _Delivery]] = {}
        self._answered: deque[tuple[float, str]] = deque()

    def name(self, content: bytes, line: Hashable) -> str:
        """The name of a message that came over a line."""
        now = self._clock()
        self._forget(now)
        for delivery in self._by_content.get(content, ()):
            if delivery.may_come_again(now):
                delivery.line, delivery.began, delivery.answered, delivery.is_lost = line, now, None, False
                return delivery.name
        delivery = _Delivery(self._new_name(), line, now)
        self._by_content.setdefault(content, []).append(delivery)
        self._by_name[delivery.name] = (content, delivery)
        return delivery.name

    def answered(self, name: str) -> None:
        """The answer was written."""
        if name in self._by_name:
            now = self._clock()
            self._by_name[name][1].answered = now
            self._answered.append((now, name))

    def refused(self, name: str) -> None:
        """The answer was that the SMSC is to send it again."""
        if name in self._by_name:
            self._by_name[name][1].is_lost = True

    def broke(self, line: Hashable) -> None:
        """The line is no more."""
        self._forget(self._clock())
        for _, delivery in self._by_name.values():
            if delivery.line == line:
                delivery.is_lost = True

    def _forget(self, now: float) -> None:
        """Forget what arrived surely, and what is too old or too much."""
        while self._answered and now - self._answered[0][0] > IN_DOUBT_SECONDS:
            at, name = self._answered.popleft()
            if name in self._by_name and self._by_name[name][1].arrived_surely(at):
                self._drop(name)
        oldest = next(iter(self._by_name), None)
        while oldest is not None and self._is_spent(self._by_name[oldest][1], now):
            self._drop(oldest)
            oldest = next(iter(self._by_name), None)

    def _is_spent(self, delivery: _Delivery, now: float) -> bool:
        return now - delivery.began > REMEMBERED_SECONDS or len(self._by_name) > MOST_REMEMBERED

    def _drop(self, name: str) -> None:
        content, delivery = self._by_name.pop(name)
        others = [other for other in self._by_content[content] if other is not delivery]
        if others:
            self._by_content[content] = others
        else:
            del self._by_content[content]
