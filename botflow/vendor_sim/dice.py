"""Chance with a seed: what becomes of a call, and which reports follow a message, the same in every run."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random

from botflow.vendor_sim.contract import Behaviour, Fate, State


class Dice:
    """Decides for one vendor. Calls share one lock of the interpreter's: no two are decided at the same time."""

    def __init__(self, behaviour: Behaviour, seed: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.behaviour = behaviour
        self._random = Random(seed)
        self._clock = clock
        self._allowed = 0.0
        self._filled_at = clock()

    def fate(self) -> Fate:
        """What becomes of the next call."""
        if not self._may_call():
            return "throttle"
        behaviour = self.behaviour
        drawn = self._random.random()
        for share, fate in (
            (behaviour.errors, "error"),
            (behaviour.hang, "hang"),
            (behaviour.lost_answers, "lose_answer"),
        ):
            if drawn < share:
                return fate  # type: ignore[return-value]  # mypy forgets that the tuple holds literals
            drawn -= share
        return "answer"

    def reports(self) -> list[tuple[float, State]]:
        """The reports of the next message: seconds from now, and the state."""
        behaviour = self.behaviour
        states = list(behaviour.reports)
        if behaviour.disorder:
            self._disorder(states)
        if behaviour.loss:
            states = [state for state in states if self._random.random() >= behaviour.loss]
        if behaviour.duplicates:
            states = [state for state in states for _ in range(1 + (self._random.random() < behaviour.duplicates))]
        return [((place + 1) * behaviour.report_ms / 1000, state) for place, state in enumerate(states)]

    def _disorder(self, states: list[State]) -> None:
        for place in range(len(states) - 1):
            if self._random.random() < self.behaviour.disorder:
                states[place], states[place + 1] = states[place + 1], states[place]

    def _may_call(self) -> bool:
        """Take one of the calls that `throttle` allows; what is not used is kept for a second."""
        rate = self.behaviour.throttle
        if rate is None:
            return True
        now = self._clock()
        self._allowed = min(max(rate, 1.0), self._allowed + (now - self._filled_at) * rate)
        self._filled_at = now
        if self._allowed < 1:
            return False
        self._allowed -= 1
        return True
