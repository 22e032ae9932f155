"""The history of a project: who did what when, and going back."""
