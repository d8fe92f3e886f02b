"""Users, roles, departments, companies and API keys: what can be done, and that nobody gets more than they have."""

import threading
from typing import Any

import pytest
import sqlalchemy as sa

from botflow.permissions import ADMIN, BROADCAST, FINANCE, NOC, PERMISSIONS, SYSTEM_ROLES
from tests.server.api import EVERYTHING, GOOD_PASSWORD, Api

HUMAN_RESOURCES = ["users.view", "users.edit", "roles.edit", "keys.view", "keys.edit"]


def user_of(api: Api, who: dict[str, str]) -> str:
    return str(api.call("GET", "/me", headers=who).get_json()["id"])


def role_of(api: Api, name: str, permissions: list[str]) -> str:
    made = api.call("POST", "/roles", {"name": name, "permissions": permissions}, headers=api.person("acme"))
    return str(made.get_json()["id"])


def person_with(api: Api, *permissions: str, name: str = "some") -> dict[str, str]:
    """Somebody with a role that has these permissions."""
    return api.person("acme", role_of(api, name, list(permissions)), login=f"{name}@acme")


# ---- users -------------------------------------------------------------------------------------------------------


def test_a_user_is_made_shown_changed_and_deleted(api: Api) -> None:
    admin = api.person("acme")
    department = api.call("POST", "/departments", {"name": "Sales"}, headers=admin).get_json()["id"]
    body = {"login": "Bob@Example.com", "name": " Bob ", "role": NOC, "department_id": department, "language": "es"}
    answer = api.call("POST", "/users", body, headers=admin)
    assert answer.status_code == 201
    made = answer.get_json()
    assert len(made.pop("one_time_password")) == 20
    assert (made["login"], made["name"], made["role"], made["language"]) == ("bob@example.com", "Bob", NOC, "es")
    path = f"/users/{made['id']}"
    assert api.call("GET", path, headers=admin).get_json() == made
    changed = api.call("PATCH", path, {"language": None, "role": FINANCE}, headers=admin).get_json()
    assert changed == made | {"language": None, "role": FINANCE}
    assert api.call("DELETE", f"/departments/{department}", headers=admin).status_code == 204
    assert api.call("GET", path, headers=admin).get_json()["department_id"] is None
    assert api.call("DELETE", path, headers=admin).status_code == 204
    assert api.call("GET", path, headers=admin).status_code == 404


def test_users_are_found_by_filter_and_sorted(api: Api) -> None:
    admin = api.person("acme", login="zoe")
    for login, role in (("ann", NOC), ("bob_1", NOC), ("carl", FINANCE), ("%", FINANCE)):
        api.call("POST", "/users", {"login": login, "name": login.upper(), "role": role}, headers=admin)

    def logins(query: str) -> list[str]:
        return [one["login"] for one in api.call("GET", f"/users?{query}", headers=admin).get_json()["items"]]

    assert logins("") == ["%", "ann", "bob_1", "carl", "zoe"]
    assert logins("sort=-login&limit=2") == ["zoe", "carl"]
    assert logins(f"role={NOC}") == ["ann", "bob_1"]
    assert logins("search=AN") == ["ann"]
    assert logins("search=%25") == ["%"]
    assert logins("search=_") == ["bob_1"]
    assert logins("blocked=true") == []
    assert logins("role=x&department_id=y") == []


def test_nobody_gives_a_one_time_password_to_themselves(api: Api) -> None:
    admin = api.person("acme")
    assert api.call("POST", f"/users/{user_of(api, admin)}/one-time-password", {}, headers=admin).status_code == 409


def test_two_who_take_a_login_at_once_do_not_both_get_it(api: Api) -> None:
    key, statuses = api.key("acme"), list[int]()

    def make() -> None:
        body = {"login": "ann", "name": "Ann", "role": ADMIN}
        statuses.append(api.call("POST", "/users", body, key=key).status_code)

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [201] + [409] * 5


