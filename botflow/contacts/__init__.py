"""The people who write."""
