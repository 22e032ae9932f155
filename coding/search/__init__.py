"""Finding words and patterns in the texts of a project."""
