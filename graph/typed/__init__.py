"""Statements that somebody typed: what they consist of, whether they only read, and what both stores answer alike."""
