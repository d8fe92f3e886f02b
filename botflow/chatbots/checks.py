"""What is wrong with a document among the other chatbots of its company, and which keys it needs that are not there."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Container, Iterable, Iterator
from concurrent.futures import Future
from functools import lru_cache
from threading import Lock
from typing import Final, NamedTuple

import msgspec
import sqlalchemy as sa

from botflow.accounts.roles import known_departments
from botflow.assets.service import known_keys
from botflow.chatbots.catalog import CHATBOTS, ENABLED, Catalogs
from botflow.chatbots.documents import Document
from botflow.chatbots.drafts import DRAFTS
from botflow.consent.words import added_words
from botflow.db import UnitOfWork, of_company
from botflow_runtime import Problem, RequiredKeys, required_keys, validate
from botflow_runtime.validation.source import Checkable

MOST_OTHERS: Final = 200
"""Other chatbots that one is judged with: those it jumps to, and on from there, and those on its senders."""


class Checked(msgspec.Struct, frozen=True):
    """All problems of a document, and what it names that the company does not have."""

    problems: list[Problem]
    missing: RequiredKeys

    @property
    def errors(self) -> list[Problem]:
        """The problems that stand against publishing."""
        return [problem for problem in self.problems if problem.severity == "error"]


KEPT: Final = 16
"""Documents whose judgement is remembered."""
NOTHING_FOUND: Final = Checked([], RequiredKeys())


class Case(NamedTuple):
    """Everything that a document is judged by: judging needs no database, so none is held meanwhile."""

    text: str
    others: tuple[Checkable, ...]
    words: tuple[str, ...]
    missing: RequiredKeys

    def judged(self) -> Checked:
        """The judgement. A large document takes seconds."""
        return Checked(JUDGEMENTS.of(self.text, self.others, self.words), self.missing)


def case_of(work: UnitOfWork, catalogs: Catalogs, company_id: str, document: Document) -> Case:
    """Read what a document is judged by, as it would run in this company."""
    needed = _needed(document.text)
    near = [*_neighbours(work, company_id, document.scenario), *needed.chatbots]
    others = dict(reachable(work, catalogs, company_id, document.scenario, near))
    missing = RequiredKeys(
        chatbots=_without(needed.chatbots, others),
        departments=_without(needed.departments, known_departments(work, company_id, needed.departments)),
        assets=_without(needed.assets, known_keys(work, company_id, needed.assets)),
    )
    words = added_words(work, company_id, _senders(work, company_id, document.scenario))
    return Case(document.text, tuple(others.values()), tuple(words), missing)


@lru_cache(maxsize=KEPT)
def _needed(text: str) -> RequiredKeys:
    return required_keys(text.encode())


class _Kept(NamedTuple):
    """A judgement that is made or being made. Others are kept too: what is compiled is told apart by where it stands in
    memory."""

    others: tuple[Checkable, ...]
    problems: Future[list[Problem]]


class Judgements:
    """The last judgements of this process. A large document takes seconds to judge, and is asked for when it is opened,
    saved and published: the same text among the same others has the same problems. Who asks while it is being judged
    waits for that judgement."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[tuple[object, ...], _Kept] = OrderedDict()

    def of(self, text: str, others: tuple[Checkable, ...], words: tuple[str, ...]) -> list[Problem]:
        """The problems of a text."""
        key = (text, words, *(one if isinstance(one, (bytes, str)) else id(one) for one in others))
        with self._lock:
            kept = self._kept.get(key)
            is_new = kept is None
            if kept is None:
                kept = self._kept[key] = _Kept(others, Future())
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        if is_new:
            self._judge(key, kept, text, words)
        return list(kept.problems.result())

    def _judge(self, key: tuple[object, ...], kept: _Kept, text: str, words: tuple[str, ...]) -> None:
        try:
            kept.problems.set_result(validate(text.encode(), kept.others, words))
        except BaseException as fault:  # whoever waits must not wait for ever
            with self._lock:
                if self._kept.get(key) is kept:
                    del self._kept[key]
            kept.problems.set_exception(fault)


JUDGEMENTS: Final = Judgements(KEPT)


def _senders(work: UnitOfWork, company_id: str, scenario: str) -> list[str]:
    """The senders that it is enabled on: their opt-out words never reach it (CO-3)."""
    rows = work.all(
        sa.select(ENABLED.c.sender_id)
        .join(CHATBOTS, CHATBOTS.c.id == ENABLED.c.chatbot_id)
        .where(CHATBOTS.c.company_id == company_id, CHATBOTS.c.scenario == scenario, ENABLED.c.enabled)
    )
    return [row["sender_id"] for row in rows]


def _without(needed: Iterable[str], known: Container[str]) -> tuple[str, ...]:
    return tuple(name for name in needed if name not in known)


def reachable(
    work: UnitOfWork, catalogs: Catalogs, company_id: str, scenario: str, names: Iterable[str]
) -> Iterator[tuple[str, Checkable]]:
    """The chatbots of these names, and those that their jumps lead to, each once and as its contacts would meet it:
    the newest version, or the draft where there is none."""
    waiting = list(names)
    seen = {scenario}
    while waiting and len(seen) <= MOST_OTHERS:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        found = newest_or_draft(work, catalogs, company_id, name)
        if found is not None:
            yield name, found
            waiting.extend(required_keys(found).chatbots)


def _neighbours(work: UnitOfWork, company_id: str, scenario: str) -> list[str]:
    """The chatbots that are enabled where this one is."""
    mine = ENABLED.alias("mine")
    rows = work.all(
        sa.select(CHATBOTS.c.scenario)
        .distinct()
        .join(ENABLED, ENABLED.c.chatbot_id == CHATBOTS.c.id)
        .join(mine, mine.c.sender_id == ENABLED.c.sender_id)
        .where(
            CHATBOTS.c.company_id == company_id,
            ENABLED.c.enabled,
            mine.c.enabled,
            mine.c.chatbot_id
            == of_company(CHATBOTS, company_id)
            .with_only_columns(CHATBOTS.c.id)
            .where(CHATBOTS.c.scenario == scenario)
            .correlate(None)
            .scalar_subquery(),
        )
        .order_by(CHATBOTS.c.scenario)
        .limit(MOST_OTHERS)
    )
    return [row["scenario"] for row in rows]


def newest_or_draft(work: UnitOfWork, catalogs: Catalogs, company_id: str, scenario: str) -> Checkable | None:
    """A chatbot as it runs, or as it would; None where there is none of that id."""
    row = work.first(
        of_company(CHATBOTS, company_id).where(CHATBOTS.c.scenario == scenario, CHATBOTS.c.deleted_at.is_(None))
    )
    if row is None:
        return None
    if row["newest_version"]:
        return catalogs.compiled(work, (company_id, scenario, row["newest_version"]))
    document: str = work.value(sa.select(DRAFTS.c.document).where(DRAFTS.c.chatbot_id == row["id"]))
    return document.encode()
