"""What can be allowed, and to whom: every route of the API names one of these.

A permission is one line here, and no other place lists them: roles (AC-1) and API keys (AP-1) grant them by name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from botflow.errors import NotAllowedError

SOME_SENDERS: Final = "This key may use some senders only, and this belongs to all of them: take a key of the company."


@dataclass(frozen=True)
class Caller:
    """Who asks. A person has a `user`, a program a `key`; both belong to one company and see nothing of another.

    `senders` are the only ones that a key may use, None: all. Where `restricted` is set, the person has to choose a
    new password before anything else; it says why.
    """

    company: str
    user: str | None = None
    key: str | None = None
    session: str | None = None
    name: str = ""
    permissions: frozenset[str] = frozenset()
    senders: frozenset[str] | None = None
    system_owner: bool = False
    restricted: str = ""

    def may(self, access: Access) -> bool:
        """Whether the caller may do what `access` stands for."""
        return access.allows(self)

    def may_use(self, sender: str) -> bool:
        """Whether the caller may write and read through this sender."""
        return self.senders is None or sender in self.senders


def check_sender(caller: Caller, sender: str) -> None:
    """Whether a key may use a sender. Raises NotAllowedError."""
    if not caller.may_use(sender):
        raise NotAllowedError(f"This key may not use the sender {sender!r}.")


def check_whole_company(caller: Caller) -> None:
    """Whether the caller may do what concerns every sender of the company. Raises NotAllowedError."""
    if caller.senders is not None:
        raise NotAllowedError(SOME_SENDERS)


@dataclass(frozen=True)
class Access:
    """What a route asks of its caller. `sentence` completes "who has it may"."""

    name: str
    sentence: str

    def allows(self, caller: Caller) -> bool:
        """Whether this caller may."""
        raise NotImplementedError

    def refusal(self, caller: Caller) -> str:
        """Why this caller may not."""
        return f"You may not do this: it takes the permission {self.name!r}."


@dataclass(frozen=True)
class Permission(Access):
    """What roles and API keys grant. `roles` are the system roles that have it besides Admin, which has all.

    `whole`: what it opens belongs to the whole company, so that a key of some senders cannot use it.
    """

    roles: frozenset[str] = frozenset()
    whole: bool = False

    def allows(self, caller: Caller) -> bool:
        granted = self.name in caller.permissions and not caller.restricted
        return granted and not (self.whole and caller.senders is not None)

    def refusal(self, caller: Caller) -> str:
        return SOME_SENDERS if self.name in caller.permissions else super().refusal(caller)


class _Public(Access):
    def allows(self, caller: Caller) -> bool:
        return True


class _OwnAccount(Access):
    def allows(self, caller: Caller) -> bool:
        return caller.user is not None


class _SignedIn(Access):
    def allows(self, caller: Caller) -> bool:
        return not caller.restricted


class _Person(Access):
    def allows(self, caller: Caller) -> bool:
        return caller.user is not None and not caller.restricted


class _SystemOwner(Access):
    def allows(self, caller: Caller) -> bool:
        return caller.system_owner and caller.user is not None and not caller.restricted


PUBLIC: Final = _Public("public", "be anybody, without signing in")
SIGNED_IN: Final = _SignedIn("signed in", "be any person or key of the company")
PERSON: Final = _Person("person", "be any person of the company; no key")
OWN_ACCOUNT: Final = _OwnAccount("own account", "be any person, also one who has to choose a new password first")
SYSTEM_OWNER: Final = _SystemOwner("system owner", "be the owner of the whole system (AC-4)")

ADMIN: Final = "admin"
BROADCAST: Final = "broadcast_manager"
FINANCE: Final = "finance_manager"
NOC: Final = "noc_engineer"


@dataclass(frozen=True)
class SystemRole:
    """A role that every company has and nobody changes (AC-1)."""

    id: str
    name: str
    permissions: frozenset[str] = field(default_factory=frozenset)


PERMISSIONS: Final[dict[str, Permission]] = {}
"""Every permission by its name."""


def _permission(name: str, sentence: str, *roles: str, whole: bool = False) -> Permission:
    PERMISSIONS[name] = Permission(name, sentence, frozenset(roles), whole)
    return PERMISSIONS[name]


CHATBOTS_VIEW: Final = _permission("chatbots.view", "see chatbots, their drafts and versions", BROADCAST, NOC)
CHATBOTS_EDIT: Final = _permission("chatbots.edit", "make, change, import and delete chatbots", BROADCAST)
CHATBOTS_PUBLISH: Final = _permission(
    "chatbots.publish", "publish chatbots, roll them back and enable them on senders", BROADCAST
)
THREADS_VIEW: Final = _permission("threads.view", "read conversations and the log of their threads", BROADCAST, NOC)
THREADS_ACT: Final = _permission("threads.act", "stop, resume, restart and start threads", BROADCAST)
MESSAGES_VIEW: Final = _permission("messages.view", "see what became of messages", BROADCAST, FINANCE, NOC)
MESSAGES_SEND: Final = _permission("messages.send", "send messages", BROADCAST)
SENDERS_VIEW: Final = _permission("senders.view", "see senders and whether they work", BROADCAST, NOC)
SENDERS_EDIT: Final = _permission("senders.edit", "connect, change, test and delete senders", NOC)
CONTACTS_VIEW: Final = _permission("contacts.view", "see contacts", BROADCAST, whole=True)
CONTACTS_EDIT: Final = _permission("contacts.edit", "make and change contacts", BROADCAST, whole=True)
CONTACTS_ERASE: Final = _permission("contacts.erase", "erase contacts for good", whole=True)
CONSENT_VIEW: Final = _permission("consent.view", "see consent, opt-outs, blacklists and their history", BROADCAST, NOC)
CONSENT_EDIT: Final = _permission("consent.edit", "record consent, keywords and blacklists", BROADCAST)
MEDIA_VIEW: Final = _permission("media.view", "see and download files of the media library", BROADCAST)
MEDIA_EDIT: Final = _permission("media.edit", "upload and delete files of the media library", BROADCAST)
TEMPLATES_VIEW: Final = _permission("templates.view", "see content, conversation and WhatsApp templates", BROADCAST)
TEMPLATES_EDIT: Final = _permission("templates.edit", "make, change, submit and delete templates", BROADCAST)
WEBHOOKS_VIEW: Final = _permission("webhooks.view", "see outbound webhooks and their deliveries", NOC, whole=True)
WEBHOOKS_EDIT: Final = _permission("webhooks.edit", "make, change and delete outbound webhooks", NOC, whole=True)
OPERATION_VIEW: Final = _permission("operation.view", "see queues, dead letters and the state of the server", NOC)
OPERATION_ACT: Final = _permission("operation.act", "send dead letters again", NOC)
USERS_VIEW: Final = _permission("users.view", "see users, roles and departments", whole=True)
USERS_EDIT: Final = _permission("users.edit", "make, change, block and delete users and departments", whole=True)
ROLES_EDIT: Final = _permission("roles.edit", "make, change and delete roles", whole=True)
KEYS_VIEW: Final = _permission("keys.view", "see API keys; never their secret")
KEYS_EDIT: Final = _permission("keys.edit", "make and revoke API keys")
COMPANY_VIEW: Final = _permission("company.view", "see the company's settings", BROADCAST, FINANCE, NOC)
COMPANY_EDIT: Final = _permission(
    "company.edit", "change the company's name, time zone, language and retention", whole=True
)
AUDIT_VIEW: Final = _permission("audit.view", "see who changed what", whole=True)


def _system_role(role: str, name: str) -> SystemRole:
    granted = (one.name for one in PERMISSIONS.values() if role == ADMIN or role in one.roles)
    return SystemRole(role, name, frozenset(granted))


SYSTEM_ROLES: Final = {
    role: _system_role(role, name)
    for role, name in (
        (ADMIN, "Admin"),
        (BROADCAST, "Broadcast manager"),
        (FINANCE, "Finance manager"),
        (NOC, "NOC engineer"),
    )
}
"""The system roles by their id."""
