"""Wording in the user's language: translated sentences, numbers and dates. Handed to whoever needs it, never global."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

LANGUAGES = ("id", "en")
MONTHS = {
    "id": ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
           "November", "Desember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip
_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "translations"


@dataclass(frozen=True, slots=True)
class Notice:
    """A remark that belongs to a result, worded only where it is shown.

    `msgid` (and `plural`, chosen by the parameter `count`) are English sentences with `{placeholders}`.
    """

    msgid: str
    params: tuple[tuple[str, Any], ...] = ()
    plural: str | None = None

    def say(self, words: Words) -> str:
        params = dict(self.params)
        if self.plural is not None:
            return words.n(self.msgid, self.plural, **params)
        return words.t(self.msgid, **params)


class Words:
    """Sentences, numbers and dates in one language (`"id"` or `"en"`)."""

    def __init__(self, language: str, folder: Path | None = None) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"unknown language {language!r}")
        self.language = language
        self._catalogue = gettext.translation("telaah", str(folder or _FOLDER), [language], fallback=True)

    def t(self, msgid: str, **params: Any) -> str:
        """The sentence `msgid` in this language, its `{placeholders}` filled; integers get thousands
        separators, dates are written out."""
        text = self._catalogue.gettext(msgid)
        return text.format(**{k: self._shown(v) for k, v in params.items()}) if params else text

    def n(self, singular: str, plural: str, *, count: int, **params: Any) -> str:
        """Like `t`, choosing by `count`, which also fills `{count}`."""
        text = self._catalogue.ngettext(singular, plural, count)
        return text.format(count=self.number(count), **{k: self._shown(v) for k, v in params.items()})

    def _shown(self, value: Any) -> Any:
        if hasattr(value, "say"):
            return value.say(self)
        if isinstance(value, date):
            return self.date(value.isoformat())
        return self.number(value) if isinstance(value, int) and not isinstance(value, bool) else value

    def number(self, value: float | Decimal | Fraction, decimals: int = 0) -> str:
        """`value` rounded half up in decimal (DOMAIN.md §8), with this language's separators."""
        rounded = round_half_up(value, decimals)
        text = f"{rounded:,.{decimals}f}"
        return text.translate(str.maketrans(",.", ".,")) if self.language == "id" else text

    def percent(self, fraction: float | Decimal | Fraction, decimals: int = 0) -> str:
        """A fraction (0–1) as a percentage with its sign: `62 %` is written `62%`."""
        exact = fraction if isinstance(fraction, Fraction) else Decimal(str(fraction))
        return self.number(exact * 100, decimals) + "%"

    def date(self, iso: str | None) -> str:
        """`2022-08-16` as `16 Agustus 2022`; `2022-08` as `Agustus 2022`; a year stays; None is empty."""
        if not iso:
            return ""
        parts = [int(p) for p in iso[:10].split("-")]
        if len(parts) == 1:
            return iso
        month = MONTHS[self.language][parts[1] - 1]
        return f"{month} {parts[0]}" if len(parts) == 2 else f"{parts[2]} {month} {parts[0]}"

    def short_date(self, iso: str | None) -> str:
        """Like `date`, the month cut to three letters (`16 Agu 2022`)."""
        if not iso or len(iso) < 7:
            return iso or ""
        parts = [int(p) for p in iso[:10].split("-")]
        month = MONTHS[self.language][parts[1] - 1][:3]
        return f"{month} {parts[0]}" if len(parts) == 2 else f"{parts[2]} {month} {parts[0]}"

    def today(self) -> str:
        return self.date(datetime.now().astimezone().date().isoformat())


def round_half_up(value: float | Decimal | Fraction, decimals: int = 0) -> Decimal:
    """`value` rounded half up in decimal, away from zero (62.5 → 63), `decimals` places kept."""
    if isinstance(value, Fraction):
        scaled = abs(value) * 10**decimals
        units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
        exact = Decimal(units if value >= 0 else -units).scaleb(-decimals)
        return exact.quantize(Decimal(1).scaleb(-decimals))
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
