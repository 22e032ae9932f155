"""Whether a framework has everything a built-in one must have."""

from __future__ import annotations

from collections.abc import Iterator

from frameworks.model import LANGUAGES, NODE_TEXTS, Framework, Indicator, Node

MINIMUM_INDICATOR = {
    "questions": {"id": 2, "en": 2},
    "cues": {"id": 12, "en": 8},
    "cues_supporting": {"id": 3, "en": 2},
    "cues_inhibiting": {"id": 3, "en": 2},
}
"""How many phrases an indicator of a built-in framework has at least, by field and language."""

MINIMUM_DIMENSION = {
    "questions": {"id": 2, "en": 2},
    "cues": {"id": 6, "en": 4},
    "cues_supporting": {"id": 2, "en": 2},
    "cues_inhibiting": {"id": 2, "en": 2},
}
"""The same for a dimension."""


def missing_parts(framework: Framework) -> list[str]:
    """What `framework` lacks to be as complete as a built-in one, each as `place: what`; empty when it lacks nothing.

    A user's own framework may lack most of this and is used all the same.
    """
    missing = [
        f"description.{language}: no text" for language in LANGUAGES if not getattr(framework.description, language)
    ]
    if not framework.literature:
        missing.append("literature: none")
    for path, node in framework.nodes():
        missing += [f"{path}.{part}" for part in _missing_in(node)]
    missing += [f"{dimension.key}: no indicator" for dimension in framework.dimensions if not dimension.indicators]
    return missing


def _missing_in(node: Node) -> Iterator[str]:
    for name in NODE_TEXTS:
        for language in LANGUAGES:
            if not getattr(getattr(node, name), language):
                yield f"{name}.{language}: no text"
    minimum = MINIMUM_INDICATOR if isinstance(node, Indicator) else MINIMUM_DIMENSION
    for name, counts in minimum.items():
        for language, count in counts.items():
            found = len(getattr(node, name).in_(language))
            if found < count:
                yield f"{name}.{language}: {found} of at least {count}"
    if not node.literature:
        yield "literature: none"
