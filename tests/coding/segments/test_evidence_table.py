"""Any filter and order of the table of coded segments, against plain rules written out; also after changes."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coding.analysis.evidence import SEGMENT, evidence
from coding.codes.editing import new_open_code
from coding.codes.queries import frameworks, open_codes
from coding.informants.editing import change_informant, set_attribute
from coding.informants.queries import informants
from coding.project import Project
from coding.segments import editing
from coding.segments.bulk import set_reported
from coding.segments.evidence import SEGMENTS_READY, advance, evidence_ids, first_ids, offered
from coding.segments.evidence_filter import (
    OPEN,
    SORT_KEYS,
    UNMARKED,
    EvidenceFilter,
    EvidenceSort,
    from_params,
    to_params,
)
from coding.segments.evidence_rows import evidence_rows, guids_of, id_of
from coding.segments.evidence_words import fold
from coding.segments.queries import segments
from coding.segments.rows import VALENCES, SegmentRow
from coding.store.models import Segment, Source
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.editing import set_details
from coding.transcripts.intake import store_draft
from coding.transcripts.queries import source_text, sources

SAID = (
    "Kami sampaikan lewat rapat dusun.", "SYARATNYA sempat berubah dua kali — warga bingung.", "Café itu  ramai 😀.",
    "Antre   sampai\nke halaman kantor.", "Naïve, “begitu” katanya.", "ya.", "İstanbul jauh dari sini, straße juga.",
)  # fmt: skip
METHODS = ("interview", "focus_group", "observation", "document")
CODERS = ("Ani", "Budi")


def draft(chance: random.Random, number: int) -> Draft:
    """A made-up source: turns of up to three informants, of the researcher and of nobody known, and text between."""
    text, turns, speakers = "Kepala: tidak ada\n", [], [Speaker("P", "researcher")]
    speakers += [Speaker(code, "informant", code=code) for code in chance.sample(("RS", "WT", "MD", "DK"), 3)]
    speakers.append(Speaker("?", "unknown"))
    for _ in range(chance.randint(0, 9)):
        who = chance.randrange(len(speakers))
        words = " ".join(chance.choices(SAID, k=chance.randint(1, 3))) + chance.choice(("", "  ", "\n"))
        label = f"{speakers[who].label}: "
        start = len(text) + len(label)
        turns.append(DraftTurn(start, start + len(words), len(text), start - 1, who))
        text += f"{label}{words}\n" + chance.choice(("", "\n", "Di luar hujan.\n"))
    used = {turn.speaker for turn in turns}
    order = sorted(used)
    turns = [DraftTurn(t.start, t.end, t.label_start, t.label_end, order.index(t.speaker)) for t in turns]
    return Draft(
        f"Sumber {number:02d}", text, METHODS[number % 4], date=chance.choice((None, "2026-05-12", "2026-06", "2025")),
        place=chance.choice((None, "Kantor")), speakers=tuple(speakers[i] for i in order), turns=tuple(turns),
        file_name=f"{number}.txt",
    )  # fmt: skip


def tag_something(chance: random.Random, project: Project, codes: list[str]) -> None:
    guid = chance.choice(sources(project)).guid
    found = source_text(project, guid)
    text = found.text
    edges = [edge for turn in found.turns for edge in (turn.start, turn.end)] or [0]
    # at the edges of turns it matters who is heard
    start = chance.choice((chance.randrange(len(text)), chance.choice(edges) + chance.choice((-2, -1, 0, 1))))
    start = min(max(start, 0), len(text) - 1)
    end = min(len(text), start + chance.choice((1, 3, 12, 40, 200)))
    if chance.random() < 0.3:
        end = max(min(chance.choice(edges) + chance.choice((-1, 0, 1)), len(text)), start + 1)
    if text[start:end].strip():
        coder = chance.choice(CODERS)
        taken = {(r.start, r.end, r.code_guid, r.coder) for r in segments(project, source=guid)}
        code = chance.choice(codes)
        if (start, end, code, coder) not in taken:
            with project.operation("Tag", coder=coder) as op:
                valence = chance.choice((*VALENCES, None))
                memo = chance.choice(("", "", "lihat lagi"))
                editing.tag(op, guid, start, end, code, valence, memo=memo, exemplar=chance.random() < 0.2)


def all_codes(project: Project) -> list[str]:
    return [code.guid for row in frameworks(project) for code in row.codes] + [row.guid for row in open_codes(project)]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    chance = random.Random(11)
    path: Path = tmp_path_factory.mktemp("table") / "study.telaah"
    with Project.create(path, "Studi", coder="Ani", frameworks=["edward3", "factors"]) as project:
        for number in range(8):
            with project.operation("Import") as op:
                store_draft(op, draft(chance, number))
        with project.operation("Codes") as op:
            new_open_code(op, "Harapan")
        people = informants(project)
        with project.operation("People") as op:
            for number, person in enumerate(people):
                change_informant(op, person.guid, {"role": ("Kader", "Warga", None)[number % 3], "age": 30 + number})
                set_attribute(op, person.guid, "Pendidikan", ("S1", "SMA", "")[number % 3])
            change_informant(op, people[-1].guid, {"left_out": 1})
            op.session.query(Source).filter(Source.name == "Sumber 03").update({"own_statements": 1})
        some = [*chance.sample(all_codes(project)[:-1], 9), all_codes(project)[-1]]
        for _ in range(240):
            tag_something(chance, project, some)
        yield project


# the rules, written out


def plain(text: str) -> str:
    """Case, accents and kinds of white space, quotation marks and dashes make no difference."""
    text = " ".join(text.translate(str.maketrans("“”‘’—–", "\"\"''--")).split())
    letters = unicodedata.normalize("NFD", text.replace("İ", "i").lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def expected(project: Project, chosen: EvidenceFilter, sort: EvidenceSort) -> list[str]:
    """The guids, by going through all segments one by one."""
    people = {row.code: row for row in informants(project)}
    methods = {row.guid: row.method for row in sources(project)}
    with project.read() as session:
        claims = evidence(project, session).claims
        counted = {row.guid for row in session.query(Segment).filter(Segment.id.in_(claims[:, SEGMENT].tolist()))}
        reported = {row.guid for row in session.query(Segment).filter(Segment.reported == 1)}
    everything = {c.guid: c for row in frameworks(project) for c in row.codes} | {
        c.guid: c for c in open_codes(project)
    }

    def says(row: SegmentRow) -> bool:
        def fits(code: str) -> bool:
            person = people[code]
            values = {"role": person.role or "", "age": str(person.age or ""), "Pendidikan": ""} | dict(
                person.attributes
            )
            named = {name for name, _ in chosen.attributes}
            right = all(values[name] in [v for n, v in chosen.attributes if n == name] for name in named)
            return right and (not chosen.informants or person.guid in chosen.informants)

        return any(fits(code) for code in row.informants)

    def dated(row: SegmentRow) -> bool:
        date = row.source_date
        if not (chosen.first_date or chosen.last_date):
            return True
        if date is None:
            return False
        n, m = min(len(date), len(chosen.first_date)), min(len(date), len(chosen.last_date))
        return date[:n] >= chosen.first_date[:n] and (not chosen.last_date or date[:m] <= chosen.last_date[:m])

    def fits(row: SegmentRow) -> bool:
        code = everything[row.code_guid]
        return (
            (not chosen.segments or row.guid in chosen.segments)
            and (not chosen.codes or code.guid in chosen.codes or (chosen.below and code.parent in chosen.codes))
            and (not chosen.frameworks or (row.framework or OPEN) in chosen.frameworks)
            and (not chosen.valences or (row.valence or UNMARKED) in chosen.valences)
            and (not (chosen.informants or chosen.attributes) or says(row))
            and (not chosen.methods or methods[row.source_guid] in chosen.methods)
            and (not chosen.sources or row.source_guid in chosen.sources)
            and (not chosen.coders or row.coder in chosen.coders)
            and chosen.exemplar in (None, row.exemplar)
            and chosen.memo in (None, bool(row.memo))
            and chosen.reported in (None, row.guid in reported)
            and chosen.counted in (None, row.guid in counted)
            and plain(chosen.text) in plain(row.text)
            and dated(row)
        )

    place = {guid: number for number, guid in enumerate(everything)}
    keys = {
        "place": lambda row: 0,
        "code": lambda row: place[row.code_guid],
        "valence": lambda row: (*VALENCES, None).index(row.valence),
        "informant": lambda row: row.informants[0].casefold() if row.informants else "\U0010ffff",
        "coder": lambda row: row.coder.casefold(),
        "date": lambda row: row.source_date or "~",
        "length": lambda row: row.end - row.start,
        "modified": lambda row: row.modified_at,
        "exemplar": lambda row: not row.exemplar,
        "source": lambda row: row.source.casefold(),
        "memo": lambda row: not row.memo,
    }
    found = [row for row in segments(project) if fits(row)]
    if sort.key == "place":
        return [row.guid for row in (reversed(found) if sort.descending else found)]
    order = sorted({keys[sort.key](row) for row in found}, reverse=sort.descending)
    return [row.guid for value in order for row in found if keys[sort.key](row) == value]


def some_of(values: list[str], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.just(()) | st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


@st.composite
def filters(draw: st.DrawFn, project: Project) -> EvidenceFilter:
    people, found = [row.guid for row in informants(project)], [row.guid for row in sources(project)]
    values = [
        ("role", "Kader"),
        ("role", "Warga"),
        ("role", ""),
        ("Pendidikan", "S1"),
        ("Pendidikan", ""),
        ("age", "31"),
    ]
    either = st.sampled_from((None, None, None, True, False))
    return EvidenceFilter(
        segments=draw(st.just(()) | some_of([row.guid for row in segments(project)] + ["gone"], 9)),
        codes=draw(some_of(sorted({row.code_guid for row in segments(project)}) + all_codes(project)[:8])),
        below=draw(st.booleans()),
        frameworks=draw(some_of(["edward3", "factors", OPEN, "jones"], 2)),
        valences=draw(some_of([*VALENCES, UNMARKED])),
        informants=draw(some_of([*people, "gone"])),
        attributes=draw(st.just(()) | st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)),
        methods=draw(some_of(list(METHODS))),
        sources=draw(some_of(found)),
        coders=draw(some_of(list(CODERS), 1)),
        exemplar=draw(either),
        reported=draw(either),
        memo=draw(either),
        counted=draw(either),
        text=draw(st.sampled_from(("", "", "", "syarat", "A", "cafe ITU ramai", "sampai ke", '"begitu"', "zzz", "."))),
        first_date=draw(st.sampled_from(("", "", "2026", "2026-05-13", "2025-12"))),
        last_date=draw(st.sampled_from(("", "", "2026-05", "2025"))),
    )  # fmt: skip


sorts = st.builds(EvidenceSort, st.sampled_from(SORT_KEYS), st.booleans())
PATIENT = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=30)


@PATIENT
@given(data=st.data())
def test_filter_and_order_are_what_the_rules_say(study: Project, data: st.DataObject) -> None:
    chosen, sort = data.draw(filters(study)), data.draw(sorts)
    found = evidence_ids(study, chosen, sort)
    assert guids_of(study, found.ids) == expected(study, chosen, sort)
    assert found.total == len(segments(study))
    assert from_params(to_params(chosen, sort)) == (chosen, sort)


@PATIENT
@given(sort=sorts)
def test_any_single_part_alone(study: Project, sort: EvidenceSort) -> None:
    person = informants(study)[0].guid
    for chosen in (
        EvidenceFilter(),
        EvidenceFilter(informants=(person,)),
        EvidenceFilter(counted=True),
        EvidenceFilter(counted=False),
        EvidenceFilter(text="rapat"),
        EvidenceFilter(attributes=(("role", "Warga"),)),
    ):
        assert guids_of(study, evidence_ids(study, chosen, sort).ids) == expected(study, chosen, sort)


def change_something(chance: random.Random, project: Project) -> None:
    rows = segments(project)
    row = chance.choice(rows)
    match chance.randrange(9):
        case 0 | 1:
            tag_something(chance, project, all_codes(project))
        case 2:
            with project.operation("Remove") as op:
                editing.remove(op, [one.guid for one in chance.sample(rows, 3)])
        case 3:
            with project.operation("Direction") as op:
                editing.set_valence(op, [one.guid for one in chance.sample(rows, 5)], chance.choice((*VALENCES, None)))
        case 4:
            taken = {(r.source_guid, r.start, r.end, r.code_guid, r.coder) for r in rows}
            if (row.source_guid, row.start, row.end + 1, row.code_guid, row.coder) not in taken:
                length = len(source_text(project, row.source_guid).text)
                with project.operation("Edge") as op:
                    editing.set_span(op, row.guid, row.start, min(row.end + 1, length))
        case 5:
            with project.operation("Memo") as op:
                editing.set_memo(op, row.guid, chance.choice(("", "catatan")))
        case 6:
            with project.operation("Informant") as op:
                change_informant(op, chance.choice(informants(project)).guid, {"left_out": chance.randrange(2)})
        case 7:
            with project.operation("Source") as op:
                set_details(op, row.source_guid, {"date": chance.choice((None, "2024-01-01", "2026-05-12"))})
        case _:
            step = project.undo()
            if step is not None and chance.random() < 0.5:
                project.redo()


def test_the_table_follows_every_change(study: Project) -> None:
    """Each change is taken over from the journal; what comes of it is the same as if all were read again."""
    chance = random.Random(5)
    reader = study.reader()
    person = informants(study)[1].guid
    asked = [
        (EvidenceFilter(), EvidenceSort()),
        (EvidenceFilter(), EvidenceSort("informant")),
        (EvidenceFilter(informants=(person,)), EvidenceSort("modified", True)),
        (EvidenceFilter(counted=True, memo=True), EvidenceSort("valence")),
        (EvidenceFilter(text="syarat", exemplar=False), EvidenceSort("date")),
    ]
    for number in range(60):
        change_something(chance, study)
        chosen, sort = asked[number % len(asked)]
        assert guids_of(reader, evidence_ids(reader, chosen, sort).ids) == expected(study, chosen, sort)
    reader.close()


def test_a_hundred_at_once_are_followed_too(study: Project) -> None:
    ids = evidence_ids(study).ids[:100]
    with study.operation("Mark") as op:
        set_reported(op, ids, True)
    chosen = EvidenceFilter(reported=True)
    assert guids_of(study, evidence_ids(study, chosen).ids) == expected(study, chosen, EvidenceSort())
    study.undo()
    assert len(evidence_ids(study, chosen).ids) == 0


def test_pages_have_what_the_list_of_segments_has(study: Project) -> None:
    ids = evidence_ids(study, None, EvidenceSort("length")).ids
    rows = evidence_rows(study, ids[10:60])
    known = {row.guid: row for row in segments(study)}
    assert [row.segment for row in rows] == [known[guid] for guid in guids_of(study, ids[10:60])]
    assert [row.id for row in rows] == ids[10:60].tolist()
    for row in rows:
        text = source_text(study, row.segment.source_guid).text
        around = text[row.segment.start - len(row.before) : row.segment.end + len(row.after)]
        assert around == row.before + row.segment.text + row.after
    assert id_of(study, rows[0].segment.guid) == rows[0].id
    assert id_of(study, "gone") is None


def test_the_first_ones_come_without_all(study: Project) -> None:
    whole = evidence_ids(study).ids.tolist()
    assert first_ids(study, 7) == whole[:7]
    assert first_ids(study, 10_000) == whole
    chosen = EvidenceFilter(text="a")
    some = evidence_ids(study, chosen, first=3)
    every = evidence_ids(study, chosen)
    assert not some.complete
    assert every.complete
    assert some.ids.tolist() == every.ids[: len(some.ids)].tolist()


def test_it_is_made_ready_in_pieces(study: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coding.segments.evidence_table.PIECE", 7)
    monkeypatch.setattr("coding.segments.evidence_table.TEXTS", 2)
    monkeypatch.setattr("coding.segments.evidence_voices.SOURCES", 2)
    reader = study.reader()
    shares = []
    while not shares or shares[-1] < 1:
        shares.append(advance(reader, 0.0))
        if len(shares) == 3:  # somebody tags meanwhile
            change_something(random.Random(1), study)
    assert shares == sorted(shares)
    assert any(SEGMENTS_READY <= share < 1 for share in shares)
    chosen = EvidenceFilter(counted=True)
    assert guids_of(reader, evidence_ids(reader, chosen).ids) == expected(study, chosen, EvidenceSort())
    reader.close()


def test_an_empty_project_has_an_empty_table(tmp_path: Path) -> None:
    with Project.create(tmp_path / "empty.telaah", "Kosong", coder="Ani") as project:
        assert first_ids(project, 10) == []
        assert advance(project, 10) == 1
        for key in SORT_KEYS:
            found = evidence_ids(project, EvidenceFilter(text="a", counted=True, informants=("x",)), EvidenceSort(key))
            assert len(found.ids) == found.total == 0
        assert evidence_rows(project, []) == []
        assert offered(project).sources == ()


def test_what_there_is_to_choose_from(study: Project) -> None:
    found = offered(study)
    assert [guid for guid, _, _ in found.sources] == [row.guid for row in sources(study)]
    assert set(found.coders) == {row.coder for row in segments(study)}
    values = dict(found.attributes)
    assert values["Pendidikan"] == ("S1", "SMA")
    assert values["role"] == ("Kader", "Warga")


@given(st.text())
def test_folding_keeps_every_position(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded
    for before, after in zip(text, folded, strict=True):
        assert before.isspace() == after.isspace()


def test_a_stored_filter_that_makes_no_sense_asks_for_nothing() -> None:
    assert from_params({"filter": 3, "sort": "x"}) == (EvidenceFilter(), EvidenceSort())
    stored = {"filter": {"codes": [1], "valences": ["up"], "text": None, "exemplar": "yes", "below": None, "what": 1}}
    assert from_params(stored) == (EvidenceFilter(), EvidenceSort())
    assert not EvidenceFilter(below=False)
    assert EvidenceFilter(text="a")
