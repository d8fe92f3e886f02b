"""The words that contacts opt out, ask for help and join with (CO-1, CO-3), as the catalog of a company needs them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, Final

import sqlalchemy as sa

from botflow.consent.facts import SETTINGS
from botflow.consent.hours import beginning, ending
from botflow.consent.models import PlatformWord
from botflow.db import UnitOfWork, of_company, table_of
from botflow.senders.service import senders_of
from botflow_runtime import Problem, validate

PLATFORM_WORDS: Final = table_of(PlatformWord)
OPT_OUT_WORD: Final = "opt_out_word"
"""The code of the runtime's warning (docs/reference/problems.md)."""


@dataclass(frozen=True)
class SenderWords:
    """Words of one sender. `opt_out` block the sender; `platform` are those of its whole channel, and block that."""

    opt_out: tuple[str, ...] = ()
    platform: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    join: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """The words of a company at a time; `until` is when one begins or ends to be valid (milliseconds), None: never."""

    senders: dict[str, SenderWords]
    channels: dict[str, tuple[str, ...]]
    until: int | None

    def of(self, sender_id: str, channel: str) -> SenderWords:
        """The words of a sender of a channel."""
        own = self.senders.get(sender_id, SenderWords())
        return SenderWords(own.opt_out, self.channels.get(channel, ()), own.help, own.join)


def words_of(work: UnitOfWork, company_id: str, zone: tzinfo, now: int) -> Words:
    """The words of a company that are valid at `now` on the clock of `zone`."""
    platform = work.all(of_company(PLATFORM_WORDS, company_id).order_by(PLATFORM_WORDS.c.word))
    valid = [row for row in platform if is_valid(row, zone, now)]
    channels: dict[str, tuple[str, ...]] = {}
    of_senders: dict[str, tuple[str, ...]] = {}
    for row in valid:
        table, key = (channels, row["channel"]) if row["sender_id"] is None else (of_senders, row["sender_id"])
        table[key] = (*table.get(key, ()), row["word"])
    settings = {row["sender_id"]: row for row in work.all(of_company(SETTINGS, company_id))}
    senders = {
        sender: _sender_words(settings.get(sender), of_senders.get(sender, ())) for sender in {*settings, *of_senders}
    }
    return Words(senders, channels, next_change(platform, zone, now))


def added_words(work: UnitOfWork, company_id: str, sender_ids: Iterable[str]) -> tuple[str, ...]:
    """The opt-out words of senders besides the permanent ones; those of their channels whether valid now or not."""
    senders = [sender for sender in senders_of(work, company_id) if sender["id"] in set(sender_ids)]
    settings = [row for row in work.all(of_company(SETTINGS, company_id)) if row["sender_id"] in set(sender_ids)]
    own = [word for row in settings for word in row["opt_out_words"]]
    places = {(sender["channel"], which) for sender in senders for which in (None, sender["id"])}
    platform = work.all(of_company(PLATFORM_WORDS, company_id))
    return tuple(sorted({*own, *(row["word"] for row in platform if (row["channel"], row["sender_id"]) in places)}))


def _sender_words(settings: sa.RowMapping | None, platform: tuple[str, ...]) -> SenderWords:
    if settings is None:
        return SenderWords(platform)
    return SenderWords(
        opt_out=(*settings["opt_out_words"], *platform),
        help=tuple(settings["help_words"]),
        join=tuple(settings["join_words"]),
    )


def is_valid(row: sa.RowMapping, zone: tzinfo, now: int) -> bool:
    """Whether a platform word counts at `now`: from the beginning of `valid_from` to the end of `valid_till`."""
    begun = row["valid_from"] is None or beginning(row["valid_from"], zone) <= now
    return begun and (row["valid_till"] is None or now < ending(row["valid_till"], zone))


def next_change(rows: Iterable[sa.RowMapping], zone: tzinfo, now: int) -> int | None:
    """When the next of the words begins or ends to be valid."""
    begin = [beginning(row["valid_from"], zone) for row in rows if row["valid_from"] is not None]
    end = [ending(row["valid_till"], zone) for row in rows if row["valid_till"] is not None]
    return min((moment for moment in (*begin, *end) if moment > now), default=None)


def words_in(document: Mapping[str, Any], words: Iterable[str]) -> list[Problem]:
    """Warnings about a chatbot on senders that have these opt-out words besides the permanent ones.

    Each names a keyword, branch or suggestion that is such a word: typed, it opts the contact out and never reaches the
    chatbot.
    """
    return [problem for problem in validate(document, opt_out_words=words) if problem.code == OPT_OUT_WORD]
