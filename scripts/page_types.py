"""The page's types of the HTTP API, made from its OpenAPI document by openapi-typescript."""

import json
import tempfile
from pathlib import Path

from botflow.app import create_app, parts_of
from botflow.config import Settings
from hatch_build import install_packages, npm

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "builder_ui"


def api_types() -> str:
    """TypeScript: paths, parameters, bodies and answers."""
    with tempfile.TemporaryDirectory() as folder:
        document, types = Path(folder, "openapi.json"), Path(folder, "openapi.ts")
        document.write_text(json.dumps(_openapi(Path(folder))))
        install_packages(PAGE)
        npm(
            PAGE,
            "exec",
            "--offline",
            "--",
            "openapi-typescript",
            "--default-non-nullable=false",
            str(document),
            "--output",
            str(types),
        )
        return types.read_text()


def _openapi(folder: Path) -> object:
    app = create_app(Settings(data=folder, examples=None))
    try:
        return app.test_client().get("/api/openapi.json").get_json()
    finally:
        parts_of(app).stop()
