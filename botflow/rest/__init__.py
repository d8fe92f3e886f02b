"""The frame of the HTTP API: routes declared with their types and their permission, and what follows from them."""
