"""Review packages: what goes along, what does not, what is refused, and answers that come back."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from coding.cli import main
from coding.codes.queries import code_guid
from coding.errors import CodingError
from coding.informants.queries import informants
from coding.project import Project
from coding.review import manifest
from coding.review.answers import read_answers, write_answers
from coding.review.extract import Chosen
from coding.review.packages import is_package, open_package, read_package, write_package
from coding.review.preview import incoming, merge, preview
from coding.review.proposals import proposals, withdraw
from coding.review.remarks import add_comment, clear_verdict, comments, remove_comment, set_verdict, verdicts
from coding.review.rows import Target
from coding.review.standing import standing
from coding.review.team import assign
from coding.segments.editing import set_valence, tag
from coding.segments.queries import segments
from coding.store.checking import check
from coding.store.models import Coder, Comment, Proposal
from coding.transcripts.queries import source_guid, sources
from coding.words import Words
from tests.samples import sample_copy

EN = Words("en")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_copy(tmp_path_factory.mktemp("sample") / "study.telaah", reviewed=False)


@pytest.fixture
def project(sample: Path, tmp_path: Path) -> Iterator[Project]:
    path = Path(shutil.copy(sample, tmp_path / "study.telaah"))
    with Project.open(path) as opened:
        yield opened


@pytest.fixture
def package(project: Project, tmp_path: Path) -> Path:
    path = tmp_path / "for-review.telaah-review"
    write_package(project, path, coder="Ani")
    return path


def test_a_package_says_what_it_holds_and_is_known_by_its_content(
    package: Path, project: Project, tmp_path: Path
) -> None:
    summary = read_package(package)
    assert summary.counts["segment"] == len(segments(project))
    assert (summary.title, summary.coder, summary.kind, summary.whole) == (project.title, "Ani", "project", True)
    renamed = Path(shutil.copy(package, tmp_path / "renamed.bin"))
    assert is_package(renamed)
    assert not is_package(project.path)


def test_opened_it_is_a_project_without_a_past(package: Path, project: Project, tmp_path: Path) -> None:
    with open_package(package, tmp_path / "work", coder="Dr. Rini") as opened:
        assert [s.text for s in segments(opened)] == [s.text for s in segments(project)]
        assert opened.next_undo is None
        with opened.read() as session:
            run = session.connection().exec_driver_sql
            assert run("SELECT count(*) FROM change WHERE json_type(image) <> 'array'").fetchall() == [(0,)]
            assert run("SELECT count(*) FROM former_text").fetchall() == [(0,)]
            assert run("SELECT count(*) FROM mask_key").fetchall() == [(0,)]
            assert run("SELECT count(*) FROM original").fetchall() == [(0,)]
            assert run("SELECT DISTINCT params FROM operation WHERE kind = 'start'").fetchall() == [("{}",)]
        path = opened.path
    assert check(path).problems == ()


def test_opening_it_again_goes_on_where_the_reviewer_was(package: Path, tmp_path: Path) -> None:
    with open_package(package, tmp_path / "work", coder="Dr. Rini") as opened:
        target = Target("segment", segments(opened)[0].guid)
        with opened.operation("Verdict") as op:
            set_verdict(op, target, "revise")
    with open_package(package, tmp_path / "work", coder="Dr. Rini") as opened:
        assert verdicts(opened, [target])[target][0].verdict == "revise"


def test_a_dimension_takes_along_its_passages_and_what_they_stand_in(project: Project, tmp_path: Path) -> None:
    with project.read() as session:
        code = code_guid(session, "edward3.communication")
    wanted = segments(project, code=code)
    write_package(project, tmp_path / "part.telaah-review", Chosen(codes=(code,)))
    with open_package(tmp_path / "part.telaah-review", tmp_path / "work") as opened:
        assert [s.guid for s in segments(opened)] == [s.guid for s in wanted]
        assert {s.name for s in sources(opened)} == {s.source for s in wanted}
        assert check(opened.path).problems == ()
    with incoming(tmp_path / "part.telaah-review", project) as found:
        assert preview(project, found, EN).empty  # what stayed at home is not taken for removed


def test_one_source_takes_along_itself_alone(project: Project, tmp_path: Path) -> None:
    first = sources(project)[0]
    write_package(project, tmp_path / "part.telaah-review", Chosen(sources=(first.guid,)))
    with open_package(tmp_path / "part.telaah-review", tmp_path / "work") as opened:
        assert [s.name for s in sources(opened)] == [first.name]
        assert len(informants(opened)) < len(informants(project))


def test_anonymised_no_name_is_in_the_file_and_every_passage_is_where_it_was(project: Project, tmp_path: Path) -> None:
    people = informants(project)
    names = {row.name for row in people if row.name} | {row.code for row in people if len(row.code) > 1}
    package = tmp_path / "anonymous.telaah-review"
    write_package(project, package, Chosen(anonymised=True))
    with open_package(package, tmp_path / "work") as opened:
        for ours, theirs in zip(segments(project), segments(opened), strict=True):
            assert ours.guid == theirs.guid
            if not any(name in ours.text for name in names):
                assert theirs.text[:20] == ours.text[:20] or "Inform" in theirs.text
        assert {row.name for row in informants(opened)} == {None}
        kinds = ("Wawancara", "Observasi", "Dokumen", "Diskusi")
        assert all(row.name.startswith(kinds) and row.name[-1].isdigit() for row in sources(opened))
        path = opened.path
    body = path.read_bytes()
    for row in people:
        if row.name:
            assert row.name.encode() not in body
    with closing(sqlite3.connect(path)) as connection:
        texts = " ".join(text for (text,) in connection.execute("SELECT body FROM source_text"))
        assert not [row.name for row in people if row.name and row.name in texts]
        assert connection.execute("SELECT count(*) FROM source WHERE file_name <> ''").fetchone() == (0,)


@pytest.mark.parametrize("anonymised", [True, False])
def test_what_stands_at_home_stands_in_a_package_of_a_part_or_without_names(
    project: Project, tmp_path: Path, anonymised: bool
) -> None:
    package = tmp_path / "part.telaah-review"
    chosen = Chosen(anonymised=True) if anonymised else Chosen(sources=tuple(s.guid for s in sources(project)[:3]))
    home = standing(project)
    assert any(one.stands for one in home.values())
    assert {one.table for one in home.values()} == {"finding", "judgement"}
    write_package(project, package, chosen)
    with open_package(package, tmp_path / "work") as opened:
        there = standing(opened)
    assert there
    assert {guid: one.stands for guid, one in there.items()} == {guid: home[guid].stands for guid in there}


def test_masking_moves_positions_with_the_text(tmp_path: Path) -> None:
    from coding.informants.tables import TableRow, store_table
    from coding.transcripts.drafts import Draft
    from coding.transcripts.intake import store_draft

    text = "Bu Sulastri bilang begini. Sulastri menunggu lama. Lalu pulang."
    with Project.create(tmp_path / "s.telaah", "Studi", frameworks=["edward3"], coder="Ani") as project:
        with project.operation("Work") as op:
            store_table(op, [TableRow("SL", {"name": "Sulastri Wahyuni"}, {})])
            source = store_draft(op, Draft("Catatan Sulastri", text, "document"))
            for start, end in ((0, 26), (27, 50), (51, 63), (30, 35)):
                tag(op, source, start, end, code_guid(op.session, "edward3.disposition"))
        write_package(project, tmp_path / "a.telaah-review", Chosen(anonymised=True))
        with open_package(tmp_path / "a.telaah-review", tmp_path / "work") as opened:
            assert sorted(s.text for s in segments(opened)) == sorted(
                ["Bu Informan 1 bilang begini.", "Informan 1 menunggu lama.", "Lalu pulang.", "Informan 1"]
            )
            assert "Sulastri" not in sources(opened)[0].name


def answered(package: Path, folder: Path, project: Project) -> tuple[Path, str]:
    """A supervisor's word, remark and proposal on the first passage."""
    out = folder / "answers.telaah-review"
    with open_package(package, folder / "work", coder="Dr. Rini") as opened:
        with opened.read() as session:
            assert session.scalar(select(Coder.role).where(Coder.name == "Dr. Rini")) == "supervisor"
        guid = segments(opened)[0].guid
        with opened.operation("Review") as op:
            set_verdict(op, Target("segment", guid), "question")
            op.session.add(Comment(target_table="segment", target_guid=guid, about="kutipan", text="Mengapa?",
                                   coder_id=op.coder_id))  # fmt: skip
            op.session.add(Proposal(segment_guid=guid, kind="valence", valence="neutral", coder_id=op.coder_id))
        write_answers(opened, out)
    return out, guid


