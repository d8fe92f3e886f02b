"""Signing in (AC-2), sessions, their cookie, and those who guess passwords or send requests from other pages."""

import re
import statistics
import threading
import time
from collections.abc import Mapping
from typing import Any

import argon2
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from botflow.accounts import passwords, throttle
from botflow.accounts.cookie import SessionCookie
from botflow.accounts.passwords import Passwords, faults_of
from botflow.accounts.sessions import IDLE_MS, LONGEST_MS, PASSWORD_MS
from botflow.accounts.sign_in import UNUSED_MS
from botflow.accounts.users import OWN_CHANGE_MS
from botflow.permissions import ADMIN, BROADCAST
from tests.server.api import GOOD_PASSWORD, ORIGIN, Api

LOGIN = "ann@example.com"
DAY = 24 * 3_600_000
HERE = {"Origin": ORIGIN}


@pytest.fixture
def ann(api: Api) -> str:
    """A user of acme whose password is GOOD_PASSWORD and her own."""
    return make(api, LOGIN)


def make(api: Api, login: str, role: str = BROADCAST, **values: Any) -> str:
    """A user who need not change their password."""
    api.company("acme")
    with api.database.transaction() as work:
        user = api.parts.people.users.make(work, api.caller("acme"), login, login, role, api.password)
        changed = sa.text("UPDATE user_account SET must_change = :no WHERE id = :id")
        work.execute(changed.bindparams(no=False, id=user))
    return user


def sign_in(
    client: FlaskClient,
    password: str = GOOD_PASSWORD,
    login: str = LOGIN,
    headers: Mapping[str, str] = HERE,
    address: str = "198.51.100.1",
) -> TestResponse:
    body = {"login": login, "password": password}
    return client.post("/api/v1/session", json=body, headers=headers, environ_overrides={"REMOTE_ADDR": address})


def me(client: FlaskClient) -> TestResponse:
    return client.get("/api/v1/me")


def change(client: FlaskClient, current: str, new: str) -> TestResponse:
    return client.put("/api/v1/me/password", json={"current": current, "new": new}, headers=HERE)


# ---- in and out --------------------------------------------------------------------------------------------------


def test_a_session_begins_and_ends(api: Api, ann: str) -> None:
    client = api.client()
    assert me(client).status_code == 401
    answer = sign_in(client, login="  Ann@Example.COM ")
    assert answer.status_code == 200
    assert answer.get_json()["login"] == LOGIN
    assert answer.get_json()["password_needed"] == ""
    assert "messages.send" in answer.get_json()["permissions"]
    assert me(client).get_json()["id"] == ann
    ended = client.delete("/api/v1/session", headers=HERE)
    assert (ended.status_code, ended.headers["Clear-Site-Data"]) == (204, '"cache"')
    assert me(client).status_code == 401


def test_a_session_that_has_ended_is_not_brought_back_by_its_cookie(api: Api, ann: str) -> None:
    client = api.client()
    cookie = sign_in(client).headers["Set-Cookie"].partition(";")[0]
    client.delete("/api/v1/session", headers=HERE)
    assert api.program().get("/api/v1/me", headers={"Cookie": cookie}).status_code == 401


@pytest.mark.parametrize(
    ("public_url", "name", "attributes"),
    [
        ("", "botflow_session", {"HttpOnly", "SameSite=Lax", "Path=/"}),
        ("https://bots.example.com", "__Host-botflow_session", {"HttpOnly", "SameSite=Lax", "Path=/", "Secure"}),
    ],
)
def test_no_script_and_no_other_site_gets_the_cookie(public_url: str, name: str, attributes: set[str]) -> None:
    cookie = SessionCookie(secure=public_url.startswith("https"))
    given, *parts = [part.strip() for part in cookie.header("token").split(";")]
    assert given == f"{name}=token"
    assert {part for part in parts if not part.startswith(("Max-Age", "Expires"))} == attributes
    assert "Max-Age=0" in cookie.header("")


