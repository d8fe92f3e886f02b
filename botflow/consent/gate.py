"""The consent gate: one pure function that says whether a message may go (consent.md, CO-8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Origin: TypeAlias = Literal["chatbot", "operator", "campaign", "api", "auto_reply"]
Template: TypeAlias = Literal["none", "vendor", "consent"]
"""`vendor`: approved by the vendor (MS-6). `consent`: one of those, which asks the contact for consent (CO-7)."""
Scope: TypeAlias = Literal["channel", "sender", "chatbot"]
Pair: TypeAlias = Literal["explicit", "implied", "implied_expired", "opt_out", "unknown"]
"""Consent of a sender's number and a contact's number (CO-6)."""
Window: TypeAlias = Literal["open", "closed", "full", "in_a_row"]
"""A vendor's session window (MS-4, MS-5): `open` where the vendor has none."""

RESPONSE_MS: Final = 5 * 60_000
"""How long after its cause the confirmation of an opt-out, a help or a join response passes."""
INITIATED: Final = ("operator", "campaign")
"""Origins of messages that the outbound blacklist stops: nobody waits for them."""


@dataclass(frozen=True, slots=True)
class Message:
    """What the rules read of a message.

    `caused_at`: when the opt-out, help or join word came that this message is the one response to, in milliseconds
    since the epoch; None where it is none, or not the first.
    """

    origin: Origin = "chatbot"
    template: Template = "none"
    caused_at: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules read of sender and contact at a time.

    `opted_out` is the widest opt-out in force. `pair` is None where the sender does not require pair consent.
    `quiet_until` is when the quiet hours end that it is now, None outside of them. Times in milliseconds.
    """

    now: int
    sender_active: bool = True
    blacklisted: bool = False
    opted_out: Scope | None = None
    compliance: bool | None = None
    pair: Pair | None = None
    window: Window = "open"
    quiet_until: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: `code` is for programs and stays, `sentence` is for people.

    `rule` is the number in consent.md; 0: no rule of consent, the message itself cannot go.
    """

    rule: int
    code: str
    sentence: str


SENDER_INACTIVE: Final = Reason(1, "sender_inactive", "The sender is not active.")
BLACKLISTED: Final = Reason(1, "blacklisted", "The contact is on the outbound blacklist.")
RESPONSE: Final = Reason(2, "response", "It answers the contact's opt-out, help or join word.")
OPTED_OUT: Final[dict[Scope, Reason]] = {
    "channel": Reason(3, "opted_out_channel", "The contact has opted out of the whole channel."),
    "sender": Reason(3, "opted_out_sender", "The contact has opted out of this sender."),
    "chatbot": Reason(3, "opted_out_chatbot", "The contact has opted out of this chatbot."),
}
COMPLIANCE_NO: Final = Reason(4, "compliance_no", "The contact has answered No: only a consent template may be sent.")
PAIR: Final[dict[Pair, Reason]] = {
    "implied_expired": Reason(
        5, "consent_expired", "The contact's implied consent has expired: record explicit consent first."
    ),
    "opt_out": Reason(5, "consent_opt_out", "The contact has opted out of this sender: record explicit consent first."),
    "unknown": Reason(
        5, "consent_unknown", "Nothing is known of the contact's consent: record explicit consent first."
    ),
}
WINDOW: Final[dict[Window, Reason]] = {
    "closed": Reason(
        6, "window_closed", "The vendor's session window is closed: until the contact writes, only a template may go."
    ),
    "full": Reason(6, "window_full", "The vendor's session window holds no more messages."),
    "in_a_row": Reason(
        6, "window_in_a_row", "The vendor takes no more messages in a row until the contact has answered."
    ),
}
QUIET_HOURS: Final = Reason(7, "quiet_hours", "It is within the contact's quiet hours: the message waits.")
ALLOWED: Final = Reason(8, "allowed", "Nothing forbids it.")

REASONS: Final = (
    SENDER_INACTIVE,
    BLACKLISTED,
    RESPONSE,
    *OPTED_OUT.values(),
    COMPLIANCE_NO,
    *PAIR.values(),
    *WINDOW.values(),
    QUIET_HOURS,
    ALLOWED,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a message may go, and why; `until`: not now, but then (milliseconds since the epoch)."""

    allowed: bool
    reason: Reason = ALLOWED
    until: int | None = None


def may_send(message: Message, facts: Facts) -> Verdict:
    """The first rule that decides (CO-8). Asked when a message is queued, and again when it leaves."""
    for rule in RULES:
        verdict = rule(message, facts)
        if verdict is not None:
            return verdict
    return YES


YES: Final = Verdict(True)


def _no(reason: Reason) -> Verdict:
    return Verdict(False, reason)


def _sender(message: Message, facts: Facts) -> Verdict | None:
    if not facts.sender_active:
        return _no(SENDER_INACTIVE)
    return _no(BLACKLISTED) if facts.blacklisted and message.origin in INITIATED else None


def _response(message: Message, facts: Facts) -> Verdict | None:
    if message.caused_at is None or facts.now - message.caused_at > RESPONSE_MS:
        return None
    return Verdict(True, RESPONSE)


def _opted_out(message: Message, facts: Facts) -> Verdict | None:
    return _no(OPTED_OUT[facts.opted_out]) if facts.opted_out is not None else None


def _compliance(message: Message, facts: Facts) -> Verdict | None:
    return _no(COMPLIANCE_NO) if facts.compliance is False and message.template != "consent" else None


def _pair(message: Message, facts: Facts) -> Verdict | None:
    if facts.pair not in PAIR or message.template == "consent":
        return None
    return _no(PAIR[facts.pair])


def _window(message: Message, facts: Facts) -> Verdict | None:
    return _no(WINDOW[facts.window]) if facts.window in WINDOW and message.template == "none" else None


def _quiet_hours(message: Message, facts: Facts) -> Verdict | None:
    if facts.quiet_until is None or message.origin != "campaign":
        return None
    return Verdict(False, QUIET_HOURS, facts.quiet_until)


Rule: TypeAlias = Callable[[Message, Facts], Verdict | None]

RULES: Final[tuple[Rule, ...]] = (_sender, _response, _opted_out, _compliance, _pair, _window, _quiet_hours)
"""In the order of consent.md; where none decides, the message may go (rule 8)."""
