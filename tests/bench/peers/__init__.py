"""What our figures are compared with. Each peer does the conversation of `conversation.py` as its users would write it."""
