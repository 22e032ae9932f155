"""Codes: the frameworks a project adopted, and open codes."""
