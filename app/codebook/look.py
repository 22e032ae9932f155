"""How a page of the codebook is set: in the window's colours on screen, black on white on paper."""

from __future__ import annotations

from dataclasses import dataclass
from string import Template

from app.theme import Theme

_SHEET = Template("""
body { color: $ink; font-family: "$text"; font-size: $s_text; }
p { margin: 0 0 6px 0; line-height: 122%; }
a { color: $accent; text-decoration: none; }
.title { font-family: "$ui"; font-size: $s_title; font-weight: 600; margin: 0 0 4px 0; line-height: 110%; }
.code { font-family: "$ui"; font-size: $s_code; font-weight: 600; margin: $before 0 2px 0; line-height: 115%; }
.small { font-family: "$ui"; font-size: $s_small; color: $dim; margin: 0 0 2px 0; line-height: 115%; }
.after { margin-bottom: 12px; }
.section { font-family: "$ui"; font-size: $s_section; font-weight: 600; color: $dim; margin: $gap 0 4px 0; }
.definition { font-size: $s_lead; }
.line { margin: 0 0 5px 0; }
.cues { font-family: "$ui"; font-size: $s_cue; line-height: 140%; margin: 0 0 5px 0; }
.top { margin: 8px 0 2px 0; }
.below { margin: 0 0 2px 22px; }
.quote { margin: 0 0 8px 14px; }
.dim { color: $dim; }
.ink { color: $ink; }
.supporting { color: $supporting; font-weight: 600; }
.inhibiting { color: $inhibiting; font-weight: 600; }
.chip { background-color: $chip; }
.supporting_chip { background-color: $supporting_chip; }
.inhibiting_chip { background-color: $inhibiting_chip; }
""")


@dataclass(frozen=True, slots=True)
class Look:
    """Style sheet of the page; whether it has links and chips; how a name of a code stands in a text."""

    stylesheet: str
    on_paper: bool
    wide: bool = False


def on_screen(theme: Theme) -> Look:
    """The page in the window's theme and text size."""
    text = theme.text_font()
    size = text.pixelSize()
    sizes = {"text": size, "lead": size * 1.06, "title": size * 1.6, "code": size * 1.6}
    sizes |= {"small": theme.px(12.5), "section": theme.px(11), "cue": theme.px(13)}
    tint = {name: theme.tint(theme.color(name), 0.12).name() for name in ("supporting", "inhibiting")}
    values = {name: theme.hex(name) for name in ("ink", "dim", "accent")}
    values |= {name: theme.valence_color(name).name() for name in ("supporting", "inhibiting")}
    values |= {"chip": theme.hex("side" if not theme.dark else "hover"), "before": "0px", "gap": "16px"}
    values |= {f"{name}_chip": color for name, color in tint.items()}
    values |= {f"s_{name}": f"{round(value)}px" for name, value in sizes.items()}
    return Look(_SHEET.substitute(values, text=text.family(), ui=theme.ui_font().family()), on_paper=False)


def on_paper(*, wide: bool) -> Look:
    """The page black on white in points; `wide` sets a code in two columns, for pages that lie."""
    theme = Theme(dark=False)
    sizes = {"text": 9.5, "lead": 10, "title": 20, "code": 14, "small": 8.5, "section": 8, "cue": 9}
    if wide:
        sizes |= {"text": 9, "lead": 9.5, "cue": 8.5}
    values = {"ink": "#000000", "dim": "#555555", "accent": "#000000", "before": "0px", "gap": "11px"}
    values |= dict.fromkeys(("supporting", "inhibiting"), "#000000")
    values |= dict.fromkeys(("chip", "supporting_chip", "inhibiting_chip"), "#ffffff")
    values |= {f"s_{name}": f"{value}pt" for name, value in sizes.items()}
    sheet = _SHEET.substitute(values, text=theme.text_font().family(), ui=theme.ui_font().family())
    return Look(sheet, on_paper=True, wide=wide)