def test_two_admins_cannot_block_each_other_at_once(api: Api) -> None:
    one, two = api.person("acme", login="one"), api.person("acme", login="two")
    statuses: list[int] = []

    def block(who: dict[str, str], whom: str) -> None:
        statuses.append(api.call("PATCH", f"/users/{whom}", {"blocked": True}, headers=who).status_code)

    first, second = user_of(api, one), user_of(api, two)
    threads = [threading.Thread(target=block, args=given) for given in ((one, second), (two, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with api.database.reading() as work:
        assert work.value(sa.text("SELECT count(*) FROM user_account WHERE blocked_at IS NULL")) == 1
    assert (min(statuses), max(statuses) in (401, 409)) == (200, True)


def test_pages_go_on_after_names_of_any_letters(api: Api) -> None:
    key = api.key("acme")
    names = ["a\u200db", "a\xa0b", "Ünïcödé", "\U0001f468\u200d\U0001f469", "z\tz", "\U0001f468" * 200]
    for name in names:
        assert api.call("POST", "/departments", {"name": name}, key=key).status_code == 201
    seen, cursor = [], ""
    while True:
        page = api.call("GET", f"/departments?limit=1{cursor}", key=key).get_json()
        seen += [one["name"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert sorted(seen) == sorted(names)


def test_a_login_is_taken_in_the_whole_system(api: Api) -> None:
    body = {"login": "ann", "name": "Ann", "role": ADMIN}
    assert api.call("POST", "/users", body, key=api.key("acme")).status_code == 201
    assert api.call("POST", "/users", body | {"login": "ANN"}, key=api.key("other")).status_code == 409


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("login", ""),
        ("login", "a b"),
        ("name", " "),
        ("role", "nothing"),
        ("department_id", "nothing"),
        ("language", "English"),
        ("time_zone", "Mars/Olympus"),
        ("password", "short-horse"),
        ("system_owner", True),
        ("company_id", "other"),
        ("id", "mine"),
        ("must_change", False),
        ("blocked_at", None),
    ],
)
def test_what_a_user_cannot_be_is_refused_by_its_field(small_api: Api, field: str, value: Any) -> None:
    """Mass assignment, too: what is not named in the type is refused."""
    body = {"login": "bob", "name": "Bob", "role": NOC, field: value}
    answer = small_api.call("POST", "/users", body, key=small_api.key("acme"))
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.get_json()["errors"]] == [f"/{field}"]


@pytest.mark.parametrize("field", ["login", "password", "system_owner", "company_id", "used_at", "must_change"])
def test_nobody_changes_of_themselves_or_others_what_is_not_theirs_to_change(small_api: Api, field: str) -> None:
    admin = small_api.person("acme")
    for path in ("/me", f"/users/{user_of(small_api, admin)}"):
        assert small_api.call("PATCH", path, {field: True}, headers=admin).status_code == 422
    assert small_api.call("PATCH", "/me", {"role": ADMIN}, headers=admin).status_code == 422


def test_a_company_keeps_an_admin(api: Api) -> None:
    one = api.person("acme", login="one")
    two = api.person("acme", login="two")
    first, second = user_of(api, one), user_of(api, two)
    for change in ({"role": NOC}, {"blocked": True}):
        assert api.call("PATCH", f"/users/{first}", change, headers=one).status_code == 409  # oneself
    assert api.call("DELETE", f"/users/{first}", headers=one).status_code == 409
    assert api.call("PATCH", f"/users/{second}", {"blocked": True}, headers=one).status_code == 200
    key = api.key("acme")
    for change in ({"role": NOC}, {"blocked": True}):
        assert api.call("PATCH", f"/users/{first}", change, key=key).status_code == 409  # the last one
    assert api.call("DELETE", f"/users/{first}", key=key).status_code == 409
    assert api.call("DELETE", f"/users/{second}", headers=one).status_code == 204


# ---- more than one has -------------------------------------------------------------------------------------------


def test_nobody_gives_a_role_that_may_more_than_they_may(api: Api) -> None:
    who = person_with(api, *HUMAN_RESOURCES)
    body = {"login": "bob", "name": "Bob", "role": ADMIN}
    assert api.call("POST", "/users", body, headers=who).status_code == 403
    less = role_of(api, "less", ["users.view"])
    made = api.call("POST", "/users", body | {"role": less}, headers=who)
    assert made.status_code == 201
    assert api.call("PATCH", f"/users/{made.get_json()['id']}", {"role": ADMIN}, headers=who).status_code == 403
    assert api.call("PATCH", f"/users/{user_of(api, who)}", {"role": ADMIN}, headers=who).status_code == 403


def test_nobody_has_power_over_somebody_who_may_more(api: Api) -> None:
    admin = user_of(api, api.person("acme"))
    who = person_with(api, *HUMAN_RESOURCES)
    calls = [
        ("PATCH", f"/users/{admin}", {"blocked": True}),
        ("PATCH", f"/users/{admin}", {"name": "Nobody"}),
        ("DELETE", f"/users/{admin}", None),
        ("POST", f"/users/{admin}/one-time-password", {"password": GOOD_PASSWORD}),
    ]
    for method, path, body in calls:
        assert api.call(method, path, body, headers=who).status_code == 403
    assert api.call("GET", "/me", headers=api.person("acme")).status_code == 200


def test_nobody_but_themselves_touches_the_owner_of_the_system(api: Api) -> None:
    owner = user_of(api, api.person("acme", system_owner=True))
    admin = api.person("acme")
    reset = f"/users/{owner}/one-time-password"
    assert api.call("POST", reset, {}, headers=admin).status_code == 403
    assert api.call("DELETE", f"/users/{owner}", key=api.key("acme")).status_code == 403


def test_a_role_never_gets_more_than_its_maker_has(api: Api) -> None:
    who = person_with(api, *HUMAN_RESOURCES)
    more = {"name": "More", "permissions": ["users.view", "messages.send"]}
    assert api.call("POST", "/roles", more, headers=who).status_code == 403
    mine = api.call("POST", "/roles", {"name": "Mine", "permissions": ["users.view"]}, headers=who).get_json()["id"]
    assert api.call("PUT", f"/roles/{mine}", more, headers=who).status_code == 403
    strong = role_of(api, "strong", ["messages.send"])
    weaker = {"name": "Weaker", "permissions": []}
    assert api.call("PUT", f"/roles/{strong}", weaker, headers=who).status_code == 403
    assert api.call("DELETE", f"/roles/{strong}", headers=who).status_code == 403


def test_a_key_never_gets_more_than_its_maker_has(api: Api) -> None:
    who = person_with(api, *HUMAN_RESOURCES)
    body = {"name": "Key", "scopes": ["users.view", "messages.send"]}
    assert api.call("POST", "/api-keys", body, headers=who).status_code == 403
    bound = api.key("acme", EVERYTHING, frozenset({"sender-1"}))
    body = {"name": "Key", "scopes": ["users.view"]}
    assert api.call("POST", "/api-keys", body, key=bound).status_code == 403
    assert api.call("POST", "/api-keys", body | {"senders": ["sender-2"]}, key=bound).status_code == 403
    assert api.call("POST", "/api-keys", body | {"senders": ["sender-1"]}, key=bound).status_code == 201


def test_a_scope_that_there_is_not_is_told(api: Api) -> None:
    answer = api.call("POST", "/api-keys", {"name": "Key", "scopes": ["*"]}, headers=api.person("acme"))
    assert (answer.status_code, answer.get_json()["detail"]) == (422, "/scopes: there is no permission *")


def test_nobody_revokes_a_key_that_may_do_more_than_they_may(api: Api) -> None:
    def key(scopes: list[str], senders: list[str] | None) -> str:
        body = {"name": "Key", "scopes": scopes, "senders": senders}
        return str(api.call("POST", "/api-keys", body, headers=api.person("acme")).get_json()["id"])

    weak = api.key("acme", frozenset({"keys.edit"}), frozenset({"sender-1"}))
    stronger = [key(["keys.edit", "messages.send"], ["sender-1"]), key(["keys.edit"], ["sender-2"])]
    for path in [*stronger, key(["keys.edit"], None)]:
        assert api.call("DELETE", f"/api-keys/{path}", key=weak).status_code == 403
        assert api.call("GET", f"/api-keys/{path}", headers=api.person("acme")).status_code == 200
    assert api.call("DELETE", f"/api-keys/{key(['keys.edit'], ['sender-1'])}", key=weak).status_code == 204


# ---- roles and departments ---------------------------------------------------------------------------------------


def test_a_change_of_a_role_holds_at_once(api: Api) -> None:
    who = person_with(api, "users.view", name="reader")
    role = api.call("GET", "/me", headers=who).get_json()["role"]
    assert api.call("GET", "/users", headers=who).status_code == 200
    body = {"name": "Reader", "permissions": ["chatbots.view"]}
    assert api.call("PUT", f"/roles/{role}", body, headers=api.person("acme")).status_code == 200
    assert api.call("GET", "/users", headers=who).status_code == 403
    assert api.call("DELETE", f"/roles/{role}", headers=api.person("acme")).status_code == 409  # somebody has it
    assert api.call("DELETE", f"/users/{user_of(api, who)}", headers=api.person("acme")).status_code == 204
    assert api.call("DELETE", f"/roles/{role}", headers=api.person("acme")).status_code == 204


def test_the_systems_roles_are_everybodys_and_stay(api: Api) -> None:
    admin = api.person("acme")
    listed = api.call("GET", "/roles", headers=admin).get_json()["items"]
    assert [(role["name"], role["system"]) for role in listed] == [
        ("Admin", True),
        ("Broadcast manager", True),
        ("Finance manager", True),
        ("NOC engineer", True),
    ]
    assert set(listed[0]["permissions"]) == set(PERMISSIONS)
    assert api.call("PUT", "/roles/admin", {"name": "A", "permissions": []}, headers=admin).status_code == 403
    assert api.call("DELETE", f"/roles/{BROADCAST}", headers=admin).status_code == 403


def test_a_role_with_an_unknown_permission_or_a_taken_name_is_refused(api: Api) -> None:
    admin = api.person("acme")
    unknown = api.call("POST", "/roles", {"name": "A", "permissions": ["all"]}, headers=admin)
    assert (unknown.status_code, unknown.get_json()["errors"][0]["pointer"]) == (422, "/permissions")
    role_of(api, "A", [])
    assert api.call("POST", "/roles", {"name": "A", "permissions": []}, headers=admin).status_code == 409


def test_every_permission_says_what_it_allows() -> None:
    assert all(one.sentence and one.sentence[0].islower() for one in PERMISSIONS.values())
    assert SYSTEM_ROLES[ADMIN].permissions == set(PERMISSIONS)
    assert all(role.permissions for role in SYSTEM_ROLES.values())


# ---- companies ---------------------------------------------------------------------------------------------------


def test_the_systems_owner_makes_a_company_and_its_admin(api: Api) -> None:
    owner = api.person("acme", system_owner=True)
    body = {"id": "other", "name": "Other", "time_zone": "Europe/Madrid", "admin_login": "boss", "admin_name": "Boss"}
    made = api.call("POST", "/companies", body, headers=owner)
    assert made.status_code == 201
    assert api.call("POST", "/companies", body, headers=owner).status_code == 409
    assert [one["id"] for one in api.call("GET", "/companies", headers=owner).get_json()["items"]] == ["acme", "other"]
    client = api.client()
    password = made.get_json()["one_time_password"]
    boss = client.post("/api/v1/session", json={"login": "boss", "password": password}).get_json()
    assert (boss["company"], boss["role"], boss["time_zone"], boss["system_owner"]) == (
        "other",
        ADMIN,
        "Europe/Madrid",
        False,
    )
    # the owner sees that it is there, and nothing in it
    assert api.call("GET", f"/users/{boss['id']}", headers=owner).status_code == 404


def test_a_company_is_changed_by_its_own_people(api: Api) -> None:
    admin = api.person("acme")
    changed = api.call("PATCH", "/company", {"time_zone": "America/Bogota", "language": "es"}, headers=admin)
    assert changed.get_json()["time_zone"] == "America/Bogota"
    me = api.call("GET", "/me", headers=admin).get_json()
    assert (me["time_zone"], me["language"]) == ("America/Bogota", "es")
    assert (me["own_time_zone"], me["own_language"]) == (None, None)
    me = api.call("PATCH", "/me", {"language": "en"}, headers=admin).get_json()
    assert (me["language"], me["own_language"]) == ("en", "en")
    assert api.call("PATCH", "/company", {"time_zone": "Nowhere"}, headers=admin).status_code == 422


# ---- API keys (AP-1) ---------------------------------------------------------------------------------------------


def test_a_key_is_shown_once_and_works_in_both_headers(api: Api) -> None:
    made = api.call("POST", "/api-keys", {"name": "CI", "scopes": ["keys.view"]}, headers=api.person("acme")).get_json()
    text = made["key"]
    assert text.startswith(f"bf_{made['prefix']}_")
    for headers in ({"X-API-Key": text}, {"Authorization": f"Bearer {text}"}, {"Authorization": f"bearer {text}"}):
        shown = api.call("GET", f"/api-keys/{made['id']}", headers=headers)
        assert shown.status_code == 200
        assert "key" not in shown.get_json()
        assert text[-43:] not in shown.text
    with api.database.reading() as work:
        rows = str(work.all(sa.text("SELECT * FROM api_key"))) + str(work.all(sa.text("SELECT * FROM audit_entry")))
    assert text[-43:] not in rows


def test_a_key_ends_when_it_expires_or_is_revoked(api: Api) -> None:
    admin = api.person("acme")
    body = {"name": "CI", "scopes": ["keys.view"], "expires_at": "2026-03-01T11:00:00Z"}
    first = api.call("POST", "/api-keys", body, headers=admin).get_json()
    second = api.call("POST", "/api-keys", body | {"expires_at": None}, headers=admin).get_json()
    api.now += 3_600_000 - 1
    assert api.call("GET", "/api-keys", key=first["key"]).status_code == 200
    api.now += 1
    assert api.call("GET", "/api-keys", key=first["key"]).status_code == 401
    assert api.call("DELETE", f"/api-keys/{second['id']}", headers=admin).status_code in (204, 401)
    fresh = api.person("acme", login="fresh")
    api.call("DELETE", f"/api-keys/{second['id']}", headers=fresh)
    assert api.call("GET", "/api-keys", key=second["key"]).status_code == 401


def test_when_a_key_was_used_is_known_to_the_minute(api: Api) -> None:
    key = api.key("acme")

    def used_at() -> str:
        (one,) = api.call("GET", "/api-keys", key=key).get_json()["items"]
        return str(one["used_at"])

    assert used_at() == "2026-03-01T10:00:00.000Z"
    api.now += 59_000
    assert used_at() == "2026-03-01T10:00:00.000Z"
    api.now += 1_000
    assert used_at() == "2026-03-01T10:01:00.000Z"


@pytest.mark.parametrize("change", ["", "x", "truncated", "other"])
def test_a_key_that_is_not_quite_one_is_none(small_api: Api, change: str) -> None:
    key = small_api.key("acme")
    given = {"": "", "x": f"{key}x", "truncated": key[:-1], "other": key[:-1] + ("a" if key[-1] != "a" else "b")}
    assert small_api.call("GET", "/users", key=given[change]).status_code == 401


# ---- audit (AC-3) ------------------------------------------------------------------------------------------------


def entries(api: Api, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.call("GET", f"/audit?{query}", key=api.key("acme")).get_json()["items"]
    return found


def test_what_is_changed_is_noted_with_old_and_new_values(api: Api) -> None:
    admin = api.person("acme", login="ann")
    role = role_of(api, "Reader", ["users.view"])
    api.now += 1000
    body = {"name": "Reader", "permissions": ["users.view", "chatbots.view"]}
    api.call("PUT", f"/roles/{role}", body, headers=admin)
    (entry,) = entries(api, "action=role.updated")
    assert (entry["actor"], entry["user_id"], entry["object_id"]) == ("ann", user_of(api, admin), role)
    assert (entry["old"], entry["new"]) == (
        {"permissions": ["users.view"]},
        {"permissions": ["chatbots.view", "users.view"]},
    )
    assert entry["at"] == "2026-03-01T10:00:01.000Z"
    assert [one["action"] for one in entries(api, f"object_id={role}")] == ["role.updated", "role.created"]
    assert [one["action"] for one in entries(api, f"kind=role&until={entry['at']}")] == ["role.created"]
    assert entries(api, f"kind=role&since={entry['at']}") == [entry]


def test_what_fails_leaves_no_entry(api: Api) -> None:
    api.key("acme")
    before = entries(api)
    api.call("POST", "/roles", {"name": "A", "permissions": ["nothing"]}, key=api.key("acme"))
    api.call("DELETE", "/roles/nothing", key=api.key("acme"))
    assert entries(api) == before


def test_no_entry_is_changed_or_deleted_over_the_api(api: Api) -> None:
    methods = {route.method for route in api.routes if route.group == "audit"}
    assert methods == {"GET"}


def test_the_csv_holds_no_formula(api: Api) -> None:
    admin, key = api.person("acme"), api.key("acme")
    for name in ("=1+1", "@SUM(A1)", "-2", "+3", "ann"):
        api.call("POST", "/departments", {"name": name}, headers=admin)
        api.call("PATCH", "/me", {"name": name}, headers=admin)
    with api.database.transaction() as work:
        work.execute(sa.text("UPDATE audit_entry SET actor = '=cmd|evil'"))
    answer = api.call("GET", "/audit.csv?limit=1", key=key)
    assert answer.content_type == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    lines = answer.text.splitlines()
    assert lines[0] == "at,actor,user_id,key_id,action,kind,object_id,old,new"
    assert len(lines) > 10
    assert all(line.split(",")[1] == "'=cmd|evil" for line in lines[1:])
