"""Every text of the product exists in Indonesian, whole, in the agreed terms, and compiled as it is written."""

import ast
import re
import shutil
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from coding.errors import MESSAGES
from coding.words import Words
from tests.house import translations as tool

# An English term and what must stand for it, beginnings of words (DOMAIN.md §1); each has one Indonesian word.
TERMS = {
    r"\bcoded segments?\b": ("segmen terkode",),
    r"\bsegments?\b": ("segmen",),
    r"\bpassages?\b": ("petikan",),
    r"\bexemplars?\b": ("kutipan pilihan",),
    r"\binformants?\b": ("informan",),
    r"\bcoders?\b": ("pengode",),
    r"\bturns?\b": ("giliran",),
    r"\bframeworks?\b": ("kerangka",),
    r"\bdimensions?\b": ("dimensi",),
    r"\bindicators?\b": ("indikator",),
    r"\bfindings\b": ("temuan",),
    r"\bconclusions?\b": ("simpulan",),
    r"\bjudgements?\b": ("penilaian", "dinilai"),
    r"\bverdicts?\b": ("putusan",),
    r"\bsources?\b": ("sumber",),
    r"\bmemos?\b": ("memo",),
    r"\bprojects?\b": ("proyek",),
    r"\bthreshold\b": ("ambang",),
    r"\bvoices?\b": ("suara",),
    r"\bsupports?\b|\bsupporting\b": ("dukung",),
    r"\binhibits?\b|\binhibiting\b": ("hambat",),
    r"\bdirections?\b": ("arah",),
    r"\btag(?:ged|s)?\b": ("kode", "mengode"),
    r"\bfiles?\b": ("berkas", "{file}"),
    r"\btranscripts?\b": ("transkrip",),
}
# Values typed on the command line stay as they are typed there.
AS_TYPED = re.compile(r"gunakan .*\b(?:supporting|key)\b")

# Calls that put their first argument on the screen, and the words that are the same in every language.
SHOWN = {
    *("setText", "setToolTip", "setPlaceholderText", "setAccessibleName", "setAccessibleDescription", "setWindowTitle"),
    *("setStatusTip", "setTitle", "setLabelText", "setInformativeText", "setPlainText", "setHtml", "set_text"),
    *("set_caption", "addAction", "addMenu", "addItem", "QLabel", "QPushButton", "QCheckBox", "QRadioButton"),
    *("QGroupBox", "QAction", "QMenu", "label", "button", "ElidedLabel", "SectionHeader", "say"),
}
NAMES = {"Telaah", "Ctrl", "Shift", "Alt", "Enter", "Esc", "Del", "Tab"}


@pytest.fixture(scope="module")
def found() -> tool.Found:
    return tool.extract()


@pytest.fixture(scope="module")
def kept() -> dict[str, tuple[str, ...]]:
    """What is translated."""
    return {text: strings for text, strings in tool.texts_of(tool.load()).items() if all(strings)}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_text_has_a_translation(found: tool.Found, kept: dict[str, tuple[str, ...]]) -> None:
    missing = [f"{text.file}:{text.line} {text.singular}" for text in found.texts if text.singular not in kept]
    assert missing == [], "run python -m tests.house.translations, then translate what it names"


def test_the_catalogue_holds_what_is_used_and_no_more(found: tool.Found) -> None:
    wanted = {message.id for message in tool.template(found) if message.id}
    assert {message.id for message in tool.load() if message.id} == wanted


def test_nothing_is_guessed() -> None:
    assert [message.id for message in tool.load() if message.id and message.fuzzy] == []


def test_what_is_compiled_is_what_is_written(kept: dict[str, tuple[str, ...]]) -> None:
    assert tool.texts_of(tool.load_compiled()) == kept, "run python -m tests.house.translations"


def test_no_text_is_put_together_before_it_is_translated(found: tool.Found) -> None:
    assert found.composed == []


def test_placeholders_are_kept() -> None:
    wrong = []
    for message in tool.load():
        if message.id:
            texts = (message.id,) if isinstance(message.id, str) else message.id
            strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            if all(strings) and {frozenset(placeholders(one)) for one in strings} != {
                frozenset(placeholders(texts[-1]))
            }:
                wrong.append((texts[-1], strings))
    assert wrong == []


def test_one_and_many_have_the_same_placeholders(found: tool.Found) -> None:
    """The one form may name the count in words; everything else stands in both."""
    pairs = [text for text in found.texts if text.plural is not None]
    assert pairs
    assert [
        text for text in pairs if placeholders(text.singular) | {"count"} != placeholders(text.plural or "") | {"count"}
    ] == []


def test_one_text_has_one_plural(found: tool.Found) -> None:
    plurals: dict[str, set[str]] = {}
    for text in found.texts:
        if text.plural is not None:
            plurals.setdefault(text.singular, set()).add(text.plural)
    assert {one: many for one, many in plurals.items() if len(many) > 1} == {}


@pytest.mark.parametrize("mark", ["…", ".", "?", ":", ")"])
def test_a_translation_ends_as_the_text_does(kept: dict[str, tuple[str, ...]], mark: str) -> None:
    assert {text: strings for text, strings in kept.items() if text.endswith(mark) != strings[0].endswith(mark)} == {}


