"""botflow vendor-sim: stand-ins for the vendors, to try senders without an account anywhere."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, get_args

import click

from botflow.vendor_sim.contract import Behaviour, State

if TYPE_CHECKING:
    from botflow.vendor_sim.server import Simulator

DEFAULT_PORT: Final = 8090
SHARE: Final = click.FloatRange(0, 1)
POSITIVE: Final = click.FloatRange(min=0)
_DEFAULTS: Final = Behaviour()


@click.command("vendor-sim")
@click.option("--host", default="127.0.0.1", show_default=True, help="Loopback address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True, help="0 takes a free one."
)
@click.option("--vendor", "names", multiple=True, metavar="NAME", help="Vendor to simulate; all when left out.")
@click.option(
    "--webhook",
    "webhooks",
    multiple=True,
    metavar="NAME=URL",
    help="Where a vendor's webhooks go: the address that the sender shows.",
)
@click.option("--delay", "delay_ms", type=POSITIVE, default=_DEFAULTS.delay_ms, help="Milliseconds of each answer.")
@click.option(
    "--reports",
    default=",".join(_DEFAULTS.reports),
    show_default=True,
    help="What is reported of each message, in this order; empty: nothing.",
)
@click.option(
    "--report-delay",
    "report_ms",
    type=POSITIVE,
    default=_DEFAULTS.report_ms,
    show_default=True,
    help="Milliseconds between two reports.",
)
@click.option("--loss", type=SHARE, default=_DEFAULTS.loss, help="Share of reports that never come, 0 to 1.")
@click.option("--duplicates", type=SHARE, default=_DEFAULTS.duplicates, help="Share of reports that come twice.")
@click.option(
    "--disorder", type=SHARE, default=_DEFAULTS.disorder, help="Share of reports that swap places with the next."
)
@click.option("--errors", type=SHARE, default=_DEFAULTS.errors, help="Share of calls that are answered 500.")
@click.option("--hang", type=SHARE, default=_DEFAULTS.hang, help="Share of calls that are not answered.")
@click.option(
    "--lost-answers",
    type=SHARE,
    default=_DEFAULTS.lost_answers,
    help="Share of calls whose message is taken and that are not answered.",
)
@click.option("--throttle", type=click.FloatRange(min=0, min_open=True), help="Calls a second, above which: 429.")
@click.option("--seed", default=0, show_default=True, help="Seed of chance: the same seed, the same faults.")
def command(
    host: str,
    port: int,
    names: Sequence[str],
    webhooks: Sequence[str],
    reports: str,
    seed: int,
    **behaviour: Any,
) -> None:
    """Simulate the vendors on this machine.

    Prints for each what to enter as the sender's credentials. While it runs, /_sim/ at its address sends messages of
    contacts, lists what was taken, and changes the behaviour (docs/how-to/try-without-a-vendor.md).
    """
    from botflow.vendor_sim.registry import VENDORS
    from botflow.vendor_sim.server import Simulator

    for name in names:
        if name not in VENDORS:
            raise click.BadParameter(f"{name!r} is not known; known are {', '.join(VENDORS)}.", param_hint="--vendor")
    chosen = [VENDORS[name]() for name in names or VENDORS]
    addresses = [_webhook(text, names or list(VENDORS)) for text in webhooks]
    simulator = Simulator(chosen, host, port, Behaviour(reports=_states(reports), **behaviour), seed)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with simulator:
        for name, url in addresses:
            _connect(simulator, name, url)
        _describe(simulator)
        ended.wait()


def _states(text: str) -> tuple[State, ...]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in get_args(State):
            raise click.BadParameter(f"{name!r} is none of {', '.join(get_args(State))}.", param_hint="--reports")
    return tuple(names)  # type: ignore[arg-type]  # each was compared with the literals


def _webhook(text: str, names: Sequence[str]) -> tuple[str, str]:
    name, separator, url = text.partition("=")
    if not separator or name not in names or not url.startswith(("http://", "https://")):
        raise click.BadParameter(f"{text!r} is no NAME=URL of a simulated vendor.", param_hint="--webhook")
    return name, url


def _connect(simulator: Simulator, name: str, url: str) -> None:
    stand = simulator.stands[name]
    if not hasattr(stand.vendor, "webhook_url"):
        raise click.ClickException(f"{name} posts no webhooks.")
    if not stand.connect(url):
        click.echo(f"{name}: {url} did not pass the vendor's test of the address; it is used all the same.", err=True)


def _describe(simulator: Simulator) -> None:
    click.echo(f"Vendors at http://{simulator.host}:{simulator.port}; GET /_sim/ shows them, Ctrl-C ends them.")
    lines = [simulator.credentials(name) for name in simulator.lines]
    hosts = [f"{simulator.host}:{simulator.port}", *(f"{line['host']}:{line['port']}" for line in lines)]
    click.echo(f"Let the server call them: BOTFLOW_VENDOR_HOSTS={','.join(hosts)}")
    for name, stand in simulator.stands.items():
        click.echo(f"\n{name}\n  identity: {stand.vendor.identity}")
        click.echo(f"  credentials: {json.dumps(simulator.credentials(name), ensure_ascii=False)}")
        webhook = getattr(stand.vendor, "webhook_url", None)
        if webhook is not None:
            address = f"{simulator.url('_sim')}/{name}/webhook"
            click.echo(f"  webhooks go to: {webhook or f'nowhere yet; PUT {address}'}")
