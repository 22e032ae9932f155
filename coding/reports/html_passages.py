"""What stands behind the figures of a page: each coded segment once, and for each figure which of them it counts.

Without scripts a figure leads to the list of its segments, and from there to each of them. With them the lists are one
stretch of text that costs the browser nothing, however many there are; the script shows the segments beside the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from coding.analysis.wording import GLYPHS, VALENCE_LABELS
from coding.reports.document import ShownSegment
from coding.reports.word_parts import legal
from coding.words import Words


class Passages:
    """The coded segments of a page by guid, and the lists of them that its figures lead to."""

    def __init__(self, segments: Mapping[str, ShownSegment], words: Words) -> None:
        self.segments = segments
        self.words = words
        self._places = {guid: number for number, guid in enumerate(segments, 1)}
        self._lists: dict[tuple[str, ...], int] = {}
        self._heads: list[tuple[str, str]] = []
        self._links = 0

    def link(self, guids: tuple[str, ...], title: str, table: str, *, long: bool = False) -> str:
        """The opening of a link from a figure to the segments it counts, "" where none of them is known. `title` says
        what is counted, `table` is the anchor of the table it stands in; words instead of a figure are `long`."""
        there = tuple(guid for guid in guids if guid in self._places)
        if not there:
            return ""
        number = self._lists.setdefault(there, len(self._lists) + 1)
        if number > len(self._heads):
            self._heads.append((title, table))
        self._links += 1
        look = "count long" if long else "count"
        return f'<a class="{look}" id="n{self._links}" href="#c{number}" title="{_text(title)}">'

    def lists(self) -> Iterator[str]:
        """For readers without scripts: a list for each figure, with the way back to its table."""
        if not self._lists:
            return
        yield f'<noscript><section class="lists"><h2>{self._t("What the figures stand on")}</h2>'
        back = self._t("Back to the table")
        named = {guid: f'<a href="#p{number}">{_text(self.segments[guid].who)}</a>' for guid, number in
                 self._places.items()}  # fmt: skip
        for (guids, number), (title, table) in zip(self._lists.items(), self._heads, strict=True):
            yield f'<section class="list" id="c{number}"><h3>{_text(title)}</h3>'
            yield f'<p><a href="#{table}">{back}</a></p><ul>'
            yield "".join(f"<li>{named[guid]}" for guid in guids)
            yield "</ul></section>"
        yield "</section></noscript>"

    def all(self) -> Iterator[str]:
        """Each coded segment in full."""
        if not self.segments:
            return
        yield f'<section class="segments" id="segments"><h2>{self._t("Passages behind the numbers")}</h2>'
        yield f'<p class="print"><a class="all" href="#segments">{self._t("Search and filter them")}</a>'
        yield '<label><input type="checkbox" id="with_segments">'
        yield f" {self._t('Print the coded segments, too')}</label></p>"
        signs = {one: f'<b class="v {one}">{GLYPHS[one]} {_text(label.in_(self.words.language))}</b>' for one, label in
                 VALENCE_LABELS.items()}  # fmt: skip
        for guid, number in self._places.items():
            yield self._article(number, self.segments[guid], signs)
        yield "</section>"

    def _article(self, number: int, segment: ShownSegment, signs: Mapping[str, str]) -> str:
        quoted = _text(segment.text).replace("\n", "<br>")
        cited = f" <cite>{_text(segment.attribution)}</cite>" if segment.attribution else ""
        who = ", ".join(f'<span class="w">{_text(voice)}</span>' for voice in segment.voices)
        way = signs[segment.valence] if segment.valence else f'<b class="v">{self._t("Without direction")}</b>'
        code = " · ".join(part for part in (segment.framework, segment.code) if part)
        where = ", ".join(part for part in (segment.source, self.words.date(segment.date)) if part)
        if segment.coder:
            where += f" · {self.words.t('Coded by')}: {segment.coder}"
        memo = f'<p class="memo">{self._t("Memo")}: {_breaks(segment.memo)}</p>' if segment.memo.strip() else ""
        return (
            f'<article id="p{number}"><blockquote dir="auto">{quoted}{cited}</blockquote>'
            f'<p>{who} · {way} · <span class="k">{_text(code)}</span></p>'
            f'<p class="meta">{_text(where)}</p>{memo}</article>'
        )

    def panel(self) -> Iterator[str]:
        """What the script fills; its words stand here, in the language of the report."""
        if not self.segments:
            return
        t = self._t
        yield f'<aside id="panel" hidden tabindex="-1" aria-label="{t("Coded segments")}"><header><div class="top">'
        yield '<h2 id="panel_title"></h2>'
        for name, told, key, sign in (
            ("before", t("Former figure"), "←", "‹"), ("after", t("Next figure"), "→", "›"),
            ("close", t("Close"), "Esc", "×"),
        ):  # fmt: skip
            yield f'<button id="panel_{name}" title="{told}  {key}" aria-label="{told}">{sign}</button>'
        yield '</div><p id="panel_count" aria-live="polite"></p>'
        find = t("Find in these segments")
        yield f'<div class="tools"><input id="panel_filter" type="search" aria-label="{find}" placeholder="{find}">'
        for name, of, every in (
            ("who", t("Who"), t("Everybody")), ("code", t("Code"), t("All codes")),
            ("way", t("Direction"), t("All directions")),
        ):  # fmt: skip
            yield f'<select id="panel_{name}" aria-label="{of}"><option value="">{every}</option></select>'
        one, many = self.words.n("{count} coded segment", "{count} coded segments", count=1), self._many()
        yield '</div></header><div id="panel_places"></div>'
        yield f'<div id="panel_list" data-one="{_text(one)}" data-many="{_text(many)}"'
        yield f' data-some="{t("{shown} of {all}", shown="#", all="##")}" data-all="{t("Passages behind the numbers")}"'
        yield f' data-none="{t("No passage fits.")}"></div><button id="panel_more" hidden>{t("Show more")}</button>'
        told = t("Segments that overlap, or say the same, count as one passage.")
        yield f'<p class="meta" id="panel_rule">{told}</p></aside>'

    def _t(self, msgid: str, **params: object) -> str:
        return _text(self.words.t(msgid, **params))

    def _many(self) -> str:
        """The plural with a mark where the number goes."""
        return self.words.n("{count} coded segment", "{count} coded segments", count=7).replace("7", "#")


def _breaks(text: str) -> str:
    return _text(text).replace("\n", "<br>")


def _text(text: str) -> str:
    return escape(legal(text))
