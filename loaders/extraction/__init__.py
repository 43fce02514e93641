"""Sentences become claims, by rules and reference lists."""
