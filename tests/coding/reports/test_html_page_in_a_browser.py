"""The page of a report in a real browser: clicks, filters, keys, the way back, what is refused, how it prints.

One browser and one page serve all tests, which are few: each costs what its clicks cost.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from coding.project import Project
from coding.reports.build import report_tables
from coding.reports.document import ReportDocument
from coding.reports.html_page import write_html
from coding.reports.options import ReportOptions
from coding.words import Words
from tests.samples import open_sample

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FOUND = next((path for path in map(shutil.which, BROWSERS) if path), None)

if sys.platform != "win32":
    import fcntl

pytestmark = [
    pytest.mark.skipif(
        sys.platform == "win32", reason="the browser is driven through inherited pipes, which are POSIX"
    ),
    pytest.mark.skipif(FOUND is None, reason=f"no browser is installed (looked for {', '.join(BROWSERS)})"),
]


class Browser:
    """Chromium without a window, driven over the pipe of its developer tools."""

    def __init__(self, folder: Path) -> None:
        to_read, self._to = os.pipe()
        self._from, to_write = os.pipe()
        arguments = [
            str(FOUND), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            f"--user-data-dir={folder}", "--remote-debugging-pipe", "--window-size=1366,768", "about:blank",
        ]  # fmt: skip
        # the browser reads from descriptor 3 and writes to 4; what is handed on must not lie there already
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (to_read, to_write)]
        nowhere = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
        self._process = os.posix_spawn(
            str(FOUND), arguments, os.environ,
            file_actions=[*((os.POSIX_SPAWN_DUP2, end, to) for to, end in zip((3, 4), ends, strict=True)), *nowhere],
        )  # fmt: skip
        for end in ends:
            os.close(end)
        os.close(to_read)
        os.close(to_write)
        self._number, self._waiting = 0, b""
        self.events: list[dict[str, Any]] = []
        targets = self.ask("Target.getTargets")["targetInfos"]
        target = next(one["targetId"] for one in targets if one["type"] == "page")
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    _session = ""

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and wait for its answer; what else is said meanwhile is kept in `events`."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return dict(answer["result"])
            self.events.append(answer)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._waiting:
            more = os.read(self._from, 1 << 20)
            assert more, "the browser has ended"
            self._waiting += more
        one, self._waiting = self._waiting.split(b"\0", 1)
        return dict(json.loads(one))

    def open(self, path: Path) -> None:
        self.events.clear()
        self.ask("Page.navigate", url=path.as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())

    def js(self, expression: str) -> Any:
        """What `expression` gives, waited for when it is a promise."""
        result = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def press(self, key: str) -> None:
        codes = {"Escape": 27, "ArrowRight": 39, "ArrowLeft": 37, "Enter": 13}
        more = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=codes[key], **more)
        self.settle()

    def click(self, selector: str) -> None:
        """A click of the mouse in the middle of what `selector` finds, brought into sight."""
        found = self.js(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            " e.scrollIntoView({block: 'center'});"
            " const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=found[0], y=found[1], button="left", clickCount=1)
        self.settle()

    def settle(self) -> None:
        """Until what was set off has been done and drawn."""
        self.js("new Promise(done => setTimeout(() => requestAnimationFrame(() => setTimeout(done, 20)), 60))")

    def picture(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot")["data"]))

    def pdf(self) -> bytes:
        return base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True)["data"])

    def close(self) -> None:
        os.close(self._to)  # with nobody to obey, it ends
        os.waitpid(self._process, 0)
        os.close(self._from)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with open_sample(tmp_path_factory.mktemp("sample") / "sample.telaah") as project:
        yield project


@pytest.fixture(scope="module")
def written(sample: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of the sample on one framework."""
    tables = ("method_section", "informants", "findings", "triangulation", "factors", "crosstab")
    words, options = Words("id"), ReportOptions(language="id", tables=tables, frameworks=("edward3",))
    path = tmp_path_factory.mktemp("pages") / "Bab 4 – laporan.html"
    write_html(ReportDocument(sample, report_tables(sample, words, options), words, options), path)
    return path


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    made = Browser(tmp_path_factory.mktemp("profile"))
    yield made
    made.close()


