"""The way in: source material becomes claims."""
