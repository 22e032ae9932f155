"""Working as a team: who codes what, and settling what coders disagree on."""
