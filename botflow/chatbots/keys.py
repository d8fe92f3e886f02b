"""Keys of things kept elsewhere, given other names: what an import maps (scenario-format.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import msgspec

from botflow_runtime.content.model import objects
from botflow_runtime.json_types import JsonObject

Names: TypeAlias = Mapping[str, str]
"""The name that stands in the file: the name that is meant here."""


class Renaming(msgspec.Struct, frozen=True):
    """New names by kind; `id` is the scenario's own."""

    id: str | None = None
    chatbots: Names = {}
    departments: Names = {}
    assets: Names = {}
    templates: Names = {}


def renamed(raw: Mapping[str, Any], renaming: Renaming) -> JsonObject:
    """A scenario's file with other keys; a file that does not fit the format is renamed as far as it can be read."""
    file: JsonObject = msgspec.json.decode(msgspec.json.encode(raw))
    for _, item in objects(file):
        for rename in RENAMERS:
            rename(item, renaming)
    if renaming.id is not None:
        file["id"] = renaming.id
    return file


def _jump(item: JsonObject, renaming: Renaming) -> None:
    if item.get("type") == "jump":
        _replace(item, "scenario", renaming.chatbots)


def _department(item: JsonObject, renaming: Renaming) -> None:
    if "action" in item or item.get("type") == "handover":
        _replace(item, "department", renaming.departments)


def _asset(item: JsonObject, renaming: Renaming) -> None:
    _replace(item, "asset", renaming.assets)


def _template(item: JsonObject, renaming: Renaming) -> None:
    if item.get("type") == "template":
        _replace(item, "name", renaming.templates)


RENAMERS: Final[tuple[Callable[[JsonObject, Renaming], None], ...]] = (_jump, _department, _asset, _template)


def _replace(item: JsonObject, field: str, names: Names) -> None:
    found = item.get(field)
    if isinstance(found, str) and found in names:
        item[field] = names[found]
