"""Erasing a contact on request, with proof (AP-4)."""
