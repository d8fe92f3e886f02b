"""What type checkers read of the package is what it gives when it runs."""

import ast
from pathlib import Path

import botflow_runtime


def test_the_stub_names_what_the_package_names() -> None:
    stub = ast.parse(Path(botflow_runtime.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    told = {
        alias.name: statement.module
        for statement in stub.body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
    }
    given = {name: getattr(botflow_runtime, name) for name in botflow_runtime.__all__}
    assert set(told) == set(given)
    assert all(value.__module__.startswith(told[name] or "") for name, value in given.items())
