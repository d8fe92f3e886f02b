"""`/metrics`: who may read it, what was counted, what waits in the rows, and what counting costs."""

import time
from urllib.request import urlopen

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from botflow import metrics
from botflow.channels.contract import Refused, RetryLater
from botflow.conversations.backlog import backlog
from botflow.conversations.dialogue import Dialogue
from botflow.db import Database
from botflow.errors import StartError
from botflow.scrape import Scrape
from botflow.status import serve_status, status_api
from scripts.metrics_reference import LABELS
from tests.server.process import free_port
from tests.server.scenarios import ECHO, HURRIED, THINKER
from tests.server.world import World

TOKEN = "a-token-of-the-tests"


def figures(text: str) -> dict[str, float]:
    """The samples of a scrape, by `name{label,...}`."""
    return {
        sample.name + ("{" + ",".join(sample.labels.values()) + "}" if sample.labels else ""): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def scraped(database: Database | None = None, now: int = 0) -> dict[str, float]:
    return figures(Scrape(database, lambda: now).text("")[0].decode())


def client(token: str = "") -> FlaskClient:
    app = Flask("status")
    app.register_blueprint(status_api([], Scrape(None, lambda: 0), token))
    return app.test_client()


def asked(headers: dict[str, str], *, token: str = "", address: str = "127.0.0.1") -> int:
    return client(token).get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address}).status_code


@pytest.mark.parametrize(
    ("headers", "address", "status"),
    [
        ({}, "127.0.0.1", 200),
        ({"Host": "[::1]:8080"}, "::1", 200),
        ({}, "192.0.2.1", 403),
        ({"X-Forwarded-For": "192.0.2.1"}, "127.0.0.1", 403),
        ({"X-Forwarded-For": ""}, "127.0.0.1", 403),
        ({"Forwarded": "for=192.0.2.1"}, "127.0.0.1", 403),
        ({"Host": "bots.example.com"}, "127.0.0.1", 403),
        ({"Authorization": f"Bearer {TOKEN}"}, "192.0.2.1", 403),
    ],
)
def test_without_a_token_metrics_are_for_this_machine(headers: dict[str, str], address: str, status: int) -> None:
    assert asked(headers, address=address) == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": f"Bearer {TOKEN}"}, 200),
        ({"Authorization": f"Bearer {TOKEN}x"}, 401),
        ({"Authorization": "Bearer "}, 401),
        ({"Authorization": "Bearer \u00fc"}, 401),
        ({}, 401),
    ],
)
def test_with_a_token_they_are_for_whoever_shows_it(headers: dict[str, str], status: int) -> None:
    for address in ("127.0.0.1", "192.0.2.1"):
        assert asked(headers, token=TOKEN, address=address) == status


def test_the_newer_format_is_given_to_who_asks_for_it() -> None:
    answer = client().get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert answer.content_type.startswith("application/openmetrics-text")
    assert answer.text.endswith("# EOF\n")


def test_what_happens_is_counted(world: World) -> None:
    before = scraped()
    sender = world.publish(ECHO)
    world.vendor.answers = [RetryLater("busy", 1)]
    world.write(sender, "hi", "one")
    world.write(sender, "hi", "one")
    world.wait(1)
    world.vendor.answers = [Refused("unknown number")]
    world.write(sender, "again")
    after = scraped()
    changed = {name: round(after[name] - before.get(name, 0)) for name in after if name.startswith("botflow_")}
    assert changed["botflow_inbound_messages_total{webchat}"] == 2
    assert changed["botflow_turn_seconds_count"] == world.count("turn")
    sends = {name: count for name, count in changed.items() if name.startswith("botflow_sends_total") and count}
    assert sends == {
        "botflow_sends_total{webchat,retry_later}": 1,
        "botflow_sends_total{webchat,accepted}": 2,
        "botflow_sends_total{webchat,permanent}": 1,
    }


