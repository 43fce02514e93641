"""The mappings that come with legation, one YAML file each."""
