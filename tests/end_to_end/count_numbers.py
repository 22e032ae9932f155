"""What the tables of counts have to show: what the engine counts, the window shows and, where it does, the command line
prints. `CHECKS` has every part of a report by name."""

from __future__ import annotations

from coding.analysis.agreement import agree
from coding.analysis.cooccurrence import cooccurrence
from coding.analysis.crosstab import crosstab
from coding.analysis.frequencies import frequencies
from coding.analysis.saturation import saturation
from tests.end_to_end import report_numbers
from tests.end_to_end.reading_back import Page
from tests.end_to_end.report_numbers import Lines, Settings, Study


def of_framework(settings: Settings, *names: str) -> list[str]:
    """The words of a command that choose as a part of the report does."""
    return [word for name in ("framework", *names) if settings.get(name) for word in (f"--{name}", settings[name])]


def check_frequencies(page: Page, settings: Settings, study: Study) -> None:
    found = frequencies(study.project, settings.get("framework"))
    printed = study.cli("frequencies", *of_framework(settings))
    assert [page.count(printed[key]) for key in ("segments", "informants", "words")] == [
        page.table.rows[-1][at] for at in (2, 5, 6)
    ]
    by_code = {(row["code"], row["part"]): row for row in printed["rows"]}
    *lines, total = study.screen.counts("frequencies", settings)
    shown = {line[0]: line for line in lines}
    for row in page.table.rows[:-1]:
        assert row[2:7] == [shown[row[1]][at] for at in (1, 2, 3, 4, 6)], row[1]
    segments, share, _, people, words = page.table.rows[-1][2:7]
    assert [segments, people, words] == [total[1], total[4], total[6]]
    assert share in ("", page.shown(1, 1, percent=True))
    assert len(page.table.rows) - 1 >= sum(row.segments > 0 for row in found.rows)
    for row in found.rows:
        told = by_code[row.code.key]
        assert (told["segments"], told["passages"], told["informants"], told["words"]) == (
            row.segments, row.passages, row.informants, row.words,
        )  # fmt: skip
        if row.segments:
            part = page.shown(row.share, 1, percent=True)
            counts = [page.count(n) for n in (row.passages, row.informants, row.words)]
            assert [page.shown(row.segments), part, *counts] in [read[2:7] for read in page.table.rows]


def check_crosstab(page: Page, settings: Settings, study: Study) -> None:
    found = crosstab(
        study.project, settings["columns"], settings.get("framework"), settings.get("level", "dimension"),
        settings.get("unit", "segments"),
    )  # fmt: skip
    printed = study.cli("crosstab", *of_framework(settings, "columns", "level", "unit"))
    assert [(tuple(row["counts"]), row["total"]) for row in printed["rows"]] == [
        *zip(found.counts, found.row_totals, strict=True)
    ]
    assert (tuple(printed["totals"]), printed["total"]) == (found.column_totals, found.total)
    shares = {"rows": found.row_share, "columns": found.column_share}.get(settings.get("shown", ""))
    lines: Lines = []
    for row in (*range(len(found.rows)), None):
        places = [(row, column) for column in (*range(len(found.columns)), None)]
        lines.append([page.shown(shares(*place) or None, 1, percent=True) if shares else page.count(found.count(*place))
                      for place in places])  # fmt: skip
    assert [row[2:] for row in page.table.rows] == lines
    shown = study.screen.counts("crosstab", {**settings, "by": settings["columns"]})
    assert [line[1:] for line in shown] == lines


def check_cooccurrence(page: Page, settings: Settings, study: Study) -> None:
    level, measure = settings.get("level", "dimension"), settings.get("measure", "overlap")
    found = cooccurrence(study.project, settings.get("framework"), level)
    printed = study.cli("cooccurrence", *of_framework(settings), "--level", level)
    assert [row["passages"] for row in printed["codes"]] == list(found.passages)
    for name in ("overlap", "inclusion", "turn"):
        assert printed[name] == [list(row) for row in getattr(found, name)]

    def lines(codes: list[int]) -> Lines:
        made: Lines = []
        for one in codes:
            line = []
            for other in codes:
                if one == other and measure != "turn":
                    line.append("·")
                elif measure == "jaccard":
                    line.append(page.shown(found.jaccard(one, other) or None, 2))
                else:
                    line.append(page.count(found.pairs(measure, one, other)))
            made.append([*line, page.count(found.passages[one])])
        return made

    used = [at for at, count in enumerate(found.passages) if count]
    # codes that go together with no other are on the screen alone
    together = [one for one in used if any(found.pairs(measure, one, other) for other in used if other != one)]
    assert [row[2:] for row in page.table.rows] == lines(together or used)
    assert [line[1:] for line in study.screen.counts("cooccurrence", settings)] == lines(used)


def check_agreement(page: Page, settings: Settings, study: Study) -> None:
    unit = settings.get("unit", "sentence")
    printed = study.cli("agreement", "--unit", unit, *of_framework(settings))
    found = agree(study.project, settings.get("framework"), unit, listed=0)
    assert len(page.tables) == len(printed["pairs"]) == len(found.pairs)
    if printed["alpha"] is not None:
        assert page.shown(found.alpha, 2) in page.said()
    for table, pair, exact in zip(page.tables, printed["pairs"], found.pairs, strict=True):
        assert [(c["percent"], c["kappa"]) for c in pair["codes"]] == [
            tuple(None if value is None else float(value) for value in (c.percent, c.kappa)) for c in exact.codes
        ]
        lines = [
            [page.shown(code.percent, 1, percent=True), page.shown(code.kappa, 2),
             *(page.shown(n) for n in (code.table.both, code.table.first, code.table.second, code.table.neither))]
            for code in exact.codes
        ]  # fmt: skip
        whole = [page.shown(exact.percent, 1, percent=True), page.shown(exact.kappa, 2)]
        assert [row[2:] for row in table.rows[:-1]] == lines
        assert table.rows[-1][2:4] == whole
        assert pair["units"] in page.numbers(page.notes)
        shown = study.screen.counts("agreement", {**settings, "pair": " – ".join(pair["coders"])})
        assert [line[1:] for line in shown[:-1]] == lines
        assert shown[-1][1:3] == whole


def check_saturation(page: Page, settings: Settings, study: Study) -> None:
    level = settings.get("level", "indicator")
    steps = saturation(study.project, settings.get("framework"), level).steps
    lines = [[page.count(len(step.new)), page.count(step.total)] for step in steps]
    printed = study.cli("saturation", *of_framework(settings), "--level", level)
    assert [[page.count(len(row["new"])), page.count(row["total"])] for row in printed["rows"]] == lines
    assert [row[3:5] for row in page.table.rows] == lines
    shown = study.screen.counts("saturation", {**settings, "level": level})
    assert [line[4:6] for line in shown] == lines


CHECKS: dict[str, report_numbers.Check] = {
    **report_numbers.CHECKS,
    "frequencies": check_frequencies,
    "crosstab": check_crosstab,
    "cooccurrence": check_cooccurrence,
    "agreement": check_agreement,
    "saturation": check_saturation,
}
