"""botflow chat: chat with a scenario in the terminal, in real time."""

from __future__ import annotations

import io
import queue
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import msgspec

from botflow.commands.files import UnreadableFileError, in_one_line, printable, scenario_file
from botflow.commands.loading import loading, scenario_of
from botflow_runtime.stand_in import DEFAULT_PHONE

if TYPE_CHECKING:
    from botflow_runtime import Driver, Scenario, Thread
    from botflow_runtime.content.channel import SuggestionView
    from botflow_runtime.effects import AnyEffect
    from botflow_runtime.json_types import JsonObject

LONGEST_SLEEP_SECONDS: Final = 1.0
LONGEST_WAIT_SECONDS: Final = 3600.0
LONGEST_LINE: Final = 100_000
"""Characters that are read as one message; a longer line becomes several."""
MOST_LINES_WAITING: Final = 100
HELP: Final = (
    "/restart starts over, /vars shows the variables, /wait SECONDS lets time pass, /quit ends; "
    "a number chooses a suggestion, unless one begins with a digit itself"
)


@click.command("chat")
@click.argument("file", metavar="FILE")
@click.argument("others", nargs=-1, metavar="[OTHER...]")
@click.option("--show-log", is_flag=True, help="Show what each turn did.")
@click.option("--phone", default=DEFAULT_PHONE, show_default=True, help="The contact's phone number.")
@click.option("--attribute", "attributes", multiple=True, metavar="NAME=VALUE", help="An attribute of the contact.")
@click.option("--allow-host", "hosts", multiple=True, help="A host that code steps may call; none by default.")
@click.option(
    "--record", type=click.Path(path_type=Path, dir_okay=False), help="Write a recording for `botflow replay`."
)
def command(
    file: str,
    others: Sequence[str],
    show_log: bool,
    phone: str,
    attributes: Sequence[str],
    hosts: Sequence[str],
    record: Path | None,
) -> None:
    """Chat with a scenario; OTHER chatbots are enabled beside it (jump targets).

    The chat begins at once, as if the contact had asked for it. Timeouts run in real time. With input that is no
    terminal every line is a message, and the chat ends with the input. The number of a suggestion chooses it; where a
    suggestion begins with a digit itself, a number is sent as it is typed.

    \b
    Lines that are commands:
      /restart       begin again
      /vars          show the variables
      /wait SECONDS  really wait so long, at most an hour; timers fire meanwhile
      /help          show these
      /quit          end; so does the end of the input
    """
    from botflow_runtime import Driver
    from botflow_runtime.sandbox import CodeRunner
    from botflow_runtime.sandbox.broker import HttpBroker

    scenarios = [scenario_of(scenario_file(name)) for name in (file, *others)]
    known = dict(map(_attribute, attributes))
    terminal = _Terminal(scenarios[0], show_log)
    with CodeRunner(http=HttpBroker(hosts)) as runner, loading(file):
        driver = Driver(scenarios, terminal.show, run_code=runner.run, on_effect=terminal.note)
        driver.session(phone, attributes=known)
        try:
            _chat(driver, terminal, phone)
        finally:
            if record is not None:
                _write(record, driver.recording().to_json())


def _chat(driver: Driver, terminal: _Terminal, phone: str) -> None:
    click.echo(HELP)
    driver.start(phone, terminal.scenario.id)
    lines = _lines()
    while True:
        terminal.tell(driver, phone)
        try:
            line = lines.get(timeout=_seconds_to_wait(driver))
        except queue.Empty:
            driver.run_due()
            continue
        if line is None or line.strip() == "/quit":
            return
        terminal.take(driver, phone, line.strip())


def _lines() -> queue.Queue[str | None]:
    """The lines of the input as they come, None at its end; read beside the clock that the timers need."""
    lines: queue.Queue[str | None] = queue.Queue(MOST_LINES_WAITING)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")

    def read() -> None:
        while sys.stdin is not None and (line := sys.stdin.readline(LONGEST_LINE)):
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    return lines


def _seconds_to_wait(driver: Driver) -> float:
    due = driver.next_due()
    return LONGEST_SLEEP_SECONDS if due is None else max(0.0, min(due - time.time(), LONGEST_SLEEP_SECONDS))