def test_a_turn_that_is_rolled_back_does_not_count(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    sender = world.publish(ECHO)
    before = scraped()
    monkeypatch.setattr(Dialogue, "keep_counters", broken)
    with pytest.raises(OSError, match="full"):
        world.hand_in(sender, "hi")
    assert scraped()["botflow_turn_seconds_count"] == before["botflow_turn_seconds_count"]


def test_timers_and_code_are_timed(world: World) -> None:
    before = scraped()
    hurried, thinker = world.publish(HURRIED), world.publish(THINKER)
    world.write(hurried, "hi")
    world.write(thinker, "hi")
    world.write(thinker, "21")
    world.run_code()
    world.wait(60)
    after = scraped()
    assert after["botflow_code_run_seconds_count{ok}"] - before.get("botflow_code_run_seconds_count{ok}", 0) == 1
    late = after["botflow_timer_delay_seconds_sum"] - before["botflow_timer_delay_seconds_sum"]
    assert 1 < late <= 60


def test_what_waits_is_read_from_the_rows(world: World) -> None:
    sender = world.publish(ECHO)
    thinker, hurried = world.publish(THINKER), world.publish(HURRIED)
    world.vendor.answers = [Refused("unknown number")]
    world.write(sender, "hi")
    world.write(thinker, "hi")
    world.write(thinker, "21")
    world.write(hurried, "hi")
    world.hand_in(sender, "again")
    world.now += 30_000
    waits = scraped(world.database, world.now)
    queued = world.count("outbound_message", "status = 'queued'")
    assert queued > 0
    assert waits["botflow_queued_messages{webchat}"] == queued
    assert waits["botflow_oldest_message_seconds{webchat}"] == 30
    assert 0 < waits["botflow_timers_late_seconds"] <= 30
    assert waits["botflow_code_runs_pending"] == 1
    assert waits["botflow_dead_letters"] == 1
    assert waits["botflow_rows_read"] == 1


def test_of_an_adapter_whose_messages_have_left_nothing_waits(world: World) -> None:
    world.write(world.publish(ECHO), "hi")
    waits = scraped(world.database, world.now + 60_000)
    assert waits["botflow_queued_messages{webchat}"] == 0
    assert waits["botflow_oldest_message_seconds{webchat}"] == 0
    assert waits["botflow_timers_late_seconds"] == 0


def test_a_timer_that_was_put_off_is_not_late(world: World) -> None:
    world.write(world.publish(HURRIED), "hi")
    world.execute(f"UPDATE timer SET attempts = 3, leased_until = {world.now + 3_600_000}")
    assert scraped(world.database, world.now + 60_000)["botflow_timers_late_seconds"] == 0


def test_a_database_that_does_not_answer_takes_only_the_rows_from_a_scrape() -> None:
    waits = scraped(Database.in_postgresql("postgresql://botflow@127.0.0.1:1/bots"))
    assert waits["botflow_rows_read"] == 0
    assert "botflow_turn_seconds_count" in waits
    assert "botflow_queued_messages" not in {name.partition("{")[0] for name in waits}


def test_ten_thousand_messages_that_wait_are_read_in_milliseconds(world: World) -> None:
    sender = world.publish(ECHO)
    world.hand_in(sender, "hi")
    columns = (
        "company_id, conversation_id, sender_id, content, confirmation, origin, await_acceptance, delay_ms, status"
    )
    columns += ", parts, attempts, not_before, leased_until, may_be_overtaken, queued_at"
    world.execute(
        f"INSERT INTO outbound_message (id, position, {columns}) "
        "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10000) "
        f"SELECT 'many-' || n, 1000 + n, {columns} FROM numbers, "
        "(SELECT * FROM outbound_message LIMIT 1) AS one"
    )
    with world.database.reading() as work:
        begun = time.perf_counter()
        waits = backlog(work, world.now)
        seconds = time.perf_counter() - begun
    assert waits.queued["webchat"] > 10_000
    assert seconds < 0.5


@pytest.fixture
def port() -> int:
    return serve_status("127.0.0.1", free_port(), status_api([], Scrape(None, lambda: 0), ""))


def test_a_process_without_requests_tells_how_it_is(port: int) -> None:
    for path, beginning in (("/health", b'{"status"'), ("/ready", b'{"status"'), ("/metrics", b"# HELP")):
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            assert answer.read().startswith(beginning)
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
    with pytest.raises(StartError, match="BOTFLOW_METRICS_PORT"):
        serve_status("127.0.0.1", port, status_api([], Scrape(None, lambda: 0), ""))


def test_the_reference_tells_the_labels_as_they_are(world: World) -> None:
    world.write(world.publish(ECHO), "hi")
    metrics.webhook_answered("sms_http", 200)
    metrics.code_ran(0.1, well=True)
    told = {
        sample.name.removesuffix("_count").removesuffix("_total"): tuple(sample.labels)
        for family in text_string_to_metric_families(Scrape(world.database, lambda: world.now).text("")[0].decode())
        for sample in family.samples
        if family.name.startswith("botflow_") and not sample.name.endswith(("_bucket", "_sum", "_created"))
    }
    assert {name: labels for name, labels in told.items() if labels} == LABELS
