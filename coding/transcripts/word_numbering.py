"""The numbers and bullets that Word puts in front of paragraphs; a file holds only the rules for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from coding.transcripts.numerals import bullet, numeral
from coding.transcripts.word_parts import W, is_on, number, value

_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str
    legal: bool
    restarts: int | None
    parted: bool
    style: str | None
    font: str


class Numbering:
    """Counts along; `mark` is to be asked for each paragraph once, in the order of reading."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._styles = (
            {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")} if styles is not None else {}
        )
        self._abstract: dict[str, Any] = {}
        self._lists: dict[str, Any] = {}
        if numbering is not None:
            self._abstract = {a.get(f"{W}abstractNumId"): a for a in numbering.findall(f"{W}abstractNum")}
            self._lists = {n.get(f"{W}numId"): n for n in numbering.findall(f"{W}num")}
        self._levels: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def mark(self, look: Any) -> str:
        """What stands in front of the paragraph with the properties `look`, a blank behind it; mostly nothing."""
        if not self._lists:
            return ""
        chosen, level = self._chosen(look)
        if chosen is None or chosen == "0" or chosen not in self._lists:
            return ""
        key, levels, restarts = self._known(chosen)
        if level is None:
            style = value(look, "pStyle")
            level = next((depth for depth, known in levels.items() if known.style and known.style == style), 0)
        rule = levels.get(level)
        if rule is None:
            return ""
        counters = self._counters.setdefault(key, {})
        self._count(chosen, level, levels, restarts, counters)
        return _shown(rule, levels, counters)

    def _count(
        self, chosen: str, level: int, levels: dict[int, _Level], restarts: dict[int, int], counters: dict[int, int]
    ) -> None:
        if level in restarts and (chosen, level) not in self._begun:
            counters[level] = restarts[level]
        else:
            counters[level] = counters[level] + 1 if level in counters else levels[level].start
        self._begun.add((chosen, level))
        for above in range(level):
            if above in levels:
                counters.setdefault(above, levels[above].start)
        for below in [depth for depth in counters if depth > level]:
            rule = levels.get(below)
            # a level may go on counting under others, or begin anew only under those above one of its own choice
            if rule is None or rule.restarts is None or level < rule.restarts:
                del counters[below]

    def _chosen(self, look: Any) -> tuple[str | None, int | None]:
        """The list and the level that a paragraph or its style names."""
        own = look.find(f"{W}numPr") if look is not None else None
        if own is not None and value(own, "numId") is not None:
            return value(own, "numId"), _depth(value(own, "ilvl")) or 0
        level = _depth(value(own, "ilvl")) if own is not None else None
        style, seen = value(look, "pStyle") if look is not None else None, set()
        while style is not None and style in self._styles and style not in seen:
            seen.add(style)
            rules = self._styles[style].find(f"{W}pPr/{W}numPr")
            if rules is not None:
                level = _depth(value(rules, "ilvl")) if level is None else level
                if value(rules, "numId") is not None:
                    return value(rules, "numId"), level
            style = value(self._styles[style], "basedOn")
        return None, None

    def _known(self, chosen: str) -> tuple[str, dict[int, _Level], dict[int, int]]:
        """Whose counters the list shares, its levels, and where it begins its own count."""
        if chosen not in self._levels:
            listed = self._lists[chosen]
            key = self._resolved(value(listed, "abstractNumId") or "")
            levels = {}
            abstract = self._abstract.get(key)
            for element in abstract.findall(f"{W}lvl") if abstract is not None else ():
                levels[number(element.get(f"{W}ilvl"))] = _level(element)
            restarts = {}
            for override in listed.findall(f"{W}lvlOverride"):
                depth = number(override.get(f"{W}ilvl"))
                element = override.find(f"{W}lvl")
                if element is not None:
                    levels[depth] = _level(element)
                if (start := value(override, "startOverride")) is not None:
                    restarts[depth] = number(start, 1)
            self._levels[chosen] = key, levels, restarts
        return self._levels[chosen]

    def _resolved(self, key: str) -> str:
        """A list may take all its levels from a style for lists."""
        seen = set()
        while key in self._abstract and key not in seen:
            seen.add(key)
            style = self._styles.get(value(self._abstract[key], "numStyleLink"))
            chosen = value(style, "pPr", "numPr", "numId") if style is not None else None
            if chosen not in self._lists:
                break
            key = value(self._lists[chosen], "abstractNumId") or ""
        return key


def _depth(text: str | None) -> int | None:
    return min(_DEEPEST, max(0, number(text))) if text is not None else None


def _level(element: Any) -> _Level:
    fonts = element.find(f"{W}rPr/{W}rFonts")
    restarts = value(element, "lvlRestart")
    return _Level(
        start=number(value(element, "start"), 0),
        format=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        legal=is_on(element, "isLgl"),
        restarts=number(restarts) if restarts is not None else None,
        parted=value(element, "suff") != "nothing",
        style=value(element, "pStyle"),
        font=(fonts.get(f"{W}ascii") or "") if fonts is not None else "",
    )


def _shown(rule: _Level, levels: dict[int, _Level], counters: dict[int, int]) -> str:
    def filled(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        if depth not in levels:
            return ""
        kind = levels[depth].format
        return numeral(counters.get(depth, levels[depth].start), "decimal" if rule.legal and kind != "none" else kind)

    if rule.format == "bullet":
        text = bullet(rule.text)
        if text == "o" and rule.font.startswith("Courier"):
            text = "◦"
    else:
        text = re.sub(r"%([1-9])", filled, rule.text)
    return f"{text} " if text.strip() and rule.parted else text
