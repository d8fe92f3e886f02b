"""What happens after a commit, and in time: the outbox, timers, code, webhooks, and what is done now and then."""
