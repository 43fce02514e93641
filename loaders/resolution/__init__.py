"""Which actors of a store look alike: by identifier or rare name they are one, else they may be."""
