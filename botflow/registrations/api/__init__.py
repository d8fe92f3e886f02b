"""HTTP: applications for sender IDs (AS-2)."""

from __future__ import annotations

from botflow.registrations.api.application import application_api
from botflow.registrations.api.checking import checking_api
from botflow.registrations.api.collection import collection_api
from botflow.registrations.service import Registrations
from botflow.rest.routes import Routes


def registrations_api(registrations: Registrations) -> list[Routes]:
    """Every group of routes about applications."""
    return [collection_api(registrations), checking_api(registrations), application_api(registrations)]
