"""Scenario files as the server keeps them: texts, in canonical form as soon as they fit the format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from botflow.db import json_text
from botflow_runtime import ScenarioError
from botflow_runtime.canonical import canonical, canonical_text
from botflow_runtime.compiled import KEYWORD_KINDS
from botflow_runtime.json_types import JsonObject
from botflow_runtime.loading import content_hash, read_raw

DESCRIPTION_FIELD: Final = "x-description"
DEFAULT_LANGUAGE: Final = "en"
LONGEST_FACT: Final = 200
"""Characters of a name in lists; a draft may hold anything."""


@dataclass(frozen=True)
class Document:
    """One scenario file: its text as it is kept and exported, and what was read from it."""

    text: str
    raw: JsonObject

    @property
    def scenario(self) -> str:
        """The id in the file; empty where it has none."""
        found = self.raw.get("id")
        return found if isinstance(found, str) else ""

    @property
    def channel(self) -> str:
        """The channel in the file; empty where it has none."""
        found = self.raw.get("channel")
        return found if isinstance(found, str) else ""

    @property
    def content_hash(self) -> str:
        """The hash of what the engine reads of it."""
        return content_hash(self.raw)

    def facts(self) -> dict[str, str]:
        """What lists show of it, as columns of the table of chatbots."""
        return {
            "name": self._fact("name", self.scenario),
            "description": self._fact(DESCRIPTION_FIELD, ""),
            "language": self._fact("language", DEFAULT_LANGUAGE),
            "channel": _kept(self.channel),
            "keywords": json_text([list(_keywords(self.raw, kind)) for kind in KEYWORD_KINDS]),
        }

    def _fact(self, field: str, otherwise: str) -> str:
        found = self.raw.get(field)
        return _kept(found) if isinstance(found, str) and found else otherwise


def read_document(text: str | bytes) -> Document:
    """A document of a JSON text, which may be unfinished. Raises ScenarioError when it is no JSON object at all."""
    given = text.encode() if isinstance(text, str) else text
    raw = read_raw(given)
    try:
        return Document(canonical_text(given), raw)
    except ScenarioError:
        return Document(given.decode("utf-8-sig"), raw)


def kept_document(text: str) -> Document:
    """A document of a text that is kept already, so in the form that it is kept in. Raises ScenarioError as above."""
    return Document(text, read_raw(text.encode()))


def document_of(raw: Mapping[str, Any]) -> Document:
    """A document of a mapping. Raises ScenarioError when the mapping is no scenario."""
    return Document(canonical(raw), dict(raw))


def _kept(text: str) -> str:
    """A text as a column takes it: PostgreSQL has no U+0000."""
    return text[:LONGEST_FACT].replace("\0", "")


def _keywords(raw: Mapping[str, Any], kind: str) -> Iterator[str]:
    settings = raw.get("settings")
    keywords = settings.get("keywords") if isinstance(settings, dict) else None
    found = keywords.get(kind) if isinstance(keywords, dict) else None
    return (word for word in found if isinstance(word, str)) if isinstance(found, list) else iter(())
