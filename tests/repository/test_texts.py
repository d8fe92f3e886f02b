"""What no file of the repository may contain, and what every exception to a rule has to say."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parent.parent.parent
THIS_FILE = PurePosixPath("tests/repository/test_texts.py")
MEANINGLESS_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}

NEVER = {
    "a path of one machine": re.compile(r"(?<![\w.])/(work|root|home/\w+|Users/\w+)/"),
    "the host of a package index": re.compile(
        r"pypi\.org|pythonhosted\.org|registry\.npmjs|registry\.yarnpkg|npmmirror|jsdelivr|unpkg\.com"
    ),
    "a private key": re.compile(r"BEGIN [A-Z ]*PRIVATE KEY"),
    "a conflict marker": re.compile(r"^(<{7}|>{7}) ", re.MULTILINE),
}
# an ignore names its rule and is followed by the reason, in a comment of its own or after two hyphens
EXCEPTION = re.compile(r"#\s*(type:\s*ignore|noqa|pragma:\s*no cover|pragma:\s*no mutate)(?P<rest>.*)")
REASON = re.compile(r"^(\[[\w, -]+\]|:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*+)?+\s*(#|-)?+\s*\S.*\s\S.*$")


def tracked_files() -> list[PurePosixPath]:
    """Every file that git keeps or would keep, so that a new file is judged before its first commit."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted(PurePosixPath(name) for name in set(listed.split("\0")) if name and (ROOT / name).is_file())


def texts() -> Iterator[tuple[PurePosixPath, str]]:
    """The text files among them, but for this one, which holds what it looks for."""
    for path in tracked_files():
        content = (ROOT / path).read_bytes()
        if path != THIS_FILE and b"\0" not in content:
            yield path, content.decode("utf-8")


@pytest.mark.parametrize("what", NEVER)
def test_no_file_contains(what: str) -> None:
    found = [f"{path}: {hit.group()}" for path, text in texts() for hit in NEVER[what].finditer(text)]
    assert found == []


def test_the_package_lock_holds_no_addresses() -> None:
    locks = [(path, text) for path, text in texts() if path.name == "package-lock.json"]
    assert locks
    assert [str(path) for path, text in locks if '"resolved"' in text] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [str(path) for path in tracked_files() if MEANINGLESS_NAMES & {path.stem, *path.parts}] == []


def exceptions_without_reason(text: str) -> list[str]:
    """The lines that switch a rule off and do not say why."""
    hits = ((line, EXCEPTION.search(line)) for line in text.splitlines())
    return [line.strip() for line, hit in hits if hit and not REASON.match(hit["rest"].strip())]


def test_every_exception_to_a_rule_says_why() -> None:
    python = [(path, text) for path, text in texts() if path.suffix in {".py", ".pyi"}]
    assert {str(path): lines for path, text in python if (lines := exceptions_without_reason(text))} == {}


@pytest.mark.parametrize(
    ("line", "accepted"),
    [
        ("x = 1  # type: ignore", False),
        ("x = 1  # type: ignore[arg-type]", False),
        ("x = 1  # type: ignore[arg-type]  # the library's stub is wrong", True),
        ("import x  # noqa", False),
        ("import x  # noqa: F401", False),
        ("import x  # noqa: F401, E402", False),
        ("import x  # noqa: F401  # registers the step", True),
        ("return  # pragma: no cover", False),
        ("return  # pragma: no cover - runs in a process of its own", True),
        ("x = 1  # an ordinary comment", True),
    ],
)
def test_what_counts_as_a_reason(line: str, accepted: bool) -> None:
    assert (exceptions_without_reason(line) == []) is accepted
