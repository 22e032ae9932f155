"""Language rules: sentences."""