def test_answers_land_on_the_passages_and_twice_changes_nothing(
    package: Path, project: Project, tmp_path: Path
) -> None:
    out, guid = answered(package, tmp_path, project)
    assert read_package(out).counts == {"verdict": 1, "comment": 1, "proposal": 1, "removed": 0}
    with incoming(out, project) as found:
        shown = preview(project, found, EN)
        assert shown.new == {"verdict": 1, "comment": 1, "proposal": 1}
        assert shown.meanwhile == ()
        merge(project, found)
    (row,) = verdicts(project, [Target("segment", guid)])[Target("segment", guid)]
    assert (row.verdict, row.coder, row.changed) == ("question", "Dr. Rini", False)
    done = project.next_undo
    with incoming(out, project) as found:
        assert preview(project, found, EN).empty
        merge(project, found)
    assert project.next_undo == done
    project.undo()
    assert verdicts(project, [Target("segment", guid)]) == {}


def test_what_changed_while_it_was_away_is_shown_beside_what_was_said(
    package: Path, project: Project, tmp_path: Path
) -> None:
    out, guid = answered(package, tmp_path, project)
    with project.operation("Set direction") as op:
        set_valence(op, [guid], "inhibiting" if segments(project, guids=[guid])[0].valence != "inhibiting" else None)
    with incoming(out, project) as found:
        (item,) = preview(project, found, EN).meanwhile
        assert item.then == "kutipan"
        assert item.now is not None
        merge(project, found)
    assert verdicts(project, [Target("segment", guid)])[Target("segment", guid)][0].changed


