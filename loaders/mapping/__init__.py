"""Tables by a mapping: a YAML file says how rows become actors, systems, transfers, relations and descriptions."""
