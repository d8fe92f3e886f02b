"""The media library: files that content names by key, and files that contacts have sent (AS-1)."""
