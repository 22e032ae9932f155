"""The page for a supervisor without the program: nothing in it is markup but its own, and answers come back from it."""

from __future__ import annotations

import html
import importlib.util
import json
import re
import sys
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from coding.codes.queries import code_guid
from coding.findings.lines import finding_lines
from coding.informants.tables import TableRow, store_table
from coding.project import Project
from coding.review.extract import Chosen
from coding.review.page import write_page
from coding.review.page_parts import MOST
from coding.review.preview import incoming, merge, preview
from coding.review.remarks import comments, verdicts
from coding.review.rows import Target
from coding.segments.editing import tag
from coding.segments.queries import segments
from coding.transcripts.drafts import Draft
from coding.transcripts.intake import store_draft
from coding.transcripts.queries import source_text
from coding.words import Words
from tests.samples import open_sample

_place = Path(__file__).resolve().parents[1] / "reports" / "test_html_page_in_a_browser.py"
_spec = importlib.util.spec_from_file_location("browser_for_pages", _place)
assert _spec is not None
assert _spec.loader is not None
browsers = sys.modules.setdefault("browser_for_pages", importlib.util.module_from_spec(_spec))
_spec.loader.exec_module(browsers)

HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(2)> "quoted" & Sulastri'
TEXT = f"{HOSTILE}\nSyaratnya berubah dua kali."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "s.telaah", "Studi <b>uji</b>", frameworks=["edward3"], coder="Ani") as made:
        with made.operation("Work") as op:
            store_table(op, [TableRow("SL", {"name": "Sulastri Wahyuni"}, {})])
            source = store_draft(op, Draft("Catatan <i>satu</i>", TEXT, "document"))
            code = code_guid(op.session, "edward3.communication.clarity")
            tag(op, source, 0, len(HOSTILE), code, "inhibiting", memo="<script>alert(3)</script>")
            tag(op, source, len(HOSTILE) + 1, len(TEXT), code_guid(op.session, "edward3.disposition"))
        yield made


