"""What a process needs to do its work, asked within bounded time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from typing import Final, Generic, TypeVar

from redis import Redis

from botflow.db import Database
from botflow.migrations.upgrade import is_up_to_date

Answer = TypeVar("Answer")

SECONDS: Final = 2.0
"""How long all answers together are waited for."""


class NotReadyError(Exception):
    """It answers, and cannot be worked with; the message is a sentence that says why."""


class Question(Generic[Answer]):
    """Something that is asked and may hang. `ask` answers, raises, or does not come back for long.

    Who asks while an answer is being waited for gets the same one: however often somebody asks, and however long it
    hangs, it is one thread.
    """

    def __init__(self, name: str, ask: Callable[[], Answer]) -> None:
        self.name = name
        self._ask = ask
        self._lock = threading.Lock()
        self._answer: Future[Answer] | None = None

    def begin(self) -> Future[Answer]:
        """Ask, in a thread of its own."""
        with self._lock:
            if self._answer is None or self._answer.done():
                self._answer = Future()
                threading.Thread(target=self._run, args=(self._answer,), name=f"ask-{self.name}", daemon=True).start()
            return self._answer

    def _run(self, answer: Future[Answer]) -> None:
        try:
            found = self._ask()
        except Exception as error:  # whatever it is: it does not work
            answer.set_exception(error)
        else:
            answer.set_result(found)


class Check(Question[None]):
    """One thing that is needed. `ask` raises, or does not come back, where it cannot be used."""

    def __init__(self, name: str, sentence: str, ask: Callable[[], None]) -> None:
        """`sentence` is what is said of a failure that does not say it itself; it holds no address."""
        super().__init__(name, ask)
        self._sentence = sentence

    def problem(self, answer: Future[None]) -> str | None:
        """What is wrong, as a sentence; None: nothing."""
        if not answer.done():
            return self._sentence
        error = answer.exception()
        if error is None:
            return None
        return str(error) if isinstance(error, NotReadyError) else self._sentence


def problems_of(checks: Sequence[Check], seconds: float = SECONDS) -> dict[str, str]:
    """Ask for everything at once. Returns a sentence for each thing that does not work, by its name."""
    answers = [check.begin() for check in checks]
    wait(answers, timeout=seconds)
    found = {check.name: check.problem(answer) for check, answer in zip(checks, answers, strict=True)}
    return {name: problem for name, problem in found.items() if problem is not None}


def database_check(database: Database) -> Check:
    """The database answers, and has the tables of this botflow."""

    def ask() -> None:
        if not is_up_to_date(database):
            raise NotReadyError("The database is not at this botflow's version: run `botflow db upgrade`.")

    return Check("database", "The database does not answer.", ask)


def redis_check(redis: Redis) -> Check:
    """Redis answers."""

    def ask() -> None:
        redis.ping()

    return Check("redis", "Redis does not answer.", ask)


def threads_check(ended: Callable[[], Sequence[str]]) -> Check:
    """The threads that do the jobs live; `ended` names those that do not."""

    def ask() -> None:
        if names := ended():
            raise NotReadyError(f"Threads of the jobs have ended: {', '.join(names)}. Start the server again.")

    return Check("jobs", "The jobs do not answer.", ask)
