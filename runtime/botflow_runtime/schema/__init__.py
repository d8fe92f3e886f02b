"""JSON Schemas: generated from the types, and what they say of a file."""

from botflow_runtime.schema.generation import SCHEMAS, format_schema, scenario_schema, schema_text, write_schemas
from botflow_runtime.schema.reading import schema_problems

__all__ = [
    "SCHEMAS",
    "format_schema",
    "scenario_schema",
    "schema_problems",
    "schema_text",
    "write_schemas",
]
