"""The suite of every channel tells more when pytest rewrites its assertions, which is to be said before its import."""

import pytest

pytest.register_assert_rewrite("botflow.channels.testing")