@pytest.fixture
def browser(started: Browser) -> Iterator[Browser]:
    yield started
    started.ask("Emulation.setScriptExecutionDisabled", value=False)
    started.ask("Emulation.setEmulatedMedia", features=[])
    started.ask("Emulation.clearDeviceMetricsOverride")


def shown(browser: Browser) -> list[str]:
    return list(browser.js("[...document.querySelectorAll('#panel_list blockquote')].map(one => one.textContent)"))


def count_told(browser: Browser) -> str:
    return str(browser.js("document.querySelector('#panel_count').textContent"))


def behind(path: Path) -> list[list[str]]:
    """The texts behind each figure, in the order of the page, read from the file."""
    root = html.fromstring(path.read_text("utf-8"))
    texts = {f"#{one.get('id')}": one.find("blockquote").text_content() for one in root.iter("article")}
    lists = {f"#{one.get('id')}": one.xpath(".//li/a/@href") for one in root.xpath("//*[@class='list']")}
    return [
        [texts[place] for place in lists[link.get("href")]] for link in root.xpath("//a[contains(@class, 'count')]")
    ]


def test_a_click_shows_passages_that_can_be_narrowed(browser: Browser, written: Path) -> None:
    browser.open(written)
    known = behind(written)
    assert browser.js("document.querySelector('#panel').hidden") is True
    browser.js("document.querySelector('.wide a.count').scrollIntoView({block: 'center'})")
    top = "Math.round(document.querySelector('.wide a.count').getBoundingClientRect().top)"
    before = browser.js(top)
    browser.click(".wide a.count")
    assert abs(browser.js(top) - before) <= 2  # what one looks at stays where it is
    place = browser.js("[...document.querySelectorAll('a.count')].indexOf(document.querySelector('.wide a.count'))")
    assert shown(browser) == known[place]
    for name, mark in (("who", "w"), ("code", "k"), ("way", "v")):
        offered = browser.js(f"[...document.querySelectorAll('#panel_{name} option')].slice(1).map(one => one.value)")
        said = browser.js(f"[...document.querySelectorAll('#panel_list .{mark}')].map(one => one.textContent)")
        assert set(offered) == set(said)
    # by code, then by a word of one of them, then all again
    browser.js(
        "(() => { const c = document.querySelector('#panel_code'); c.selectedIndex = 1;"
        " c.dispatchEvent(new Event('change')); })()"
    )
    code = browser.js("document.querySelector('#panel_code').value")
    kept = shown(browser)
    assert 0 < len(kept) < len(known[place])
    assert count_told(browser).startswith(f"{len(kept)} ")
    assert set(browser.js("[...document.querySelectorAll('#panel_list .k')].map(one => one.textContent)")) == {code}
    word = max(kept[0].split(), key=len).lower()
    browser.js(
        f"(() => {{ const f = document.querySelector('#panel_filter'); f.value = {json.dumps(word)};"
        " f.dispatchEvent(new Event('input')); return new Promise(done => setTimeout(done, 50)); })()"
    )
    assert shown(browser) == [text for text in kept if word in text.lower()]


def test_keys_and_the_way_back(browser: Browser, written: Path) -> None:
    browser.open(written)
    known = behind(written)
    many = 100  # so many are shown at first
    browser.js("document.querySelectorAll('a.count')[1].focus()")
    browser.press("Enter")
    assert shown(browser) == known[1][:many]
    assert browser.js("document.activeElement.id") == "panel"
    browser.press("ArrowRight")
    assert shown(browser) == known[2][:many]
    browser.js("history.back()")
    browser.settle()
    assert shown(browser) == known[1][:many]
    browser.js("scrollTo(0, 0)")
    browser.press("Escape")
    assert browser.js("document.querySelector('#panel').hidden") is True
    assert browser.js("[...document.querySelectorAll('a.count')].indexOf(document.activeElement)") == 1
    box = browser.js("JSON.stringify(document.activeElement.getBoundingClientRect())")
    assert 0 <= json.loads(box)["top"] < 768  # back at the number one came from
    browser.js("history.back()")
    browser.settle()
    assert browser.js("document.querySelector('#panel').hidden") is False


