"""HTTP: companies, users, roles, departments, sign-in and API keys."""

from botflow.accounts.api.keys import keys_api

__all__ = ["keys_api"]
