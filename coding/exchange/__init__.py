"""Data in and out in forms of other programs."""
