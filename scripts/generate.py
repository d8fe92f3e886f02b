"""Write every generated file anew, or say which ones are out of date.

.venv/bin/python -m scripts.generate [--check]
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from botflow_runtime.content.reference import content_reference
from botflow_runtime.schema import SCHEMAS, schema_text
from botflow_runtime.validation.reference import problems_reference
from scripts.api_reference import api_reference
from scripts.cli_reference import cli_reference
from scripts.content_fields import content_fields
from scripts.docs_index import docs_index
from scripts.expression_words import expression_words
from scripts.format_reference import scenario_format, transcripts
from scripts.http_reference import http_reference
from scripts.metrics_reference import metrics_reference
from scripts.page_types import api_types, scenario_types
from scripts.step_pages import step_pages
from tests.runtime.expressions import reference as expressions

ROOT = Path(__file__).resolve().parent.parent


def generated() -> Iterator[tuple[Path, str]]:
    """Each generated file with what it should hold. A new one is one line here."""
    for name in SCHEMAS:
        yield ROOT / "schemas" / f"{name}.schema.json", schema_text(name)
    yield ROOT / "docs" / "reference" / "content.md", content_reference()
    yield ROOT / "docs" / "reference" / "problems.md", problems_reference()
    yield ROOT / "docs" / "reference" / "cli.md", cli_reference()
    yield ROOT / "docs" / "reference" / "scenario-format.md", scenario_format()
    yield ROOT / "docs" / "reference" / "transcripts.md", transcripts()
    yield from step_pages()
    yield ROOT / "docs" / "reference" / "runtime-api.md", api_reference()
    yield ROOT / "docs" / "reference" / "http-api.md", http_reference()
    yield ROOT / "docs" / "reference" / "metrics.md", metrics_reference()
    yield ROOT / "builder_ui" / "src" / "api" / "openapi.ts", api_types()
    yield ROOT / "builder_ui" / "src" / "scenario" / "format.ts", scenario_types()
    yield ROOT / "builder_ui" / "src" / "messages" / "content.ts", content_fields()
    yield ROOT / "builder_ui" / "src" / "expressions" / "functions.ts", expression_words()
    yield expressions.PAGE, expressions.page_with_tables(expressions.PAGE.read_text())
    # last, as it lists the titles of the pages above
    yield ROOT / "docs" / "README.md", docs_index()


def stale() -> Iterator[tuple[Path, str]]:
    """Those of them that do not hold it."""
    for path, text in generated():
        if not path.exists() or path.read_text() != text:
            yield path, text


def check() -> int:
    """The exit status: 1 where a file is out of date, which is named."""
    paths = [path.relative_to(ROOT) for path, _ in stale()]
    for path in paths:
        print(f"{path} is out of date: run `make generate` and commit the result", file=sys.stderr)
    return 1 if paths else 0


def write() -> int:
    for path, text in stale():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(check() if "--check" in sys.argv[1:] else write())
