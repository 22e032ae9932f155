"""Frameworks as values: a theory, its dimensions and their indicators. Nothing here can be changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

LANGUAGES: tuple[str, ...] = ("id", "en")
"""The languages a framework is written in, the usual working language first."""


def _other(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, not {language!r}")
    return "en" if language == "id" else "id"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in Indonesian and in English; either may be empty in a framework of the user's own."""

    id: str = ""
    en: str = ""

    def in_(self, language: str) -> str:
        """The text in `language` (`id` or `en`), or in the other language where that one is empty.

        Raises ValueError for any other language.
        """
        fallback: str = getattr(self, _other(language))
        text: str = getattr(self, language)
        return text or fallback

    def to_dict(self) -> dict[str, str]:
        """The languages that have a text, as a framework file has them."""
        return {language: text for language in LANGUAGES if (text := getattr(self, language))}


@dataclass(frozen=True, slots=True)
class Phrases:
    """Lists of short texts, one list per language: questions or cue words."""

    id: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def in_(self, language: str) -> tuple[str, ...]:
        """The phrases in `language` (`id` or `en`) alone; there is no falling back, since cues are matched against a
        text in that language. Raises ValueError for any other language."""
        _other(language)
        phrases: tuple[str, ...] = getattr(self, language)
        return phrases

    def to_dict(self) -> dict[str, list[str]]:
        """The languages that have phrases, as a framework file has them."""
        return {language: list(phrases) for language in LANGUAGES if (phrases := getattr(self, language))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What a dimension and an indicator have in common: everything an analyst needs to tag with it."""

    key: str
    label: Bilingual
    definition: Bilingual = Bilingual()
    look_for: Bilingual = Bilingual()
    not_this: Bilingual = Bilingual()
    questions: Phrases = Phrases()
    cues: Phrases = Phrases()
    cues_supporting: Phrases = Phrases()
    cues_inhibiting: Phrases = Phrases()
    literature: tuple[str, ...] = ()

    def all_cues(self, language: str) -> tuple[str, ...]:
        """Every phrase that points to this node in `language`: the neutral cues, then those that also tell a direction.

        A valence cue need not be repeated among the neutral ones; a phrase in two lists is given once.
        """
        lists = (self.cues, self.cues_supporting, self.cues_inhibiting)
        return tuple(dict.fromkeys(phrase for phrases in lists for phrase in phrases.in_(language)))

    def to_dict(self) -> dict[str, Any]:
        """The node as plain data in the shape of a framework file; empty parts are left out."""
        data: dict[str, Any] = {"key": self.key}
        for name in NODE_TEXTS + NODE_PHRASES:
            if part := getattr(self, name).to_dict():
                data[name] = part
        if self.literature:
            data["literature"] = list(self.literature)
        return data


NODE_TEXTS: tuple[str, ...] = ("label", "definition", "look_for", "not_this")
"""The fields of a node that are one text per language."""
NODE_PHRASES: tuple[str, ...] = ("questions", "cues", "cues_supporting", "cues_inhibiting")
"""The fields of a node that are a list per language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Node):
    """The lower level of a framework."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension(Node):
    """The upper level of a framework; it may have no indicators."""

    indicators: tuple[Indicator, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The dimension with its indicators as plain data in the shape of a framework file."""
        data = Node.to_dict(self)
        if self.indicators:
            data["indicator"] = [indicator.to_dict() for indicator in self.indicators]
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """One edition of a theory. Its keys never change; a copy that is changed gets a key of its own."""

    key: str
    edition: int
    label: Bilingual
    description: Bilingual = Bilingual()
    literature: tuple[str, ...] = ()
    dimensions: tuple[Dimension, ...] = field(default=())

    def nodes(self) -> Iterator[tuple[str, Node]]:
        """Path and node of every dimension, each followed by its indicators, in the framework's order.

        A path is `dimension` or `dimension.indicator`, without the framework's key.
        """
        for dimension in self.dimensions:
            yield dimension.key, dimension
            for indicator in dimension.indicators:
                yield f"{dimension.key}.{indicator.key}", indicator

    def code_keys(self) -> tuple[str, ...]:
        """`framework.dimension` and `framework.dimension.indicator` of every node, in the framework's order."""
        return tuple(f"{self.key}.{path}" for path, _ in self.nodes())

    def find(self, path: str) -> Node | None:
        """The node at `dimension` or `dimension.indicator`, with or without the framework's key before it, or None."""
        nodes = dict(self.nodes())
        return nodes.get(path) or nodes.get(path.removeprefix(f"{self.key}."))

    def to_dict(self) -> dict[str, Any]:
        """The framework as plain dicts, lists, strings and one int, in the shape of a framework file.

        `loader.from_dict` makes an equal framework of it again.
        """
        data: dict[str, Any] = {"key": self.key, "edition": self.edition, "label": self.label.to_dict()}
        if description := self.description.to_dict():
            data["description"] = description
        if self.literature:
            data["literature"] = list(self.literature)
        data["dimension"] = [dimension.to_dict() for dimension in self.dimensions]
        return data
