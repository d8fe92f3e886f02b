"""The walk's users, roles, departments, sessions and API keys."""

from tests.server.api import Api
from tests.server.walk import MARK, Made


def make_department(api: Api, company: str, made: Made) -> str:
    with api.database.transaction() as work:
        made_one = api.parts.people.roles.make_department(work, api.caller(company), f"{MARK} department")
        return str(made_one["id"])


def make_role(api: Api, company: str, made: Made) -> str:
    with api.database.transaction() as work:
        return api.parts.people.roles.make(work, api.caller(company), f"{MARK} role", ["chatbots.view"]).id


def make_user(api: Api, company: str, made: Made) -> str:
    login, name, role, department = f"{MARK}@{company}", f"{MARK} user", made["role_id"], made["department_id"]
    with api.database.transaction() as work:
        return api.parts.people.users.make(
            work, api.caller(company), login, name, role, api.password, department_id=department
        )


def make_session(api: Api, company: str, made: Made) -> str:
    user = made["user_id"]
    with api.database.transaction() as work:
        return api.parts.people.sessions.begin(work, company, user, "192.0.2.7", MARK).id


def make_key(api: Api, company: str, made: Made) -> str:
    with api.database.transaction() as work:
        return api.parts.people.keys.make(work, api.caller(company), f"{MARK} key", ["chatbots.view"]).id


MAKERS = {
    "department_id": make_department,
    "role_id": make_role,
    "user_id": make_user,
    "session_id": make_session,
    "key_id": make_key,
}
BODIES = {
    "begin_session": lambda made: {"login": "nobody", "password": "nothing"},
    "change_me": lambda made: {"name": "Somebody"},
    "change_my_password": lambda made: {"current": "nothing", "new": "nothing"},
    "change_company": lambda made: {"language": "es"},
    "create_company": lambda made: {"id": "new", "name": "New", "admin_login": "new@new", "admin_name": "New"},
    "create_user": lambda made: {"login": "a@b", "name": "A", "role": made["role_id"]},
    "change_user": lambda made: {"department_id": made["department_id"]},
    "reset_password": lambda made: {},
    "create_role": lambda made: {"name": "Another", "permissions": ["chatbots.view"]},
    "change_role": lambda made: {"name": "Another", "permissions": ["chatbots.view"]},
    "create_department": lambda made: {"name": "Another"},
    "rename_department": lambda made: {"name": "Another"},
    "create_api_key": lambda made: {"name": "Another", "scopes": ["chatbots.view"]},
}
