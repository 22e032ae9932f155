"""Makes `tests/data/schemas/schema-N.telaah`, N the schema of today; to be run once, before the schema changes.

python tests/coding/store/make_past_schema.py
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from coding.codes.editing import new_open_code
from coding.codes.queries import code_guid
from coding.project import Operation, Project
from coding.segments.editing import tag
from coding.segments.rows import Valence
from coding.store.models import SCHEMA_VERSION
from coding.transcripts.drafts import Draft, DraftTurn, Speaker
from coding.transcripts.intake import store_draft

FOLDER = Path(__file__).resolve().parents[2] / "data" / "schemas"
INTERVIEWS = {
    "RS": ("Bagaimana persyaratannya?", "Terus terang, syaratnya berubah dua kali dalam setahun."),
    "WT": ("Di mana Ibu mendengarnya?", "Dari tetangga, di pasar. Tidak ada pengumuman 📢 di balai desa."),
}


def interview(code: str, question: str, answer: str) -> Draft:
    """A transcript of one question and one answer."""
    text = f"P: {question}\n{code}: {answer}\n"
    second = text.index(f"\n{code}: ") + 1
    start = second + len(f"{code}: ")
    turns = (
        DraftTurn(3, 3 + len(question), 0, 2, 0),
        DraftTurn(start, start + len(answer), second, start - 1, 1),
    )
    speakers = (Speaker("P", "researcher"), Speaker(code, "informant", code=code))
    return Draft(
        f"Wawancara {code}", text, "interview", speakers=speakers, turns=turns,
        sentences=tuple((turn.start, turn.end) for turn in turns), segmenter="by hand",
    )  # fmt: skip


def make(path: Path) -> None:
    """The project: two interviews, a segment on an indicator and, as a step of its own, one on a new open code."""
    with Project.create(path, "Kartu sehat di pasar", coder="Ani", frameworks=["edward3"]) as project:
        guids = {}
        for code, lines in INTERVIEWS.items():
            draft = interview(code, *lines)
            with project.operation("Import {source}", source=draft.name) as op:
                guids[code] = store_draft(op, draft)
        with project.operation("Tag a passage") as op:
            clarity = code_guid(op.session, "edward3.communication.clarity")
            passage(op, guids["RS"], "RS", "syaratnya berubah dua kali", clarity, "inhibiting")
        with project.operation("Tag a passage") as op:
            passage(op, guids["WT"], "WT", "pasar", new_open_code(op, "pasar pagi"), None)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")


def passage(op: Operation, source: str, informant: str, words: str, code: str, valence: Valence | None) -> None:
    start = interview(informant, *INTERVIEWS[informant]).text.index(words)
    tag(op, source, start, start + len(words), code, valence)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    target = FOLDER / f"schema-{SCHEMA_VERSION}.telaah"
    target.unlink(missing_ok=True)
    make(target)
    print(f"{target}: {target.stat().st_size:,} bytes")
