"""One message among many chatbots: which of them does it start?"""

from __future__ import annotations

import random
import re
from itertools import count, cycle, islice
from typing import Any, Final

import re2

from botflow_runtime import Catalog, Router, SenderConfig, load_scenario
from botflow_runtime.events import MessageReceived
from botflow_runtime.patterns import PatternSet
from tests.bench.measure import Plan, Row, beside, measured, row, with_goal

NAME: Final = "routing"
CHATBOTS: Final = 10_000
CHATBOTS_SMALL: Final = 50
MESSAGES: Final = 500
CHECKED: Final = 50
MOST_US: Final = 100.0

SYLLABLES: Final = (
    "ba be bi ca co da de el fa ga go in la le lo ma mi na no pe po ra re ro sa se ta te ti to ve vi".split()
)
SPANISH: Final = "ción ñana ría güe más él niño canción aquí opción".split()

KINDS: Final = (
    # a trigger over two words, and a message that fits it
    ("{a} {b}", "{a} {b} please"),
    ("{a}|{b}x", "I want {a}"),
    ("^({a}|{b}s?) now$", "{b} now"),
    (r"\b{a}\b", "so {a}, then"),
    ("[0-9]+ {a}", "give me 12 {a}"),
    (r"^\s*{a}\s*[!.?]*$", "  {a}!"),
    ("{a}.{{0,10}}{b}", "{a} and also {b}"),
    (r"\b{a}[áéíóúñ]+{s}\b", "quiero {a}ñ{s}"),
    ("(quiero|necesito) (un|una) {a}{s}", "hola, necesito una {a}{s}"),
    (r"{a}(ing|ed)?\b.*[[:digit:]]", "{a}ing number 7"),
)
"""Triggers as people write them, in what MySQL's dialect, Python's `re` and RE2 have in common but for a class name."""

OTHERS: Final = (
    "hello, is anybody there?",
    "what are your opening hours on Sunday?",
    "¿a qué hora abren mañana?",
    "👍",
)
"""Messages that fit no trigger; half of all do not."""


def rows(plan: Plan) -> list[Row]:
    """The whole router, its set of patterns alone, and what one would write without it."""
    triggers, texts = _triggers_and_texts(CHATBOTS_SMALL if plan.small else CHATBOTS)
    router = Router(_catalog(triggers))
    patterns = PatternSet((str(index), trigger) for index, trigger in enumerate(triggers))
    plain = [re.compile(trigger.replace("[[:digit:]]", "[0-9]"), re.IGNORECASE) for trigger in triggers]
    prefilter = _re2_set(triggers)
    events = count()
    each = cycle(texts)

    def route() -> Any:
        return router.route(None, MessageReceived(id=str(next(events)), at=0, sender="web", text=next(each)))

    _check(patterns, plain, texts)
    found = measured({"router": route, "set": lambda: patterns.matching(next(each))}, plan)
    ours = with_goal(row(NAME, f"Router.route, {len(triggers):,} chatbots", found["router"]), MOST_US)
    peers = measured(
        {
            "google-re2 Set alone (ASCII boundaries, no time limit)": lambda: prefilter.Match(next(each)),
            "a loop over re (no time limit)": lambda: _fitting(plain, next(each)),
        },
        plan,
    )
    return [
        ours,
        row(NAME, "PatternSet.matching", found["set"]),
        *(beside(row(NAME, name, figures), ours) for name, figures in peers.items()),
    ]


def _triggers_and_texts(chatbots: int) -> tuple[list[str], list[str]]:
    """A trigger for each chatbot, and messages: some that fit, some that do not."""
    chance = random.Random(7)
    triggers, fitting = [], []
    for kind, message in islice(cycle(KINDS), chatbots):
        words = {"a": _word(chance), "b": _word(chance), "s": chance.choice(SPANISH)}
        triggers.append(kind.format(**words))
        fitting.append(message.format(**words))
    some = chance.sample(fitting, min(MESSAGES, chatbots) // 2)
    return triggers, [text for pair in zip(some, cycle(OTHERS), strict=False) for text in pair]


def _fitting(patterns: list[re.Pattern[str]], text: str) -> list[re.Pattern[str]]:
    return [pattern for pattern in patterns if pattern.search(text)]


def _check(patterns: PatternSet[str], plain: list[re.Pattern[str]], texts: list[str]) -> None:
    """Ours has to find what the loop finds, or the figures would mean nothing."""
    for text in texts[:CHECKED]:
        found = [plain[int(key)] for key in patterns.matching(text).keys]
        if found != _fitting(plain, text):
            raise RuntimeError(f"the set and the loop differ for {text!r}")


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(4))


def _catalog(triggers: list[str]) -> Catalog:
    scenarios = [load_scenario(_chatbot(f"bot-{index}", trigger)) for index, trigger in enumerate(triggers)]
    return Catalog(scenarios, [SenderConfig("web", "webchat", enabled=tuple(scenario.id for scenario in scenarios))])


def _chatbot(name: str, trigger: str) -> dict[str, Any]:
    step = {"type": "static_message", "content": {"type": "text", "text": "Hello"}}
    return {
        "format": "botflow.scenario/1",
        "id": name,
        "name": name,
        "channel": "webchat",
        "language": "en",
        "settings": {"keywords": {"trigger": [trigger]}},
        "nodes": [{"id": "hello", "kind": "action", "role": "start", "final": True, "step": step}],
    }


def _re2_set(triggers: list[str]) -> Any:
    options = re2.Options()
    options.case_sensitive = False
    options.max_mem = 1 << 30
    found = re2.Set.SearchSet(options)
    for trigger in triggers:
        found.Add(trigger)
    found.Compile()
    return found
