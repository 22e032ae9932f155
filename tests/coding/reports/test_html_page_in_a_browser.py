"""The page of a report in a real browser: clicks, keys, the way back, what is refused, how it prints."""

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

from coding.project import Project
from coding.reports.build import report_tables
from coding.reports.document import ReportDocument
from coding.reports.html_page import write_html
from coding.reports.options import ReportOptions
from coding.sample import build
from coding.words import Words

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
    with build(tmp_path_factory.mktemp("sample") / "sample.telaah") as project:
        yield project


@pytest.fixture(scope="module")
def written(sample: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report of the sample in both languages."""
    folder, paths = tmp_path_factory.mktemp("pages"), {}
    for language in ("id", "en"):
        words, options = Words(language), ReportOptions(language=language)
        paths[language] = folder / f"Bab 4 – {language}.html"
        write_html(ReportDocument(sample, report_tables(sample, words, options), words, options), paths[language])
    return paths


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    made = Browser(tmp_path / "profile")
    yield made
    made.close()


def shown(browser: Browser) -> list[str]:
    return list(browser.js("[...document.querySelectorAll('#panel_list blockquote')].map(one => one.textContent)"))


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_click_on_a_figure_shows_its_passages(browser: Browser, written: dict[str, Path], language: str) -> None:
    browser.open(written[language])
    assert browser.js("document.querySelector('#panel').hidden") is True
    browser.click("a.count")
    assert browser.js("document.querySelector('#panel').hidden") is False
    listed = browser.js("document.querySelectorAll(document.querySelector('a.count').hash + ' li').length")
    assert len(shown(browser)) == listed > 0
    title = browser.js("document.querySelector('#panel_title').textContent")
    assert title == browser.js("document.querySelector(document.querySelector('a.count').hash + ' h3').textContent")


def test_keys_and_the_way_back(browser: Browser, written: dict[str, Path]) -> None:
    browser.open(written["en"])
    browser.js("document.querySelectorAll('a.count')[1].focus()")
    browser.press("Enter")
    first = shown(browser)
    assert first
    assert browser.js("document.activeElement.id") == "panel"
    browser.press("ArrowRight")
    second = shown(browser)
    assert second
    assert second != first
    browser.js("history.back()")
    browser.settle()
    assert shown(browser) == first
    browser.press("Escape")
    assert browser.js("document.querySelector('#panel').hidden") is True
    assert browser.js("[...document.querySelectorAll('a.count')].indexOf(document.activeElement)") == 1
    browser.js("history.back()")
    browser.settle()
    assert browser.js("document.querySelector('#panel').hidden") is False
    assert shown(browser) == first


def test_passages_are_found_by_a_word(browser: Browser, written: dict[str, Path]) -> None:
    browser.open(written["id"])
    browser.click("a.count")
    every = shown(browser)
    word = max(every[-1].split(), key=len).lower()
    browser.js(
        f"(() => {{ const f = document.querySelector('#panel_filter'); f.value = {json.dumps(word)};"
        " f.dispatchEvent(new Event('input')); })()"
    )
    kept = shown(browser)
    assert every[-1] in kept
    assert len(kept) <= len(every)
    assert browser.js("document.querySelector('#panel_count').textContent").startswith(f"{len(kept)} ")


def test_nothing_is_loaded_and_nothing_is_refused(browser: Browser, written: dict[str, Path]) -> None:
    browser.open(written["en"])
    browser.click("a.count")
    browser.settle()
    asked = [e["params"]["request"]["url"] for e in browser.events if e.get("method") == "Network.requestWillBeSent"]
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in asked if url.startswith("file:")]) == 1
    said = [event for event in browser.events if event.get("method") == "Log.entryAdded"]
    assert said == []
    assert browser.js("document.fonts.size") == 0


def test_a_hostile_page_runs_nothing(browser: Browser, sample: Project, tmp_path: Path) -> None:
    """Even a script that got into the file past the escaping is refused."""
    words, options = Words("en"), ReportOptions(language="en", source_line="</p><script>window.stung = 1</script>")
    path = tmp_path / "hostile.html"
    write_html(ReportDocument(sample, report_tables(sample, words, options), words, options), path)
    text = path.read_text("utf-8")
    assert "<script>window.stung" not in text
    smuggled = text.replace("</main>", "<script>window.stung = 2</script><img src=x onerror='window.stung = 3'></main>")
    path.write_text(smuggled, "utf-8")
    browser.open(path)
    browser.settle()
    assert browser.js("window.stung === undefined") is True
    said = [e["params"]["entry"]["text"] for e in browser.events if e.get("method") == "Log.entryAdded"]
    assert any("Content Security Policy" in text for text in said)


def test_without_scripts_links_lead_to_passages(browser: Browser, written: dict[str, Path]) -> None:
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(written["id"])
    hidden = browser.js("getComputedStyle(document.querySelector('.lists')).display")
    assert hidden != "none"
    ends = browser.js(
        "[...document.querySelectorAll('a.count')].every(link => document.querySelector(link.hash + ' li a') &&"
        " document.querySelector(document.querySelector(link.hash + ' li a').hash + ' blockquote'))"
    )
    assert ends is True


def test_paper_has_the_tables_and_not_the_panel(browser: Browser, written: dict[str, Path]) -> None:
    import pypdfium2

    browser.open(written["id"])
    browser.click("a.count")
    document = pypdfium2.PdfDocument(browser.pdf())
    sizes = {tuple(round(side) for side in document[number].get_size()) for number in range(len(document))}
    told = "".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    document.close()
    assert sizes == {(595, 842), (842, 595)}  # A4, upright and turned
    assert "Tabel 4.1" in told
    assert browser.js("document.querySelector('#panel_filter').placeholder") not in told


def test_light_dark_and_small_screens(browser: Browser, written: dict[str, Path], tmp_path: Path) -> None:
    pictures = Path(os.environ.get("TELAAH_PICTURES", tmp_path))
    for scheme in ("light", "dark"):
        browser.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        browser.open(written["id"])
        browser.picture(pictures / f"page-{scheme}-top.png")
        browser.click(".wide a.count")
        browser.picture(pictures / f"page-{scheme}.png")
        ground = browser.js("getComputedStyle(document.body).backgroundColor")
        assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(29, 32, 36)"}[scheme]
    browser.ask("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=1, mobile=True)
    browser.settle()
    browser.picture(pictures / "page-small.png")
    assert browser.js("document.documentElement.scrollWidth") <= 390
