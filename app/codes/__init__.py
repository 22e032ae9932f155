"""The full-size editor of frameworks and codes."""
