"""The botflow server."""
