"""Execute code: a script that reads and sets variables and calls other services (ST-4)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from botflow_runtime.json_types import Json, JsonObject
from botflow_runtime.steps.code import CodeStep, Language
from botflow_runtime.steps.step import Meaning, Step, StepModel
from botflow_runtime.variables import VARIABLE_NAME


class ExecuteCode(StepModel):
    """Runs a script; its result goes to `save_as`, or, where that is absent, an object's keys become variables."""

    type: Literal["execute_code"]
    language: Language
    source: str
    save_as: Annotated[str, Field(pattern=VARIABLE_NAME)] | None = None

    def compile(self) -> Step:
        return _ExecuteCode(self.language, self.source, self.save_as)

    def meaning(self) -> Meaning:
        sets = (self.save_as,) if self.save_as else ()
        return Meaning(source=(self.language, self.source), sets=sets, sets_unknown=True, can_fail=True)


class _ExecuteCode(CodeStep):
    def __init__(self, language: Language, source: str, save_as: str | None) -> None:
        super().__init__(language, source)
        self.save_as = save_as

    def results(self, value: Json) -> JsonObject:
        if self.save_as:
            return {self.save_as: value}
        return value if isinstance(value, dict) else {}
