"""Dialogs: questions that need an answer before anything goes on."""
