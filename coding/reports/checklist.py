"""What a project can answer of two reporting checklists, as an appendix; the rest is left to the authors.

Items in our own short words, by the numbers of COREQ (Tong, Sainsbury and Craig 2007, International Journal for Quality
in Health Care 19) and SRQR (O'Brien and others 2014, Academic Medicine 89).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from coding.analysis.columns import METHOD_LABELS
from coding.analysis.results_counts import Saturation
from coding.analysis.saturation import saturation
from coding.errors import mark
from coding.reports.desk import Desk
from coding.reports.makers import Maker, Results
from coding.reports.method_section import Coding, read_coding
from coding.reports.options import ReportItem
from coding.reports.tables import (
    PORTRAIT_TEXT,
    REFERENCE,
    Block,
    Narrative,
    Paragraph,
    Table,
    cell,
    head,
    plain,
    with_reference,
)
from coding.reports.wording import capital, listed

_KEY = "checklist"
_COREQ, _SRQR = 32, 21
_WIDTHS = (0.9, 2.4, 4.2)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the answers are made of."""

    desk: Desk
    coding: Coding
    found: Saturation


def _saturated(facts: _Facts) -> str:
    words = facts.desk.words
    bringing = [step.source for step in facts.found.steps if step.new]
    if len(facts.found.steps) < 2 or not bringing:
        return ""
    return words.t(
        "{codes} codes after {count} interviews and focus groups; the last to add one: {source}",
        codes=facts.found.codes,
        count=len(facts.found.steps),
        source=facts.desk.naming.source(bringing[-1]),
    )


def _sample(facts: _Facts) -> str:
    words = facts.desk.words
    heard = [row for row in facts.desk.material.informants if row.counted]
    return words.n("{count} informant", "{count} informants", count=len(heard)) if heard else ""


def _unheard(facts: _Facts) -> str:
    words = facts.desk.words
    planned = [row for row in facts.desk.material.informants if row.planned]
    if not planned:
        return ""
    unheard = sum(not row.heard for row in planned)
    return words.t("{unheard} of {planned} planned informants were not heard", unheard=unheard, planned=len(planned))


def _places(facts: _Facts) -> str:
    places = dict.fromkeys(row.place for row in facts.desk.material.sources if row.place and not row.left_out)
    return listed(facts.desk.words, [facts.desk.naming.text(place) for place in places])


def _repeated(facts: _Facts) -> str:
    words = facts.desk.words
    heard = [row for row in facts.desk.material.informants if row.counted]
    if not heard:
        return ""
    count = sum(len(row.sources) > 1 for row in heard)
    if not count:
        return words.t("none: everybody speaks in one source")
    return words.n(
        "{count} informant speaks in more than one source",
        "{count} informants speak in more than one source",
        count=count,
    )


def _gathered(facts: _Facts) -> str:
    words = facts.desk.words
    counted = [row for row in facts.desk.material.sources if not row.left_out and not row.own_statements]
    methods: Counter[str] = Counter(row.method for row in counted)
    parts = [f"{label.in_(words.language)}: {words.number(methods[key])}" for key, label in METHOD_LABELS.items()
             if methods[key]]  # fmt: skip
    dates = sorted(row.date for row in counted if row.date)
    if dates:
        ends = list(dict.fromkeys((words.date(dates[0]), words.date(dates[-1]))))
        parts.append(" – ".join(ends))
    return "; ".join(parts)


def _notes(facts: _Facts) -> str:
    count = sum(row.method == "observation" and not row.left_out for row in facts.desk.material.sources)
    if not count:
        return ""
    return facts.desk.words.n("{count} observation note", "{count} observation notes", count=count)


def _coders(facts: _Facts) -> str:
    count = len(facts.coding.coders)
    return facts.desk.words.n("{count} coder", "{count} coders", count=count) if count else ""


def _tree(facts: _Facts) -> str:
    words = facts.desk.words
    parts = []
    for key, _, codes in facts.coding.by_framework:
        label = facts.desk.material.frameworks[key].in_(words.language) if key else words.t("open codes")
        parts.append(words.n("{label}: {count} code in use", "{label}: {count} codes in use", count=codes, label=label))
    return "; ".join(parts)