def test_a_verdict_from_an_anonymised_package_is_on_what_it_was_given_to(project: Project, tmp_path: Path) -> None:
    package = tmp_path / "anonymous.telaah-review"
    write_package(project, package, Chosen(anonymised=True))
    out, guid = answered(package, tmp_path, project)
    with incoming(out, project) as found:
        merge(project, found)
    assert not verdicts(project, [Target("segment", guid)])[Target("segment", guid)][0].changed


def test_what_a_reviewer_takes_back_is_taken_back_and_an_answered_remark_is_not(
    package: Path, project: Project, tmp_path: Path
) -> None:
    out, guid = answered(package, tmp_path, project)
    target = Target("segment", guid)
    with incoming(out, project) as found:
        merge(project, found)
    first = comments(project, [target])[0]
    with project.operation("Answer") as op:
        add_comment(op, target, "Karena begitu.", first.guid)
    again = tmp_path / "again.telaah-review"
    with open_package(package, tmp_path / "work", coder="Dr. Rini") as opened:
        with opened.operation("Take back") as op:
            clear_verdict(op, target)
            remove_comment(op, first.guid)
            withdraw(op, proposals(opened, [guid])[0].guid)
        write_answers(opened, again)
    assert read_package(again).counts["removed"] == 3
    with incoming(again, project) as found:
        shown = preview(project, found, EN)
        assert (len(shown.removed), len(shown.kept)) == (2, 1)
        merge(project, found)
    assert verdicts(project, [target]) == {}
    assert proposals(project, [guid]) == []
    assert [row.text for row in comments(project, [target])] == ["Mengapa?", "Karena begitu."]
    with incoming(again, project) as found:
        assert preview(project, found, EN).empty
    assert check(project.path).problems == ()


def test_answers_to_another_project_are_refused(package: Path, project: Project, tmp_path: Path) -> None:
    out, _ = answered(package, tmp_path, project)
    other = Project.create(tmp_path / "other.telaah", "Lain", frameworks=[])
    with other, pytest.raises(CodingError) as error, incoming(out, other):
        pass
    assert error.value.code == "package_other"