class Tags(HTMLParser):
    """Every tag of a page, and what it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("src", "href", "action", "data", "background"):
                self.addresses.append(f"{name}={value}")
            if name.startswith("on") or name == "style":
                self.handlers.append(name)


def test_what_the_study_says_is_text_and_nothing_is_fetched(project: Project, tmp_path: Path) -> None:
    write_page(project, tmp_path / "r.html", Chosen(), Words("en"))
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    found = Tags()
    found.feed(text)
    assert found.tags.count("script") == 2
    assert {"img", "b", "i", "iframe", "link"} & set(found.tags) == set()
    assert found.handlers == []
    assert all(re.fullmatch("href=#[th]-[-0-9a-f]+", address) for address in found.addresses)
    assert re.search(r"default-src &#x27;none&#x27;", text)
    assert found.tags.count("article") == 2
    data = json.loads(re.search(r'id="data">(.*?)</script>', text, re.S).group(1))  # type: ignore[union-attr]
    assert set(data["targets"]) == {row.guid for row in segments(project)}


def test_a_passage_has_its_question_the_words_near_it_and_what_was_said(tmp_path: Path) -> None:
    with open_sample(tmp_path / "s.telaah", "en") as project:
        write_page(project, tmp_path / "r.html", Chosen(), Words("en"))
        text = (tmp_path / "r.html").read_text(encoding="utf-8")
        cards = {m[1]: m[0] for m in re.finditer(r'<article id="t-([^"]+)">.*?</article>', text, re.S)}
        rows = {row.guid: row for row in segments(project)}
        said = [one for one in comments(project) if not one.gone]
        claims = {line.guid: line.segments for line in finding_lines(project)}
        assert said
        assert claims
        for one in said:
            assert html.escape(one.text) in cards[one.target.guid]
            assert html.escape(one.coder) in cards[one.target.guid]
        asked = 0
        for guid, row in rows.items():
            card = html.unescape(cards[guid])
            body = " ".join(source_text(project, row.source_guid).text.split())
            assert " ".join(re.findall("<mark>(.*?)</mark>", card, re.S)[0].split()) == " ".join(row.text.split())
            near = re.findall(r'<span class="near">(.*?)</span>', card)
            assert all(words.strip("…") in body for words in near)
            question = re.search(r'<p class="asked">(.*?)</p>', card)
            asked += question is not None
            assert question is None or question[1].partition(": ")[2].strip("…") in body
        assert asked > len(rows) / 3
        for guid, behind in claims.items():
            linked = re.findall(r'href="#t-([^"]+)"', cards[guid])
            assert linked == list(behind[:MOST])


def test_anonymised_the_page_names_nobody(project: Project, tmp_path: Path) -> None:
    write_page(project, tmp_path / "r.html", Chosen(anonymised=True), Words("id"))
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "Sulastri" not in text
    assert "Catatan" not in text
    assert "Informan 1" in text


_browser = [*browsers.pytestmark]


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Any]:
    opened = browsers.Browser(tmp_path / "profile")
    yield opened
    opened.close()


def saved(folder: Path) -> Path:
    for _ in range(200):
        for path in folder.glob("*.telaah-answers.json"):
            return path
        time.sleep(0.05)
    raise AssertionError("nothing was saved")


@pytest.mark.parametrize("anonymised", [False, True])
def test_in_a_browser_verdicts_and_remarks_are_kept_and_come_back(
    project: Project, tmp_path: Path, browser: Any, anonymised: bool
) -> None:
    page, folder = tmp_path / "telaah.html", tmp_path / "down"
    folder.mkdir()
    write_page(project, page, Chosen(anonymised=anonymised), Words("id"))
    first, second = (row.guid for row in segments(project))
    browser.ask("Page.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
    browser.open(page)
    browser.click(f"[id='t-{first}'] input[value=revise]")
    browser.js(
        f"(() => {{ const t = document.querySelector(\"[id='t-{second}'] textarea\"); t.value = 'Mengapa? <b>';"
        " t.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )
    place = (
        "(() => { const at = document.getElementById('save').getBoundingClientRect(); return [at.top, at.left]; })()"
    )
    before = pytest.approx(browser.js(place), abs=1)
    browser.click("#save")
    assert browser.js("document.activeElement.id") == "name"  # answers are somebody's
    assert browser.js("document.getElementById('state').textContent")
    assert browser.js(place) == before
    browser.open(page)  # the draft is still there
    written = f"document.querySelector(\"[id='t-{second}'] textarea\").value"
    for _ in range(100):
        if browser.js(written):
            break
        time.sleep(0.05)  # the page may still be the one that is left
    assert browser.js(written) == "Mengapa? <b>"
    assert browser.js(f"document.querySelector(\"[id='t-{first}'] input[value=revise]\").checked")
    browser.js(
        "(() => { const n = document.getElementById('name'); n.value = 'Dr. Rini';"
        " n.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )
    browser.click("#save")
    answers = saved(folder)
    asked = [e["params"]["request"]["url"] for e in browser.events if e.get("method") == "Network.requestWillBeSent"]
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []
    with incoming(answers, project) as found:
        assert preview(project, found, Words("en")).new == {"verdict": 1, "comment": 1}
        merge(project, found)
    (row,) = verdicts(project, [Target("segment", first)])[Target("segment", first)]
    assert (row.verdict, row.coder, row.changed) == ("revise", "Dr. Rini", False)
    with incoming(answers, project) as found:
        assert preview(project, found, Words("en")).empty
    answers.unlink()
    browser.click(f"[id='t-{first}'] input[value=revise]")  # once more: taken back
    assert not browser.js(f"document.querySelector(\"[id='t-{first}'] input[value=revise]\").checked")
    browser.click("#save")
    with incoming(saved(folder), project) as found:
        assert len(preview(project, found, Words("en")).removed) == 1
        merge(project, found)
    assert verdicts(project, [Target("segment", first)]) == {}
    violations = [e for e in browser.events if "Content Security Policy" in json.dumps(e)]
    assert violations == []


for mark in _browser:
    test_in_a_browser_verdicts_and_remarks_are_kept_and_come_back = mark(
        test_in_a_browser_verdicts_and_remarks_are_kept_and_come_back
    )
