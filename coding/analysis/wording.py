"""The words and signs for statuses, stances and methods, the same on screen, in print and in a terminal."""

from __future__ import annotations

from coding.analysis.results import Label, Stance, Status
from coding.words import Words

STATUS_LABELS: dict[Status, Label] = {
    "convergent": Label("searah", "convergent"),
    "partial": Label("sebagian", "partial"),
    "divergent": Label("berlawanan", "divergent"),
    "single": Label("satu sumber", "single"),
    "covered": Label("tanpa arah", "covered"),
    "absent": Label("belum ada bukti", "absent"),
}
STANCE_LABELS: dict[Stance, Label] = {
    "supporting": Label("mendukung", "supporting"),
    "inhibiting": Label("menghambat", "inhibiting"),
    "neutral": Label("tanpa arah", "without direction"),
    "mixed": Label("campuran", "mixed"),
    "silent": Label("diam", "silent"),
}
VALENCE_LABELS: dict[str, Label] = {
    "supporting": Label("Pendukung", "Supporting"),
    "inhibiting": Label("Penghambat", "Inhibiting"),
    "neutral": Label("Netral", "Neutral"),
}
GLYPHS: dict[str, str] = {"supporting": "+", "inhibiting": "−", "neutral": "○", "mixed": "±", "silent": "–"}


def status_word(status: Status, words: Words) -> str:
    return STATUS_LABELS[status].in_(words.language)


def stance_word(stance: Stance, words: Words) -> str:
    return STANCE_LABELS[stance].in_(words.language)


def stance_glyph(stance: str) -> str:
    """The sign of a stance or valence; never colour alone."""
    return GLYPHS[stance]
