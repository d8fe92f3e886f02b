"""Where links of a mail may lead, and the networks of social links."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import urlsplit

from botflow.channels.rendered import UnsendableError

SCHEMES: Final = frozenset({"http", "https", "mailto"})


@dataclass(frozen=True, slots=True)
class Network:
    """A social network: what it is called, and the colour that people know it by."""

    name: str
    colour: str


NETWORKS: Final = {
    "facebook": Network("Facebook", "#0866ff"),
    "instagram": Network("Instagram", "#c13584"),
    "linkedin": Network("LinkedIn", "#0a66c2"),
    "telegram": Network("Telegram", "#1d7fb8"),
    "tiktok": Network("TikTok", "#161823"),
    "viber": Network("Viber", "#7360f2"),
    "website": Network("Website", "#4a5568"),
    "whatsapp": Network("WhatsApp", "#12805c"),
    "x": Network("X", "#0f1419"),
    "youtube": Network("YouTube", "#c4302b"),
}


def link(address: str) -> str:
    """An address, escaped for an attribute. Raises UnsendableError for one that leads elsewhere."""
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        scheme = ""
    if scheme not in SCHEMES:
        raise UnsendableError("A link of an e-mail must begin with http://, https:// or mailto:.")
    return escape(address)
