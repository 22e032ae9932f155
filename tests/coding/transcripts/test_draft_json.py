"""Drafts on their way between processes, and the process that reads."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coding.transcripts.drafts import Choices, LabelChoice
from coding.transcripts.drafts_json import choices_from_json, choices_to_json, draft_from_json, draft_to_json
from coding.transcripts.reading import read_draft, redraft
from coding.worker import Worker, run

FILES = Path(__file__).parents[2] / "data" / "transcripts"


@pytest.mark.parametrize("path", sorted(FILES.iterdir()), ids=lambda p: p.name)
def test_a_draft_survives_json(path: Path) -> None:
    draft = read_draft(path, researcher_labels=("Siapa",))
    assert draft_from_json(json.loads(json.dumps(draft_to_json(draft)))) == draft


def test_choices_survive_json() -> None:
    choices = Choices(
        method="interview", date="", place="X", informant="AS", researcher_labels=("P",),
        labels=(("I", LabelChoice("informant", "AS")), ("NB", LabelChoice("none"))),
    )  # fmt: skip
    assert choices_from_json(json.loads(json.dumps(choices_to_json(choices)))) == choices
    assert choices_from_json({}) == Choices()


def asked(*requests: Any) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = []
    worker = Worker(said.append)
    for request in requests:
        worker.answer(request if isinstance(request, str) else json.dumps(request))
    return said


def test_a_draft_is_asked_for_and_changed() -> None:
    path = FILES / "nama.txt"
    choices = Choices(date="2022-01-02")
    progress, first, second, third = asked(
        {"id": 1, "op": "draft", "path": str(path), "known_labels": [["Ibu Sari", "researcher", None]]},
        {"id": 2, "op": "redraft", "path": str(path), "overrides": choices_to_json(choices)},
        {"id": 3, "op": "redraft", "path": "lain.txt", "overrides": {}},
    )
    assert progress == {"id": 1, "progress": [0, 1], "text": "nama.txt"}
    draft = read_draft(path, known_labels={"Ibu Sari": LabelChoice("researcher")})
    assert draft_from_json(first["result"]) == draft
    assert draft.speakers[1].kind == "researcher"
    assert draft_from_json(second["result"]) == redraft(draft, choices)
    assert third["error"]["code"] == "fault"


def test_what_goes_wrong_is_answered_and_the_process_lives_on(tmp_path: Path) -> None:
    said = asked(
        {"id": 1, "op": "draft", "path": str(tmp_path / "tiada.txt")},
        {"id": 2, "op": "dance"},
        "no json at all",
        '["a list"]',
        {"id": 5, "op": "draft"},
        {"id": 6, "op": "warm"},
    )
    answers = {a["id"]: a for a in said if "ok" in a and a["id"]}
    assert answers[1]["error"]["code"] == "file_missing"
    assert answers[1]["error"]["params"]["file"].endswith("tiada.txt")
    assert "does not exist" in answers[1]["error"]["text"]
    assert answers[2]["error"]["code"] == "fault"
    assert "Traceback" in answers[2]["error"]["text"]
    assert answers[5]["error"]["code"] == "fault"
    assert answers[6] == {"id": 6, "ok": True, "result": None}
    assert sum(a["id"] is None and not a["ok"] for a in said if "ok" in a) == 2


def test_the_loop_ends_when_told(tmp_path: Path) -> None:
    out = io.StringIO()
    run(io.StringIO('\n{"id": 1, "op": "quit"}\n{"id": 2, "op": "warm"}\n'), out)
    assert [json.loads(line)["id"] for line in out.getvalue().splitlines()] == [1]


def test_the_process_itself(tmp_path: Path) -> None:
    path = tmp_path / "Wawancara Café 🙂.txt"
    path.write_text("P: Apa?\nAS: “Ini” \u2028 🙂.\nP: Lalu?\nAS: Itu.", encoding="utf-8")
    requests = [{"id": 1, "op": "draft", "path": str(path)}, {"id": 2, "op": "draft", "path": str(path) + "x"}]
    done = subprocess.run(
        [sys.executable, "-m", "coding.worker"],
        input="".join(json.dumps(r, ensure_ascii=False) + "\n" for r in requests).encode(),
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[3],
        timeout=120,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert draft_from_json(answers[1]["result"]) == read_draft(path)
    assert answers[1]["result"]["name"] == "Wawancara Café 🙂"
    assert answers[-1]["error"]["code"] in ("source_format", "file_missing")
    assert done.stderr == b""