def test_a_translation_begins_small_or_large_as_the_text_does(kept: dict[str, tuple[str, ...]]) -> None:
    wrong = {
        text: strings
        for text, strings in kept.items()
        if text[0].isalpha() and strings[0][0].isalpha() and text[0].isupper() != strings[0][0].isupper()
    }
    assert wrong == {}


def test_quotation_marks_are_the_typographic_ones(kept: dict[str, tuple[str, ...]]) -> None:
    for text, strings in kept.items():
        for one in (text, *strings):
            assert '"' not in one, one
            assert one.count("“") == one.count("”"), one


@pytest.mark.parametrize("term", TERMS)
def test_terms_are_the_agreed_ones(kept: dict[str, tuple[str, ...]], term: str) -> None:
    wrong = {
        text: said[0]
        for text, said in kept.items()
        if re.search(term, re.sub(r"\{\w+\}", "", text), re.IGNORECASE)
        and not any(word in said[0].casefold() for word in TERMS[term])
        and not AS_TYPED.search(said[0])
    }
    assert wrong == {}


@pytest.mark.parametrize("code", MESSAGES)
def test_an_error_is_one_sentence_in_both_languages(code: str) -> None:
    params = dict.fromkeys(placeholders(MESSAGES[code]), "X")
    english, indonesian = (Words(language).t(MESSAGES[code], **params) for language in ("en", "id"))
    assert english != indonesian
    for sentence in (english, indonesian):
        assert "{" not in sentence
        assert not sentence.endswith(".")
        assert sentence[0] == "“" or not sentence[0].isupper() or sentence.startswith(("X", "Telaah"))


def test_the_window_speaks_both_languages() -> None:
    assert Words("id").t("there is nothing to undo") == "tidak ada yang dapat diurungkan"
    assert Words("en").t("there is nothing to undo") == "there is nothing to undo"
    assert Words("id").n("{count} coded segment", "{count} coded segments", count=1234) == "1.234 segmen terkode"
    assert [
        Words("en").n("{count} coded segment", "{count} coded segments", count=count) for count in (0, 1, 1234)
    ] == [
        "0 coded segments",
        "1 coded segment",
        "1,234 coded segments",
    ]


def test_texts_are_found_however_they_are_given() -> None:
    code = """
HEADS = (mark("Head of a table"),)
TITLE = "Title of an operation"
class Row:
    def __init__(self, ctx, caption): self.caption = ctx.t(caption)
def show(ctx, count, late, Notice):
    ctx.t("direct", name=count)
    ctx.t("late" if late else "early")
    one, many = "{count} thing", "{count} things"
    ctx.n(one, many, count=count)
    for head in ("First", "Second"): ctx.t(head)
    [ctx.t(h) for h in ("Third", "Fourth")]
    Notice("{count} egg", (), "{count} eggs"), Notice("no egg"), Notice("{count} hen", plural="{count} hens")
    Row(ctx, "Caption")
    project.operation(TITLE), ctx.operate("Another title", None), ctx.t("–"), ctx.t(f"made of {count}")
"""
    found = tool.extract_from({"app/example.py": ast.parse(code)})
    assert {(text.singular, text.plural) for text in found.texts} == {
        *((one, None) for one in ("Head of a table", "Title of an operation", "direct", "late", "early", "First")),
        *((one, None) for one in ("Second", "Third", "Fourth", "no egg", "Caption", "Another title")),
        *((f"{{count}} {one}", f"{{count}} {one}s") for one in ("thing", "egg", "hen")),
    }
    assert [place.split(" ")[0] for place in found.composed] == ["app/example.py:15"]


def test_a_new_text_waits_and_an_old_one_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool, "PO", tmp_path / tool.PO.name)
    monkeypatch.setattr(tool, "MO", tmp_path / tool.MO.name)
    shutil.copy(Path(__file__).parents[2] / "resources/translations/id/LC_MESSAGES/telaah.po", tool.PO)
    code = 'words.t("there is nothing to undo"); words.t("a text that is new")'
    found = tool.extract_from({"app/example.py": ast.parse(code)})
    assert tool.update(found) == ["a text that is new"]
    with tool.PO.open("rb") as file:
        assert {message.id for message in read_po(file) if message.id} == {
            "there is nothing to undo",
            "a text that is new",
        }
    assert tool.texts_of(tool.load_compiled()) == {"there is nothing to undo": ("tidak ada yang dapat diurungkan",)}


def test_no_words_are_shown_past_the_catalogue(product: dict[str, ast.Module]) -> None:
    """What is put on the screen as it stands has no words in it but names and keys."""
    bare = [
        f"{name}:{node.lineno} {text}"
        for name, tree in product.items()
        if name.startswith("app/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and node.args and called(node) in SHOWN
        for text in pieces(node.args[0])
        if set(re.findall(r"[^\W\d_]{3,}", re.sub(r"<[^>]*>", "", text))) - NAMES
    ]
    assert bare == []


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def pieces(node: ast.expr) -> list[str]:
    """The text that stands in the code itself."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        return [text for part in node.values for text in pieces(part)]
    if isinstance(node, ast.BinOp):
        return pieces(node.left) + pieces(node.right)
    if isinstance(node, ast.IfExp):
        return pieces(node.body) + pieces(node.orelse)
    return []