# files that are not as they should be


def rewritten(package: Path, change: Callable[[dict[str, bytes]], None], *, seal: bool = False) -> Path:
    with zipfile.ZipFile(package) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    change(parts)
    if seal:
        document = json.loads(parts[manifest.MANIFEST])
        for part in document["parts"]:
            import hashlib

            part["sha256"] = hashlib.sha256(parts[part["name"]]).hexdigest()
            part["bytes"] = len(parts[part["name"]])
        parts[manifest.MANIFEST] = json.dumps(manifest.sealed(document)).encode()
    out = package.with_name("changed.telaah-review")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in parts.items():
            file.writestr(name, body)
    return out


def swap_byte(parts: dict[str, bytes]) -> None:
    body = bytearray(parts[manifest.PROJECT])
    body[-100] ^= 1
    parts[manifest.PROJECT] = bytes(body)


def rename_title(parts: dict[str, bytes]) -> None:
    parts[manifest.MANIFEST] = parts[manifest.MANIFEST].replace(b'"anonymised": false', b'"anonymised": true')


def stray_part(parts: dict[str, bytes]) -> None:
    parts["../../evil.txt"] = b"x"


def newer(parts: dict[str, bytes]) -> None:
    document = json.loads(parts[manifest.MANIFEST])
    document["schema"] = 999
    parts[manifest.MANIFEST] = json.dumps(manifest.sealed(document)).encode()


def no_manifest(parts: dict[str, bytes]) -> None:
    del parts[manifest.MANIFEST]


def bomb(parts: dict[str, bytes]) -> None:
    parts[manifest.PROJECT] = bytes(300 * 1024 * 1024)


def not_json(parts: dict[str, bytes]) -> None:
    parts[manifest.MANIFEST] = b"{"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (swap_byte, "package_changed"),
        (rename_title, "package_changed"),
        (stray_part, "package_changed"),
        (newer, "package_newer"),
        (no_manifest, "merge_not"),
        (bomb, "package_too_large"),
        (not_json, "package_damaged"),
    ],
)
def test_a_package_that_is_not_as_it_was_made_is_refused(
    package: Path, project: Project, change: Callable[[dict[str, bytes]], None], code: str
) -> None:
    out = rewritten(package, change)
    before = project.path.read_bytes()
    with pytest.raises(CodingError) as error, incoming(out, project):
        pass
    assert error.value.code == code
    assert project.path.read_bytes() == before


@pytest.mark.parametrize(("size", "code"), [(0, "merge_not"), (10, "package_damaged"), (-40, "package_damaged")])
def test_a_truncated_package_is_refused(package: Path, project: Project, size: int, code: str) -> None:
    package.write_bytes(package.read_bytes()[:size])
    with pytest.raises(CodingError) as error, incoming(package, project):
        pass
    assert error.value.code == code


def test_a_trigger_in_a_package_sealed_anew_is_refused(package: Path, project: Project, tmp_path: Path) -> None:
    def plant(parts: dict[str, bytes]) -> None:
        inner = tmp_path / "inner.telaah"
        inner.write_bytes(parts[manifest.PROJECT])
        with closing(sqlite3.connect(inner)) as connection:
            connection.execute("CREATE TRIGGER t AFTER INSERT ON comment BEGIN DELETE FROM segment; END")
            connection.commit()
        parts[manifest.PROJECT] = inner.read_bytes()

    out = rewritten(package, plant, seal=True)
    with pytest.raises(CodingError) as error:
        open_package(out, tmp_path / "work")
    assert error.value.code == "package_damaged"
    assert list((tmp_path / "work").glob("*.telaah")) == []


GOOD = {
    "telaah-answers": 1,
    "people": [{"guid": "p" * 36, "name": "Dr. Rini", "role": "supervisor"}],
    "package": "x",
    "rows": [
        {
            "table": "comment", "guid": "c" * 36, "known": [[9, "p" * 36, "o" * 36]],
            "values": {
                "target_table": "segment", "target_guid": "t" * 36, "reply_to": None, "about": "", "text": "baik",
                "closed": 0, "coder_id": "p" * 36, "created_at": "2026-01-01", "modified_at": "2026-01-01",
            },
        }
    ],
}  # fmt: skip


