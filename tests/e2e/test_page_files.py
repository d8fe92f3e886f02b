"""The files of the built page (decision 0034)."""

import re
from graphlib import CycleError, TopologicalSorter

import pytest

from botflow.web import PAGE

NEEDED = re.compile(r"""(?:\bfrom|\bimport)\s*["']\./([^"']+\.js)["']""")


@pytest.mark.usefixtures("page_is_built")
def test_no_files_need_each_other_in_a_circle() -> None:
    files = {file.name: set(NEEDED.findall(file.read_text())) for file in (PAGE / "assets").glob("*.js")}
    assert sum(map(len, files.values())) > len(files)
    try:
        TopologicalSorter(files).prepare()
    except CycleError as circle:
        pytest.fail(f"these need each other: {circle.args[1]}")


@pytest.mark.usefixtures("page_is_built")
def test_visitors_load_one_script() -> None:
    page = (PAGE / "index.html").read_text()
    assert len(re.findall(r"<script[^>]* src=", page)) == 1
    assert "modulepreload" not in page
