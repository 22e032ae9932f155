"""Real contexts, real projects, real widgets, on a screen in memory. A Qt warning fails the test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.context import Context
from app.main_window import MainWindow
from app.settings import HOME_VARIABLE, Settings
from app.startup import let_go, make_application
from coding.project import Project
from coding.words import Words
from tests.samples import sample_copy

Idle = Callable[[Context], None]


# Said by the screen in memory whenever a window has a least size; it is not ours to mend.
SCREEN_TALK = "This plugin does not support"
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.qt_log_ignore(SCREEN_TALK))


@pytest.fixture(scope="session")
def qapp() -> Iterator[QApplication]:
    made = make_application()
    yield made
    # what was copied would be let go by the screen in memory after Python has ended, which crashes
    made.clipboard().clear()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of settings, log and documents: this test's own, on an English system."""
    folder = tmp_path / "home"
    (folder / "Documents").mkdir(parents=True)
    monkeypatch.setenv(HOME_VARIABLE, str(folder))
    # one place for the pictures of the style sheet, which is then the same for all tests and is not applied to each
    monkeypatch.setattr("app.icons.cache_folder", tmp_path_factory.getbasetemp)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "en_US.UTF-8")
    return folder


INDONESIAN = {
    "Project": "Proyek",
    "Matrices": "Matriks",
    "Transcripts": "Transkrip",
    "Undo": "Urung",
    "Undo: {title}": "Urung: {title}",
    "Coder: {name}": "Pengode: {name}",
    "New project…": "Proyek baru…",
    "Cancel": "Batal",
    "{file} does not exist; check the name and the folder": "{file} tidak ada; periksa nama dan foldernya",
}


@pytest.fixture
def indonesian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Words:
    """A small Indonesian catalogue of the test's own, so that switching can be seen whatever the real one says."""
    folder = tmp_path / "words" / "id" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = Catalog(locale="id")
    for msgid, text in INDONESIAN.items():
        catalogue.add(msgid, text)
    with (folder / "telaah.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr("app.interface.Words", lambda language: Words(language, tmp_path / "words"))
    return Words("id", tmp_path / "words")


@pytest.fixture
def idle(qtbot: QtBot) -> Idle:
    """Waits until nothing is queued, running, or waiting to be handed over."""

    def wait(ctx: Context) -> None:
        jobs = ctx.jobs
        qtbot.waitUntil(
            lambda: jobs.writer.pending == 0 and jobs.reader.pending == 0 and jobs.helper.pending == 0, timeout=20_000
        )

    return wait


@pytest.fixture
def ctx(qtbot: QtBot, home: Path) -> Iterator[Context]:
    """A context without a project, light, in English."""
    settings = Settings()
    settings.set("appearance", "light")
    context = Context(settings)
    context.apply_theme()
    yield context
    # first the widgets that the test gave to qtbot, which are closed by now
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    let_go(context)


@pytest.fixture
def notices(ctx: Context) -> list[tuple[str, str, str]]:
    """Every notice shown in the test: text, kind, details."""
    shown: list[tuple[str, str, str]] = []
    ctx.notice.connect(lambda text, kind, details: shown.append((text, kind, details)))
    return shown


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty project with all built-in frameworks, made once; open a copy of it."""
    path = tmp_path_factory.mktemp("empty") / "study.telaah"
    Project.create(path, "Study", "id", None, "Ani").close()
    return path


@pytest.fixture
def project_ctx(ctx: Context, qtbot: QtBot, tmp_path: Path, empty_file: Path, idle: Idle) -> Context:
    """A context on an empty project with all built-in frameworks; Ani codes."""
    with qtbot.waitSignal(ctx.project_opened, timeout=20_000):
        ctx.open_project(Path(shutil.copyfile(empty_file, tmp_path / "study.telaah")))
    idle(ctx)
    return ctx


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample project, built once; open a copy of it."""
    return sample_copy(tmp_path_factory.mktemp("sample") / "sample.telaah", reviewed=False)


@pytest.fixture
def sample_ctx(ctx: Context, qtbot: QtBot, tmp_path: Path, sample_file: Path, idle: Idle) -> Context:
    """A context on a copy of the sample project."""
    path = tmp_path / "sample.telaah"
    shutil.copyfile(sample_file, path)
    with qtbot.waitSignal(ctx.project_opened, timeout=20_000):
        ctx.open_project(path)
    idle(ctx)
    return ctx


@pytest.fixture
def window(ctx: Context, qtbot: QtBot, request: pytest.FixtureRequest) -> MainWindow:
    """The main window on the start page, shown. A project opens in the workspace that the module of the test names as
    FRONT, so that no other one has to be made for it."""
    made = MainWindow(ctx)
    made.places = tuple(sorted(made.places, key=lambda place: place.key != getattr(request.module, "FRONT", None)))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    return made
