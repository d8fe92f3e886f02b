"""Two scenarios compared by what they mean, not by how their files are written (`botflow diff`, publishing)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

import msgspec

from botflow_runtime.json_types import Json, JsonObject
from botflow_runtime.scenario import ScenarioDocument

NOT_MEANT: Final = {"schema_", "layout", "tests"}
"""Fields that change nothing in what a chatbot does."""

Kind: TypeAlias = Literal["added", "removed", "changed", "reordered"]


class Change(msgspec.Struct, frozen=True):
    """One difference. `place` names it as an author would: ``node size: step.content.text``."""

    kind: Kind
    place: str
    before: Json = None
    after: Json = None

    def __str__(self) -> str:
        before, after = (msgspec.json.encode(value).decode() for value in (self.before, self.after))
        shown = {
            "added": after,
            "removed": before,
            "changed": f"{before} -> {after}",
            "reordered": f"{before} -> {after}",
        }
        return f"{self.kind} {self.place}: {shown[self.kind]}"


def compare(before: ScenarioDocument, after: ScenarioDocument) -> list[Change]:
    """What `after` does differently; nothing when both mean the same."""
    old, new = _meant(before), _meant(after)
    old_nodes, new_nodes = _by_id(old.pop("nodes")), _by_id(new.pop("nodes"))
    return [*_objects("", old, new), *_nodes(old_nodes, new_nodes)]


def same_layout(before: ScenarioDocument, after: ScenarioDocument) -> bool:
    """Whether both stand on the canvas in the same way."""
    return before.layout == after.layout


def _meant(document: ScenarioDocument) -> JsonObject:
    dumped: JsonObject = document.model_dump(mode="json", by_alias=True, exclude=NOT_MEANT)
    return dumped


def _nodes(old: JsonObject, new: JsonObject) -> Iterator[Change]:
    for name in [name for name in old if name not in new]:
        yield Change("removed", f"node {name}", old[name].get("label"))
    for name, node in new.items():
        if name not in old:
            yield Change("added", f"node {name}", None, node.get("label"))
        else:
            yield from _objects(f"node {name}: ", old[name], node)


def _objects(place: str, old: JsonObject, new: JsonObject) -> Iterator[Change]:
    for name in dict.fromkeys([*old, *new]):
        yield from _values(f"{place}{name}", old.get(name), new.get(name))


def _values(place: str, old: Json, new: Json) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _objects(f"{place}.", old, new)
    elif _named(old) and _named(new):
        yield from _members(place, _by_id(old), _by_id(new))
    elif old is None or new is None:
        yield Change("added" if old is None else "removed", place, old, new)
    else:
        yield Change("changed", place, old, new)


def _members(place: str, old: JsonObject, new: JsonObject) -> Iterator[Change]:
    """Members of a list that have ids: branches, suggestions. Their order means something."""
    for name in dict.fromkeys([*old, *new]):
        yield from _values(f"{place}[{name}]", old.get(name), new.get(name))
    orders = [name for name in old if name in new], [name for name in new if name in old]
    if orders[0] != orders[1]:
        yield Change("reordered", place, *orders)


def _named(value: Json) -> bool:
    return isinstance(value, list) and all(
        isinstance(member, dict) and isinstance(member.get("id"), str) for member in value
    )


def _by_id(members: list[JsonObject]) -> JsonObject:
    """Members by their ids; an id that is used again gets its number, so that nothing is overlooked."""
    found: JsonObject = {}
    used: Counter[str] = Counter()
    for member in members:
        used[member["id"]] += 1
        number = used[member["id"]]
        found[member["id"] if number == 1 else f"{member['id']} ({number})"] = member
    return found
