"""The one name for a value that came from JSON and goes back to JSON."""

from __future__ import annotations

from typing import Any, TypeAlias

# Values of variables, attributes and contents are whatever JSON can hold; their readers check what they need.
Json: TypeAlias = Any
JsonObject: TypeAlias = dict[str, Any]
