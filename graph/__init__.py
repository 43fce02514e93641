"""The ground floor: what a graph is, where it lives, how it looks."""
