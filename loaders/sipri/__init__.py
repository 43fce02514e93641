"""The SIPRI arms transfers register, one file a dialect, one record type."""
