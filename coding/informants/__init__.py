"""Informants and what is known of them."""