def test_a_token_that_somebody_planted_never_becomes_a_session(api: Api, ann: str) -> None:
    """Session fixation: the token after signing in is always a new one, and the one before ends."""
    client = api.client()
    client.set_cookie("botflow_session", "planted-by-somebody")
    first = sign_in(client).headers["Set-Cookie"].partition(";")[0]
    assert "planted" not in first
    second = sign_in(client).headers["Set-Cookie"].partition(";")[0]
    assert second != first
    assert api.program().get("/api/v1/me", headers={"Cookie": first}).status_code == 401
    assert api.program().get("/api/v1/me", headers={"Cookie": second}).status_code == 200


def test_tokens_are_long_and_only_their_digest_is_kept(api: Api, ann: str) -> None:
    cookie = sign_in(api.client()).headers["Set-Cookie"]
    token = re.fullmatch(r"botflow_session=([^;]+);.*", cookie)
    assert token is not None
    assert len(token[1]) >= 43
    with api.database.reading() as work:
        rows = str(work.all(sa.text("SELECT * FROM session")))
    assert token[1] not in rows


@pytest.mark.parametrize("then", [IDLE_MS + 1, LONGEST_MS + 1])
def test_who_does_nothing_for_an_hour_is_signed_out(api: Api, ann: str, then: int) -> None:
    client = api.client()
    sign_in(client)
    api.now += IDLE_MS
    assert me(client).status_code == 200
    api.now += then
    assert me(client).status_code == 401


def test_a_session_ends_after_twelve_hours_of_work(api: Api, ann: str) -> None:
    client = api.client()
    sign_in(client)
    for _ in range(12):
        api.now += IDLE_MS - 1000
        assert me(client).status_code == 200
    api.now += IDLE_MS - 1000
    assert me(client).status_code == 401


def test_sessions_are_listed_and_ended_by_their_owner(api: Api, ann: str) -> None:
    here, elsewhere = api.client(), api.client()
    sign_in(elsewhere, headers={**HERE, "User-Agent": "Telephone/1"}, address="198.51.100.7")
    api.now += 1000
    sign_in(here)
    listed = here.get("/api/v1/me/sessions").get_json()["items"]
    assert [(one["address"], one["current"]) for one in listed] == [("198.51.100.1", True), ("198.51.100.7", False)]
    assert listed[1]["browser"] == "Telephone/1"
    assert not any("token" in one for one in listed)
    assert here.delete(f"/api/v1/me/sessions/{listed[1]['id']}", headers=HERE).status_code == 204
    assert me(elsewhere).status_code == 401
    assert me(here).status_code == 200


def test_nobody_ends_the_session_of_a_colleague(api: Api, ann: str) -> None:
    make(api, "bob")
    client, bob = api.client(), api.client()
    sign_in(client)
    sign_in(bob, login="bob")
    (session,) = client.get("/api/v1/me/sessions").get_json()["items"]
    assert bob.delete(f"/api/v1/me/sessions/{session['id']}", headers=HERE).status_code == 404
    assert me(client).status_code == 200


# ---- guessing ----------------------------------------------------------------------------------------------------


def test_an_unknown_login_and_a_wrong_password_are_answered_alike(api: Api, ann: str) -> None:
    wrong = sign_in(api.client(), "Wrong-Horse-7")
    unknown = sign_in(api.client(), login="nobody@example.com")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.get_json() == unknown.get_json()
    assert dict(wrong.headers) == dict(unknown.headers)


def test_an_unknown_login_takes_as_long_as_a_wrong_password() -> None:
    keeper = Passwords()
    kept = keeper.hash(GOOD_PASSWORD)

    def seconds(of: str | None) -> float:
        taken = []
        for _ in range(7):
            begun = time.perf_counter()
            assert not keeper.fits(of, "Wrong-Horse-7")
            taken.append(time.perf_counter() - begun)
        return statistics.median(taken)

    assert 1 / 3 < seconds(None) / seconds(kept) < 3


