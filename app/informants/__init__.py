"""The table of informants at full size."""
