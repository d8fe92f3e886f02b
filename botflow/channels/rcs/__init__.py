"""RCS over Google's RCS Business Messaging."""
