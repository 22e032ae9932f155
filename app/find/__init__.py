"""Finding words across the project, and tagging what was found."""
