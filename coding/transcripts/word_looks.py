"""Who speaks, where a Word document tells it by looks alone: names in bold without a colon, or questions and answers in
paragraphs of two styles by turns. They are given the labels that a transcript has elsewhere.

Nothing is done where it is not plain: a name in bold must come back, two looks must alternate, and one of them ask.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from coding.transcripts.columns import ASKING, NAMELESS
from coding.transcripts.word_parts import W, is_on, value

LEAST_TURNS = 4
"""Paragraphs that must look alike by turns before they are taken for turns."""
_NAME = re.compile(r"[^\W\d_a-z][\w.'’()-]*(?: [\w.'’()-]+){0,3}")
_LABEL = re.compile(r"[^\n:?.!]{1,40}:\s")
_FIRST, _LABELLED = 30, 12
"""So many of the first paragraphs with labels, and it is they that tell who speaks: more than a header has."""
_STRONG = frozenset({"Strong", "Kuat"})


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph is given: a label in front, or a colon behind the `name` that it begins with."""

    label: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Seen:
    element: Any
    text: str
    lead: str
    look: tuple[str, bool, bool]


def looks_of(body: Any, headings: Container[str]) -> dict[Any, Look]:
    """The paragraphs of a body that need it; `headings` are the styles of headings."""
    worded = (one for p in body.iterchildren(f"{W}p") if (one := _seen(p)).text.strip() and one.look[0] not in headings)
    seen = list(islice(worded, _FIRST))
    if sum(_LABEL.match(one.text) is not None for one in seen) >= _LABELLED:
        return {}
    seen += worded
    return _named(seen) or _alternating(seen)


def _seen(paragraph: Any) -> _Seen:
    pieces = []
    for run in paragraph.iter(f"{W}r"):
        if run.getparent().tag in (f"{W}del", f"{W}moveFrom"):
            continue
        text = "".join(_text(part) for part in run)
        if text:
            pieces.append((text, *_bold_italic(run.find(f"{W}rPr"))))
    worded = [piece for piece in pieces if piece[0].strip()]
    lead = ""
    for text, bold, _ in pieces:
        if text.strip() and not bold:
            break
        lead += text
    style = value(paragraph.find(f"{W}pPr"), "pStyle") if paragraph.find(f"{W}pPr") is not None else None
    look = (style or "", bool(worded) and all(p[1] for p in worded), bool(worded) and all(p[2] for p in worded))
    return _Seen(paragraph, "".join(text for text, _, _ in pieces), lead, look)


def _text(part: Any) -> str:
    if part.tag == f"{W}t":
        return part.text or ""
    return {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}.get(part.tag, "")


def _bold_italic(look: Any) -> tuple[bool, bool]:
    if look is None:
        return False, False
    return is_on(look, "b") or value(look, "rStyle") in _STRONG, is_on(look, "i")


def _named(seen: Sequence[_Seen]) -> dict[Any, Look]:
    """Paragraphs that begin with a name in bold, where at least two names come back."""
    leads = [(one, one.lead.strip()) for one in seen]
    counts = Counter(name for _, name in leads if _NAME.fullmatch(name))
    names = {name for name, count in counts.items() if count > 1}
    if len(names) < 2 or 2 * sum(counts[name] for name in names) < len(seen):
        return {}
    made = {}
    for one, name in leads:
        rest = one.text[len(one.lead.rstrip()) :]
        if name in counts and (not rest or rest[0].isspace()):
            made[one.element] = Look(name=one.lead.rstrip())
    return made


def _alternating(seen: Sequence[_Seen]) -> dict[Any, Look]:
    """Paragraphs of two looks by turns, one of which asks."""
    common = [look for look, _ in Counter(one.look for one in seen).most_common(2)]
    if len(common) < 2:
        return {}
    asks = {look: _share_of_questions([one for one in seen if one.look == look]) for look in common}
    asking = max(common, key=lambda look: asks[look])
    answering = next(look for look in common if look != asking)
    if asks[asking] < 0.6 or asks[answering] > 0.2:
        return {}
    begun = next(number for number, one in enumerate(seen) if one.look == asking)
    talk = seen[begun:]
    if any(one.look not in common for one in talk) or any(_LABEL.match(one.text) for one in talk):
        return {}
    made = {}
    for look, block in groupby(talk, key=lambda one: one.look):
        made[next(block).element] = Look(label=f"{ASKING if look == asking else NAMELESS}: ")
    return made if len(made) >= LEAST_TURNS else {}


def _share_of_questions(some: Sequence[_Seen]) -> float:
    return sum("?" in one.text for one in some) / len(some)
