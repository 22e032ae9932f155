"""Agreement between coders: the coefficients of published examples, units and decisions, against plain Python."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coding.analysis.agreement import NO_COMMON, UNDEFINED, UNITS, Unit, agree, shared
from coding.analysis.coefficients import Fourfold, alpha, kappa, nominal_kappa, pooled_kappa
from coding.cli import main
from coding.codes.queries import code_guid
from coding.errors import CodingError
from coding.project import Project
from coding.segments.done import set_done
from coding.segments.editing import tag
from coding.store.models import DoneMark, Segment
from coding.transcripts.queries import source_text, sources
from tests.samples import open_sample

Add = Callable[..., str]
LINES = [("P", "Bagaimana suratnya?"), ("RS", "Suratnya datang terlambat. Syaratnya jelas. Orangnya ramah.")]
SENTENCES = ["Suratnya datang terlambat.", "Syaratnya jelas.", "Orangnya ramah."]
CLARITY, CONSISTENCY = "edward3.communication.clarity", "edward3.communication.consistency"


def test_the_example_of_cohens_kappa_in_textbooks() -> None:
    # 50 applications, both yes 20, both no 15: kappa 0.40
    assert kappa(Fourfold(20, 5, 10, 15)) == Fraction(2, 5)
    # the same share of agreement with other margins: po 0.60, pe 0.54
    assert round(float(kappa(Fourfold(45, 15, 25, 15)) or 0), 4) == 0.1304
    # Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions (2003), table 18.1: kappa 0.68
    counts = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]
    assert round(float(nominal_kappa(counts) or 0), 2) == 0.68


def test_worked_examples_of_kappa_in_articles() -> None:
    def found(*table: int) -> float:
        return float(kappa(Fourfold(*table)) or 0)

    # Viera and Garrett, "Understanding interobserver agreement", Family Medicine 37 (2005): .85, .65, kappa .57
    lectures = Fourfold(15, 5, 10, 70)
    assert (lectures.observed, lectures.expected) == (Fraction(85, 100), Fraction(65, 100))
    assert round(found(15, 5, 10, 70), 2) == 0.57
    # Feinstein and Cicchetti, "High agreement but low kappa", Journal of Clinical Epidemiology 43 (1990): both po 0.85
    assert (round(found(40, 9, 6, 45), 2), round(found(80, 10, 5, 5), 2)) == (0.70, 0.32)
    # Fleiss, Cohen and Everitt, Psychological Bulletin 72 (1969): po 0.70, pe 0.475, kappa 0.429
    diagnoses = [[106, 10, 4], [22, 28, 10], [2, 12, 6]]
    assert round(float(nominal_kappa(diagnoses) or 0), 3) == 0.429


def test_krippendorffs_worked_example_of_two_observers_and_two_values() -> None:
    # Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), A: alpha 0.095
    one = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    two = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    found = alpha((a + b, 2 - a - b, 1) for a, b in zip(one, two, strict=True))
    assert found is not None
    assert round(float(found), 3) == 0.095


def test_nothing_over_nothing_is_not_given() -> None:
    assert kappa(Fourfold(0, 0, 0, 0)) is None
    assert kappa(Fourfold(0, 0, 0, 9)) is None
    assert kappa(Fourfold(9, 0, 0, 0)) is None
    assert alpha([(2, 0, 5)]) is None
    assert alpha([]) is None
    assert pooled_kappa([]) is None
    assert nominal_kappa([[3, 0], [0, 0]]) is None
    # one coder used the code nowhere: chance, not agreement
    assert kappa(Fourfold(0, 4, 0, 6)) == 0


@pytest.fixture
def study(project: Project, add: Add) -> Project:
    for name in ("Satu", "Dua"):
        guid = add(name, LINES if name == "Satu" else [("WT", "Tidak ada surat. Tidak ada.")])
        text = source_text(project, guid).text
        flat = [edge for s in [*SENTENCES, "Tidak ada surat.", "Tidak ada."] if s in text for edge in _span(text, s)]
        with project.operation("Find sentences") as op:
            op.session.query(type(_source(op, guid))).filter_by(guid=guid).update({"sentences": json.dumps(flat)})
    return project


def _span(text: str, words: str) -> tuple[int, int]:
    start = text.rindex(words)
    return start, start + len(words)


def _source(op: object, guid: str) -> object:
    from coding.store.models import Source

    return op.session.query(Source).filter_by(guid=guid).one()  # type: ignore[attr-defined]


def done(project: Project, name: str, *coders: str) -> None:
    guid = next(row.guid for row in sources(project) if row.name == name)
    for coder in coders:
        with project.operation("Done", coder=coder) as op:
            set_done(op, guid, True)


def put(project: Project, coder: str, words: str, path: str, valence: str | None = None) -> None:
    guid = sources(project)[0].guid
    start, end = _span(source_text(project, guid).text, words)
    with project.operation("Tag", coder=coder) as op:
        tag(op, guid, start, end, code_guid(op.session, path), valence)  # type: ignore[arg-type]


def test_sentences_of_informants_are_the_units(study: Project) -> None:
    done(study, "Satu", "Ani", "Budi")
    done(study, "Dua", "Ani")
    put(study, "Ani", "Suratnya datang", CLARITY, "inhibiting")  # 14 of 24 characters without blanks: more than half
    put(study, "Budi", "Suratnya datang terlambat.", CLARITY, "supporting")
    put(study, "Ani", "Syaratnya jelas.", CLARITY, "supporting")
    put(study, "Budi", "jelas", CLARITY)  # less than half of its sentence
    put(study, "Ani", "Bagaimana suratnya?", CLARITY)  # the researcher's words
    found = agree(study, "edward3")
    (pair,) = found.pairs
    assert (found.units, pair.coders, pair.sources) == (3, ("Ani", "Budi"), 1)
    (code,) = pair.codes
    assert code.code == CLARITY
    assert code.table == Fourfold(1, 1, 0, 1)
    assert code.percent == Fraction(2, 3)
    assert code.kappa == found.kappa == Fraction(2, 5)
    assert (pair.valence_units, pair.valence_percent) == (1, 0)
    assert [(d.text, d.by, d.not_by) for d in found.disagreements] == [("Syaratnya jelas.", "Ani", "Budi")]


def test_turns_and_characters(study: Project) -> None:
    done(study, "Satu", "Ani", "Budi")
    put(study, "Ani", "Suratnya datang terlambat. Syaratnya jelas.", CLARITY)
    put(study, "Budi", "Suratnya datang terlambat.", CLARITY)
    assert agree(study, unit="turn").pairs[0].codes[0].table == Fourfold(0, 1, 0, 0)
    table = agree(study, unit="character").pairs[0].codes[0].table
    plain = [len("".join(s.split())) for s in SENTENCES]
    assert table == Fourfold(plain[0], plain[1], 0, plain[2])


def test_without_a_common_source_nothing_is_compared(study: Project) -> None:
    done(study, "Satu", "Ani")
    done(study, "Dua", "Budi")
    found = agree(study)
    assert (found.pairs, found.kappa, found.alpha) == ((), None, None)
    assert [notice.msgid for notice in found.notices] == [NO_COMMON]


def test_undefined_is_said(study: Project) -> None:
    done(study, "Dua", "Ani", "Budi")
    guid = sources(study)[1].guid
    text = source_text(study, guid).text
    for coder in ("Ani", "Budi"):
        with study.operation("Tag", coder=coder) as op:
            code = code_guid(op.session, CLARITY)
            for words in ("Tidak ada surat.", "Tidak ada."):
                tag(op, guid, *_span(text, words), code)
    found = agree(study)
    assert found.pairs[0].codes[0].kappa is None
    assert found.pairs[0].codes[0].percent == 1
    assert UNDEFINED in [notice.msgid for notice in found.notices]


def test_three_coders_are_compared_in_pairs_and_together(study: Project) -> None:
    done(study, "Satu", "Ani", "Budi", "Citra")
    for coder in ("Ani", "Budi"):
        put(study, coder, SENTENCES[0], CLARITY)
    put(study, "Citra", SENTENCES[1], CLARITY)
    found = agree(study)
    assert [pair.coders for pair in found.pairs] == [("Ani", "Budi"), ("Ani", "Citra"), ("Budi", "Citra")]
    assert [pair.kappa for pair in found.pairs] == [1, Fraction(-1, 2), Fraction(-1, 2)]
    assert (found.kappa, found.percent) == (None, None)
    assert found.alpha == alpha([(2, 1, 1), (1, 2, 1), (0, 3, 1)])


def test_a_framework_that_is_not_there_is_refused(study: Project) -> None:
    with pytest.raises(CodingError):
        agree(study, "nothing")


COMPARED = ("Ani", "Budi", "Citra")
spans = st.lists(
    st.tuples(
        st.sampled_from(COMPARED),
        st.integers(0, 90),
        st.integers(1, 60),
        st.sampled_from([CLARITY, CONSISTENCY]),
        st.sampled_from(["supporting", "inhibiting", "neutral", None]),
    ),
    max_size=12,
)
Mark = tuple[str, int, int, str, str | None]


class Plainly:
    """The rules of agreement over single units of one text, in no clever way."""

    def __init__(self, text: str, units: list[tuple[int, int]], marks: list[Mark]) -> None:
        self.text, self.units, self.marks = text, units, marks

    def way(self, coder: str, path: str, unit: tuple[int, int]) -> tuple[str | None] | None:
        """The direction that the coder gave the code here, in brackets; None where the code is not put."""
        solid = {i for i in range(*unit) if not self.text[i].isspace()}
        mine = sorted(((s, at, e, v) for at, (c, s, e, p, v) in enumerate(self.marks) if (c, p) == (coder, path)))
        shares = [(len(solid & set(range(s, e))), v) for s, _, e, v in mine]
        if 2 * len(solid & {i for s, _, e, _ in mine for i in range(s, e)}) <= len(solid):
            return None
        return (next(v for share, v in shares if share == max(share for share, _ in shares)),)

    def table(self, path: str, one: str, two: str) -> Fourfold:
        said = [(self.way(one, path, u) is not None, self.way(two, path, u) is not None) for u in self.units]
        yes, no = True, False
        return Fourfold(*(said.count(pair) for pair in ((yes, yes), (yes, no), (no, yes), (no, no))))


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("bits", [62, 8])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(marks=spans)
def test_figures_equal_plain_counting_of_single_units(study: Project, unit: Unit, bits: int, marks: list[Mark]) -> None:
    done(study, "Satu", *COMPARED)
    source = source_text(study, sources(study)[0].guid)
    text = source.text
    placed: list[Mark] = []
    with study.operation("Tag", coder="Ani") as op:
        op.session.query(Segment).delete()
    for coder, start, length, path, valence in marks:
        end = min(start + length, len(text))
        if start >= end or not text[start:end].strip() or (coder, start, end, path) in {one[:4] for one in placed}:
            continue
        placed.append((coder, start, end, path, valence))
        with study.operation("Tag", coder=coder) as op:
            tag(op, source.guid, start, end, code_guid(op.session, path), valence)  # type: ignore[arg-type]
    turn = next(t for t in source.turns if t.kind == "informant")
    units = {
        "sentence": [_span(text, s) for s in SENTENCES],
        "turn": [(turn.start, turn.end)],
        "character": [(i, i + 1) for i in range(turn.start, turn.end) if not text[i].isspace()],
    }[unit]
    plain = Plainly(text, units, placed)
    with pytest.MonkeyPatch.context() as patch:
        # with few bits the states are Python's own whole numbers, as for very many coders
        patch.setattr("coding.analysis.agreement_units._MOST", bits)
        found, together = agree(study, unit=unit), shared(study, unit=unit)
    used = sorted({path for _, _, _, path, _ in placed})
    for pair in found.pairs:
        one, two = pair.coders
        tables = {path: plain.table(path, one, two) for path in used}
        assert {code.code: code.table for code in pair.codes} == {
            path: table for path, table in tables.items() if table.neither < len(units)
        }
        both = [
            (x[0], y[0])
            for path in used
            for u in units
            if (x := plain.way(one, path, u)) is not None and (y := plain.way(two, path, u)) is not None
        ]
        assert pair.valence_units == len(both)
        assert pair.valence_percent == (Fraction(sum(x == y for x, y in both), len(both)) if both else None)
        listed = {
            (i, d.code, d.by)
            for d in found.disagreements
            if {d.by, d.not_by} == {one, two}
            for i, u in enumerate(units)
            if d.start <= u[0] < d.end
        }
        assert listed == {
            (i, path, coder)
            for path in used
            for i, u in enumerate(units)
            for coder, other in ((one, two), (two, one))
            if plain.way(coder, path, u) is not None and plain.way(other, path, u) is None
        }
    votes = [sum(plain.way(coder, path, u) is not None for coder in COMPARED) for path in used for u in units]
    assert found.alpha == alpha((yes, len(COMPARED) - yes, 1) for yes in votes)
    agreed = {
        (i, one.code): one.valence for one in together for i, u in enumerate(units) if one.start <= u[0] < one.end
    }
    assert agreed == {
        (i, path): (ways.pop() or (None,))[0] if len(ways) == 1 else None
        for path in used
        for i, u in enumerate(units)
        if None not in (ways := {plain.way(coder, path, u) for coder in COMPARED})
    }


def test_stretches_of_characters_end_with_their_turn(project: Project, add: Add) -> None:
    guid = add("Tiga", [("RS", "Surat itu datang."), ("P", "Kapan?"), ("RS", "Pagi.")])
    done(project, "Tiga", "Ani", "Budi")
    text = source_text(project, guid).text
    with project.operation("Tag", coder="Ani") as op:
        tag(op, guid, text.index("datang"), len(text), code_guid(op.session, CLARITY))
    found = agree(project, unit="character")
    assert [one.text for one in found.disagreements] == ["datang.", "Pagi."]
    assert found.pairs[0].codes[0].table == Fourfold(0, len("datang.Pagi."), 0, len("Suratitu"))


def test_the_command_gives_what_the_contract_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_sample(tmp_path / "sample.telaah") as project:
        found = agree(project, "edward3")
        marks = project.read
        with marks() as session:
            assert session.query(DoneMark).count() > 1
    assert main(["agreement", str(tmp_path / "sample.telaah"), "--framework", "edward3", "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["unit"] == "sentence"
    assert printed["units"] == found.units > 50
    assert printed["kappa"] == pytest.approx(float(found.kappa or 0))
    assert {row["code"] for row in printed["codes"]} == {code.code for code in found.pairs[0].codes}
    assert all(set(row) == {"code", "percent", "kappa"} for row in printed["codes"])
    assert 0 < printed["kappa"] < 1
    assert main(["agreement", str(tmp_path / "sample.telaah")]) == 0
    assert "alpha" in capsys.readouterr().out


def test_codes_of_the_same_label_are_told_apart_by_what_stands_above_them(study: Project) -> None:
    done(study, "Satu", "Ani", "Budi")
    for path in ("jones.interpretation.socialisation", "factors.internal.socialisation", CLARITY):
        put(study, "Ani", SENTENCES[0], path)
    labels = {code.code: code.label.in_("en") for code in agree(study).pairs[0].codes}
    assert labels["jones.interpretation.socialisation"] == "Socialisation (Interpretation)"
    assert labels["factors.internal.socialisation"] == "Socialisation (Internal factors)"
    alone = agree(study, "factors").pairs[0].codes
    assert [code.label.in_("en") for code in alone] == ["Socialisation"]
