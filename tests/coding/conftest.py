"""Small real projects for the tests of the coding room."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coding.codes.queries import code_guid
from coding.project import Project
from coding.segments.editing import tag
from coding.transcripts.drafts import Draft, DraftTurn, Method, Speaker
from coding.transcripts.intake import store_draft
from coding.transcripts.queries import source_guid


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project with all built-in frameworks, made once; open a copy of it."""
    path = tmp_path_factory.mktemp("new") / "study.telaah"
    Project.create(path, "Studi uji", coder="Ani").close()
    return path


@pytest.fixture
def project(new_file: Path, tmp_path: Path) -> Iterator[Project]:
    with Project.open(shutil.copyfile(new_file, tmp_path / "study.telaah")) as made:
        yield made


Lines = list[tuple[str, str]]


def draft_of(name: str, lines: Lines, method: Method = "interview", **more: object) -> Draft:
    """A draft of lines (speaker, words): `P` is the researcher, `?` unknown, an empty speaker no turn at all."""
    text, turns, speakers = "", [], []
    for who, words in lines:
        label = f"{who}: " if who else ""
        start = len(text) + len(label)
        if who:
            kind = "researcher" if who == "P" else "unknown" if who == "?" else "informant"
            speaker = Speaker(who, kind, code=who if kind == "informant" else None)  # type: ignore[arg-type]
            if speaker not in speakers:
                speakers.append(speaker)
            label_end = max(len(text), start - 1)
            turns.append(DraftTurn(start, start + len(words), len(text), label_end, speakers.index(speaker)))
        text += f"{label}{words}\n"
    return Draft(name, text, method, turns=tuple(turns), speakers=tuple(speakers), file_name=name, **more)  # type: ignore[arg-type]


Add = Callable[..., str]


@pytest.fixture
def add(project: Project) -> Add:
    """`add(name, lines, method="interview", **draft_fields)` stores a source and gives its guid."""

    def add_source(name: str, lines: Lines, method: Method = "interview", **more: object) -> str:
        with project.operation("Import {source}", source=name) as op:
            return store_draft(op, draft_of(name, lines, method, **more))

    return add_source


@pytest.fixture
def code_words(project: Project) -> Add:
    """`code_words(source_name, words, code_path, valence=None, coder=None, …)` tags the first place of `words`."""

    def put(
        name: str, words: str, code: str, valence: str | None = None, coder: str | None = None, **more: object
    ) -> str:
        from coding.transcripts.queries import source_text

        guid = source_text(project, source_guid_of(project, name)).text.index(words)
        with project.operation("Tag a passage", coder=coder) as op:
            return tag(
                op,
                source_guid(op.session, name),
                guid,
                guid + len(words),
                code_guid(op.session, code),
                valence,
                **more,  # type: ignore[arg-type]
            )

    return put


def source_guid_of(project: Project, name: str) -> str:
    with project.read() as session:
        return source_guid(session, name)