def test_each_failed_try_makes_the_next_wait_longer_up_to_a_minute(api: Api, ann: str) -> None:
    waits = []
    for _ in range(15):
        answer = sign_in(api.client(), "Wrong-Horse-7")
        if answer.status_code == 429:
            waits.append(int(answer.headers["Retry-After"]))
            # what comes while it waits changes nothing, even with the right password
            assert sign_in(api.client()).status_code == 429
            api.now += 1000 * waits[-1]
            answer = sign_in(api.client(), "Wrong-Horse-7")
        assert answer.status_code == 401
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]
    api.now += 60_000
    assert sign_in(api.client()).status_code == 200
    assert sign_in(api.client(), "Wrong-Horse-7").status_code == 401  # it begins anew


def test_an_unknown_login_waits_as_a_known_one_does(api: Api) -> None:
    statuses = [sign_in(api.client(), "Wrong-Horse-7", "nobody").status_code for _ in range(7)]
    assert statuses == [401] * 5 + [429] * 2


def test_whoever_tries_many_logins_is_slowed_down_by_their_address(api: Api, ann: str) -> None:
    statuses = [sign_in(api.client(), "Wrong-Horse-7", f"user{number}").status_code for number in range(22)]
    assert statuses == [401] * 20 + [429] * 2
    assert sign_in(api.client(), address="203.0.113.9").status_code == 200


def test_signing_in_oneself_does_not_let_one_guess_on(api: Api, ann: str) -> None:
    """The tries from an address are not forgotten because one of them was right."""
    make(api, "mallory")
    for number in range(19):
        assert sign_in(api.client(), "Wrong-Horse-7", f"user{number}").status_code == 401
    assert sign_in(api.client(), login="mallory").status_code == 200
    statuses = [sign_in(api.client(), "Wrong-Horse-7", f"other{number}").status_code for number in range(3)]
    assert statuses == [401, 429, 429]


def test_nobody_locks_out_somebody_who_signs_in_from_where_they_did(api: Api, ann: str) -> None:
    assert sign_in(api.client(), address="198.51.100.1").status_code == 200
    for number in range(12):
        sign_in(api.client(), "Wrong-Horse-7", address=f"203.0.113.{number}")
    assert sign_in(api.client(), address="203.0.113.99").status_code == 429
    assert sign_in(api.client(), address="198.51.100.1").status_code == 200


def test_whoever_has_a_session_does_not_guess_its_password(api: Api, ann: str) -> None:
    client = api.client()
    sign_in(client)
    statuses = [change(client, f"Wrong-Horse-{number}", "Another-Horse-8").status_code for number in range(7)]
    assert statuses == [422] * 5 + [429] * 2
    api.now += 1000
    assert change(client, GOOD_PASSWORD, "Another-Horse-8").status_code == 204
    assert sign_in(api.client(), "Another-Horse-8").status_code == 200  # signing in is another matter


def test_what_is_written_does_not_tell_whether_a_login_exists(api: Api, ann: str) -> None:
    """The same statements, but for their values: what is written takes time."""
    heard: list[list[str]] = []
    sa.event.listen(
        api.database.engine, "before_cursor_execute", lambda *given: heard[-1].append(given[2]) if heard else None
    )
    for login in (LOGIN, "nobody@example.com"):
        heard.append([])
        assert sign_in(api.client(), "Wrong-Horse-7", login).status_code == 401
    assert heard[0] == heard[1]
    heard.clear()


def test_a_sign_in_tells_how_many_tries_failed_before(api: Api, ann: str) -> None:
    for _ in range(3):
        sign_in(api.client(), "Wrong-Horse-7")
    sign_in(api.client())
    (entry,) = api.call("GET", "/audit?action=session.begun", key=api.key("acme")).get_json()["items"]
    assert entry["new"] == {"from": "198.51.100.1", "failed_before": 3}


