"""Whether a message of a template may leave: the template is approved, and every variable of it is filled (MS-6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from botflow.db import UnitOfWork
from botflow.templates.service import WHATSAPP

APPROVED: Final = "approved"
VARIABLE: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")
WITH_MEDIA: Final = frozenset({"IMAGE", "VIDEO", "DOCUMENT", "GIF"})
BUTTON_VARIABLES: Final[Mapping[str, str]] = {"URL": "button", "COPY_CODE": "code", "OTP": "button"}
"""What content calls the variable of a button of this type (docs/reference/channels/whatsapp.md)."""


@dataclass(frozen=True)
class Unsendable:
    """Why a template cannot be sent; `code` is for programs and stays."""

    code: str
    sentence: str


_FOUND: Final = sa.select(WHATSAPP.c.status, WHATSAPP.c.reason, WHATSAPP.c.components).where(
    WHATSAPP.c.sender_id == sa.bindparam("sender"),
    WHATSAPP.c.name == sa.bindparam("name"),
    WHATSAPP.c.language == sa.bindparam("language"),
)


def unsendable(work: UnitOfWork, sender_id: str, content: Mapping[str, Any]) -> Unsendable | None:
    """What stands against content of the type `template`, if anything does."""
    name, language = content["name"], content["language"]
    row = work.first(_FOUND, sender=sender_id, name=name, language=language)
    if row is None:
        sentence = f"The sender has no template {name!r} in {language!r}: make it, or import the vendor's templates."
        return Unsendable("template_unknown", sentence)
    if row["status"] != APPROVED:
        why = f": {row['reason']}" if row["reason"] else ""
        return Unsendable("template_not_approved", f"The template {name!r} in {language!r} is {row['status']}{why}.")
    missing = list(missing_in(row["components"], content))
    if missing:
        return Unsendable("template_unfilled", f"The template {name!r} in {language!r} wants {', '.join(missing)}.")
    return None


def missing_in(components: Sequence[Mapping[str, Any]], content: Mapping[str, Any]) -> Iterator[str]:
    """What a message of the template does not fill, for a person: its variables by name, and its media."""
    variables = content.get("variables") or {}
    for component in components:
        yield from (
            f"a value for {name}" for name in variables_in([component]) if not str(variables.get(name, "")).strip()
        )
        yield from _unfilled(_kind(component), component, content)


def variables_in(components: Sequence[Mapping[str, Any]]) -> list[str]:
    """The variables of a template, as content calls them: a message of it has a text for each."""
    return [name for component in components for name in _variables(_kind(component), component)]


def has_media(components: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a message of a template has media for its header."""
    return any(map(_wants_media, components))


def _kind(component: Mapping[str, Any]) -> str:
    return str(component.get("type")).upper()


def _wants_media(component: Mapping[str, Any]) -> bool:
    return _kind(component) == "HEADER" and str(component.get("format")).upper() in WITH_MEDIA


def _unfilled(kind: str, component: Mapping[str, Any], content: Mapping[str, Any]) -> Iterator[str]:
    form = str(component.get("format")).upper()
    if _wants_media(component) and content.get("media") is None:
        yield "media for its header"
    beyond = _beyond(kind, form, component)
    if beyond is not None:
        yield f"{beyond}, which messages of templates cannot hold yet"


def _beyond(kind: str, form: str, component: Mapping[str, Any]) -> str | None:
    """What content of a template has no field for."""
    offer = component.get("limited_time_offer")
    if kind == "HEADER" and form == "LOCATION":
        return "a place for its header"
    if kind == "CAROUSEL":
        return "its cards"
    if kind == "LIMITED_TIME_OFFER" and isinstance(offer, Mapping) and offer.get("has_expiration"):
        return "the end of its offer"
    return None


def _variables(kind: str, component: Mapping[str, Any]) -> list[str]:
    """The variables of a component, as content calls them."""
    text = component.get("text")
    if kind == "BODY":
        # The text of a one-time password is the vendor's, with the password as its only variable.
        return VARIABLE.findall(text) if isinstance(text, str) else ["1"]
    if kind == "HEADER":
        return [f"header.{name}" for name in VARIABLE.findall(text or "")]
    if kind == "BUTTONS":
        return [name for index, button in enumerate(component.get("buttons") or []) for name in _of(index, button)]
    return []


def _of(index: int, button: Mapping[str, Any]) -> Iterator[str]:
    kind = str(button.get("type")).upper()
    if kind in BUTTON_VARIABLES and (kind != "URL" or VARIABLE.search(str(button.get("url")))):
        yield f"{BUTTON_VARIABLES[kind]}.{index}"
