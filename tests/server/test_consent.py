"""Opt-outs stop messages when they are queued and when they leave, and the next message lifts them (CO-2)."""

from collections.abc import Callable
from typing import Any, get_args

import pytest
import sqlalchemy as sa

from botflow.channels.contract import Refused, Report, RetryLater, SessionWindow, Subscription
from botflow.consent.gate import Origin, Verdict
from botflow.consent.ledger import Cause, entries_of
from botflow.consent.service import (
    DAY_MS,
    Place,
    answered_consent,
    opt_out,
    opt_outs_of,
    record_explicit,
    set_opt_out,
)
from botflow.consent.settings import (
    RESPONSES,
    Blacklisted,
    Direction,
    SenderSettings,
    add_to_blacklist,
    set_settings,
)
from botflow.conversations.queueing import NewMessage, queue
from botflow.conversations.reports import take_reports
from botflow.db import UnitOfWork
from botflow.errors import RequestError
from botflow.templates.models import WhatsAppTemplate
from botflow.templates.service import WHATSAPP
from tests.server.scenarios import ECHO, GREETER, THINKER, Document, ask, say, scenario, text
from tests.server.world import ADDRESS, START, World


def leave(scope: str) -> Document:
    return {"id": "leave", "kind": "action", "step": {"type": "opt_out", "scope": scope}, "next": ["after"]}


GOODBYE = scenario(
    "goodbye", say("before", "Before.", "leave"), leave("sender"), say("after", "Bye.", "more"), say("more", "More.")
)

HANDED_OVER = scenario("desk", {"id": "give", "kind": "action", "step": {"type": "handover"}, "final": True})

LEAVABLE = scenario(
    "leavable",
    ask("ask", "Say something.", "word", "answer"),
    say("answer", "You said {{word}}."),
    say("bye", "Bye.", "more", role="opt_out"),
    say("more", "And this."),
    keywords={"opt_out": ["^enough$"]},
)

CHATTY = scenario("chatty", *(say(f"n{n}", f"{n}", f"n{n + 1}") for n in range(11)), say("n11", "end"))
"""Says twelve things."""


