"""The window of personal data."""
