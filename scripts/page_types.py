"""The page's types of the HTTP API and of scenarios, made from ours by openapi-typescript."""

import json
import tempfile
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from botflow.app import create_app, parts_of
from botflow.config import Settings
from botflow_runtime.content import CHANNELS
from botflow_runtime.scenario import ScenarioDocument
from hatch_build import install_packages, npm

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "builder_ui"


def api_types() -> str:
    """TypeScript: paths, parameters, bodies and answers."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder), examples=None))
        try:
            document = app.test_client().get("/api/openapi.json").get_json()
        finally:
            parts_of(app).stop()
    return _types(document)


def scenario_types() -> str:
    """TypeScript: scenarios, and the contents of each channel, such as `webchat_content`."""
    adapters = {f"{name}_content": channel.adapter for name, channel in CHANNELS.items()}
    roots, schema = TypeAdapter.json_schemas(
        [(name, "validation", adapter) for name, adapter in adapters.items()]
        + [("scenario", "validation", TypeAdapter(ScenarioDocument))],
        ref_template="#/components/schemas/{model}",
    )
    contents = {name: roots[name, "validation"] for name in adapters}
    components = {"schemas": _without_discriminators({**schema["$defs"], **contents})}
    return _types({"openapi": "3.1.0", "info": {"title": "", "version": ""}, "paths": {}, "components": components})


def _without_discriminators(schema: Any) -> Any:
    """Alternatives tell themselves apart by their constants; nested discriminators are none that OpenAPI knows."""
    if isinstance(schema, list):
        return [_without_discriminators(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {name: _without_discriminators(value) for name, value in schema.items() if name != "discriminator"}


def _types(document: dict[str, Any]) -> str:
    install_packages(PAGE)
    with tempfile.TemporaryDirectory() as folder:
        file, types = Path(folder, "openapi.json"), Path(folder, "types.ts")
        file.write_text(json.dumps(document))
        # what has a default may be left out
        options = ["--default-non-nullable=false", "--output", str(types)]
        npm(PAGE, "exec", "--offline", "--", "openapi-typescript", str(file), *options)
        return types.read_text()