def test_the_whole_report_is_searched(browser: Browser, written: Path) -> None:
    browser.open(written)
    browser.js(
        "(() => { const f = document.querySelector('#search'); f.focus(); f.value = 'Sosialisasi';"
        " f.dispatchEvent(new Event('input')); return new Promise(done => setTimeout(done, 400)); })()"
    )
    assert all("sosialisasi" in text.lower() for text in browser.js(
        "[...document.querySelectorAll('#panel_list article')].map(one => one.textContent)"
    ))  # fmt: skip
    places = browser.js("[...document.querySelectorAll('#panel_places a')].map(one => one.textContent)")
    assert any(text.startswith("Tabel 4.") for text in places)
    browser.click("#panel_places a")
    assert browser.js("document.querySelector('#panel').hidden") is False
    browser.press("Escape")
    assert browser.js("document.querySelector('#panel').hidden") is True
    assert browser.js("document.querySelector('#search').value") == ""


def test_nothing_is_loaded_and_a_hostile_page_runs_nothing(browser: Browser, written: Path, tmp_path: Path) -> None:
    """Even a script that got into the file past the escaping is refused."""
    browser.open(written)
    browser.click("a.count")
    browser.settle()
    asked = [e["params"]["request"]["url"] for e in browser.events if e.get("method") == "Network.requestWillBeSent"]
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in asked if url.startswith("file:")]) == 1
    assert [event for event in browser.events if event.get("method") == "Log.entryAdded"] == []
    assert browser.js("document.fonts.size") == 0
    path = tmp_path / "hostile.html"
    smuggled = "<script>window.stung = 2</script><img src=x onerror='window.stung = 3'></main>"
    path.write_text(written.read_text("utf-8").replace("</main>", smuggled), "utf-8")
    browser.open(path)
    browser.settle()
    assert browser.js("window.stung === undefined") is True
    said = [e["params"]["entry"]["text"] for e in browser.events if e.get("method") == "Log.entryAdded"]
    assert any("Content Security Policy" in text for text in said)


def test_without_scripts_links_lead_to_passages_and_back(browser: Browser, written: Path) -> None:
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(written)
    assert browser.js("getComputedStyle(document.querySelector('.lists')).display") != "none"
    ends = browser.js(
        "[...document.querySelectorAll('a.count')].every(link => document.querySelector(link.hash + ' li a') &&"
        " document.querySelector(document.querySelector(link.hash + ' li a').hash + ' blockquote') &&"
        " document.querySelector(document.querySelector(link.hash + ' p a').hash).tagName === 'SECTION')"
    )
    assert ends is True


def test_paper_has_the_tables_and_not_the_panel(browser: Browser, written: Path) -> None:
    import pypdfium2

    browser.open(written)
    browser.click("a.count")
    document = pypdfium2.PdfDocument(browser.pdf())
    sizes = {tuple(round(side) for side in document[number].get_size()) for number in range(len(document))}
    told = "".join(document[number].get_textpage().get_text_range() for number in range(min(4, len(document))))
    document.close()
    assert sizes == {(595, 842), (842, 595)}  # A4, upright and turned
    assert "Tabel 4.1" in told
    for field in ("#panel_filter", "#search"):
        assert browser.js(f"document.querySelector('{field}').placeholder") not in told


def test_light_dark_and_small_screens(browser: Browser, written: Path, tmp_path: Path) -> None:
    pictures = Path(os.environ.get("TELAAH_PICTURES", tmp_path))
    browser.open(written)
    browser.click(".wide a.count")
    for scheme in ("light", "dark"):
        browser.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        browser.picture(pictures / f"page-{scheme}.png")
        ground = browser.js("getComputedStyle(document.body).backgroundColor")
        assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(29, 32, 36)"}[scheme]
    browser.press("Escape")
    browser.ask("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=1, mobile=True)
    browser.settle()
    assert browser.js("document.documentElement.scrollWidth") <= 390
    # the contents are folded away, and unfolded
    assert browser.js("getComputedStyle(document.querySelector('#nav_list')).display") == "none"
    browser.click("#nav_open")
    assert browser.js("getComputedStyle(document.querySelector('#nav_list')).display") == "block"
