"""Chatbots, their published versions, and the senders they are enabled on."""
