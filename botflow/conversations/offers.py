"""What the catalog offered to turns: noted, so that a replay finds the same whatever is published later."""

from __future__ import annotations

from botflow_runtime import Catalog, Scenario
from botflow_runtime.catalog import Sender
from botflow_runtime.replay import Offered


class NotedCatalog(Catalog):
    """A catalog that notes which newest versions and which default chatbot were found in it."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__(())
        self._catalog = catalog
        self._found: dict[str, int] = {}
        self._default: str | None = None
        self._asked = False

    def version(self, scenario: str, version: int) -> Scenario:
        """As the catalog."""
        return self._catalog.version(scenario, version)

    def newest(self, scenario: str) -> Scenario | None:
        """As the catalog, and noted."""
        found = self._catalog.newest(scenario)
        self._asked = True
        if found is not None:
            self._found[scenario] = found.version
        return found

    def find_sender(self, sender: str) -> Sender | None:
        """As the catalog, and noted."""
        found = self._catalog.find_sender(sender)
        self._asked = True
        self._default = found.default if found is not None else None
        return found

    def noted(self) -> Offered | None:
        """What was found so far; None: nothing was looked for."""
        return Offered(dict(self._found), self._default) if self._asked else None
