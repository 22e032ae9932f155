"""The XML of a Word file, part by part, is what it was when somebody last looked at it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import pytest

from coding.project import Project
from coding.reports.options import TABLES
from tests.data.make_outlines import LANGUAGES, OUTLINES, outline, part_content
from tests.samples import open_sample

AGAIN = "where this is meant: python -m tests.data.make_outlines, then look at the difference"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with open_sample(tmp_path_factory.mktemp("outlines") / "studi.telaah", "en") as project:
        yield project


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TABLES)
def test_each_part_is_as_it_was_written_down(sample: Project, name: str, language: str) -> None:
    known = (OUTLINES / language / f"{name}.txt").read_text(encoding="utf-8")
    made = outline(part_content(sample, name, language))
    if made != known:
        changed = difflib.unified_diff(known.splitlines(), made.splitlines(), "written down", "made", "", "", 1, "")
        pytest.fail("\n".join([AGAIN, *changed]), pytrace=False)


def test_nothing_is_written_down_that_no_report_has() -> None:
    found = {path.relative_to(OUTLINES).with_suffix("").as_posix() for path in OUTLINES.glob("*/*.txt")}
    assert found == {f"{language}/{name}" for language in LANGUAGES for name in TABLES}
