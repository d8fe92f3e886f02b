"""Backups: database, media and key in one archive, and back again."""
