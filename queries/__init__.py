"""The way out: questions and their answers."""