def _derived(facts: _Facts) -> str:
    words = facts.desk.words
    given = [facts.desk.material.frameworks[key].in_(words.language) for key, _, _ in facts.coding.by_framework if key]
    opened = any(key is None for key, _, _ in facts.coding.by_framework)
    parts = [words.t("from theory: {frameworks}", frameworks=listed(words, given))] if given else []
    return "; ".join([*parts, *([words.t("from the data: open codes")] if opened else [])])


def _software(_facts: _Facts) -> str:
    from importlib.metadata import version

    return f"Telaah {version('telaah')}"


def _segments(facts: _Facts) -> str:
    count = facts.coding.segments
    words = facts.desk.words
    return words.n("{count} coded segment", "{count} coded segments", count=count) if count else ""


_ITEMS: tuple[tuple[str, str, Callable[[_Facts], str]], ...] = (
    ("COREQ 12", mark("How many took part"), _sample),
    ("COREQ 13", mark("Who was asked and did not take part"), _unheard),
    ("COREQ 14", mark("Where the data were gathered"), _places),
    ("COREQ 18", mark("Repeated interviews"), _repeated),
    ("COREQ 20", mark("Field notes"), _notes),
    ("COREQ 22", mark("Saturation"), _saturated),
    ("COREQ 24", mark("How many coded"), _coders),
    ("COREQ 25", mark("The tree of codes"), _tree),
    ("COREQ 26", mark("Where the themes come from"), _derived),
    ("COREQ 27", mark("Software"), _software),
    ("SRQR S7", mark("Context and places"), _places),
    ("SRQR S10", mark("How and when data were gathered"), _gathered),
    ("SRQR S12", mark("Units of study"), _sample),
    ("SRQR S14", mark("How data were analysed"), _derived),
    ("SRQR S17", mark("Evidence behind the findings"), _segments),
)  # fmt: skip


def checklist_blocks(desk: Desk, coding: Coding, found: Saturation) -> list[Block]:
    """The items that the project answers, each with its answer, and how many are left to the authors."""
    words, facts = desk.words, _Facts(desk, coding, found)
    answered = [(number, words.t(text), said) for number, text, answer in _ITEMS if (said := answer(facts))]
    rows = tuple(
        (cell(words.number(at), align="center"), cell(number), cell(text), cell(capital(said)))
        for at, (number, text, said) in enumerate(answered, 1)
    )
    title = words.t("Reporting checklist")
    coreq, srqr = (
        every - sum(number.startswith(of) for number, _, _ in answered)
        for of, every in (("COREQ", _COREQ), ("SRQR", _SRQR))
    )
    remaining = words.t("Left to the authors: {coreq} items of COREQ and {srqr} of SRQR.", coreq=coreq, srqr=srqr)
    named = words.t(
        "Items in short, by the numbers of COREQ (Tong, Sainsbury, Craig, 2007) and SRQR (O’Brien and others, 2014)."
    )
    notes = (plain(remaining), plain(named))
    heads = ("No", words.t("Item"), words.t("What is asked"), words.t("What the project says"))
    table = Table(
        "checklist",
        _KEY,
        words.t("Items of COREQ and SRQR that the project answers"),
        (tuple(head(text) for text in heads),),
        rows,
        (*_WIDTHS, round(PORTRAIT_TEXT - sum(_WIDTHS), 2)),
        desk.source_line,
        notes,
    )
    sentence = words.t("{table} gives the items of two reporting checklists as far as the project answers them.",
                       table=REFERENCE)  # fmt: skip
    return [Narrative(title, (Paragraph(with_reference(sentence, _KEY)),)), table]


def _gather(results: Results, _item: ReportItem) -> list[tuple[Coding, Saturation]]:
    return [(read_coding(results), saturation(results.project))]


MAKER = Maker("checklist", _gather, lambda desk, part: checklist_blocks(desk, *part))
