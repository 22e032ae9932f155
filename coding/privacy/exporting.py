"""What personal data an output would hold, and the output without it, for good: no key is kept of that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coding.privacy.finding import Finder, Naming, finder_of
from coding.privacy.known import Known, known
from coding.privacy.rows import KIND_NAMES, RANK, Hit, Kind
from coding.project import Reader
from coding.words import Words


@dataclass(frozen=True, slots=True)
class Held:
    """`text` would stand in the output `count` times."""

    kind: Kind
    text: str
    count: int
    certain: bool
    """Not only possible: to be masked unless somebody says otherwise."""


class Outgoing:
    """Looks at texts that are about to leave a project: quotations, cells, memos, values, titles. Make it once for an
    output, with what the project knows; nothing here reads or changes the project later."""

    def __init__(self, reader: Reader) -> None:
        self._about: Known = known(reader)
        self._finder: Finder = finder_of(reader)

    def held(self, texts: Iterable[str]) -> list[Held]:
        """The personal data in `texts`, the surest first."""
        counts: dict[tuple[Kind, str], int] = {}
        certain: set[tuple[Kind, str]] = set()
        for hit in (hit for text in texts for hit in self._finder.find(text)):
            key = (hit.kind, hit.text)
            counts[key] = counts.get(key, 0) + 1
            if hit.certainty != "possible":
                certain.add(key)
        made = [Held(kind, text, count, (kind, text) in certain) for (kind, text), count in counts.items()]
        order = list(KIND_NAMES)
        return sorted(made, key=lambda held: (not held.certain, order.index(held.kind), -held.count, held.text))

    def masked(self, texts: Sequence[str], language: str, *, only: Iterable[Held] | None = None) -> list[str]:
        """`texts` with what is held replaced: by pseudonym or code, else by kind and number, the same for the same.
        Without `only`, everything but what is merely possible. Nothing tells afterwards what stood there."""
        wanted = None if only is None else {(held.kind, held.text) for held in only}
        naming = Naming(self._about, language, texts)
        names: dict[tuple[Kind, str], str] = {}
        made = []
        for text in texts:
            pieces, at = [], 0
            for hit in self._finder.find(text):
                key = (hit.kind, hit.text)
                if key not in wanted if wanted is not None else RANK[hit.certainty] > 1:
                    continue
                pieces += [text[at : hit.start], self._name(names, naming, hit)]
                at = hit.end
            made.append("".join([*pieces, text[at:]]))
        return made

    def _name(self, names: dict[tuple[Kind, str], str], naming: Naming, hit: Hit) -> str:
        if hit.informant is not None:
            # what leaves need not be put back: all ways of writing one name may become one
            return f"[{self._about.shown[hit.informant]}]"
        key = (hit.kind, hit.text)
        if key not in names:
            names[key] = naming.suggest(hit.kind, hit.text)
        return names[key]


def personal_data(reader: Reader, texts: Iterable[str]) -> list[Held]:
    """What personal data an output of these texts would hold."""
    return Outgoing(reader).held(texts)


def summary(held: Sequence[Held], words: Words, most: int = 3) -> list[str]:
    """One line for each kind: what it is, how many texts, some of them. What is merely possible is left out."""
    lines = []
    for kind, name in KIND_NAMES.items():
        mine = [one for one in held if one.kind == kind and one.certain]
        if mine:
            some = ", ".join(one.text for one in mine[:most]) + (" …" if len(mine) > most else "")
            lines.append(f"{words.t(name)} ({words.number(len(mine))}): {some}")
    return lines
