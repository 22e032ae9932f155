"""What people and sources are called in a report, and how a quotation is shown and attributed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from coding.analysis.columns import CATEGORY_LABELS, METHOD_LABELS
from coding.reports.attribution import Attribution
from coding.reports.masking import Masks
from coding.reports.wording import opened
from coding.segments.rows import SegmentRow
from coding.transcripts.rows import InformantRow, SourceRow
from coding.words import Notice, Words


class Naming:
    """Names as the user chose them. Anonymised, informants are “Informant 1…n” and sources “Interview 1…n” everywhere.

    Those left out of the analysis have the last numbers, because they are not printed but may be named by others.
    """

    def __init__(
        self,
        informants: Sequence[InformantRow],
        sources: Sequence[SourceRow],
        words: Words,
        attribution: Attribution,
        anonymise: bool = False,
    ) -> None:
        self.words = words
        self.attribution = attribution
        self.anonymise = anonymise
        self._informants = {row.code: row for row in informants}
        self._sources = {row.guid: row for row in sources}
        self._shown = {row.code: row.code for row in informants}
        self._source_shown = {row.name: row.name for row in sources}
        self._masks: Masks | None = None
        if anonymise:
            ordered = sorted(informants, key=lambda row: row.left_out)
            self._shown = {
                row.code: words.t("Informant {number}", number=number) for number, row in enumerate(ordered, 1)
            }
            self._source_shown = self._numbered(sources)
            self._masks = Masks(informants, self._shown, words.t("Informant"))

    def voice(self, key: str) -> str:
        """What a voice is called: an informant's code or a source's name."""
        return self._shown.get(key) or self.source(key)

    def together(self, names: Sequence[str]) -> list[str]:
        """Names of a list as its items: of numbered informants that follow each other, the word stands once."""
        if not self.anonymise:
            return list(names)
        one, several, items = self.words.t("Informant {number}", number=""), self.words.t("Informants"), list[str]()
        numbered = [name.startswith(one) for name in names]
        for at, name in enumerate(names):
            number = name.removeprefix(one)
            if numbered[at] and at and numbered[at - 1]:
                items.append(number)
            else:
                items.append(f"{several} {number}" if numbered[at] and any(numbered[at + 1 : at + 2]) else name)
        return items

    def source(self, name: str) -> str:
        return self._source_shown.get(name, name)

    def text(self, text: str) -> str:
        """`text` as it may be printed: names of known informants replaced when the report is anonymised."""
        return self._masks.apply(text) if self._masks else text

    def notice(self, notice: Notice) -> str:
        """A notice as a whole sentence, names of sources and informants as this report has them."""
        text = opened(self.words, notice.say(self.words))
        if self.anonymise:
            for name in sorted(self._source_shown.keys() - self._shown.keys(), key=len, reverse=True):
                pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
                text = re.sub(pattern, lambda _, name=name: self._source_shown[name], text)  # type: ignore[misc]
        text = self.text(text)
        return text if text.endswith((".", "!", "?")) else f"{text}."

    def attribute(self, segment: SegmentRow, voice: str | None = None) -> str:
        """The attribution of a quotation to `voice`, or to every informant heard in it, or else to its source."""
        if voice in self._informants:
            return self._attribution(segment, self._informants[voice])
        heard = [self._informants[code] for code in segment.informants if code in self._informants]
        if voice is not None or not heard:
            return self._attribution(segment, None)
        return " ".join(self._attribution(segment, informant) for informant in heard)

    def _attribution(self, segment: SegmentRow, informant: InformantRow | None) -> str:
        source = self._sources.get(segment.source_guid)
        shown_source = self.source(segment.source)
        fields = {
            "source": shown_source,
            "date": self.words.date(segment.source_date),
            "place": self.text((source.place if source else None) or ""),
            "code": shown_source,
        }
        if informant is None:
            unspoken = source is not None and source.method in ("observation", "document")
            return self.attribution.of_source(fields) if unspoken else self.attribution.apply(fields)
        fields |= self.fields(informant)
        fields["place"] = fields["place"] or self.text(informant.place or "")
        return self.attribution.apply(fields)

    def fields(self, informant: InformantRow) -> dict[str, str]:
        """What the placeholders say of an informant. Anonymised, code, initials and name are the number."""
        shown = self._shown[informant.code]
        return {
            "code": shown,
            "initials": shown if self.anonymise and informant.initials else informant.initials or "",
            "name": shown if self.anonymise and informant.name else informant.name or "",
            "age": "" if informant.age is None else self.words.number(informant.age),
            "role": self.text(informant.role or ""),
            "group": self.text(informant.group or ""),
            "category": CATEGORY_LABELS[informant.category].in_(self.words.language) if informant.category else "",
        }

    def _numbered(self, sources: Sequence[SourceRow]) -> dict[str, str]:
        counts: Counter[str] = Counter()
        shown = {}
        for row in sources:
            counts[row.method] += 1
            shown[row.name] = (
                f"{METHOD_LABELS[row.method].in_(self.words.language)} {self.words.number(counts[row.method])}"
            )
        return shown
