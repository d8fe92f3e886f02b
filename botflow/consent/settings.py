"""What a company sets about consent: words and responses of senders, words of channels, blacklists (CO-1, CO-3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, time
from typing import Any, Final, Literal, TypeAlias

import sqlalchemy as sa

from botflow.accounts.service import catalog_changed
from botflow.consent.facts import BLACKLIST, IMPLIED_DAYS, SETTINGS
from botflow.consent.hours import beginning, ending
from botflow.consent.models import BlacklistEntry, PlatformWord, SenderConsent
from botflow.consent.words import PLATFORM_WORDS
from botflow.db import UnitOfWork, of_company
from botflow.errors import ConflictError, Fault, InvalidError, NotFoundError
from botflow.senders.service import sender_of
from botflow_runtime.catalog import PERMANENT_OPT_OUT_WORDS, fold
from botflow_runtime.content import CHANNELS
from botflow_runtime.json_types import JsonObject

MOST_WORDS: Final = 100
"""Words of a kind that a sender may have."""
MOST_CHANNEL_WORDS: Final = 1000
"""Words of channels that a company may have."""
LONGEST_WORD: Final = 100
MOST_IMPLIED_DAYS: Final = 3650
LONGEST_ADDRESS: Final = 254

WORD_KINDS: Final = ("opt_out_words", "help_words", "join_words")
ANSWER_KINDS: Final = ("consent_yes", "consent_no")
RESPONSES: Final = ("opt_out_response", "help_response", "join_response", "auto_reply")

Direction: TypeAlias = Literal["inbound", "outbound"]


@dataclass(frozen=True)
class SenderSettings:
    """What a sender has set. Responses are content of its channel; quiet hours are "HH:MM", both or neither.

    `opt_out_words` come on top of the permanent ones. `join_word_only`: opt-outs end with a join word, not with any
    message (CO-2). `requires_pair`: only contacts whose consent is known are written to (CO-6). `implied_days`: how
    long implied consent lasts. `consent_templates`: names of the vendor's templates that ask for consent; `consent_yes`
    and `consent_no`: payloads or texts of the replies that answer them (CO-7).
    """

    opt_out_words: tuple[str, ...] = ()
    help_words: tuple[str, ...] = ()
    join_words: tuple[str, ...] = ()
    opt_out_response: JsonObject | None = None
    help_response: JsonObject | None = None
    join_response: JsonObject | None = None
    auto_reply: JsonObject | None = None
    join_word_only: bool = False
    requires_pair: bool = False
    implied_days: int = IMPLIED_DAYS
    quiet_from: str | None = None
    quiet_till: str | None = None
    consent_templates: tuple[str, ...] = ()
    consent_yes: tuple[str, ...] = ("yes",)
    consent_no: tuple[str, ...] = ("no",)


def settings_of(work: UnitOfWork, company_id: str, sender_id: str) -> SenderSettings:
    """What a sender has set, or the defaults. Raises NotFoundError when the company has no such sender."""
    sender_of(work, company_id, sender_id)
    row = work.first(sa.select(SETTINGS).where(SETTINGS.c.sender_id == sender_id))
    if row is None:
        return SenderSettings()
    values = {spec.name: row[spec.name] for spec in fields(SenderSettings)}
    return SenderSettings(**{name: _frozen(value) for name, value in values.items()})


def set_settings(work: UnitOfWork, company_id: str, sender_id: str, settings: SenderSettings) -> None:
    """Replace what a sender has set. Raises InvalidError with everything that is wrong, NotFoundError."""
    sender = sender_of(work, company_id, sender_id)
    wrong = list(_faults(sender, settings))
    if wrong:
        raise InvalidError(wrong)
    row = SenderConsent(sender_id=sender_id, company_id=company_id, **_plain(settings)).model_dump()
    if work.first(sa.select(SETTINGS.c.sender_id).where(SETTINGS.c.sender_id == sender_id)) is None:
        work.execute(SETTINGS.insert().values(row))
    else:
        work.execute(SETTINGS.update().where(SETTINGS.c.sender_id == sender_id).values(row))
    catalog_changed(work, company_id)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _plain(settings: SenderSettings) -> dict[str, Any]:
    values = asdict(settings)
    words = {kind: sorted({fold(word) for word in values[kind]}) for kind in WORD_KINDS + ANSWER_KINDS}
    return {**values, **words, "consent_templates": sorted(set(settings.consent_templates))}


# --- what may be wrong -----------------------------------------------------------------------------------------------


def _faults(sender: sa.RowMapping, settings: SenderSettings) -> Iterator[Fault]:
    yield from _word_faults(settings, WORD_KINDS, dict.fromkeys(PERMANENT_OPT_OUT_WORDS, "opt_out_words"))
    yield from _word_faults(settings, ANSWER_KINDS, {})
    for name in RESPONSES:
        content = getattr(settings, name)
        if content is not None:
            for problem in CHANNELS[sender["channel"]].problems(content, rendered=True):
                yield Fault(f"/{name}", problem.message)
    if settings.auto_reply is not None and sender["live_chat_only"]:
        yield Fault("/auto_reply", "A sender for live chat only has none; everything goes to a person.")
    if not 1 <= settings.implied_days <= MOST_IMPLIED_DAYS:
        yield Fault("/implied_days", f"Give 1 to {MOST_IMPLIED_DAYS} days.")
    yield from _hour_faults(settings)


def _word_faults(settings: SenderSettings, kinds: Sequence[str], taken: dict[str, str]) -> Iterator[Fault]:
    """Mistakes in words of these kinds, each of which is of one kind only; `taken` are those that have one already."""
    for kind in kinds:
        words = getattr(settings, kind)
        if len(words) > MOST_WORDS:
            yield Fault(f"/{kind}", f"Give at most {MOST_WORDS} words.")
        for index, word in enumerate(words):
            yield from _word_fault(f"/{kind}/{index}", word)
            if taken.setdefault(fold(word), kind) != kind:
                yield Fault(f"/{kind}/{index}", f"{word!r} is one of the {taken[fold(word)]} already.")


def _word_fault(pointer: str, word: str) -> Iterator[Fault]:
    if not fold(word):
        yield Fault(pointer, "Write a word; this one is empty.")
    if len(word) > LONGEST_WORD:
        yield Fault(pointer, f"A word has at most {LONGEST_WORD} characters.")


def _hour_faults(settings: SenderSettings) -> Iterator[Fault]:
    given = {"quiet_from": settings.quiet_from, "quiet_till": settings.quiet_till}
    if None in given.values():
        if any(value is not None for value in given.values()):
            yield Fault("/quiet_from", "Give quiet_from and quiet_till, or neither.")
        return
    for name, value in given.items():
        if not _is_clock(value or ""):
            yield Fault(f"/{name}", "Write the time as HH:MM, such as 21:00.")


CLOCK: Final = re.compile(r"[0-9]{2}:[0-9]{2}")


def _is_clock(value: str) -> bool:
    try:
        return CLOCK.fullmatch(value) is not None and time.fromisoformat(value) is not None
    except ValueError:
        return False


# --- words of a channel ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ChannelWord:
    """An opt-out word of a channel, or of one sender of it (CO-1).

    Valid from and till are dates ("2026-03-31": the whole day) or times ("2026-03-31T09:30") on the company's clock.
    """

    channel: str
    word: str
    sender_id: str | None = None
    valid_from: str | None = None
    valid_till: str | None = None


def channel_words(work: UnitOfWork, company_id: str) -> dict[str, ChannelWord]:
    """The words of every channel of a company by their ids, valid or not."""
    rows = work.all(of_company(PLATFORM_WORDS, company_id).order_by(PLATFORM_WORDS.c.id))
    return {row["id"]: ChannelWord(**{spec.name: row[spec.name] for spec in fields(ChannelWord)}) for row in rows}


def add_channel_word(
    work: UnitOfWork, company_id: str, word_id: str, word: ChannelWord, now: int, user_id: str | None = None
) -> None:
    """Add a word under a new id. Raises InvalidError, NotFoundError, ConflictError."""
    values = _checked(work, company_id, word)
    if len(channel_words(work, company_id)) >= MOST_CHANNEL_WORDS:
        raise ConflictError(f"A company has at most {MOST_CHANNEL_WORDS} opt-out words: take one back first.")
    row = PlatformWord(id=word_id, company_id=company_id, created_at=now, user_id=user_id, **values)
    work.execute(PLATFORM_WORDS.insert().values(row.model_dump()))
    catalog_changed(work, company_id)


def change_channel_word(work: UnitOfWork, company_id: str, word_id: str, word: ChannelWord) -> None:
    """Replace a word. Raises InvalidError, NotFoundError."""
    values = _checked(work, company_id, word)
    if work.execute(PLATFORM_WORDS.update().where(_is_word(company_id, word_id)).values(values)).rowcount == 0:
        raise NotFoundError(f"There is no opt-out word {word_id}.")
    catalog_changed(work, company_id)


def remove_channel_word(work: UnitOfWork, company_id: str, word_id: str) -> None:
    """Take a word back. Raises NotFoundError when the company has no such word."""
    if work.execute(PLATFORM_WORDS.delete().where(_is_word(company_id, word_id))).rowcount == 0:
        raise NotFoundError(f"There is no opt-out word {word_id}.")
    catalog_changed(work, company_id)


def _is_word(company_id: str, word_id: str) -> sa.ColumnElement[bool]:
    return sa.and_(PLATFORM_WORDS.c.company_id == company_id, PLATFORM_WORDS.c.id == word_id)


def _checked(work: UnitOfWork, company_id: str, word: ChannelWord) -> dict[str, Any]:
    """The columns of a word. Raises InvalidError, NotFoundError."""
    wrong = list(_channel_word_faults(work, company_id, word))
    if wrong:
        raise InvalidError(wrong)
    return {**asdict(word), "word": fold(word.word)}


def _channel_word_faults(work: UnitOfWork, company_id: str, word: ChannelWord) -> Iterator[Fault]:
    if word.channel not in CHANNELS:
        yield Fault("/channel", f"{word.channel!r} is no channel; use one of {', '.join(CHANNELS)}.")
    elif word.sender_id is not None and sender_of(work, company_id, word.sender_id)["channel"] != word.channel:
        yield Fault("/sender_id", f"{word.sender_id} is no sender of {word.channel}.")
    yield from _word_fault("/word", word.word)
    moments = {"valid_from": word.valid_from, "valid_till": word.valid_till}
    unreadable = [name for name, value in moments.items() if value is not None and not _is_moment(value)]
    for name in unreadable:
        yield Fault(f"/{name}", "Write a date such as 2026-03-31, or a time such as 2026-03-31T09:30.")
    if unreadable or word.valid_from is None or word.valid_till is None:
        return
    if ending(word.valid_till, UTC) <= beginning(word.valid_from, UTC):
        yield Fault("/valid_till", "It lies before valid_from.")


MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?")
YEARS: Final = range(2000, 2200)


def _is_moment(written: str) -> bool:
    if MOMENT.fullmatch(written) is None:
        return False
    try:
        return datetime.fromisoformat(written).year in YEARS
    except ValueError:
        return False


# --- blacklists ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Blacklisted:
    """An address on a list: of one sender, or, without `sender_id`, of every sender of the company."""

    address: str
    direction: Direction
    sender_id: str | None = None


def add_to_blacklist(
    work: UnitOfWork, company_id: str, entry_id: str, entry: Blacklisted, now: int, user_id: str | None = None
) -> str:
    """Put an address on a list; returns the id of its entry, the old one where it is there already.

    Raises InvalidError, NotFoundError.
    """
    address = written_address(entry.address)
    if not address or len(address) > LONGEST_ADDRESS:
        raise InvalidError([Fault("/address", f"Give a number or an address of at most {LONGEST_ADDRESS} characters.")])
    if entry.sender_id is not None:
        sender_of(work, company_id, entry.sender_id)
    same = of_company(BLACKLIST, company_id).where(
        BLACKLIST.c.address == address,
        BLACKLIST.c.direction == entry.direction,
        BLACKLIST.c.sender_id.is_(None) if entry.sender_id is None else BLACKLIST.c.sender_id == entry.sender_id,
    )
    found = work.first(same)
    if found is not None:
        return str(found["id"])
    row = BlacklistEntry(
        id=entry_id,
        company_id=company_id,
        sender_id=entry.sender_id,
        direction=entry.direction,
        address=address,
        created_at=now,
        user_id=user_id,
    )
    work.execute(BLACKLIST.insert().values(row.model_dump()))
    return entry_id


def remove_from_blacklist(work: UnitOfWork, company_id: str, entry_id: str) -> None:
    """Take an address off a list. Raises NotFoundError when the company has no such entry."""
    known = sa.and_(BLACKLIST.c.company_id == company_id, BLACKLIST.c.id == entry_id)
    if work.execute(BLACKLIST.delete().where(known)).rowcount == 0:
        raise NotFoundError(f"There is no entry {entry_id} on the blacklists.")


PUNCTUATION: Final = re.compile(r"[\s().\-]")
NUMBER: Final = re.compile(r"\+?[0-9]{4,}")


def written_address(address: str) -> str:
    """An address as lists keep it: numbers without punctuation and with their plus, anything else as it is."""
    bare = PUNCTUATION.sub("", address)
    if NUMBER.fullmatch(bare) is None:
        return address.strip()
    return bare if bare.startswith("+") else f"+{bare}"
