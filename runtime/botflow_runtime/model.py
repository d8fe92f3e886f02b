"""The base of every type that is written in a scenario file.

The types are strict (nothing is converted on the way in) and refuse unknown fields, except those whose name begins with
``x-``: these survive import and export (scenario-format.md).
"""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, StringConstraints

OWN_KEY: Final = "^x-"
KNOWN_FIELDS: Final[dict[str, Any]] = {"additionalProperties": False, "patternProperties": {OWN_KEY: {}}}
"""The rule about names, in JSON Schema."""


class Model(BaseModel):
    """A JSON object of the scenario format."""

    model_config = ConfigDict(
        extra="allow",
        strict=True,
        frozen=True,
        populate_by_name=True,
        json_schema_extra=KNOWN_FIELDS,
    )
    __pydantic_extra__: dict[Annotated[str, StringConstraints(pattern=OWN_KEY)], Any]
