"""A review as one page for any browser: passages by dimension, a verdict and a remark for each, answers in a file.

The page holds everything and asks nobody for anything; whatever comes from the study is text in it, never markup. The
rule that the browser is given (`Content-Security-Policy`) allows the page's own script and style, by their hashes, and
nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coding.analysis.wording import status_word
from coding.errors import CodingError
from coding.findings.richtext import plain
from coding.findings.sides import column_said
from coding.project import Reader
from coding.review import clocks, extract
from coding.review.answers import BARE_SUFFIX, FORMAT
from coding.review.extract import Chosen
from coding.review.page_parts import Said, Transcripts, evidence, evidence_html
from coding.review.targets import basis_of, segment_basis
from coding.store import backup
from coding.store.models import now
from coding.store.sql import rows
from coding.text import snippet
from coding.words import Words

_PARTS = Path(__file__).resolve().parents[2] / "resources" / "review_page"
_SEGMENTS = """
SELECT g.guid, g.start, g."end", g.valence, c.guid, c.path, g.code_id, s.name, t.body, g.source_id, k.name,
       coalesce((SELECT m.text FROM memo m WHERE m.target_guid = g.guid), '')
FROM segment g JOIN source s ON s.id = g.source_id JOIN source_text t ON t.id = s.text_id
JOIN code c ON c.id = g.code_id JOIN coder k ON k.id = g.coder_id ORDER BY s.position, s.id, g.start, g."end", g.id
"""
_CODES = """
SELECT c.id, c.parent_id, c.level, c.label_id, c.label_en, f.label_id, f.label_en
FROM code c LEFT JOIN framework f ON f.id = c.framework_id
ORDER BY f.position IS NULL, f.position, c.position, c.id
"""


def write_page(reader: Reader, path: Path, chosen: Chosen, words: Words) -> dict[str, int]:
    """Write the page at `path`; returns how many coded segments and findings are on it. Raises CodingError:
    "package_empty", and what files say."""
    with (
        tempfile.TemporaryDirectory(prefix="telaah-", ignore_cleanup_errors=True) as folder,
        extract.made(reader.path, Path(folder) / "page.telaah", chosen) as connection,
    ):
        if chosen.anonymised:
            from coding.review.anonymising import anonymise

            anonymise(connection, words)
        page = _Page(reader, connection, words, path)
        text = page.html()
    if not page.targets:
        raise CodingError("package_empty")
    temporary = path.with_name(path.name + ".part")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        backup.replace(temporary, path)
    except OSError as error:
        raise CodingError("file_unwritable", file=str(path), reason=error.strerror or str(error)) from error
    return page.counts


class _Page:
    def __init__(self, reader: Reader, connection: sqlite3.Connection, words: Words, path: Path) -> None:
        self.words, self.path = words, path
        self.verdicts = {"agreed": words.t("agreed"), "question": words.t("question"), "revise": words.t("revise")}
        self.connection = connection
        self.knowledge = clocks.read(connection)
        self.targets: dict[str, dict[str, Any]] = {}
        self.counts = {"segments": 0, "findings": 0}
        ((self.guid, self.title),) = rows(connection, "SELECT guid, title FROM project")
        self.codes = {row[0]: row[1:] for row in rows(connection, _CODES)}
        self.transcripts = Transcripts(connection)
        self.said = Said(connection, words, self.verdicts)
        self.evidence = evidence(reader, connection)
        self.shown: dict[str, tuple[str, str]] = {}
        self.headings: list[str] = []

    def html(self) -> str:
        body = "\n".join([*self._segments(), *self._findings()])
        style, script = ((_PARTS / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
        allowed = f"style-src '{_hash(style)}'; script-src '{_hash(script)}'"
        policy = f"default-src 'none'; {allowed}; form-action 'none'; base-uri 'none'"
        how = self.words.t(
            "For each passage choose a verdict and, if you like, write a remark. What you enter is kept in this "
            "browser; “Save answers” writes a small file to send back."
        )
        t, e = self.words.t, html.escape
        return f"""<!DOCTYPE html>
