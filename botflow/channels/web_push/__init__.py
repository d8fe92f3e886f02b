"""Web push (RFC 8030): notifications in browsers, encrypted (RFC 8291) and signed with VAPID (RFC 8292)."""
