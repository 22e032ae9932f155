"""Reviewing what was coded and written, and working as a team without a server."""
