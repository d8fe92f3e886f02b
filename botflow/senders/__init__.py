"""Senders: what contacts write to, and how a vendor lets us act for it."""
