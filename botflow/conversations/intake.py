"""What came in through a channel, kept: when `take` returns, all of it is safe in the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import structlog

from botflow.channels.contract import (
    Account,
    Acted,
    ChannelAdapter,
    ChannelEvent,
    Inbound,
    Part,
    Report,
    Subscription,
    TemplateStatus,
)
from botflow.clock import Clock
from botflow.conversations.delivery import settle_reported
from botflow.conversations.reports import take_reports
from botflow.conversations.service import Conversations
from botflow.conversations.together import Together
from botflow.senders.service import company_of
from botflow.templates.service import template_decided

_log = structlog.get_logger()


class Intake:
    """Takes the events of channels. The same event again changes nothing."""

    def __init__(self, conversations: Conversations, clock: Clock) -> None:
        self._conversations = conversations
        self._clock = clock
        self._messages: Together[tuple[str, Inbound | Part]] = Together(
            conversations.receive_all, lambda named: named[1].address
        )
        self._reports: Together[tuple[str, Report]] = Together(self._take_reports, lambda named: named[1].vendor_id)

    def take(self, adapter: ChannelAdapter[Any], account: Account[Any], events: Sequence[ChannelEvent]) -> None:
        """Keep events in their order; reports that follow each other together. Raises what the database raises."""
        for kind, group in _runs(events):
            TAKERS[kind](self, adapter, account, group)

    def messages(self, adapter: ChannelAdapter[Any], account: Account[Any], messages: Sequence[Inbound | Part]) -> None:
        """Contacts wrote."""
        self._messages.take([(adapter.name, message) for message in messages])

    def reports(self, adapter: ChannelAdapter[Any], account: Account[Any], reports: Sequence[Report]) -> None:
        """The vendor tells what became of messages."""
        self._reports.take([(account.sender, report) for report in reports])

    def _take_reports(self, named: Sequence[tuple[str, Report]]) -> None:
        for sender_id in dict.fromkeys(sender_id for sender_id, _ in named):
            reports = [report for one, report in named if one == sender_id]
            settle_reported(self._conversations, sender_id, reports)
            take_reports(self._conversations, sender_id, reports, self._clock())

    def acts(self, adapter: ChannelAdapter[Any], account: Account[Any], acts: Sequence[Acted]) -> None:
        """Contacts opened links."""
        for act in acts:
            self._conversations.act(adapter.name, account.sender, act.address, act.vendor_id, act.action)

    def subscriptions(
        self, adapter: ChannelAdapter[Any], account: Account[Any], subscriptions: Sequence[Subscription]
    ) -> None:
        """Contacts switched the sender on or off at the vendor."""
        for subscription in subscriptions:
            self._conversations.subscribe(adapter.name, account.sender, subscription)

    def templates(
        self, adapter: ChannelAdapter[Any], account: Account[Any], statuses: Sequence[TemplateStatus]
    ) -> None:
        """The vendor decided on templates; one that nobody made or imported here is only noted in the log."""
        for status in statuses:
            with self._conversations.database.transaction() as work:
                company_id = company_of(work, account.sender)
                is_known = template_decided(work, company_id, account.sender, status, self._clock())
            named = {"name": status.name, "language": status.language, "to": status.status}
            _log.info("template", sender=account.sender, **named, known=is_known)


def _runs(events: Sequence[ChannelEvent]) -> list[tuple[type, list[Any]]]:
    """Events that follow each other and are of one kind, together."""
    runs: list[tuple[type, list[Any]]] = []
    for event in events:
        if not runs or runs[-1][0] is not type(event):
            runs.append((type(event), []))
        runs[-1][1].append(event)
    return runs


Taker = Callable[[Intake, ChannelAdapter[Any], Account[Any], Sequence[Any]], None]
TAKERS: Final[Mapping[type, Taker]] = {
    Inbound: Intake.messages,
    Part: Intake.messages,
    Report: Intake.reports,
    Acted: Intake.acts,
    Subscription: Intake.subscriptions,
    TemplateStatus: Intake.templates,
}