def write_bare(folder: Path, document: object) -> Path:
    path = folder / "x.telaah-answers.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d.update({"rows": 5}),
        lambda d: d["rows"][0].update(table="segment"),
        lambda d: d["rows"][0]["values"].update(text=7),
        lambda d: d["rows"][0]["values"].update(closed="ya"),
        lambda d: d["rows"][0]["values"].update(coder_id="nobody-known"),
        lambda d: d["rows"][0].update(known=[]),
        lambda d: d["rows"][0].update(known=[["a", "b", "c"]]),
        lambda d: d["rows"][0].update(known=[[10**30, "p" * 36, "o" * 36]]),
        lambda d: d["people"][0].update(name=""),
        lambda d: d.update({"removed": [{"table": "segment", "guid": "s" * 36, "known": [[9, "p" * 36, "o" * 36]]}]}),
        lambda d: d.update({"removed": [{"table": "comment", "guid": "s" * 36, "known": []}]}),
        lambda d: d.pop("project"),
    ],
)
def test_answers_written_by_hand_that_make_no_sense_are_refused(
    tmp_path: Path, project: Project, spoil: Callable[[dict[str, object]], object]
) -> None:
    document = json.loads(json.dumps({**GOOD, "project": {"guid": project.guid, "title": "x"}}))
    assert read_answers(write_bare(tmp_path, document)).copy.people
    spoil(document)
    with pytest.raises(CodingError) as error:
        read_answers(write_bare(tmp_path, document))
    assert error.value.code == "answers_not"


def test_a_remark_on_what_is_not_there_is_kept_all_the_same(tmp_path: Path, project: Project) -> None:
    document = {**GOOD, "project": {"guid": project.guid, "title": "x"}}
    with incoming(write_bare(tmp_path, document), project) as found:
        assert preview(project, found, EN).meanwhile[0].now is None
        merge(project, found)
    with project.read() as session:
        assert session.scalars(select(Comment.text)).all() == ["baik"]


# the command line


def test_the_command_line_sends_and_takes_in(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, other, out = project.path, tmp_path / "other.telaah", tmp_path / "out.telaah-review"
    project.close()
    shutil.copy(path, other)
    with Project.open(other, coder="Budi") as theirs, theirs.operation("Tag a passage") as op:
        source = source_guid(op.session, sources(theirs)[0].name)
        tag(op, source, 40, 70, code_guid(op.session, "edward3.disposition"), memo="baru")
    assert main(["package", str(other), str(out), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["segment"] > 0
    before = path.read_bytes()
    assert main(["merge", str(path), str(out), "--dry-run", "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["new"] == {"segment": 1, "memo": 1}
    assert set(shown) >= {"new", "same", "changed", "conflicts"}
    assert path.read_bytes() == before
    assert main(["merge", str(path), str(out)]) == 0
    assert "2 " in capsys.readouterr().out
    assert main(["merge", str(path), str(out), "--dry-run", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["new"] == {}
    with Project.open(path, read_only=True) as merged:
        assert "Budi" in {s.coder for s in segments(merged)}


def test_the_command_line_sends_each_coder_their_share(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = project.path, tmp_path / "share.telaah-review"
    coder = project.coder
    with project.operation("Assign") as op:
        for source in sources(project)[2:5]:
            assign(op, source.guid, coder, True)
    project.close()
    assert main(["package", str(path), str(out), "--given-to", coder, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["source"] == 3
    assert main(["package", str(path), str(out), "--given-to", "Nobody"]) == 1
    assert "Nobody" in capsys.readouterr().err


def test_the_command_line_refuses_a_package_whose_hashes_do_not_fit(
    package: Path, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project.path
    project.close()
    before = path.read_bytes()
    assert main(["merge", str(path), str(rewritten(package, swap_byte))]) == 1
    said = capsys.readouterr()
    assert said.err.startswith("telaah: ")
    assert len(said.err.splitlines()) == 1
    assert path.read_bytes() == before
