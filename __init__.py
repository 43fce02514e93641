"""legation: who arms whom, from claims to a graph to a page."""

__version__ = "0.1.0"
