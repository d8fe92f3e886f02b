"""The log: who and what it is about, and never what was said, to whom, or with which secret."""

import json
import secrets
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from botflow.channels.sms_http.signature import signature
from botflow.clock import system_clock
from botflow.db import Database
from botflow.logs import About, without_values
from botflow.migrations.upgrade import upgrade
from botflow.senders.sealing import key_in
from tests.server.process import ServerProcess, wait_until
from tests.server.scenarios import ECHO
from tests.server.slow_vendor import PHONE, TOKEN, SlowVendor
from tests.server.world import World

TEXT = "the quick brown fox jumps"
PUBLIC = "https://bots.test"
PASSWORD = "0ne-Time-Passw0rd!"


@pytest.fixture
def vendor() -> Iterator[SlowVendor]:
    vendor = SlowVendor(0)
    yield vendor
    vendor.close()


def test_a_traceback_holds_no_local_variables_even_before_the_log_is_set_up() -> None:
    program = """
import structlog
import botflow.app
def handle(document):
    raise ValueError("no")
try:
    handle("personal data".upper())
except ValueError:
    structlog.get_logger().exception("failed")
"""
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert finished.stdout == ""
    assert "ValueError: no" in finished.stderr
    assert "PERSONAL DATA" not in finished.stderr


def test_a_whole_conversation_leaves_ids_in_the_log_and_nothing_else(
    tmp_path: Path, vendor: SlowVendor, serve: Callable[..., ServerProcess]
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    database = Database.in_file(data / "botflow.sqlite3")
    upgrade(database)
    world = World(database).at(system_clock())
    sender = world.publish(ECHO)
    key = vendor.carries(world, sender, key_in(data))
    server = serve(
        BOTFLOW_LOG_FORMAT="json",
        BOTFLOW_LOG_LEVEL="debug",
        BOTFLOW_PUBLIC_URL=PUBLIC,
        BOTFLOW_VENDOR_HOSTS=vendor.host,
        BOTFLOW_ADMIN_PASSWORD=PASSWORD,
    )

    def webhook(text: str, token: str = TOKEN) -> int:
        fields = {"MessageSid": f"SM{secrets.token_hex(8)}", "From": PHONE, "To": "+34900000000", "Body": text}
        signed = signature(token, f"{PUBLIC}/webhooks/sms_http/{key}", list(fields.items()))
        request = urllib.request.Request(f"{server.url}/webhooks/sms_http/{key}", urlencode(fields).encode())
        request.add_header("X-Twilio-Signature", signed)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    assert webhook(TEXT) == 200
    wait_until(lambda: len(vendor.came) == 1)
    assert webhook(TEXT) == 200
    wait_until(lambda: len(vendor.came) > 1)
    assert webhook(TEXT, "another token") == 403
    world.execute("ALTER TABLE turn RENAME TO gone")
    assert webhook(TEXT) == 500
    database.close()
    log = server.log()
    for secret in (TEXT, "quick", PHONE, PHONE[1:], TOKEN, key, key_in(data), PASSWORD, "another token"):
        assert secret not in log, secret
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert len(lines) >= len(log.splitlines()) - 1, "all but what the command says is JSON"
    webhooks = [line for line in lines if line["event"] == "webhook"]
    assert [(line["status"], line["adapter"], line["sender"]) for line in webhooks] == [
        (status, "sms_http", sender) for status in (200, 200, 403, 500)
    ]
    assert all(line["level"] == "info" and line["milliseconds"] > 0 for line in webhooks)
    (fault,) = [line for line in lines if "exception" in line and line["event"] == "request failed"]
    assert "no such table" in fault["exception"]


def test_what_postgresql_tells_of_rows_is_left_out() -> None:
    told = (
        "psycopg.errors.UniqueViolation: duplicate key\nDETAIL:  Key (address)=(+34600)\n\nis there\nabout: thread=t\n"
        "\nThe above exception was the direct cause:\nIntegrityError: duplicate\nDETAIL:  Key (address)=(+34600)\n"
        "[SQL: INSERT]"
    )
    kept = without_values(None, "error", {"exception": told})["exception"]
    assert "+34600" not in kept
    assert "is there" not in kept
    for part in ("duplicate key", "about: thread=t", "The above exception", "[SQL: INSERT]"):
        assert part in kept


def test_a_database_error_does_not_show_its_parameters(world: World) -> None:
    with pytest.raises(Exception, match="no_such_table") as failed:
        world.change("UPDATE no_such_table SET text = :text", text=TEXT)
    assert TEXT not in str(failed.value)


def test_ids_of_what_is_done_go_with_an_exception() -> None:
    with pytest.raises(OSError, match="full") as failed, About(conversation="c"), About(message="m"):
        raise OSError("the disk is full")
    assert failed.value.__notes__ == ["about: message=m", "about: conversation=c"]