def test_many_tries_at_once_are_counted_each(api: Api, ann: str) -> None:
    statuses: list[int] = []

    def guess(number: int) -> None:
        answer = sign_in(api.client(), f"Wrong-Horse-{number}", address=f"203.0.113.{number}")
        statuses.append(answer.status_code)

    threads = [threading.Thread(target=guess, args=[number]) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [401] * 5 + [429] * 7


def test_tries_are_forgotten_after_an_hour_and_their_rows_go(api: Api, ann: str) -> None:
    for number in range(6):
        sign_in(api.client(), "Wrong-Horse-7", f"user{number}")
    api.now += throttle.FORGOTTEN_MS + 1
    sign_in(api.client())
    with api.database.reading() as work:
        assert work.value(sa.text("SELECT count(*) FROM sign_in_tries WHERE failures > 0")) == 0


def test_the_address_behind_a_known_proxy_is_the_one_that_counts(api: Api, ann: str) -> None:
    behind = Api(api.database, api.settings.data, proxies=("192.0.2.1",))

    def at(address: str, told: str) -> str:
        headers = {**HERE, "X-Forwarded-For": told}
        client = behind.client()
        assert sign_in(client, headers=headers, address=address).status_code == 200
        listed = client.get("/api/v1/me/sessions").get_json()["items"]
        return str(next(one["address"] for one in listed if one["current"]))

    assert at("192.0.2.1", "198.51.100.5") == "198.51.100.5"
    assert at("192.0.2.1", "10.0.0.1, 198.51.100.5") == "198.51.100.5"  # what the client wrote comes before
    assert at("192.0.2.1", "<script>") == "192.0.2.1"
    assert at("198.51.100.9", "10.0.0.1") == "198.51.100.9"  # no proxy of ours
    behind.close()


def test_a_hash_of_other_figures_is_made_anew(api: Api, ann: str) -> None:
    old = argon2.PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(GOOD_PASSWORD)
    with api.database.transaction() as work:
        work.execute(sa.text("UPDATE user_account SET password = :old").bindparams(old=old))
    assert sign_in(api.client()).status_code == 200
    with api.database.reading() as work:
        kept = str(work.value(sa.text("SELECT password FROM user_account")))
    assert f"m={passwords.MEMORY_KIB},t={passwords.TIME_COST},p={passwords.LANES}" in kept
    assert sign_in(api.client()).status_code == 200


# ---- other pages -------------------------------------------------------------------------------------------------

SENT = [
    ({"Origin": ORIGIN}, True),
    ({"Origin": "https://localhost"}, True),
    ({"Sec-Fetch-Site": "same-origin"}, True),
    ({}, False),
    ({"Origin": "null"}, False),
    ({"Origin": "http://evil.example"}, False),
    ({"Origin": "http://localhost.evil.example"}, False),
    ({"Origin": "http://localhost:8081"}, False),
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "same-site", "Origin": ORIGIN}, False),
    ({"Sec-Fetch-Site": ""}, False),
]


def test_with_a_cookie_nothing_is_changed_for_another_site(api: Api, ann: str) -> None:
    client = api.client()
    sign_in(client)
    for number, (headers, taken) in enumerate(SENT):
        answer = client.patch("/api/v1/me", json={"name": f"Changed {number}"}, headers=headers)
        assert answer.status_code == (200 if taken else 403), headers
        assert (me(client).get_json()["name"] == f"Changed {number}") is taken, headers


