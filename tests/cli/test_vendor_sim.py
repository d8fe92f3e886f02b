"""`botflow vendor-sim`: what it prints, and what it refuses."""

import re
import signal
import subprocess
import urllib.request

import pytest

from tests.cli.commands import BOTFLOW, botflow


def test_it_prints_what_to_enter_and_ends_quietly() -> None:
    command = [str(BOTFLOW), "vendor-sim", "--port", "0", "--vendor", "whatsapp_cloud"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+", first)
        assert address
        with urllib.request.urlopen(f"{address[0]}/_sim/", timeout=10) as answer:
            assert b"simulated-app-secret" in answer.read()
        process.send_signal(signal.SIGINT)
        printed = process.stdout.read()
        errors = process.stderr.read() if process.stderr else ""
    assert "BOTFLOW_VENDOR_HOSTS=127.0.0.1:" in printed
    assert "simulated-access-token" in printed
    assert (process.returncode, errors) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--vendor", "pigeon"], "'pigeon' is not known; known are "),
        (["--webhook", "whatsapp_cloud"], "is no NAME=URL of a simulated vendor"),
        (["--reports", "sent,lost"], "'lost' is none of sent, delivered, seen, failed"),
        (["--host", "0.0.0.0"], "this machine only"),
        (["--loss", "2"], "0<=x<=1"),
    ],
)
def test_what_it_refuses(arguments: list[str], said: str) -> None:
    result = botflow("vendor-sim", *arguments)
    assert result.exit_code != 0
    assert said in result.output
