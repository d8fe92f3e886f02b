"""Companies, their people, and what lets people and programs in."""
