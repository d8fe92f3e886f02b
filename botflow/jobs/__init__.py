"""What happens after a commit, and in time: the outbox, timers, code."""
