"""Working as a team: merging copies, packages and answers."""
