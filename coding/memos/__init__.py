"""The analyst's memos on everything, and the research journal."""
