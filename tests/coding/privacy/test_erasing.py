"""Erasing a person: nothing of them is left in the file, everything else is where it was."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from coding.cli import main
from coding.codes.queries import code_guid
from coding.errors import CodingError
from coding.informants.editing import change_informant, set_attribute
from coding.informants.queries import informants
from coding.memos.editing import set_memo
from coding.memos.queries import memos
from coding.privacy.erasing import ERASE_TITLE, Erasing, erase, finish, plan_erasing
from coding.project import Project
from coding.review.preview import Preview, incoming, merge, preview
from coding.review.remarks import add_comment
from coding.review.rows import Target
from coding.segments.editing import tag
from coding.segments.queries import segments
from coding.store.backup import backup_now, backups
from coding.store.checking import check
from coding.store.journal import journal_tables
from coding.store.models import Attribute, Informant, Original, Source, Turn
from coding.transcripts.editing_text import apply_edit
from coding.transcripts.originals import keep
from coding.transcripts.queries import source_text
from coding.words import Words

GROUP = [
    ("P", "Bagaimana antreannya, Bu Sulastri?"),
    ("SL", "Saya menunggu tiga jam di depan loket pembayaran 🙏."),
    ("RS", "Yang dikatakan Bu Sulastri benar, antreannya panjang sekali."),
    ("SL", "Petugasnya cuma seorang diri waktu itu."),
]
ALONE = [
    ("", "Informan: Sulastri Ningrum, penerima bantuan di Sidorejo"),
    ("P", "Apakah ibu tahu jadwalnya?"),
    ("SL", "Jadwal pembagian beras tidak pernah diumumkan."),
]
OTHER = [("P", "Siapa yang memasak?"), ("RS", "Kami sendiri, memasak di rumah masing-masing.")]
NEVER_AGAIN = (
    "Sulastri", "Ningrum", "menunggu tiga jam", "seorang diri waktu itu", "Jadwal pembagian beras", "Sidorejo",
    "sulastri", "ningrum", "penerima bantuan", "janda dua anak", "sidorejo",
)  # fmt: skip


@pytest.fixture
def study(project: Project, add: Any, code_words: Any, tmp_path: Path) -> Project:
    add("Diskusi", GROUP)
    add("Wawancara SL", ALONE, header_end=len(ALONE[0][1]))
    add("Wawancara RS", OTHER)
    file = tmp_path / "sulastri.txt"
    file.write_text("\n".join(said for _, said in ALONE), encoding="utf-8")
    code_words("Diskusi", "tiga jam di depan loket", "edward3.resources.staff")
    code_words("Diskusi", "antreannya panjang", "edward3.resources.staff")
    code_words("Wawancara RS", "memasak di", "edward3.resources.staff")
    with project.operation("Fill") as op:
        session = op.session
        guid = session.scalars(select(Informant.guid).where(Informant.code == "SL")).one()
        known = {"name": "Sulastri Ningrum", "role": "penerima bantuan", "age": 47, "place": "Sidorejo"}
        change_informant(op, guid, known)
        set_attribute(op, guid, "Keadaan", "janda dua anak")
        set_memo(op, "informant", guid, "Sulastri Ningrum ditemui dua kali.")
        diskusi = session.scalars(select(Source.guid).where(Source.name == "Diskusi")).one()
        set_memo(
            op, "source", diskusi, "Menurut SL, “saya menunggu tiga jam di depan loket”. Menarik, kata Bu Sulastri."
        )
        alone = session.scalars(select(Source).where(Source.name == "Wawancara SL")).one()
        alone.file_hash = _hash(file)
        session.flush()
        assert keep(op, file, alone.file_hash) is None
    return project


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def erased(project: Project, code: str = "SL") -> Erasing:
    plan = plan_erasing(project, code)
    with project.operation(ERASE_TITLE) as op:
        erase(op, plan)
    assert finish(project.path, plan) == []
    return plan


def texts(project: Project) -> dict[str, str]:
    with project.read() as session:
        found = session.execute(select(Source.name, Source.guid).order_by(Source.position)).all()
    return {name: source_text(project, guid).text for name, guid in found}


def test_nothing_of_the_person_is_left_in_the_file(study: Project) -> None:
    before = study.path.read_bytes()
    assert all(word.encode() in before for word in ("Sulastri", "menunggu tiga jam", "sidorejo"))
    erased(study)
    study.close()
    after = study.path.read_bytes()
    assert [word for word in NEVER_AGAIN if word.encode() in after] == []
    assert {path.name for path in study.path.parent.glob("study.telaah*")} == {"study.telaah"}


def test_marks_stand_in_the_place_of_words_and_name(study: Project) -> None:
    erased(study)
    assert texts(study) == {
        "Diskusi": "P: Bagaimana antreannya, Bu [dihapus]?\ninforman terhapus 1: [dihapus]\n"
        "RS: Yang dikatakan Bu [dihapus] benar, antreannya panjang sekali.\ninforman terhapus 1: [dihapus]\n",
        "Wawancara informan terhapus 1": "[dihapus]\nP: Apakah ibu tahu jadwalnya?\ninforman terhapus 1: [dihapus]\n",
        "Wawancara RS": "P: Siapa yang memasak?\nRS: Kami sendiri, memasak di rumah masing-masing.\n",
    }
    assert sorted(row.text for row in segments(study)) == ["antreannya panjang", "memasak di"]
    people = {row.code: row for row in informants(study)}
    assert set(people) == {"informan terhapus 1", "RS"}
    gone = people["informan terhapus 1"]
    assert (gone.turns, gone.left_out, gone.name, gone.age) == (3, True, None, None)
    with study.read() as session:
        labels = session.scalars(select(Turn.label).where(Turn.kind == "informant").order_by(Turn.id)).all()
        assert set(labels) == {"informan terhapus 1", "RS"}
        assert session.scalars(select(Attribute.name)).all() == ["Keadaan"]
        assert session.scalars(select(Original.id)).all() == []
    assert check(study.path).problems == ()


def test_notes_lose_the_name_and_the_quotation_and_keep_the_rest(study: Project) -> None:
    erased(study)
    assert [row.text for row in memos(study)] == [
        "Menurut informan terhapus 1, “[dihapus]”. Menarik, kata Bu [dihapus]."
    ]


def test_it_says_beforehand_what_goes(study: Project) -> None:
    copy = backup_now(study.path)
    plan = plan_erasing(study, "sl")
    assert (plan.code, plan.turns, plan.segments, plan.sources) == ("SL", 3, 1, ("Diskusi", "Wawancara SL"))
    assert (plan.files, plan.backups) == (1, (copy,))
    with pytest.raises(CodingError, match="no informant “XY”"):
        plan_erasing(study, "XY")


def test_backups_that_hold_the_person_go_and_others_stay(study: Project, tmp_path: Path) -> None:
    old = backup_now(study.path)
    innocent = old.with_name("study 2001-01-01 00.00.00.telaah")
    with Project.create(tmp_path / "lain.telaah", "Lain", coder="Ani"):
        pass
    shutil.copy(tmp_path / "lain.telaah", innocent)
    erased(study)
    kept = backups(study.path)
    assert innocent in kept
    assert len(kept) == 2
    assert not any(b"Sulastri" in path.read_bytes() for path in kept)


def test_it_can_not_be_undone_and_what_comes_after_it_can(study: Project) -> None:
    erased(study)
    assert study.next_undo is None
    with study.operation("Fill") as op:
        guid = op.session.scalars(select(Informant.guid).where(Informant.code == "RS")).one()
        change_informant(op, guid, {"age": 30})
    assert study.undo() is not None
    assert study.next_undo is None


def test_a_second_person_gets_a_number_of_their_own(study: Project) -> None:
    erased(study)
    plan = erased(study, "RS")
    assert plan.turns == 2
    assert [row.code for row in informants(study)] == ["informan terhapus 1", "informan terhapus 2"]
    assert segments(study) == []
    assert "memasak di rumah" not in "".join(texts(study).values())


def test_a_code_that_is_a_name_goes_from_what_others_say(project: Project, add: Any) -> None:
    add("A", [("P", "Halo."), ("Tukirin", "Saya yang menjaga.")])
    add("B", [("P", "Siapa?"), ("AS", "Kata Tukirin begitu, AS itu Amerika.")])
    erased(project, "Tukirin")
    assert texts(project)["B"] == "P: Siapa?\nAS: Kata [dihapus] begitu, AS itu Amerika.\n"
    erased(project, "AS")
    assert "Amerika" not in texts(project)["B"]


def test_the_command_says_what_would_go_and_erases_only_with_yes(
    study: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    study.close()
    before = study.path.read_bytes()
    assert main(["erase", str(study.path), "SL"]) == 1
    printed = capsys.readouterr()
    assert "- all words in 3 turns of 2 sources" in printed.out
    assert "nothing was erased; add --yes to erase SL" in printed.err
    assert study.path.read_bytes() == before
    assert main(["erase", str(study.path), "SL", "--yes", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["segments"] == 1
    assert b"Sulastri" not in study.path.read_bytes()


class TestMerging:
    """A teammate's copy still holds the person: no merge brings them back."""

    @pytest.fixture
    def copy(self, study: Project, tmp_path: Path) -> Path:
        copy = tmp_path / "teman.telaah"
        backup = backup_now(study.path)
        shutil.copy(backup, copy)
        return copy

    @staticmethod
    def gone_on(copy: Path) -> None:
        """What the teammate does without knowing: codes, edits, comments, changes what is known of the person."""
        with Project.open(copy, coder="Teman") as theirs:
            with theirs.operation("Go on") as op:
                guid = op.session.scalars(select(Informant.guid).where(Informant.code == "SL")).one()
                change_informant(op, guid, {"role": "janda dua anak"})
                set_attribute(op, guid, "Keadaan", "janda dua anak, di Sidorejo")
                source = op.session.scalars(select(Source.guid).where(Source.name == "Diskusi")).one()
                coded = next(row.guid for row in segments(theirs, source=source) if "loket" in row.text)
                set_memo(op, "segment", coded, "Sulastri menunggu tiga jam.")
                add_comment(op, Target("segment", coded), "Benarkah Sulastri menunggu tiga jam?")
            with theirs.operation("Edit") as op:
                apply_edit(op, source, source_text(theirs, source).text.replace("Petugasnya cuma", "Petugasnya hanya"))
            at = source_text(theirs, source).text.index("menunggu tiga jam")
            with theirs.operation("Code") as op:
                code = code_guid(op.session, "edward3.resources.staff")
                tag(op, source, at, at + len("menunggu tiga jam"), code, memo="Sulastri menunggu tiga jam di loket")

    @staticmethod
    def merged_in(project: Project, copy: Path) -> Preview:
        with incoming(copy, project) as found:
            shown = preview(project, found, Words("en"))
            merge(project, found)
        return shown

    def test_an_old_copy_brings_nothing_back(self, study: Project, copy: Path) -> None:
        erased(study)
        before = texts(study)
        self.gone_on(copy)
        shown = self.merged_in(study, copy)
        assert texts(study) == before
        assert shown.erased[0] == "text of the source “Diskusi”"
        assert "coded segments: 1" in shown.erased
        assert not [words for words in NEVER_AGAIN if words in repr(shown.erased)]
        self.nothing_is_left(study)
        assert self.merged_in(study, copy).erased == ()
        assert texts(study) == before

    def test_the_teammate_loses_the_person_too(self, study: Project, copy: Path) -> None:
        erased(study)
        self.gone_on(copy)
        with Project.open(copy, coder="Teman") as theirs:
            shown = self.merged_in(theirs, study.path)
            assert texts(theirs) == texts(study)
            assert "backups of this copy" in shown.erased[-1]
            self.nothing_is_left(theirs)
            erased(theirs, "informan terhapus 1")
            self.nothing_is_left(theirs)
        held = copy.read_bytes()
        assert not [words for words in NEVER_AGAIN if words.encode() in held]

    @staticmethod
    def nothing_is_left(project: Project) -> None:
        with project.read() as session:
            for table in journal_tables():
                for row in session.execute(select(table)).all():
                    assert not [words for words in NEVER_AGAIN if words in str(row)], (table.name, row)
        assert not check(project.path).problems
