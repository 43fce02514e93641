"""A subgraph as one HTML file."""
