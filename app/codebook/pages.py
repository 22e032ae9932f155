"""Pages of the codebook as rich text: one code, or a whole framework for paper."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from app.codebook.look import Look
from app.codebook.names import Names
from app.codebook.reading import Library, below, counted, said_elsewhere
from app.theme import GLYPHS
from coding.reports.attribution import DEFAULT, Attribution
from coding.reports.desk import in_quotes
from coding.reports.naming import Naming
from coding.words import Words

if TYPE_CHECKING:
    from coding.codes.codebook import Codebook, Entry
    from coding.segments.rows import SegmentRow

ENTRY = "code:"
"""Begins the link to a code, and the mark where a code begins on paper; its guid follows."""
SEGMENT = "segment:"
SEGMENTS = "segments:"


class Pages:
    """Sets pages of `library` in the language of `words`."""

    def __init__(self, library: Library, words: Words, look: Look) -> None:
        self._library, self._words, self._look = library, words, look
        self._language = words.language
        self._names = Names(library, words.language)
        self._naming = Naming(library.informants, library.sources, words, Attribution(DEFAULT))

    def entry(self, book: Codebook, entry: Entry, query: str = "") -> str:
        """The page of one code; what `query` found in the other language is shown with it."""
        return f"<body>{self._path(book, entry)}{self._entry(book, entry, query)}</body>"

    def framework(self, book: Codebook) -> str:
        """The whole framework, each code after the one before."""
        t = self._words.t
        parts = [_p(escape(t("Codebook: {framework}", framework=book.label(self._language))), "title")]
        parts += [_p(escape(text), "small") for text in book.literature]
        parts += [self._contents(book)]
        parts += [self._entry(book, entry, "") for entry in book.entries]
        return f"<body>{''.join(parts)}</body>"

    def _contents(self, book: Codebook) -> str:
        rows = []
        for entry in book.entries:
            name = escape(f"{entry.number}  {entry.label(self._language)}")
            count = self._words.number(counted(book, entry))
            shown = f'{name} <span class="dim">({count})</span>'
            rows.append(
                _p(f"<b>{shown}</b>" if entry.parent is None else shown, "top" if entry.parent is None else "below")
            )
        return self._section(self._words.t("Codes and their coded segments"), "".join(rows))

    # a code

    def _path(self, book: Codebook, entry: Entry) -> str:
        names = [escape(book.label(self._language))]
        parent = next((other for other in book.entries if other.guid == entry.parent), None)
        if parent is not None:
            names.append(self._link(ENTRY + parent.guid, parent.label(self._language)))
        return _p(" › ".join(names), "small")

    def _entry(self, book: Codebook, entry: Entry, query: str) -> str:
        head, meaning = self._head(book, entry), self._meaning(book, entry)
        indicators, questions, cues = self._indicators(book, entry), self._questions(entry), self._cues(entry)
        literature, exemplars = self._literature(entry), self._exemplars(entry)
        if self._look.wide:
            columns = (meaning + questions + literature, indicators + cues + exemplars)
            filled = (f'<td width="48%" style="padding-top: 8px">{column}</td>' for column in columns)
            cells = '<td width="4%"></td>'.join(filled)
            return f'{head}<table width="100%" cellspacing="0" cellpadding="0"><tr>{cells}</tr></table>'
        return head + self._elsewhere(entry, query) + meaning + indicators + questions + cues + literature + exemplars

    def _head(self, book: Codebook, entry: Entry) -> str:
        name = escape(f"{entry.number}  {entry.label(self._language)}")
        other = entry.label("en" if self._language == "id" else "id")
        count = counted(book, entry)
        said = self._words.n("{count} coded segment", "{count} coded segments", count=count)
        shown = [self._link(SEGMENTS + entry.guid, said) if count else escape(said)]
        if count != entry.segments and entry.segments:
            own = self._words.t("{count} of them on the dimension itself", count=entry.segments)
            shown.append(escape(own))
        if other != entry.label(self._language):
            shown.insert(0, f"<i>{escape(other)}</i>")
        title = f'<a name="{ENTRY}{entry.guid}"><span class="ink">{name}</span></a>'
        return _p(title, "code") + _p(" · ".join(shown), "small after")

    def _elsewhere(self, entry: Entry, query: str) -> str:
        found = said_elsewhere(entry, query, self._language) if query else []
        if not found:
            return ""
        t = self._words.t
        title = t("Found in the English words") if self._language == "id" else t("Found in the Indonesian words")
        return self._section(title, _p(escape(" · ".join(found)), "line after"))

    def _meaning(self, book: Codebook, entry: Entry) -> str:
        t, language = self._words.t, self._language
        definition = entry.text("definition", language)
        shown = _p(escape(definition or t("Nothing is written about this code yet.")), "definition")
        for title, name in ((t("What to look for"), "look_for"), (t("What it is not"), "not_this")):
            if text := entry.text(name, language):
                parts = self._names.parts(text, book, entry)
                linked = "".join(self._link(ENTRY + guid, part) if guid else escape(part) for part, guid in parts)
                shown += self._section(title, _p(linked, "line"))
        return shown

    def _indicators(self, book: Codebook, entry: Entry) -> str:
        rows = []
        for other in below(book, entry):
            name = self._link(ENTRY + other.guid, f"{other.number} {other.label(self._language)}")
            meaning = escape(_first_sentence(other.text("definition", self._language)))
            count = f' <span class="dim">({self._words.number(other.segments)})</span>' if other.segments else ""
            rows.append(_p(f"<b>{name}</b>{count} {meaning}", "line"))
        return self._section(self._words.t("Indicators"), "".join(rows))

    def _questions(self, entry: Entry) -> str:
        items = entry.items("questions", self._language)
        rows = "".join(_p(f"– {escape(item)}", "line") for item in items)
        return self._section(self._words.t("Questions to ask"), rows)

    def _cues(self, entry: Entry) -> str:
        t = self._words.t
        kinds = (
            ("cues", "", ""),
            ("cues_supporting", "supporting", t("Supporting")),
            ("cues_inhibiting", "inhibiting", t("Inhibiting")),
        )
        shown = ""
        for name, valence, title in kinds:
            if items := entry.items(name, self._language):
                first = f'<span class="{valence}">{GLYPHS[valence]} {escape(title)}</span> &nbsp;' if valence else ""
                shown += _p(first + self._chips(items, f"{valence}_chip" if valence else "chip"), "cues")
        return self._section(t("Words that point to it"), shown)

    def _chips(self, items: Iterable[str], look: str) -> str:
        if self._look.on_paper:
            return escape("; ".join(items))
        # a chip must not be broken over two lines
        solid = (escape(item).replace(" ", "&nbsp;").replace("-", "\u2011") for item in items)
        return " ".join(f'<span class="{look}">&nbsp;{item}&nbsp;</span>' for item in solid)

    def _literature(self, entry: Entry) -> str:
        rows = "".join(_p(escape(text), "line") for text in entry.literature)
        return self._section(self._words.t("Literature"), rows)

    def _exemplars(self, entry: Entry) -> str:
        t = self._words.t
        rows = "".join(self._exemplar(row) for row in self._library.exemplars(entry))
        if not rows and not self._look.on_paper:
            rows = _p(escape(t("None yet. Star a coded segment, and it stands here.")), "small")
        return self._section(t("Your exemplars"), rows)

    def _exemplar(self, row: SegmentRow) -> str:
        quote = escape(in_quotes(" ".join(row.text.split())))
        glyph = GLYPHS[row.valence]
        mark = f'<span class="{row.valence}">{glyph}</span> ' if glyph else ""
        return _p(f"{mark}<i>{quote}</i> {self._link(SEGMENT + row.guid, self._naming.attribute(row))}", "quote")

    def _section(self, title: str, inside: str) -> str:
        return _p(escape(title.upper()), "section") + inside if inside else ""

    def _link(self, target: str, text: str) -> str:
        return escape(text) if self._look.on_paper else f'<a href="{target}">{escape(text)}</a>'


def _p(inside: str, look: str) -> str:
    return f'<p class="{look}">{inside}</p>'


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s+(?=[^\W\d_a-z])", text, maxsplit=1)[0]
