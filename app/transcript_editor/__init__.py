"""Editing the text of a source, and who speaks in it."""
