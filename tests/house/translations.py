"""Finds every text of the product that is shown to a person, and keeps the Indonesian catalogue complete.

    python -m tests.house.translations        extract, merge into telaah.po, compile telaah.mo, say what is untranslated

English needs no catalogue: the texts in the code are the English ones, plurals included. Texts are found in the parsed
code and not by Babel's own extractor, which knows a call by the name alone: here a text is followed through the name
it was given first (`one, many = "…", "…"`), through conditions, loops over literals, and through functions that hand
a parameter on to `t`, so that none has to be said twice.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
ROOMS = ("app", "coding", "frameworks")
PO = ROOT / "resources" / "translations" / "id" / "LC_MESSAGES" / "telaah.po"
MO = PO.with_suffix(".mo")
WIDTH = 116

# Calls that take a text, and where: its place among the arguments, or its keyword. A pair is singular and plural.
Place = tuple[int, str]
SINGLE: dict[str, Place] = {
    "t": (0, "msgid"),
    "mark": (0, "msgid"),
    "task": (0, "msgid"),
    "operation": (0, "title"),
    "operate": (0, "title"),
}
PAIRS: dict[str, tuple[Place, Place]] = {
    "n": ((0, "singular"), (1, "plural")),
    "Notice": ((0, "msgid"), (2, "plural")),
}


@dataclass(frozen=True, order=True)
class Text:
    """A text in the code: what `gettext` or `ngettext` is asked for."""

    file: str
    line: int
    singular: str
    plural: str | None = None


@dataclass
class Found:
    """All texts, and the places where a text is put together at run time and so can't be translated."""

    texts: list[Text] = field(default_factory=list)
    composed: list[str] = field(default_factory=list)


def extract(root: Path = ROOT) -> Found:
    """Every text in the rooms under `root`, in order of file and line."""
    names = sorted(path for room in ROOMS for path in (root / room).rglob("*.py"))
    modules = {path.relative_to(root).as_posix(): ast.parse(path.read_text("utf-8"), str(path)) for path in names}
    return extract_from(modules)


def extract_from(modules: Mapping[str, ast.Module]) -> Found:
    """Every text in the parsed `modules`, by file name."""
    single = {**SINGLE, **_handed_on(modules)}
    found = Found()
    for file, tree in modules.items():
        reader = _Reader(file, tree, single)
        reader.read()
        found.texts += reader.texts
        found.composed += reader.composed
    found.texts.sort(key=lambda text: (text.file, text.line))
    return found


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _argument(node: ast.Call, place: Place) -> ast.expr | None:
    number, name = place
    if number < len(node.args):
        given = node.args[number]
        return None if any(isinstance(a, ast.Starred) for a in node.args[: number + 1]) else given
    return next((k.value for k in node.keywords if k.arg == name), None)


def _handed_on(modules: Mapping[str, ast.Module]) -> dict[str, Place]:
    """Functions and classes whose caller gives a text: one of their parameters goes on to a call that takes one."""
    known: dict[str, Place] = dict(SINGLE)
    functions = [found for tree in modules.values() for found in _functions(tree, "")]
    while True:
        before = len(known)
        for name, places, calls in functions:
            for call in calls:
                if name not in known and name not in PAIRS and _called(call) in known:
                    given = _argument(call, known[_called(call)])
                    if isinstance(given, ast.Name) and given.id in places:
                        known[name] = (places[given.id], given.id)
        if len(known) == before:
            return known


