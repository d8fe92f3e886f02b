"""The ledger and the present state tell the same story, whatever has happened (CO-9)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from botflow.consent.gate import Scope
from botflow.consent.ledger import Cause, Entry, Standing, Subject, entries_of, rebuilt, standings_of
from botflow.consent.service import (
    DAY_MS,
    Place,
    answered_consent,
    heard,
    imply,
    known,
    opt_out,
    opt_outs_of,
    place_of,
    record_explicit,
    refused_as_opted_out,
    set_compliance,
    set_opt_out,
    subscription_changed,
)
from botflow.consent.settings import ChannelWord, SenderSettings, add_channel_word, set_settings
from botflow.contacts.service import ensure_contact
from botflow.db import UnitOfWork
from botflow.errors import RequestError
from tests.server.at_once import at_once
from tests.server.scenarios import ECHO, GREETER
from tests.server.world import START, World

Act = Callable[[UnitOfWork, Place, Cause, int], Any]
SCOPES: tuple[Scope, ...] = ("channel", "sender", "chatbot")


def wrote(join: bool) -> Act:
    return lambda work, place, cause, now: heard(work, place, known(work, place), cause, now, join=join)


def opts_out(scope: Scope) -> Act:
    return lambda work, place, cause, now: opt_out(work, place, scope, cause, now, "pizza")


ACTS: dict[str, Act] = {
    **{f"opt out of the {scope}": opts_out(scope) for scope in SCOPES},
    "a message": wrote(join=False),
    "a join word": wrote(join=True),
    "an event": lambda work, place, cause, now: imply(work, place, "bought something", now),
    "explicit consent": record_explicit,
    "yes to a template": lambda work, place, cause, now: answered_consent(work, place, True, cause, now),
    "no to a template": lambda work, place, cause, now: answered_consent(work, place, False, cause, now),
    "off by an operator": lambda work, place, cause, now: set_opt_out(work, place, "sender", True, cause, now),
    "on by an operator": lambda work, place, cause, now: set_opt_out(work, place, "sender", False, cause, now),
    "compliance unknown": lambda work, place, cause, now: set_compliance(
        work, "acme", place.contact_id, None, cause, now
    ),
    "off at the vendor": lambda work, place, cause, now: subscription_changed(work, place, False, "v", "", now),
    "on at the vendor": lambda work, place, cause, now: subscription_changed(work, place, True, "v", "", now),
    "refused by the vendor": lambda work, place, cause, now: refused_as_opted_out(work, place, "m", "", now),
}  # fmt: skip
CAUSES = st.sampled_from(
    [
        Cause("message", "m1", "stop"),
        Cause("message", "m2", thread_id="t1"),
        Cause("step", "t1:0", thread_id="t1"),
        Cause("step", "t2:0", thread_id="t2"),
        Cause("operator", "", "said so on the phone", user_id="u"),
    ]
)
HISTORIES = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), CAUSES, st.integers(0, 400)), max_size=20)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORIES, requires_pair=st.booleans(), join_word_only=st.booleans())
def test_the_present_state_can_be_rebuilt_from_the_ledger(
    world: World, history: list[tuple[str, Cause, int]], requires_pair: bool, join_word_only: bool
) -> None:
    place = newcomer(world)
    with world.database.transaction() as work:
        chosen = SenderSettings(requires_pair=requires_pair, join_word_only=join_word_only)
        set_settings(work, "acme", place.sender_id, chosen)
    now = START
    for act, cause, days in history:
        now += days * DAY_MS
        with world.database.transaction() as work:
            ACTS[act](work, place, cause, now)
    with world.database.reading() as work:
        entries = entries_of(work, place.contact_id)
        numbers = work.all(
            sa.text("SELECT number FROM consent_entry WHERE contact_id = :c ORDER BY 1"), c=place.contact_id
        )
        assert standings_of(work, place.contact_id) == without_evidence(rebuilt(entries))
    assert [row["number"] for row in numbers] == list(range(1, len(entries) + 1))
    assert follow_each_other(entries)


def newcomer(world: World) -> Place:
    """Somebody who never wrote, at a sender of web chat."""
    sender = world.publish(ECHO)
    with world.database.transaction() as work:
        address = f"visitor:{world.ids()}"
        return Place(ensure_contact(work, "acme", address, world.ids(), START), "acme", sender, "webchat")


def without_evidence(standings: dict[Subject, Standing]) -> dict[Subject, Standing]:
    return {
        subject: replace(standing, cause=replace(standing.cause, evidence=""))
        for subject, standing in standings.items()
    }


def follow_each_other(entries: list[Entry]) -> bool:
    """Each entry begins where the one before it of the same subject ended, and not earlier."""
    states: dict[Subject, Entry] = {}
    for entry in entries:
        before = states.get(entry.subject)
        if entry.from_state != (before.to_state if before is not None else entry.subject.untouched):
            return False
        if before is not None and before.at > entry.at:
            return False
        states[entry.subject] = entry
    return True


def test_an_entry_says_who_when_through_what_and_from_which_state_to_which(world: World) -> None:
    place = newcomer(world)
    cause = Cause("operator", "ticket 7", "Said so on the phone.", user_id="maria")
    with world.database.transaction() as work:
        set_opt_out(work, place, "sender", True, cause, START)
        set_opt_out(work, place, "sender", False, Cause("api", "key"), START + 1)
        set_opt_out(work, place, "sender", False, Cause("api", "key"), START + 2)
    with world.database.reading() as work:
        oldest, newest = entries_of(work, place.contact_id)
    assert oldest == Entry(START, Subject("sender", "webchat", place.sender_id), "open", "opt_out", None, cause)
    assert (newest.from_state, newest.to_state, newest.cause.kind) == ("opt_out", "open", "api")


def test_a_contacts_opt_outs_are_listed_with_date_and_user(world: World) -> None:
    place = newcomer(world)
    with world.database.transaction() as work:
        set_opt_out(work, place, "sender", True, Cause("operator", user_id="maria"), START)
        set_opt_out(work, place, "channel", True, Cause("import", "list.csv"), START + 1)
        opt_out(work, place, "chatbot", Cause("message", "m"), START + 2, "pizza")
    with world.database.reading() as work:
        found = [
            (b.channel, b.sender_id, b.scenario, b.since, b.user_id)
            for b in opt_outs_of(work, "acme", place.contact_id)
        ]
    assert found == [
        ("webchat", place.sender_id, "", START, "maria"),
        ("webchat", "", "", START + 1, None),
        ("webchat", "", "pizza", START + 2, None),
    ]


def test_consent_outlives_the_contact(world: World) -> None:
    place = newcomer(world)
    with world.database.transaction() as work:
        opt_out(work, place, "sender", Cause("message", "m", "stop"), START)
        work.execute(sa.text("DELETE FROM contact"))
    with world.database.reading() as work:
        assert len(entries_of(work, place.contact_id)) == 1
        assert standings_of(work, place.contact_id) == {}


def test_implied_consent_expires_by_itself_and_the_ledger_says_when(world: World) -> None:
    place = newcomer(world)
    with world.database.transaction() as work:
        set_settings(work, "acme", place.sender_id, SenderSettings(requires_pair=True, implied_days=30))
        imply(work, place, "bought a pizza", START)
    end = START + 30 * DAY_MS
    with world.database.reading() as work:
        assert known(work, place).facts("", end - 1).pair == "implied"
        assert known(work, place).facts("", end).pair == "implied_expired"
    with world.database.transaction() as work:
        record_explicit(work, place, Cause("operator", user_id="maria"), end + 5)
    with world.database.reading() as work:
        told = [(e.at, e.from_state, e.to_state, e.cause.kind) for e in entries_of(work, place.contact_id)]
    assert told == [
        (START, "unknown", "implied", "event"),
        (end, "implied", "implied_expired", "expiry"),
        (end + 5, "implied_expired", "explicit", "operator"),
    ]


def test_a_contact_who_writes_a_lot_does_not_fill_the_ledger(world: World) -> None:
    place = newcomer(world)
    with world.database.transaction() as work:
        set_settings(work, "acme", place.sender_id, SenderSettings(requires_pair=True))
        for hour in range(50):
            wrote(join=False)(work, place, Cause("message", str(hour)), START + hour * DAY_MS // 24)
    with world.database.reading() as work:
        assert len(entries_of(work, place.contact_id)) == 3


def test_what_another_company_has_cannot_be_named(world: World) -> None:
    place = newcomer(world)
    with world.database.reading() as work:
        assert place_of(work, "acme", place.contact_id, place.sender_id) == place
        for company, contact, sender in (
            ("other", place.contact_id, place.sender_id),
            ("acme", "nobody", place.sender_id),
            ("acme", place.contact_id, "nothing"),
        ):
            with pytest.raises(RequestError, match="There is no"):
                place_of(work, company, contact, sender)


def test_one_contact_at_two_senders_at_the_same_instant_has_one_ledger_without_gaps(world: World) -> None:
    senders = [world.publish(ECHO), world.publish(GREETER)]
    with world.database.transaction() as work:
        add_channel_word(work, "acme", "w", ChannelWord("webchat", "baja"), START)
    for number in range(10):
        for word in ("baja", "hello", "stop"):
            at_once(*(writes(world, sender, word, f"visitor:{number}") for sender in senders))
    with world.database.reading() as work:
        for row in work.all(sa.text("SELECT id FROM contact")):
            entries = entries_of(work, row["id"])
            assert standings_of(work, row["id"]) == without_evidence(rebuilt(entries))
            assert follow_each_other(entries)
            assert len([block for block in opt_outs_of(work, "acme", row["id"]) if block.sender_id]) == 2


def writes(world: World, sender: str, text: str, address: str) -> Callable[[], Any]:
    return lambda: world.hand_in(sender, text, address=address)
