"""What an engine runs: scenarios by id and version, and what each sender offers (engine.md 1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from botflow_runtime.compiled import Scenario
from botflow_runtime.errors import UnknownScenarioError, UnknownSenderError
from botflow_runtime.patterns import PatternSet

PERMANENT_OPT_OUT_WORDS = ("stop", "cancel", "unsubscribe", "quit")
"""They always opt out, whatever a sender adds (consent.md, CO-3)."""


class SenderConfig(msgspec.Struct, frozen=True):
    """One sender: its channel, its enabled chatbots, the default one, and its words (CB-10, CO-1, CO-3, CO-5).

    Chatbots that are not published yet, or of another channel, are passed over.
    """

    id: str
    channel: str
    enabled: tuple[str, ...] = ()
    default: str | None = None
    opt_out_words: tuple[str, ...] = ()
    platform_opt_out_words: tuple[str, ...] = ()
    help_words: tuple[str, ...] = ()
    join_words: tuple[str, ...] = ()
    live_chat_only: bool = False


class Sender(msgspec.Struct, frozen=True):
    """A sender made ready: words folded, the triggers of all its chatbots in one set."""

    id: str
    default: str | None
    live_chat_only: bool
    opt_out_words: frozenset[str]
    platform_opt_out_words: frozenset[str]
    help_words: frozenset[str]
    join_words: frozenset[str]
    triggers: PatternSet[str]


class Catalog:
    """Immutable. Publishing a chatbot or changing a sender makes a new catalog.

    A host with very many scenarios may derive a catalog that looks them up when they are needed: `version`, `newest`
    and `find_sender` are all that is ever asked.
    """

    def __init__(self, scenarios: Iterable[Scenario], senders: Iterable[SenderConfig] = ()) -> None:
        self._versions: dict[tuple[str, int], Scenario] = {}
        self._newest: dict[str, Scenario] = {}
        for scenario in scenarios:
            self._versions[scenario.id, scenario.version] = scenario
            newest = self._newest.get(scenario.id)
            if newest is None or newest.version < scenario.version:
                self._newest[scenario.id] = scenario
        self._senders: Mapping[str, Sender] = {config.id: make_sender(config, self._newest.get) for config in senders}

    def version(self, scenario: str, version: int) -> Scenario:
        """One version of a chatbot. Raises UnknownScenarioError."""
        try:
            return self._versions[scenario, version]
        except KeyError:
            raise UnknownScenarioError(f"the catalog holds no version {version} of chatbot {scenario!r}") from None

    def newest(self, scenario: str) -> Scenario | None:
        """The newest version of a chatbot, None where there is none."""
        return self._newest.get(scenario)

    def find_sender(self, sender: str) -> Sender | None:
        """One sender, None where there is none."""
        return self._senders.get(sender)

    def sender(self, sender: str) -> Sender:
        """One sender. Raises UnknownSenderError."""
        found = self.find_sender(sender)
        if found is None:
            raise UnknownSenderError(f"the catalog holds no sender {sender!r}")
        return found


def make_sender(config: SenderConfig, newest: Callable[[str], Scenario | None]) -> Sender:
    """Make a sender ready; `newest` finds the newest version of a chatbot."""

    def on_channel(name: str) -> Scenario | None:
        found = newest(name)
        return found if found is not None and found.channel == config.channel else None

    enabled = [found for name in config.enabled if (found := on_channel(name)) is not None]
    default = on_channel(config.default) if config.default else None
    return Sender(
        id=config.id,
        default=default.id if default is not None else None,
        live_chat_only=config.live_chat_only,
        opt_out_words=fold_words((*PERMANENT_OPT_OUT_WORDS, *config.opt_out_words)),
        platform_opt_out_words=fold_words(config.platform_opt_out_words),
        help_words=fold_words(config.help_words),
        join_words=fold_words(config.join_words),
        triggers=PatternSet((scenario.id, pattern) for scenario in enabled for pattern in scenario.keywords.trigger),
    )


def fold(word: str) -> str:
    """A word as words are compared: the whole trimmed message, any case, accents kept (consent.md)."""
    return word.strip().casefold()


def fold_words(words: Iterable[str]) -> frozenset[str]:
    """Words made ready to compare."""
    return frozenset(map(fold, words)) - {""}