def test_an_opt_out_word_ends_the_thread_and_blocks(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    world.write(sender, "STOP")
    assert world.shown(sender) == ["> hi", "Say something.", "> STOP"]
    assert world.rows("thread", "status", "reason") == [("complete", "opted_out")]
    assert world.count("consent_state", "state = 'opt_out'") == 1


def test_what_is_queued_does_not_leave_after_an_opt_out(world: World) -> None:
    sender = world.publish(ECHO)
    world.vendor.answers = [RetryLater("busy", seconds=30)]
    world.write(sender, "hi")
    world.write(sender, "stop")
    world.wait(60)
    assert world.shown(sender) == ["> hi", "> stop"]


def test_the_next_message_lifts_the_block(world: World) -> None:
    sender = world.publish(ECHO)
    for word in ("hi", "stop", "hello"):
        world.write(sender, word)
    assert world.count("consent_state", "state = 'opt_out'") == 0
    assert world.shown(sender)[-2:] == ["> hello", "Say something."]


def test_an_opt_out_step_lets_pass_what_was_before_it_and_one_confirmation(world: World) -> None:
    sender = world.publish(GOODBYE)
    world.write(sender, "hi")
    assert world.shown(sender) == ["> hi", "Before.", "Bye."]
    assert world.rows("outbound_message", "position", "status", "error") == [
        (1, "sent", None),
        (2, "sent", None),
        (3, "blocked", "The contact has opted out of this sender."),
    ]
    assert world.view(sender).status == "complete"


def test_a_block_of_one_sender_leaves_the_others_alone(world: World) -> None:
    goodbye, echo = world.publish(GOODBYE), world.publish(ECHO)
    world.write(goodbye, "hi")
    world.write(echo, "hi")
    assert world.shown(echo) == ["> hi", "Say something."]


# --- the way of an opt-out, from the word to its lifting ---


def choose(world: World, sender: str, **chosen: Any) -> None:
    """Set what a sender wants; texts become content."""
    for name in RESPONSES:
        if isinstance(chosen.get(name), str):
            chosen[name] = text(chosen[name])
    with world.database.transaction() as work:
        set_settings(work, "acme", sender, SenderSettings(**chosen))


def place_at(world: World, sender: str) -> Place:
    """The visitor at a sender."""
    with world.database.reading() as work:
        contact = work.value(sa.text("SELECT contact_id FROM conversation WHERE sender_id = :s"), s=sender)
    return Place(contact, "acme", sender, "webchat")


def send(world: World, sender: str, words: str, origin: Origin = "operator", **fields: Any) -> Verdict:
    """Somebody besides the chatbots writes to the visitor."""
    with world.database.reading() as work:
        conversation = work.value(sa.text("SELECT id FROM conversation WHERE sender_id = :s"), s=sender)
    with world.conversations.of_id(conversation) as dialogue:
        verdict = queue(dialogue, NewMessage(world.ids(), text(words), origin, **fields))
    world.drain()
    return verdict


def last(world: World) -> tuple[Any, ...]:
    """Status, reason and origin of the message that was queued last."""
    return world.rows("outbound_message", "position", "status", "reason", "origin")[-1][1:]


def test_word_confirmation_block_and_lifting(world: World) -> None:
    sender = world.publish(ECHO)
    choose(world, sender, opt_out_response="You are out.")
    world.write(sender, "hi")
    world.write(sender, "  Unsubscribe ")
    assert world.shown(sender)[-2:] == [">   Unsubscribe ", "You are out."]
    assert last(world) == ("sent", None, "auto_reply")
    world.now += 1
    assert send(world, sender, "An offer").reason.code == "opted_out_sender"
    assert last(world) == ("blocked", "opted_out_sender", "operator")
    world.now += 1
    world.write(sender, "hello")
    assert send(world, sender, "An offer").allowed
    assert world.shown(sender)[-3:] == ["> hello", "Say something.", "An offer"]


def test_the_same_word_again_is_not_confirmed_again(world: World) -> None:
    sender = world.publish(ECHO)
    choose(world, sender, opt_out_response="You are out.")
    for word in ("hi", "stop", "stop"):
        world.write(sender, word)
    assert world.shown(sender)[-3:] == ["> stop", "You are out.", "> stop"]
    with world.database.reading() as work:
        assert len(entries_of(work, place_at(world, sender).contact_id)) == 2


def test_a_confirmation_that_cannot_leave_within_five_minutes_does_not(world: World) -> None:
    sender = world.publish(ECHO)
    choose(world, sender, opt_out_response="You are out.")
    world.write(sender, "hi")
    world.vendor.answers = [RetryLater("busy", seconds=301)]
    world.write(sender, "stop")
    world.wait(302)
    assert world.shown(sender)[-1] == "> stop"
    assert last(world) == ("blocked", "opted_out_sender", "auto_reply")


def test_an_opt_out_word_counts_while_a_person_has_the_conversation(world: World) -> None:
    sender = world.publish(HANDED_OVER)
    choose(world, sender, opt_out_response="You are out.")
    world.write(sender, "hi")
    assert world.view(sender).status == "handedover"
    world.write(sender, "stop")
    assert world.shown(sender)[-1] == "You are out."
    assert world.view(sender).status == "complete"
    assert not send(world, sender, "Still there?").allowed


def test_what_an_operator_queued_before_an_opt_out_does_not_leave_after_it(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    world.vendor.answers = [RetryLater("busy", seconds=30)]
    send(world, sender, "An offer")
    world.write(sender, "stop")
    world.wait(60)
    assert world.shown(sender)[-1] == "> stop"
    assert last(world) == ("blocked", "opted_out_sender", "operator")


def test_what_a_thread_queued_before_its_own_opt_out_step_leaves_late(world: World) -> None:
    sender = world.publish(GOODBYE)
    world.vendor.answers = [RetryLater("busy", seconds=30)]
    world.write(sender, "hi")
    world.wait(60)
    assert world.shown(sender) == ["> hi", "Before.", "Bye."]


def test_after_an_opt_out_of_somebody_else_only_the_confirmation_leaves(world: World) -> None:
    sender = world.publish(GOODBYE)
    world.vendor.answers = [RetryLater("busy", seconds=30)]
    world.write(sender, "hi")
    world.write(sender, "stop")
    world.wait(60)
    assert world.shown(sender) == ["> hi", "> stop", "Bye."]


def test_a_step_that_opts_out_again_and_again_is_confirmed_once(world: World) -> None:
    again = {"id": "again", "kind": "action", "step": {"type": "opt_out", "scope": "sender"}, "next": ["still"]}
    after = {**say("after", "Bye."), "next": ["again"]}
    del after["final"]
    sender = world.publish(
        scenario(
            "goodbye", say("before", "Before.", "leave"), leave("sender"), after, again, say("still", "Bye again.")
        )
    )
    world.write(sender, "hi")
    assert world.shown(sender) == ["> hi", "Before.", "Bye."]


def test_a_chatbots_keyword_blocks_that_chatbot_and_lifts_nothing(world: World) -> None:
    sender = world.publish(LEAVABLE)
    world.write(sender, "hi")
    place = place_at(world, sender)
    with world.database.transaction() as work:
        set_opt_out(work, place, "channel", True, Cause("operator", user_id="maria"), world.now)
    world.now += 1
    world.write(sender, "enough")
    assert world.shown(sender)[-2:] == ["> enough", "Bye."]
    with world.database.reading() as work:
        assert {(block.scenario, block.cause) for block in opt_outs_of(work, "acme", place.contact_id)} == {
            ("", "operator"),
            ("leavable", "message"),
        }


@pytest.mark.parametrize(
    ("left", "shown"),
    [("first", ["> hi", "From the second."]), ("second", ["> hi", "From the first."])],
)
def test_a_message_is_judged_by_the_chatbot_that_wrote_it_also_after_a_jump_with_context(
    world: World, left: str, shown: list[str]
) -> None:
    jump = {"id": "go", "kind": "action", "step": {"type": "jump", "scenario": "second", "pass_context": True}}
    world.publish(scenario("second", say("hello", "From the second.")))
    sender = world.publish(scenario("first", say("hello", "From the first.", "go"), jump))
    world.hand_in(sender, "hi")
    with world.database.transaction() as work:
        opt_out(work, place_at(world, sender), "chatbot", Cause("operator", user_id="maria"), world.now, left)
    world.drain()
    assert world.shown(sender) == shown


def test_a_message_held_before_an_opt_out_does_not_lift_it(world: World) -> None:
    sender = world.publish(THINKER)
    for words in ("hi", "1", "hello?", "stop"):
        world.write(sender, words)
    assert world.count("inbound_message", "state = 'held'") == 0
    assert not send(world, sender, "An offer").allowed
    world.write(sender, "sorry, go on")
    assert send(world, sender, "An offer").allowed


def test_evidence_is_kept_as_far_as_a_database_can(world: World) -> None:
    sender = world.publish(ECHO)
    for words in ("hi", "stop", "he\0llo" + "o" * 1000):
        world.write(sender, words)
    with world.database.reading() as work:
        evidence = entries_of(work, place_at(world, sender).contact_id)[-1].cause.evidence
    assert (evidence[:6], len(evidence)) == ("he\N{REPLACEMENT CHARACTER}llo", 500)


def test_a_sender_may_want_a_join_word(world: World) -> None:
    sender = world.publish(ECHO)
    choose(world, sender, join_words=("Start", "¡alta!"), join_word_only=True, join_response="Welcome back.")
    for words in ("hi", "stop", "hello"):
        world.write(sender, words)
    assert not send(world, sender, "An offer").allowed
    world.write(sender, "¡ALTA!")
    assert send(world, sender, "An offer").allowed


def test_help_join_and_everything_else_have_responses(world: World) -> None:
    sender = world.sender("front-desk")
    choose(
        world,
        sender,
        help_words=("info",),
        join_words=("start",),
        help_response="Write STOP to end.",
        join_response="Welcome.",
        auto_reply="Nobody is here.",
    )
    for words in ("INFO", "start", "what?"):
        world.write(sender, words)
    assert world.shown(sender) == ["> INFO", "Write STOP to end.", "> start", "Welcome.", "> what?", "Nobody is here."]


def test_help_is_answered_once_after_an_opt_out_and_the_auto_reply_is_not(world: World) -> None:
    sender = world.sender("front-desk")
    responses = {"help_response": "Write START.", "auto_reply": "Nobody is here."}
    choose(world, sender, help_words=("info",), join_words=("start",), join_word_only=True, **responses)
    for words in ("stop", "info", "what?"):
        world.write(sender, words)
    assert world.shown(sender) == ["> stop", "> info", "Write START.", "> what?"]
    assert last(world) == ("blocked", "opted_out_sender", "auto_reply")


def test_two_machines_do_not_talk_for_ever(world: World) -> None:
    sender = world.sender("front-desk")
    choose(world, sender, auto_reply="Nobody is here.")
    for _ in range(40):
        world.write(sender, "I am on holiday.")
    assert world.count("outbound_message") == 30
    world.now += 11 * 60_000
    world.write(sender, "I am back.")
    assert world.shown(sender)[-1] == "Nobody is here."


def test_a_sender_for_live_chat_only_has_no_auto_reply_but_opt_outs(world: World) -> None:
    sender = world.sender("desk", live_chat_only=True)
    with pytest.raises(RequestError, match="live chat only"):
        choose(world, sender, auto_reply="Nobody is here.")
    choose(world, sender, opt_out_response="You are out.")
    for words in ("hello", "stop"):
        world.write(sender, words)
    assert world.shown(sender) == ["> hello", "> stop", "You are out."]


# --- blacklists ---


def block(world: World, direction: Direction, sender: str | None = None) -> None:
    with world.database.transaction() as work:
        add_to_blacklist(work, "acme", world.ids(), Blacklisted(ADDRESS, direction, sender), world.now)


@pytest.mark.parametrize("whole_company", [True, False])
def test_what_a_blacklisted_address_writes_is_kept_and_goes_nowhere(world: World, whole_company: bool) -> None:
    sender, other = world.publish(ECHO), world.publish(GREETER)
    choose(world, sender, auto_reply="Nobody is here.")
    block(world, "inbound", None if whole_company else sender)
    world.write(sender, "hi")
    assert world.shown(sender) == ["> hi"]
    assert world.rows("inbound_message", "state", "decision") == [("rejected", None)]
    assert world.count("thread") == 0
    world.write(other, "hi")
    assert world.count("thread") == (0 if whole_company else 1)


def test_a_blacklisted_address_can_opt_out_and_lifts_nothing(world: World) -> None:
    sender = world.publish(ECHO)
    block(world, "inbound")
    for words in ("stop", "hello"):
        world.write(sender, words)
    assert world.shown(sender) == ["> stop", "> hello"]
    assert not send(world, sender, "An offer", "api").allowed


def test_an_outbound_blacklist_stops_what_people_and_campaigns_begin(world: World) -> None:
    sender = world.publish(ECHO)
    block(world, "outbound")
    world.write(sender, "hi")
    codes = {origin: send(world, sender, "Hello", origin).reason.code for origin in get_args(Origin)}
    assert codes == {
        "chatbot": "allowed",
        "operator": "blacklisted",
        "campaign": "blacklisted",
        "api": "allowed",
        "auto_reply": "allowed",
    }
    assert "Say something." in world.shown(sender)


# --- pair consent and compliance ---


def test_pair_consent_goes_through_its_five_states(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    place = place_at(world, sender)
    choose(world, sender, requires_pair=True, implied_days=10, join_words=("start",))
    assert send(world, sender, "1").reason.code == "consent_unknown"
    world.write(sender, "yes?")
    assert send(world, sender, "2").allowed
    world.now += 10 * DAY_MS
    assert send(world, sender, "3").reason.code == "consent_expired"
    with world.database.transaction() as work:
        record_explicit(work, place, Cause("operator", evidence="on the phone", user_id="maria"), world.now)
    assert send(world, sender, "4").allowed
    world.write(sender, "stop")
    world.write(sender, "hello")
    assert send(world, sender, "5").reason.code == "consent_opt_out"
    with world.database.transaction() as work:
        record_explicit(work, place, Cause("operator", user_id="maria"), world.now)
    assert send(world, sender, "6").allowed
    world.write(sender, "stop")
    world.write(sender, "start")
    assert send(world, sender, "7").allowed


def test_after_a_no_only_consent_templates_go_until_a_yes(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    place = place_at(world, sender)
    lifts: tuple[Callable[[UnitOfWork], None], ...] = (
        lambda work: answered_consent(work, place, True, Cause("message", "m"), world.now),
        lambda work: record_explicit(work, place, Cause("operator"), world.now),
    )
    for lift in lifts:
        with world.database.transaction() as work:
            answered_consent(work, place, False, Cause("message", "m", "No, thank you"), world.now)
        assert send(world, sender, "Hello").reason.code == "compliance_no"
        with world.database.transaction() as work:
            lift(work)
        assert send(world, sender, "Hello").allowed


class TestAnswersToConsentTemplates:
    """The contact's answer to a consent template sets the compliance field (CO-7)."""

    @pytest.fixture
    def sender(self, world: World) -> str:
        """A sender whose contact is on the line, and whose template `agree` asks for consent."""
        sender = world.publish({**ECHO, "channel": "whatsapp"})
        choose(world, sender, consent_templates=("agree",), consent_yes=("I agree", "yes"), requires_pair=True)
        for name in ("agree", "news"):
            approved_template(world, sender, name)
        world.write(sender, "hi")
        return sender

    def ask(self, world: World, sender: str, name: str = "agree") -> str:
        """Send a template. Returns the vendor's id of it."""
        with world.conversations.of_id(world.rows("conversation", "id")[0][0]) as dialogue:
            template = {"type": "template", "name": name, "language": "en"}
            queue(dialogue, NewMessage(world.ids(), template, "operator"))
        world.drain()
        return f"vendor-{len(world.vendor.sent)}"

    def answer(self, world: World, sender: str, words: str, **fields: Any) -> None:
        """Answer the template that is asked now."""
        world.write(sender, words, in_reply_to=self.ask(world, sender), **fields)

    def standing(self, world: World) -> dict[str, str]:
        return dict(world.rows("consent_state", "kind", "state"))

    def test_after_no_only_a_consent_template_goes_and_yes_lifts_it(self, world: World, sender: str) -> None:
        self.answer(world, sender, "No, thanks", postback="no")
        assert self.standing(world)["compliance"] == "no"
        assert send(world, sender, "Hello").reason.code == "compliance_no"
        self.ask(world, sender, "news")
        assert last(world) == ("blocked", "compliance_no", "operator")
        self.answer(world, sender, "Yes, please", postback="I AGREE")
        assert self.standing(world) == {"compliance": "yes", "pair": "explicit"}
        assert send(world, sender, "Hello").allowed

    def test_the_ledger_has_the_answer_and_its_message(self, world: World, sender: str) -> None:
        self.answer(world, sender, "Yes, please", message="m-yes", postback="yes")
        message = dict(world.rows("inbound_message", "vendor_id", "id"))["m-yes"]
        with world.database.reading() as work:
            entries = entries_of(work, place_at(world, sender).contact_id)
        answered = [entry for entry in entries if entry.cause.id == message]
        assert [(entry.subject.kind, entry.to_state) for entry in answered] == [
            ("compliance", "yes"),
            ("pair", "explicit"),
        ]
        assert answered[0].cause == Cause("message", message, "Yes, please")

    def test_a_reply_that_is_written_counts_too(self, world: World, sender: str) -> None:
        self.answer(world, sender, " NO ")
        assert self.standing(world)["compliance"] == "no"

    def test_a_no_ends_no_opt_out_and_implies_nothing(self, world: World, sender: str) -> None:
        asked = self.ask(world, sender)
        world.write(sender, "stop")
        world.write(sender, "No, thanks", postback="no", in_reply_to=asked)
        assert self.standing(world) == {"compliance": "no", "pair": "opt_out", "sender": "opt_out"}
        world.write(sender, "Yes", postback="yes", in_reply_to=asked)
        assert self.standing(world) == {"compliance": "yes", "pair": "explicit", "sender": "open"}

    def test_what_is_said_besides_is_no_answer(self, world: World, sender: str) -> None:
        self.answer(world, sender, "Who are you?")
        world.write(sender, "no", postback="no")
        world.write(sender, "no", postback="no", in_reply_to=self.ask(world, sender, "news"))
        world.write(sender, "no", postback="no", in_reply_to="vendor-1")
        world.write(sender, "no", postback="no", in_reply_to="a message of somebody else")
        assert "compliance" not in self.standing(world)

    def test_an_answer_counts_while_the_chatbot_is_busy(self, world: World) -> None:
        sender = world.publish({**THINKER, "channel": "whatsapp"})
        choose(world, sender, consent_templates=("agree",))
        approved_template(world, sender, "agree")
        world.write(sender, "hi")
        world.write(sender, "think")
        self.answer(world, sender, "no")
        assert world.count("inbound_message", "state = 'held'") == 1
        world.run_code()
        assert self.standing(world)["compliance"] == "no"
        assert world.count("consent_entry", "kind = 'compliance'") == 1


# --- what vendors say ---


def test_who_switches_off_at_the_vendor_has_opted_out(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    off, on = Subscription(ADDRESS, False, "v1", "off"), Subscription(ADDRESS, True, "v2")
    for _ in range(2):
        world.conversations.subscribe("webchat", sender, off)
    assert not send(world, sender, "An offer").allowed
    world.conversations.subscribe("webchat", sender, on)
    assert send(world, sender, "An offer").allowed
    with world.database.reading() as work:
        told = entries_of(work, place_at(world, sender).contact_id)
    assert [(entry.to_state, entry.cause.kind, entry.cause.id) for entry in told] == [
        ("opt_out", "vendor", "v1"),
        ("open", "vendor", "v2"),
    ]


def test_who_the_vendor_says_has_opted_out_gets_no_more(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    world.vendor.answers = [Refused("blocked by the user", "opted_out")]
    send(world, sender, "An offer")
    assert send(world, sender, "Another").reason.code == "opted_out_sender"


def test_a_report_of_the_vendor_counts_like_its_refusal(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    reports = [Report("vendor-1", "failed", kind="opted_out", reason="blocked by the user")]
    for _ in range(2):
        take_reports(world.conversations, sender, reports, world.now)
    assert send(world, sender, "Another").reason.code == "opted_out_sender"
    with world.database.reading() as work:
        (entry,) = entries_of(work, place_at(world, sender).contact_id)
    assert (entry.cause.kind, entry.cause.evidence) == ("vendor", "blocked by the user")
    world.write(sender, "sorry")
    assert send(world, sender, "Another").allowed


# --- windows ---


def approved_template(world: World, sender: str, name: str) -> None:
    """The vendor has approved a template of the sender."""
    row = WhatsAppTemplate(
        id=name,
        company_id="acme",
        sender_id=sender,
        name=name,
        language="en",
        category="utility",
        components=[{"type": "BODY", "text": "Come back."}],
        status="approved",
        created_at=world.now,
        updated_at=world.now,
    )
    with world.database.transaction() as work:
        work.execute(WHATSAPP.insert().values(row.model_dump()))


def test_a_window_closes_a_day_after_the_contact_wrote_and_a_template_passes(world: World) -> None:
    world.vendor.window = SessionWindow(hours=24)
    sender = world.publish({**ECHO, "channel": "whatsapp"})
    world.write(sender, "hi")
    world.wait(24 * 3600 - 1)
    assert send(world, sender, "Still there?").allowed
    world.wait(1)
    assert send(world, sender, "Still there?").reason.code == "window_closed"
    approved_template(world, sender, "come_back")
    with world.conversations.of_id(world.rows("conversation", "id")[0][0]) as dialogue:
        template = {"type": "template", "name": "come_back", "language": "en"}
        assert queue(dialogue, NewMessage(world.ids(), template, "campaign")).allowed
    world.drain()
    assert last(world) == ("sent", None, "campaign")
    world.write(sender, "here I am", at=world.now - 25 * 3600 * 1000)
    assert send(world, sender, "Welcome").reason.code == "window_closed"
    world.write(sender, "now")
    assert send(world, sender, "Welcome").allowed


def test_a_chatbot_goes_on_when_its_template_is_not_known(world: World) -> None:
    world.vendor.window = SessionWindow(hours=24)
    template = {"type": "template", "name": "come_back", "language": "en"}
    first = say("first", "", "second") | {"step": {"type": "static_message", "content": template}}
    sender = world.publish({**scenario("polite", first, say("second", "Bye.")), "channel": "whatsapp"})
    world.write(sender, "hi")
    assert world.rows("outbound_message", "position", "status", "reason") == [
        (1, "blocked", "template_unknown"),
        (2, "sent", None),
    ]
    approved_template(world, sender, "come_back")
    world.write(sender, "hi")
    assert [status for _, status in world.rows("outbound_message", "position", "status")][2:] == ["sent", "sent"]


def test_a_window_that_closes_while_a_message_waits_stops_it(world: World) -> None:
    world.vendor.window = SessionWindow(hours=24)
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    world.vendor.answers = [RetryLater("busy", seconds=25 * 3600)]
    send(world, sender, "Still there?")
    world.wait(25 * 3600)
    assert last(world) == ("blocked", "window_closed", "operator")


def test_the_eleventh_in_a_row_is_not_sent_also_within_one_batch(world: World) -> None:
    world.vendor.window = SessionWindow(hours=24, messages=60, in_a_row=10)
    sender = world.publish(CHATTY)
    world.write(sender, "hi")
    states = [status for _, status in world.rows("outbound_message", "position", "status")]
    assert states == ["sent"] * 10 + ["blocked"] * 2
    assert last(world) == ("blocked", "window_in_a_row", "chatbot")
    world.wait(1)
    world.write(sender, "more")
    assert world.count("outbound_message", "status = 'sent'") == 20


def test_the_sixty_first_of_a_session_is_not_sent(world: World) -> None:
    world.vendor.window = SessionWindow(hours=24, messages=60, in_a_row=10)
    sender = world.publish(CHATTY)
    for _ in range(7):
        world.write(sender, "hi")
        world.wait(1)
    assert world.count("outbound_message", "status = 'sent'") == 60
    assert last(world) == ("blocked", "window_full", "chatbot")
    world.wait(24 * 3600)
    world.write(sender, "hi")
    assert world.count("outbound_message", "status = 'sent'") == 70


# --- quiet hours ---


def test_quiet_hours_hold_a_campaigns_message_and_let_replies_overtake_it(world: World) -> None:
    sender = world.publish(ECHO)
    choose(world, sender, quiet_from="21:00", quiet_till="08:00")
    world.write(sender, "hi")
    world.now = START + 12 * 3_600_000  # 22:00 UTC
    verdict = send(world, sender, "Good morning!", "campaign")
    assert (verdict.allowed, verdict.until) == (False, START + 22 * 3_600_000)
    assert last(world) == ("queued", "quiet_hours", "campaign")
    world.write(sender, "anyone?")
    assert send(world, sender, "A person", "operator").allowed
    assert world.shown(sender)[-3:] == ["You said anyone?.", "Say something.", "A person"]
    assert world.drain() == verdict.until
    world.now = START + 22 * 3_600_000 - 1
    world.drain()
    assert world.shown(sender)[-1] == "A person"
    world.wait(0.001)
    assert world.shown(sender)[-1] == "Good morning!"
    assert world.rows("outbound_message", "position", "status", "reason")[-2][1:] != ("queued", "quiet_hours")


def test_the_clock_of_the_contact_goes_before_that_of_the_company(world: World) -> None:
    sender = world.publish(ECHO)
    choose(world, sender, quiet_from="21:00", quiet_till="08:00")
    world.write(sender, "hi")  # 10:00 UTC
    assert send(world, sender, "1", "campaign").allowed
    world.execute("UPDATE company SET time_zone = 'Asia/Tokyo'")  # 19:00
    assert send(world, sender, "2", "campaign").allowed
    world.execute("UPDATE contact SET time_zone = 'America/New_York'")  # 5:00
    assert not send(world, sender, "3", "campaign").allowed


def test_a_message_that_reaches_the_night_waits_when_it_would_leave(world: World) -> None:
    sender = world.publish(ECHO)
    choose(world, sender, quiet_from="21:00", quiet_till="08:00")
    world.write(sender, "hi")
    world.vendor.answers = [RetryLater("busy", seconds=11 * 3600)]  # 21:00
    assert send(world, sender, "Late", "campaign").allowed
    world.wait(11 * 3600)
    assert last(world) == ("queued", "quiet_hours", "campaign")
    world.wait(11 * 3600)
    assert last(world) == ("sent", None, "campaign")


def test_an_opt_out_during_the_night_stops_what_waits_for_the_morning(world: World) -> None:
    sender = world.publish(ECHO)
    choose(world, sender, quiet_from="21:00", quiet_till="08:00")
    world.now = START + 12 * 3_600_000
    world.write(sender, "hi")
    send(world, sender, "Good morning!", "campaign")
    world.write(sender, "stop")
    world.wait(11 * 3600)
    assert world.shown(sender)[-1] == "> stop"


def test_a_sender_that_is_not_active_sends_nothing(world: World) -> None:
    sender = world.publish(ECHO)
    world.execute("UPDATE sender SET status = 'blocked'")
    world.write(sender, "hi")
    assert last(world) == ("blocked", "sender_inactive", "chatbot")