def _functions(node: ast.AST, owner: str) -> Iterator[tuple[str, dict[str, int], list[ast.Call]]]:
    """Name, parameters and calls of every function that has any; `__init__` goes by the name of its class."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef) and (places := _parameters(child)):
            name = owner if child.name == "__init__" else child.name
            yield name, places, [inside for inside in ast.walk(child) if isinstance(inside, ast.Call)]
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.If | ast.With | ast.Try):
            yield from _functions(child, child.name if isinstance(child, ast.ClassDef) else "")


def _parameters(function: ast.FunctionDef) -> dict[str, int]:
    names = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
    names = names[1:] if names[:1] in (["self"], ["cls"]) else names
    return {name: number for number, name in enumerate(names)} | {a.arg: 99 for a in function.args.kwonlyargs}


class _Reader:
    """The texts of one module."""

    def __init__(self, file: str, tree: ast.Module, single: Mapping[str, Place]) -> None:
        self.texts: list[Text] = []
        self.composed: list[str] = []
        self._file = file
        self._single = single
        self._calls: list[ast.Call] = []
        self._given: dict[str, list[ast.expr]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                self._calls.append(node)
            for target, value in _assignments(node):
                self._given.setdefault(target, []).append(value)

    def read(self) -> None:
        for node in self._calls:
            name = _called(node)
            if name in self._single:
                for text in self._literals(_argument(node, self._single[name])):
                    self._add(node, text)
            elif name in PAIRS:
                one, many = (self._literals(_argument(node, place)) for place in PAIRS[name])
                for number, text in enumerate(one):
                    self._add(node, text, many[number] if number < len(many) else None)

    def _add(self, node: ast.Call, singular: str, plural: str | None = None) -> None:
        if any(letter.isalpha() for letter in singular):
            self.texts.append(Text(self._file, node.lineno, singular, plural))

    def _literals(self, node: ast.expr | None, seen: frozenset[str] = frozenset()) -> list[str]:
        """The strings that `node` can be, as far as the module itself says."""
        if isinstance(node, ast.Constant):
            return [node.value] if isinstance(node.value, str) else []
        if isinstance(node, ast.IfExp):
            return self._literals(node.body, seen) + self._literals(node.orelse, seen)
        if isinstance(node, ast.BoolOp):
            return [text for value in node.values for text in self._literals(value, seen)]
        if isinstance(node, ast.Name) and node.id not in seen:
            values = self._given.get(node.id, [])
            return [text for value in values for text in self._literals(value, seen | {node.id})]
        if isinstance(node, ast.JoinedStr | ast.BinOp) and not seen:
            self.composed.append(f"{self._file}:{node.lineno} {ast.unparse(node)}")
        return []


def _assignments(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Names and what is put under them: by assignment, or by a loop over values written out."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _pairs(target, node.value)
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
        yield from _pairs(node.target, node.value)
    elif isinstance(node, ast.For | ast.comprehension) and isinstance(node.iter, ast.Tuple | ast.List):
        for value in node.iter.elts:
            yield from _pairs(node.target, value)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for one, given in zip(target.elts, value.elts, strict=True):
            yield from _pairs(one, given)


def template(found: Found) -> Catalog:
    """A catalogue of the texts without translations; where one is used is said by file, so that lines can move."""
    catalogue = Catalog(project="Telaah", charset="utf-8")
    plurals = {text.singular for text in found.texts if text.plural is not None}
    for text in found.texts:
        if text.plural is None and text.singular in plurals:
            continue  # `gettext` finds the entry that has a plural too
        files = list(catalogue[_key(text)].locations) if _key(text) in catalogue else []
        files += [] if (text.file, 0) in files else [(text.file, 0)]
        catalogue.add(_key(text), locations=files)
    return catalogue


def _key(text: Text) -> str | tuple[str, str]:
    return text.singular if text.plural is None else (text.singular, text.plural)


def load() -> Catalog:
    """The Indonesian catalogue as it is kept."""
    with PO.open("rb") as file:
        return read_po(file, locale="id", domain="telaah")


def load_compiled() -> Catalog:
    """The Indonesian catalogue as the program reads it."""
    with MO.open("rb") as file:
        return read_mo(file)


def save(catalogue: Catalog) -> None:
    """Write `catalogue` and compile it; texts that are used no more are dropped."""
    with PO.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, ignore_obsolete=True, sort_by_file=True, include_lineno=False)
    with MO.open("wb") as file:
        write_mo(file, catalogue)


def texts_of(catalogue: Catalog) -> dict[str, tuple[str, ...]]:
    """Translations by their first text; more than one where the language has plurals."""
    found = {}
    for message in catalogue:
        if message.id:
            first = message.id if isinstance(message.id, str) else message.id[0]
            strings = message.string
            found[first] = (strings,) if isinstance(strings, str) else tuple(strings or ("",))
    return found


def update(found: Found) -> list[str]:
    """Bring the catalogue up to date with the texts `found`, compile it, and say which wait for a translation."""
    catalogue = load()
    catalogue.update(template(found), no_fuzzy_matching=True, update_creation_date=False)
    save(catalogue)
    return [first for first, strings in texts_of(catalogue).items() if not all(strings)]


def main() -> int:
    """Update the catalogue; 1 when texts wait for a translation."""
    waiting = update(extract())
    for text in waiting:
        print(text)
    print(f"{len(texts_of(load()))} texts, {len(waiting)} without a translation")
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
