"""Numbers as lists write them, and the bullets of symbol fonts."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_BULLETS = {
    "\uf0a7": "▪", "\uf0a8": "◻", "\uf06e": "■", "\uf06f": "□", "\uf071": "❑", "\uf072": "❒", "\uf075": "◆",
    "\uf076": "❖", "\uf0d8": "➢", "\uf0e0": "→", "\uf0fc": "✓", "\uf0fe": "☑", "\uf02d": "–", "\uf0de": "⇒",
}  # fmt: skip
"""What the usual bullets of Symbol and Wingdings look like, by their numbers in the private area; others are dots."""


def numeral(value: int, form: str) -> str:
    """`value` in the form that Word calls `form`: decimal, decimalZero, lowerLetter, upperRoman, ordinal, none …"""
    if form == "none":
        return ""
    if form in ("lowerLetter", "upperLetter") and 0 < value <= 26 * 30:
        letters = chr(97 + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman") and 0 < value < 5000:
        return roman(value).upper() if form == "upperRoman" else roman(value)
    if form == "decimalZero":
        return f"{value:02d}"
    if form == "ordinal":
        teen = 10 < value % 100 < 20
        return f"{value}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"
    return str(value)


def roman(value: int) -> str:
    """`value` in small Roman numerals."""
    text = ""
    for amount, letters in _ROMAN:
        count, value = divmod(value, amount)
        text += letters * count
    return text


def bullet(text: str) -> str:
    """`text` with the signs that symbol fonts have in the private area as what they look like."""
    return "".join(_BULLETS.get(c, "•") if "\ue000" <= c <= "\uf8ff" else c for c in text)
