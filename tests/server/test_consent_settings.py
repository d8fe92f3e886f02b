"""What a company sets: words and when they are valid, responses, blacklists; each is looked up within the company."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from botflow.accounts.service import ensure_company
from botflow.consent.settings import (
    Blacklisted,
    ChannelWord,
    SenderSettings,
    add_channel_word,
    add_to_blacklist,
    change_channel_word,
    channel_words,
    remove_channel_word,
    remove_from_blacklist,
    set_settings,
    settings_of,
    written_address,
)
from botflow.consent.words import added_words, words_in
from botflow.errors import ConflictError, InvalidError, NotFoundError
from tests.server.scenarios import ECHO, GREETER, Document, say, scenario, text
from tests.server.world import World


def add_word(world: World, word: str, **more: Any) -> str:
    word_id = world.ids()
    with world.database.transaction() as work:
        add_channel_word(work, "acme", word_id, ChannelWord(more.pop("channel", "webchat"), word, **more), world.now)
    return word_id


def opted_out(world: World) -> list[tuple[str, str]]:
    """Kind and sender of every opt-out in force."""
    rows = world.rows("consent_state", "kind", "sender_id", "state")
    return [(kind, sender) for kind, sender, state in rows if state == "opt_out"]


def test_the_settings_of_a_sender_are_kept_and_replaced(world: World) -> None:
    sender = world.publish(ECHO)
    chosen = SenderSettings(
        opt_out_words=("Basta", " END "),
        help_words=("info",),
        opt_out_response=text("You are out."),
        join_word_only=True,
        quiet_from="21:00",
        quiet_till="08:00",
        consent_templates=("agree",),
    )
    with world.database.transaction() as work:
        assert settings_of(work, "acme", sender) == SenderSettings()
        set_settings(work, "acme", sender, chosen)
        set_settings(work, "acme", sender, chosen)
        kept = settings_of(work, "acme", sender)
    assert kept.opt_out_words == ("basta", "end")
    assert kept.opt_out_response == text("You are out.")
    assert (kept.join_word_only, kept.quiet_from, kept.consent_templates) == (True, "21:00", ("agree",))


WRONG: list[tuple[dict[str, Any], list[str]]] = [
    ({"help_words": ("stop",)}, ["/help_words/0"]),
    ({"help_words": ("a", "b"), "join_words": ("c", "A ")}, ["/join_words/1"]),
    ({"consent_yes": ("ok", "no")}, ["/consent_no/0"]),
    ({"consent_no": (" ",)}, ["/consent_no/0"]),
    ({"opt_out_words": ("  ",)}, ["/opt_out_words/0"]),
    ({"opt_out_words": ("x" * 101,)}, ["/opt_out_words/0"]),
    ({"opt_out_words": tuple(f"w{n}" for n in range(101))}, ["/opt_out_words"]),
    ({"auto_reply": {"type": "nonsense"}}, ["/auto_reply"]),
    ({"help_response": {"type": "text"}, "implied_days": 0}, ["/help_response", "/implied_days"]),
    ({"quiet_from": "21:00"}, ["/quiet_from"]),
    ({"quiet_from": "25:00", "quiet_till": "8:00"}, ["/quiet_from", "/quiet_till"]),
]


@pytest.mark.parametrize(("fields", "pointers"), WRONG)
def test_what_cannot_be_set_is_named_all_at_once(
    request: pytest.FixtureRequest, fields: dict[str, Any], pointers: list[str]
) -> None:
    world = World(request.getfixturevalue("sqlite"))
    sender = world.publish(ECHO)
    with world.database.transaction() as work, pytest.raises(InvalidError) as refused:
        set_settings(work, "acme", sender, SenderSettings(**fields))
    assert [fault.pointer for fault in refused.value.faults] == pointers


def test_a_word_that_a_sender_adds_counts_at_that_sender_only(world: World) -> None:
    sender, other = world.publish(ECHO), world.publish(GREETER)
    with world.database.transaction() as work:
        set_settings(work, "acme", sender, SenderSettings(opt_out_words=("basta",)))
    world.write(other, "basta")
    world.write(sender, " BASTA")
    assert opted_out(world) == [("sender", sender)]
    with world.database.transaction() as work:
        set_settings(work, "acme", sender, SenderSettings())
    world.write(sender, "basta")
    assert opted_out(world) == []


def test_a_word_of_the_channel_blocks_all_of_it_and_one_of_a_sender_that_sender(world: World) -> None:
    sender, other = world.publish(ECHO), world.publish(GREETER)
    add_word(world, "Baja")
    add_word(world, "fin", sender_id=sender)
    add_word(world, "ende", channel="sms")
    for words in ("ende", "fin"):
        world.write(other, words)
    assert opted_out(world) == []
    world.write(sender, "fin")
    assert opted_out(world) == [("sender", sender)]
    world.write(other, "baja")
    assert opted_out(world) == [("channel", ""), ("sender", sender)]
    world.write(sender, "hello")
    assert opted_out(world) == []


def test_a_word_is_valid_on_the_clock_of_the_company_also_without_a_restart(world: World) -> None:
    sender = world.publish(ECHO)
    world.execute("UPDATE company SET time_zone = 'America/New_York', catalog_revision = catalog_revision + 1")
    add_word(world, "baja", valid_from="2026-03-08", valid_till="2026-03-09")  # 23 and 24 hours long
    for moment, counts in (
        ("2026-03-07T23:59:59", False),
        ("2026-03-08T00:00:00", True),
        ("2026-03-09T23:59:59", True),
        ("2026-03-10T00:00:00", False),
    ):
        world.now = round(
            datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("America/New_York")).timestamp() * 1000
        )
        world.write(sender, "baja")
        assert (opted_out(world) != []) == counts, moment
        world.write(sender, "hello")


def test_words_of_a_channel_are_listed_changed_and_taken_back(world: World) -> None:
    sender = world.publish(ECHO)
    word_id = add_word(world, "Baja")
    with world.database.transaction() as work:
        changed = ChannelWord("webchat", "fin", valid_till="2026-03-31T09:30")
        change_channel_word(work, "acme", word_id, changed)
        assert channel_words(work, "acme") == {word_id: changed}
        assert channel_words(work, "other") == {}
        with pytest.raises(NotFoundError):
            remove_channel_word(work, "other", word_id)
        remove_channel_word(work, "acme", word_id)
    world.write(sender, "fin")
    assert opted_out(world) == []


def test_a_company_has_so_many_words_of_channels(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("botflow.consent.settings.MOST_CHANNEL_WORDS", 2)
    add_word(world, "baja")
    add_word(world, "fin")
    with pytest.raises(ConflictError, match="at most 2"):
        add_word(world, "basta")


@pytest.mark.parametrize(
    ("word", "pointer"),
    [
        (ChannelWord("telex", "fin"), "/channel"),
        (ChannelWord("webchat", " "), "/word"),
        (ChannelWord("sms", "fin", "sender-echo"), "/sender_id"),
        (ChannelWord("webchat", "fin", valid_from="1.3.2026"), "/valid_from"),
        (ChannelWord("webchat", "fin", valid_till="2026-02-30"), "/valid_till"),
        (ChannelWord("webchat", "fin", valid_from="0001-01-01"), "/valid_from"),
        (ChannelWord("webchat", "fin", valid_from="2026-03-02", valid_till="2026-03-01"), "/valid_till"),
    ],
)
def test_a_word_of_a_channel_that_cannot_be_is_refused(
    request: pytest.FixtureRequest, word: ChannelWord, pointer: str
) -> None:
    world = World(request.getfixturevalue("sqlite"))
    world.publish(ECHO)
    with world.database.transaction() as work, pytest.raises(InvalidError) as refused:
        add_channel_word(work, "acme", "w", word, world.now)
    assert [fault.pointer for fault in refused.value.faults] == [pointer]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("+1 (555) 123-4567", "+15551234567"),
        ("15551234567", "+15551234567"),
        ("jo.doe@example.com ", "jo.doe@example.com"),
        ("visitor:0a", "visitor:0a"),
    ],
)
def test_numbers_are_kept_in_one_form(given: str, kept: str) -> None:
    assert written_address(given) == kept


def test_a_number_is_found_with_or_without_its_plus(world: World) -> None:
    sender = world.publish(ECHO)
    with world.database.transaction() as work:
        add_to_blacklist(work, "acme", "b1", Blacklisted("1 555 123", "inbound"), world.now)
    for address in ("1555123", "+1555123", "+15551234"):
        world.hand_in(sender, "hi", address=address)
    assert [state for _, state in world.rows("inbound_message", "received_at", "state")].count("rejected") == 2


def test_blacklists_know_their_company(world: World) -> None:
    world.publish(ECHO)
    with world.database.transaction() as work:
        ensure_company(work, "other", "Other", world.now)
        for number in range(3):
            add_to_blacklist(work, "acme", f"b{number}", Blacklisted(f"+155500{number}", "outbound"), world.now)
        assert add_to_blacklist(work, "acme", "b9", Blacklisted("155 5001", "outbound"), world.now) == "b1"
        with pytest.raises(NotFoundError):
            remove_from_blacklist(work, "other", "b0")
        with pytest.raises(NotFoundError):
            add_to_blacklist(work, "other", "b8", Blacklisted("+1555", "inbound", "sender-echo"), world.now)
        with pytest.raises(InvalidError):
            add_to_blacklist(work, "acme", "b8", Blacklisted("  ", "inbound"), world.now)
        remove_from_blacklist(work, "acme", "b0")
        with pytest.raises(NotFoundError):
            settings_of(work, "other", "sender-echo")


def test_another_companys_blacklist_stops_nobody(world: World) -> None:
    sender = world.publish(ECHO)
    with world.database.transaction() as work:
        ensure_company(work, "other", "Other", world.now)
        add_to_blacklist(work, "other", "b", Blacklisted("visitor:one", "inbound"), world.now)
    world.write(sender, "hi")
    assert world.count("inbound_message", "state = 'rejected'") == 0


OFFER: Document = {
    "type": "text",
    "text": "Another pizza?",
    "suggestions": [{"type": "reply", "id": "s1", "text": "Basta", "postback": "no"}],
}


def test_a_chatbot_that_expects_an_opt_out_word_gets_a_warning(world: World) -> None:
    branch = {"id": "b", "label": "No", "patterns": ["^fin$"], "next": ["bye"]}
    document = scenario(
        "pizza",
        {"id": "offer", "kind": "action", "step": {"type": "static_message", "content": OFFER}, "next": ["choose"]},
        {"id": "choose", "kind": "condition", "type": "user_response", "branches": [branch]},
        say("bye", "Bye."),
        keywords={"trigger": ["^ende$"]},
    )
    sender, other = world.publish(document), world.publish(GREETER)
    for word, where in (("basta", sender), ("ende", None), ("adios", other)):
        add_word(world, word, sender_id=where, valid_from="2030-01-01")
    with world.database.transaction() as work:
        set_settings(work, "acme", sender, SenderSettings(opt_out_words=("fin",)))
        words = added_words(work, "acme", [sender])
        assert (words, added_words(work, "acme", [])) == (("basta", "ende", "fin"), ())
        assert added_words(work, "other", [sender]) == ()
    assert words_in(document, ()) == []
    assert {(warning.node, warning.code) for warning in words_in(document, words)} == {
        (None, "opt_out_word"),
        ("choose", "opt_out_word"),
        ("offer", "opt_out_word"),
    }
