"""The project file: models, journal, upgrade, backup, lock, search index."""
