"""The page is built when its sources changed, only then, and travels in the package."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import hatch_build
from botflow.web import CODINGS
from hatch_build import OUTPUT, SOURCE, build_page, digest_of, files_of

ROOT = Path(hatch_build.__file__).parent


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What npm was asked for; it makes the folders that the real one makes."""
    made: list[tuple[str, ...]] = []

    def npm(source: Path, *arguments: str) -> None:
        made.append(arguments)
        (source / "node_modules").mkdir(exist_ok=True)
        (source.parent / OUTPUT).mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(hatch_build, "npm", npm)
    return made


@pytest.fixture
def root(tmp_path: Path) -> Path:
    source = tmp_path / SOURCE
    (source / "src").mkdir(parents=True)
    (source / "package-lock.json").write_text("{}")
    (source / "src" / "main.ts").write_text("one")
    return tmp_path


INSTALL = ("ci", "--no-audit", "--no-fund")
BUILD = ("run", "build")


def test_a_second_build_does_nothing(root: Path, calls: list[tuple[str, ...]]) -> None:
    assert build_page(root)
    assert not build_page(root)
    assert calls == [INSTALL, BUILD]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda source: (source / "src" / "main.ts").write_text("two"), [BUILD]),
        (lambda source: (source / "src" / "main.ts").rename(source / "src" / "other.ts"), [BUILD]),
        (lambda source: (source / "package-lock.json").write_text("[]"), [INSTALL, BUILD]),
        (lambda source: (source / "node_modules" / "x.js").write_text("x"), []),
        (lambda source: (source / "src" / "main.ts").touch(), []),
        (lambda source: (source.parent / OUTPUT / "sources.sha256").unlink(), [BUILD]),
    ],
    ids=["a file's text", "a file's name", "the packages", "what npm put there", "a file's time", "the output is gone"],
)
def test_a_change_is_built(root: Path, calls: list[tuple[str, ...]], change, expected) -> None:  # type: ignore[no-untyped-def]  # a table of lambdas
    build_page(root)
    calls.clear()
    change(root / SOURCE)
    assert build_page(root) == bool(expected)
    assert calls == expected


def test_what_fails_leaves_no_stamp(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def npm(source: Path, *arguments: str) -> None:
        sys.exit("npm failed")

    monkeypatch.setattr(hatch_build, "npm", npm)
    with pytest.raises(SystemExit):
        build_page(root)
    assert not (root / OUTPUT / "sources.sha256").exists()


def test_node_reports_a_script_that_fails() -> None:
    command = [sys.executable, str(ROOT / "hatch_build.py"), "no-such-script"]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert finished.returncode == 1
    assert finished.stderr.endswith("The page: `npm run no-such-script` failed in builder_ui/ (see above).\n")


def test_the_wheel_carries_the_page(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = {file.filename: file.file_size for file in zipfile.ZipFile(wheel).infolist()}
    assert f"{OUTPUT}/index.html" in names
    assert f"{OUTPUT}/widget.js" in names
    scripts = [name for name in names if name.startswith(f"{OUTPUT}/assets/") and name.endswith(".js")]
    largest = max(scripts, key=names.__getitem__)
    for ending in CODINGS.values():
        assert names[largest + ending] < names[largest] / 2
    stamp = (ROOT / OUTPUT / "sources.sha256").read_text()
    assert stamp == digest_of(files_of(ROOT / SOURCE), ROOT / SOURCE)
