"""Web chat, the channel of the page."""