<html lang="{self.words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{e(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{e(t("Review"))}: {e(self.title)}</title>
<style>{style}</style>
</head>
<body>
<header>
<h1>{e(self.title)}</h1>
<p class="note">{e(how)}</p>
</header>
{self._contents()}
<main>
{body}
</main>
<div class="bar"><div>
<label for="name">{e(t("Your name"))} <input type="text" id="name" maxlength="120" autocomplete="name"></label>
<button type="button" id="save">{e(t("Save answers"))}</button>
<span id="state" role="status"></span>
</div></div>
<script type="application/json" id="data">{self._data()}</script>
<script>{script}</script>
</body>
</html>
"""

    def _data(self) -> str:
        t = self.words.t
        stem = re.sub(r"[^\w .-]+", "-", self.path.stem)
        data = {
            "id": hashlib.sha256(json.dumps(self.targets, sort_keys=True).encode()).hexdigest()[:32],
            "format": FORMAT,
            "project": {"guid": self.guid, "title": self.title},
            "made_at": now(),
            "clock": self.knowledge.clock,
            "file": stem + BARE_SUFFIX,
            "targets": self.targets,
            "words": {
                "kept": t("kept in this browser; not sent yet"),
                "no_draft": t("this browser keeps nothing: save your answers before you close the page"),
                "name_needed": t("Write your name first."),
                "nothing": t("Nothing was said yet."),
                "saved": t("Saved as {file}: send that file back.", file="{file}"),
            },
        }
        return (
            json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
        )

    # what is on it

    def _segments(self) -> Iterator[str]:
        by_code: dict[int, list[Any]] = {}
        for row in rows(self.connection, _SEGMENTS):
            by_code.setdefault(row[6], []).append(row)
        heading = ""
        for code in self._in_order():
            for row in by_code.get(code, ()):
                head, sub = self._headings(code)
                if head != heading:
                    heading, said = head, ""
                    yield self._heading(head)
                if sub != said:
                    said = sub
                    yield f"<h3>{html.escape(sub)}</h3>"
                yield self._segment(row)

    def _in_order(self) -> list[int]:
        below: dict[int | None, list[int]] = {}
        for number, row in self.codes.items():
            below.setdefault(row[0], []).append(number)
        found: list[int] = []

        def walk(parent: int | None) -> None:
            for number in below.get(parent, ()):
                found.append(number)
                walk(number)

        walk(None)
        return found

    def _label(self, id_: str, en: str) -> str:
        return (id_ or en) if self.words.language == "id" else (en or id_)

    def _headings(self, code: int) -> tuple[str, str]:
        parent, _, label_id, label_en, theory_id, theory_en = self.codes[code]
        label = self._label(label_id, label_en)
        above = self.codes.get(parent) if parent is not None else None
        theory = self._label(theory_id or "", theory_en or "") or self.words.t("Open codes")
        head = self._label(above[2], above[3]) if above is not None else label
        return f"{theory} · {head}", label if above is not None else self.words.t("the dimension itself")

    def _segment(self, row: Any) -> str:
        guid, start, end, valence, code, path, _, source, text, source_id, _, memo = row
        quotation = text[start:end]
        self.counts["segments"] += 1
        self._target(
            "segment", guid, segment_basis(code, valence, quotation), f"“{snippet(text, start, end, 160)}” · {path}"
        )
        who = ", ".join(self.transcripts.who(source_id, start, end))
        self.shown[guid] = (quotation, who or source)
        direction = {
            "supporting": "+ " + self.words.t("supporting"), "inhibiting": "− " + self.words.t("inhibiting"),
            "neutral": "○ " + self.words.t("neutral"),
        }.get(valence or "", "")  # fmt: skip
        line = " · ".join(part for part in (who, source, direction) if part)
        before, after = self.transcripts.near(source_id, text, start, end)
        asked = self.transcripts.asked(source_id, text, start)
        e = html.escape
        question = f'<p class="asked">{e(": ".join(filter(None, asked)))}</p>' if asked else ""
        near = [f'<span class="near">{e(one)}</span>' if one else "" for one in (before, after)]
        words = e(self.transcripts.passage(source_id, text, start, end))
        passage = f"{question}<blockquote>{near[0]} <mark>{words}</mark> {near[1]}</blockquote>"
        return self._card(guid, passage, line, memo)

    def _findings(self) -> Iterator[str]:
        found: list[tuple[str, str, str, str, str]] = []
        t = self.words.t
        written = "c.label_id, c.label_en FROM {0} x JOIN code c ON c.id = x.code_id ORDER BY x.id"
        sql = 'SELECT x.guid, x.text, x.view, x."column", ' + written.format("finding")
        for guid, text, view, column, label_id, label_en in rows(self.connection, sql):
            place = (t("finding"), self._label(label_id, label_en), column_said(view, column, self.words))
            found.append(("finding", guid, plain(text), basis_of(text), " · ".join(filter(None, place))))
        sql = "SELECT x.guid, x.status, x.reason, " + written.format("judgement")
        for guid, status, reason, label_id, label_en in rows(self.connection, sql):
            said = t("status: {status}", status=status_word(status, self.words))
            place = (t("judgement"), self._label(label_id, label_en), said)
            found.append(("judgement", guid, reason, basis_of(status, reason), " · ".join(place)))
        for guid, text in rows(self.connection, "SELECT guid, text FROM conclusion ORDER BY position, id"):
            found.append(("conclusion", guid, text, basis_of(text), t("conclusion")))
        if found:
            yield self._heading(t("Findings and conclusions"))
        for table, guid, text, basis, label in found:
            self.counts["findings"] += 1
            self._target(table, guid, basis, snippet(text, 0, len(text), 160))
            rests = evidence_html(self.evidence.get(guid, ()), self.shown, self.words)
            yield self._card(guid, f"<blockquote>{html.escape(text)}</blockquote>{rests}", label, "")

    def _target(self, table: str, guid: str, basis: str, about: str) -> None:
        of = clocks.latest(self.knowledge.known(guid))
        self.targets[guid] = {"table": table, "basis": basis, "about": about, "of": list(of) if of[1] else None}

    def _heading(self, text: str) -> str:
        self.headings.append(text)
        return f'<h2 id="h-{len(self.headings)}">{html.escape(text)}</h2>'

    def _contents(self) -> str:
        """Ways to the headings, for who does not want to read from the top."""
        if len(self.headings) < 2:
            return ""
        links = (
            f'<li><a href="#h-{number}">{html.escape(text)}</a></li>' for number, text in enumerate(self.headings, 1)
        )
        return (
            f"<nav><details><summary>{html.escape(self.words.t('Contents'))}</summary>"
            f"<ul>{''.join(links)}</ul></details></nav>"
        )

    def _card(self, guid: str, what: str, line: str, memo: str) -> str:
        """A passage or claim (`what` is HTML) with what was said of it, and room for what there is to say."""
        t, e = self.words.t, html.escape
        choices = "".join(
            f'<label><input type="radio" name="v-{e(guid)}" value="{value}"> {e(label)}</label>'
            for value, label in self.verdicts.items()
        )
        note = f'<p class="from">{e(t("Memo"))}: {e(memo)}</p>' if memo else ""
        return (
            f'<article id="t-{e(guid)}">{what}<p class="from">{e(line)}</p>{note}{self.said.html(guid)}'
            f"<fieldset><legend>{e(t('Verdict'))}</legend>{choices}</fieldset>"
            f'<textarea aria-label="{e(t("Remark"))}" placeholder="{e(t("Remark"))}" maxlength="20000"></textarea>'
            "</article>"
        )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
