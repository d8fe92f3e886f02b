"""The least that a web server can do with a webhook: read it and answer. Run by gunicorn as botflow runs itself."""

from __future__ import annotations

from flask import Flask, request

app = Flask(__name__)


@app.get("/hook")
def shake_hands() -> str:
    """Answer the vendor's test of the address."""
    return request.args["hub.challenge"]


@app.post("/hook")
def take() -> str:
    """Read a webhook and forget it."""
    request.get_data()
    return ""