def _attribute(text: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found:
        raise click.BadParameter(f"{text!r}: write NAME=VALUE", param_hint="--attribute")
    return name, value


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UnreadableFileError(f"{path}: cannot be written: {error.strerror}") from None


class _Terminal:
    """What the person sees, and what a line that they type means."""

    def __init__(self, scenario: Scenario, show_log: bool) -> None:
        self.scenario = scenario
        self.show_log = show_log
        self.suggestions: list[SuggestionView] = []
        self.turns_shown = 0
        self.status = "active"
        self.watched = sys.stdin is not None and sys.stdin.isatty()

    def show(self, phone: str, content: JsonObject) -> None:
        """A message of the bot, its suggestions numbered."""
        click.echo(f"bot: {printable(self.scenario.content.text_of(content))}")
        self.suggestions = self.scenario.content.suggestions(content)
        for number, suggestion in enumerate(self.suggestions, 1):
            sign = f"{number}." if self._are_numbered() else "-"
            click.echo(f"  {sign} {in_one_line(suggestion.text)}")

    def note(self, effect: AnyEffect, thread: Thread) -> None:
        """What the chatbot asks for besides messages; typing takes its time where a person watches."""
        from botflow_runtime.effects import SendMessage
        from botflow_runtime.testing.player import EFFECT_NAMES

        if isinstance(effect, SendMessage) and self.watched:
            time.sleep(effect.delay_ms / 1000)
        elif name := EFFECT_NAMES.get(type(effect)):
            click.echo(f"({name.replace('_', ' ')})")

    def take(self, driver: Driver, phone: str, line: str) -> None:
        """A line that the person typed: a command, the number of a suggestion, or a message."""
        name, _, argument = line.partition(" ")
        if name in COMMANDS:
            COMMANDS[name](driver, phone, argument)
        elif chosen := self._suggestion(line):
            click.echo(f"you: {in_one_line(chosen.text)}")
            driver.receive(phone, chosen.text, postback=chosen.postback)
        elif line:
            decision = driver.receive(phone, line)
            if decision.action in ("nothing", "ambiguous", "live_chat"):
                click.echo(f"({decision.action.replace('_', ' ')}: no chatbot answers)")

    def tell(self, driver: Driver, phone: str) -> None:
        """What has happened since the last time: the log, if it is asked for, and a change of status."""
        for _, turn in driver.turns[self.turns_shown :]:
            for entry in turn.log if self.show_log else ():
                click.echo(click.style(f"    {in_one_line(entry)}", dim=True))
        self.turns_shown = len(driver.turns)
        thread: Thread | None = driver.session(phone).thread()
        if thread is not None and thread.status != self.status:
            self.status = thread.status
            click.echo(f"({thread.status}{': ' + thread.reason if thread.reason else ''})")

    def _are_numbered(self) -> bool:
        """Whether a number chooses: not where it may be meant as the text of a suggestion."""
        return not any(suggestion.text[:1].isdecimal() for suggestion in self.suggestions)

    def _suggestion(self, line: str) -> SuggestionView | None:
        is_number = self._are_numbered() and line.isascii() and line.isdecimal() and len(line) < 4
        number = int(line) if is_number else 0
        return self.suggestions[number - 1] if 1 <= number <= len(self.suggestions) else None


def _help(driver: Driver, phone: str, argument: str) -> None:
    click.echo(HELP)


def _restart(driver: Driver, phone: str, argument: str) -> None:
    from botflow_runtime.events import Restarted

    driver.happen(phone, Restarted)


def _wait(driver: Driver, phone: str, argument: str) -> None:
    try:
        end = time.time() + min(float(argument), LONGEST_WAIT_SECONDS)
    except ValueError:
        click.echo("(/wait takes a number of seconds)")
        return
    while (left := end - time.time()) > 0:
        time.sleep(min(left, _seconds_to_wait(driver)))
        driver.run_due()


def _variables(driver: Driver, phone: str, argument: str) -> None:
    thread = driver.session(phone).thread()
    for name, value in (thread.variables if thread is not None else {}).items():
        click.echo(in_one_line(f"{name} = {msgspec.json.encode(value).decode()}"))


COMMANDS: Final[Mapping[str, Callable[[Driver, str, str], None]]] = {
    "/help": _help,
    "/restart": _restart,
    "/vars": _variables,
    "/wait": _wait,
}
