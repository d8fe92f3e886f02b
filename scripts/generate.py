"""Write every generated file anew, or say which ones are out of date.

    .venv/bin/python -m scripts.generate [--check]

A new generated file is one line in GENERATED: its path, and the function that returns its text.
"""

import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

GENERATED: dict[str, str] = {
    "docs/README.md": "scripts.docs_index:docs_index",
    "docs/reference/content.md": "botflow_runtime.content.reference:content_reference",
}


def text_of(function: str) -> str:
    """Call `module:function`."""
    module, name = function.split(":")
    text = getattr(import_module(module), name)()
    assert isinstance(text, str)
    return text


def stale() -> dict[Path, str]:
    """The files that are not what their generator returns, with what they should be."""
    texts = {ROOT / path: text_of(function) for path, function in GENERATED.items()}
    return {path: text for path, text in texts.items() if not path.exists() or path.read_text() != text}


def write(files: dict[Path, str]) -> None:
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        print(f"wrote {path.relative_to(ROOT)}")


def main(arguments: list[str]) -> int:
    files = stale()
    if "--check" not in arguments:
        write(files)
        return 0
    for path in files:
        print(
            f"{path.relative_to(ROOT)} is out of date: run `make generate` and commit what it writes", file=sys.stderr
        )
    return 1 if files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
