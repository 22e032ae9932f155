"""Alembic asks for this file; revisions are run by `coding.store.upgrade`, not from Alembic's command line."""
