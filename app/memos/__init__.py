"""Memos and the research journal, all in one place."""