def test_another_site_signs_nobody_in(api: Api, ann: str) -> None:
    """Login CSRF: a visitor would work in the account of the attacker."""
    assert sign_in(api.client(), headers={"Origin": "http://evil.example"}).status_code == 403
    assert sign_in(api.client(), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert sign_in(api.client(), headers={}).status_code == 200  # a program


def test_a_key_needs_no_origin_and_a_cookie_beside_it_does_not_count(api: Api, ann: str) -> None:
    client = api.client()
    sign_in(client)
    key = api.key("acme")
    headers = {"X-API-Key": key, "Origin": "http://evil.example"}
    assert client.post("/api/v1/departments", json={"name": "Sales"}, headers=headers).status_code == 201
    assert client.get("/api/v1/me", headers={"X-API-Key": key}).status_code == 403
    assert client.get("/api/v1/departments", headers={"X-API-Key": "nonsense"}).status_code == 401


# ---- passwords (AC-2) --------------------------------------------------------------------------------------------

PASSWORDS = [
    ("Aa1!aaaa", True),
    ("Aa1aaaaa", True),
    ("aa1!aaaa", True),
    ("ñandú-Ñ7", True),
    ("пароль-Пароль", True),
    ("Aa1!aaa", False),
    ("aaaaaaaa", False),
    ("aaaaaaa1", False),
    ("AAAAAAA!", False),
    ("", False),
    ("Aa1!" + "a" * 253, False),
    ("Aa1!aaa\0", False),
]


@pytest.mark.parametrize(("password", "good"), PASSWORDS)
def test_what_a_good_password_is(password: str, good: bool) -> None:
    assert (list(faults_of(password)) == []) is good


def test_one_time_passwords_are_good_ones_and_never_the_same() -> None:
    made = {Passwords().one_time(None).text for _ in range(3)}
    assert len(made) == 3
    assert all(not list(faults_of(one)) for one in made)
    assert GOOD_PASSWORD not in repr(Passwords().one_time(GOOD_PASSWORD))


def test_a_password_that_somebody_gave_opens_nothing_but_its_change(api: Api, ann: str) -> None:
    admin = api.person("acme", ADMIN)
    given = api.call("POST", f"/users/{ann}/one-time-password", {}, headers=admin).get_json()["one_time_password"]
    client = api.client()
    assert sign_in(client).status_code == 401
    assert "given to you" in sign_in(client, given).get_json()["password_needed"]
    assert me(client).status_code == 200
    refused = client.get("/api/v1/company")
    assert (refused.status_code, refused.get_json()["type"]) == (403, "/problems/password-needed")
    assert client.get("/api/v1/me/sessions").status_code == 403
    assert change(client, given, "Another-Horse-8").status_code == 204
    assert client.get("/api/v1/company").status_code == 200


def test_none_of_the_last_seven_passwords_comes_again(api: Api, ann: str) -> None:
    client = api.client()
    used = [GOOD_PASSWORD]
    for number in range(7):
        sign_in(client, used[-1])
        for former in used[-7:]:
            refused = change(client, used[-1], former)
            assert refused.status_code == 422
            assert refused.get_json()["errors"][0]["pointer"] == "/new"
        assert change(client, used[-1], f"Next-Horse-{number}").status_code == 204
        used.append(f"Next-Horse-{number}")
        api.now += OWN_CHANGE_MS
    sign_in(client, used[-1])
    assert change(client, used[-1], GOOD_PASSWORD).status_code == 204


def test_a_password_is_changed_once_a_day(api: Api, ann: str) -> None:
    client = api.client()
    sign_in(client)
    assert change(client, GOOD_PASSWORD, "Another-Horse-8").status_code == 204
    assert change(client, "Another-Horse-8", "Third-Horse-9").status_code == 409
    api.now += OWN_CHANGE_MS
    sign_in(client, "Another-Horse-8")
    assert change(client, "Another-Horse-8", "Third-Horse-9").status_code == 204


def test_a_password_lasts_for_sixty_days(api: Api, ann: str) -> None:
    client = api.client()
    for _ in range(3):
        api.now += PASSWORD_MS // 3
        sign_in(client)
        assert client.get("/api/v1/company").status_code == 200
    api.now += 1
    assert client.get("/api/v1/company").status_code == 403
    assert "60 days" in me(client).get_json()["password_needed"]
    assert change(client, GOOD_PASSWORD, "Another-Horse-8").status_code == 204
    assert client.get("/api/v1/company").status_code == 200


def test_a_new_password_ends_the_other_sessions(api: Api, ann: str) -> None:
    here, elsewhere = api.client(), api.client()
    sign_in(elsewhere)
    sign_in(here)
    assert change(here, "Wrong-Horse-7", "Another-Horse-8").status_code == 422
    assert me(elsewhere).status_code == 200
    assert change(here, GOOD_PASSWORD, "Another-Horse-8").status_code == 204
    assert (me(here).status_code, me(elsewhere).status_code) == (200, 401)


@pytest.mark.parametrize(("role", "status"), [(BROADCAST, 403), (ADMIN, 200)])
def test_thirty_days_without_use_block_all_but_admins(api: Api, role: str, status: int) -> None:
    user = make(api, LOGIN, role)
    admin_login = "other-admin"
    api.now += UNUSED_MS
    assert sign_in(api.client()).status_code == 200
    api.now += UNUSED_MS + 1
    assert sign_in(api.client()).status_code == status
    assert sign_in(api.client(), "Wrong-Horse-7").status_code == 401  # only who knows the password hears of it
    admin = api.person("acme", ADMIN, login=admin_login)
    assert api.call("PATCH", f"/users/{user}", {"blocked": False}, headers=admin).status_code == 200
    assert sign_in(api.client()).status_code == 200


def test_who_is_blocked_is_out_at_once(api: Api, ann: str) -> None:
    client = api.client()
    sign_in(client)
    admin = api.person("acme", ADMIN)
    assert api.call("PATCH", f"/users/{ann}", {"blocked": True}, headers=admin).status_code == 200
    assert me(client).status_code == 401
    assert sign_in(api.client()).status_code == 403
    assert api.call("PATCH", f"/users/{ann}", {"blocked": False}, headers=admin).status_code == 200
    assert sign_in(api.client()).status_code == 200


def test_too_many_at_once_are_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASH_WAIT_SECONDS", 0.01)
    keeper = Passwords()
    for _ in range(passwords.HASHES_AT_ONCE):
        assert keeper._room.acquire()
    with pytest.raises(Exception, match="Too many people") as refused:
        keeper.fits(None, GOOD_PASSWORD)
    assert refused.value.__class__.__name__ == "TooManyError"


# ---- secrets -----------------------------------------------------------------------------------------------------


def test_passwords_are_in_no_row_no_answer_and_no_log(
    api: Api, ann: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    client = api.client()
    answers = [
        sign_in(client, "Wrong-Horse-7"),
        sign_in(client),
        change(client, "Wrong-Horse-7", "Another-Horse-8"),
        change(client, GOOD_PASSWORD, "short-Horse"),
        change(client, GOOD_PASSWORD, "Another-Horse-8"),
        client.post("/api/v1/session", json={"login": LOGIN, "password": ["Another-Horse-8"]}, headers=HERE),
        api.call("GET", "/audit", key=api.key("acme")),
        api.call("GET", f"/users/{ann}", key=api.key("acme")),
    ]
    said = "".join(answer.text for answer in answers) + "".join(capsys.readouterr()) + caplog.text
    with api.database.reading() as work:
        for table in ("user_account", "former_password", "session", "audit_entry", "sign_in_tries"):
            rows = work.all(sa.text(f"SELECT * FROM {table}"))
            said += str(rows)
    assert "Horse" not in said
    with api.database.reading() as work:
        hashes = [row["password"] for row in work.all(sa.text("SELECT password FROM user_account"))]
    assert all(kept.startswith("$argon2id$") for kept in hashes)
    assert not any(kept in answer.text for kept in hashes for answer in answers)


def test_what_a_page_sends_for_one_person_is_not_done_by_another(api: Api, ann: str) -> None:
    client = api.client()
    assert sign_in(client).status_code == 200
    mine, theirs = {"X-Botflow-User": ann}, {"X-Botflow-User": make(api, "bob@example.com")}
    change = {"name": "Ann A."}
    assert client.patch("/api/v1/me", json=change, headers=HERE | theirs).status_code == 401
    assert me(client).get_json()["name"] == LOGIN
    assert client.patch("/api/v1/me", json=change, headers=HERE | mine).status_code == 200
    assert me(client).get_json()["name"] == "Ann A."


def test_an_answer_says_whose_it_is(api: Api, ann: str) -> None:
    """A page may have asked before it knew who is signed in."""
    client = api.client()
    sign_in(client)
    assert client.get("/api/v1/chatbots").headers["X-Botflow-User"] == ann
    assert "X-Botflow-User" not in api.call("GET", "/chatbots", key=api.key("acme")).headers
