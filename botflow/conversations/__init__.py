"""Messages, threads and turns: what goes on between a contact and a sender."""
