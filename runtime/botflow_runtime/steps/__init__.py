"""One file per step type (engine.md 4)."""
