"""Coded segments: tag, change, remove, find."""
