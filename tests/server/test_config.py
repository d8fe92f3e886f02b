"""Settings: from BOTFLOW_* variables, documented, and a mistake named."""

from pathlib import Path

import pytest

from botflow.config import Settings, read_settings, variable
from botflow.errors import ConfigurationError

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "configuration.md"

READ = [
    ({}, "port", 8080),
    ({"BOTFLOW_PORT": "9000"}, "port", 9000),
    ({"BOTFLOW_DATA": "/srv/botflow"}, "data", Path("/srv/botflow")),
    ({"BOTFLOW_EXAMPLES": ""}, "examples", None),
    (
        {"BOTFLOW_ALLOWED_HOSTS": "chat.example.com, bot.example.com"},
        "allowed_hosts",
        ("chat.example.com", "bot.example.com"),
    ),
    ({"BOTFLOW_ALLOWED_HOSTS": ""}, "allowed_hosts", ()),
    ({"BOTFLOW_LOG_LEVEL": "error"}, "log_level", "error"),
    ({"BOTFLOW_TEST_POSTGRES": "of no concern", "HOME": "/home/ann"}, "host", "127.0.0.1"),
]

REFUSED = [
    ({"BOTFLOW_PROT": "9000"}, "BOTFLOW_PROT is no setting; did you mean BOTFLOW_PORT?"),
    ({"BOTFLOW_XYZZY": "1"}, "BOTFLOW_XYZZY is no setting; known are BOTFLOW_HOST"),
    ({"BOTFLOW_PORT": "many"}, "BOTFLOW_PORT cannot be 'many'"),
    ({"BOTFLOW_PORT": "70000"}, "BOTFLOW_PORT cannot be '70000'"),
    ({"BOTFLOW_HOST": ""}, "BOTFLOW_HOST cannot be ''"),
    ({"BOTFLOW_THREADS": "1"}, "BOTFLOW_THREADS cannot be '1'"),
    ({"BOTFLOW_LOG_LEVEL": "loud"}, "BOTFLOW_LOG_LEVEL cannot be 'loud'"),
]


@pytest.mark.parametrize(("environment", "field", "value"), READ)
def test_a_setting_is_read_from_its_variable(environment: dict[str, str], field: str, value: object) -> None:
    assert getattr(read_settings(environment), field) == value


@pytest.mark.parametrize(("environment", "sentence"), REFUSED)
def test_a_mistake_is_one_sentence(environment: dict[str, str], sentence: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        read_settings(environment)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_what_is_given_comes_before_the_environment() -> None:
    assert read_settings({"BOTFLOW_PORT": "9000"}, port=9001, host=None).port == 9001


@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_is_documented_as_it_is(field: str) -> None:
    (row,) = [line for line in REFERENCE.read_text().splitlines() if line.startswith(f"| `{variable(field)}` |")]
    assert str(Settings.model_fields[field].description) in row
