"""The reference lists: states, firms, systems, people and the other names, as data."""
