"""Read and check framework files: the built-in ones and the user's own."""

from __future__ import annotations

import datetime as dt
import difflib
import functools
import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from frameworks.errors import FrameworkError
from frameworks.model import (
    LANGUAGES,
    NODE_PHRASES,
    NODE_TEXTS,
    Bilingual,
    Dimension,
    Framework,
    Indicator,
    Phrases,
)

MAX_BYTES = 1_000_000
"""The largest framework file that is read, in bytes."""

_BUILTIN = ("edward3", "jones", "dwiyanto", "factors", "effectiveness")
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_FRAMEWORK_KEYS = ("key", "edition", "label", "description", "literature", "dimension")
_INDICATOR_KEYS = ("key", *NODE_TEXTS, *NODE_PHRASES, "literature")
_DIMENSION_KEYS = (*_INDICATOR_KEYS, "indicator")
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
# tomllib's time grows with the square of the parts of a dotted key; no real file has a key of more than three. The
# expression itself takes linear time: it starts only where a part starts and never goes back.
_LONG_DOTTED_KEY = re.compile(
    r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){16}""",
)


def builtin_keys() -> tuple[str, ...]:
    """The keys of the built-in frameworks, in the order they are offered in."""
    return _BUILTIN


@functools.cache
def load_builtin(key: str) -> Framework:
    """The newest edition of the built-in framework `key`. Raises KeyError when there is none of that key."""
    if key not in _BUILTIN:
        raise KeyError(key)
    file = resources.files("frameworks") / "data" / f"{key}.toml"
    return parse(file.read_text(encoding="utf-8"), file.name)


def load_file(path: Path) -> Framework:
    """The framework in a file of the user's own. Raises FrameworkError when it cannot be read or is not one."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FrameworkError(path.name, "", "unreadable", detail=error.strerror or type(error).__name__) from error
    if len(data) > MAX_BYTES:
        raise FrameworkError(path.name, "", "too_large", limit=MAX_BYTES)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FrameworkError(path.name, "", "not_utf8", line=line) from error
    return parse(text, path.name)


def parse(text: str, file_name: str) -> Framework:
    """The framework written in `text` (TOML). A byte-order mark before it is accepted.

    Raises FrameworkError, which names `file_name`, when it is not a framework.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > MAX_BYTES:
        raise FrameworkError(file_name, "", "too_large", limit=MAX_BYTES)
    if _LONG_DOTTED_KEY.search(text):
        raise FrameworkError(file_name, "", "too_deep")
    try:
        data = tomllib.loads(text)
    except RecursionError as error:
        raise FrameworkError(file_name, "", "too_deep") from error
    except ValueError as error:
        raise _syntax_error(file_name, text, str(error)) from error
    return from_dict(data, file_name)


def from_dict(data: Mapping[str, Any], file_name: str) -> Framework:
    """The framework in plain data of the shape of a framework file, as `Framework.to_dict` gives it.

    Raises FrameworkError, which names `file_name`, when something in it is missing, unknown or of the wrong type.
    """
    reader = _Reader(file_name)
    reader.known(data, _FRAMEWORK_KEYS, "")
    return Framework(
        key=reader.key(data, "key"),
        edition=reader.edition(data),
        label=reader.label(data, "label"),
        description=reader.text(data, "description", "description"),
        literature=reader.texts(data.get("literature", []), "literature"),
        dimensions=reader.dimensions(data),
    )


def _syntax_error(file_name: str, text: str, message: str) -> FrameworkError:
    place = _PLACE.search(message)
    detail = message[: place.start()] if place else message
    last = text.rstrip().rpartition("\n")
    line, column = text.rstrip().count("\n") + 1, len(last[2]) + 1
    if place and place[1]:
        line, column = int(place[1]), int(place[2])
    return FrameworkError(file_name, "", "syntax", line=line, column=column, detail=detail)


def _kind(value: object) -> str:
    """The name of the value's kind in `errors.KINDS`."""
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, "boolean"),
        (str, "text"),
        (int, "integer"),
        (float, "number"),
        ((dt.date, dt.time), "date"),
        ((list, tuple), "list"),
        (Mapping, "table"),
    )
    return next((name for kind, name in kinds if isinstance(value, kind)), type(value).__name__)


class _Reader:
    """Takes the parts of one file and refuses what is wrong, with the dotted place it stands at."""

    def __init__(self, file_name: str) -> None:
        self._file = file_name

    def _error(self, place: str, code: str, **params: str | int) -> FrameworkError:
        return FrameworkError(self._file, place, code, **params)

    def _wrong_type(self, place: str, expected: str, value: object) -> FrameworkError:
        return self._error(place, "wrong_type", expected=expected, found=_kind(value))

    def known(self, data: Mapping[str, Any], names: tuple[str, ...], place: str) -> None:
        for name in data:
            if name in names:
                continue
            near = difflib.get_close_matches(str(name).lower(), names, n=1)
            where = _join(place, str(name))
            if near:
                raise self._error(where, "unknown_key_near", name=str(name), suggestion=near[0])
            raise self._error(where, "unknown_key", name=str(name))

    def key(self, data: Mapping[str, Any], place: str) -> str:
        if "key" not in data:
            raise self._error(place, "missing")
        value = data["key"]
        if not isinstance(value, str):
            raise self._wrong_type(place, "text", value)
        if not _KEY.fullmatch(value):
            raise self._error(place, "bad_key", value=value)
        return value

    def edition(self, data: Mapping[str, Any]) -> int:
        if "edition" not in data:
            raise self._error("edition", "missing")
        value = data["edition"]
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong_type("edition", "integer", value)
        if value < 1:
            raise self._error("edition", "bad_edition", value=value)
        return value

    def label(self, data: Mapping[str, Any], place: str) -> Bilingual:
        if "label" not in data:
            raise self._error(place, "missing")
        label = self.text(data, "label", place)
        for language in LANGUAGES:
            if not getattr(label, language):
                raise self._error(_join(place, language), "missing")
        return label

    def _languages(self, value: object, place: str) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise self._wrong_type(place, "languages", value)
        self.known(value, LANGUAGES, place)
        return dict(value)

    def _one_text(self, value: object, place: str) -> str:
        if not isinstance(value, str):
            raise self._wrong_type(place, "text", value)
        if not value.strip():
            raise self._error(place, "empty")
        return value.strip()

    def text(self, data: Mapping[str, Any], name: str, place: str) -> Bilingual:
        parts = self._languages(data.get(name, {}), place)
        return Bilingual(**{language: self._one_text(text, _join(place, language)) for language, text in parts.items()})

    def texts(self, value: object, place: str) -> tuple[str, ...]:
        if not isinstance(value, (list, tuple)):
            raise self._wrong_type(place, "texts", value)
        return tuple(self._one_text(text, f"{place}[{number}]") for number, text in enumerate(value, 1))

    def phrases(self, data: Mapping[str, Any], name: str, place: str) -> Phrases:
        parts = self._languages(data.get(name, {}), place)
        return Phrases(**{language: self.texts(texts, _join(place, language)) for language, texts in parts.items()})

    def _tables(self, value: object, place: str) -> list[Mapping[str, Any]]:
        if not isinstance(value, (list, tuple)):
            raise self._wrong_type(place, "tables", value)
        for number, table in enumerate(value, 1):
            if not isinstance(table, Mapping):
                raise self._wrong_type(f"{place}[{number}]", "table", table)
        return list(value)

    def _node(self, data: Mapping[str, Any], place: str) -> dict[str, Any]:
        fields: dict[str, Any] = {"label": self.label(data, _join(place, "label"))}
        for name in NODE_TEXTS[1:]:
            fields[name] = self.text(data, name, _join(place, name))
        for name in NODE_PHRASES:
            fields[name] = self.phrases(data, name, _join(place, name))
        fields["literature"] = self.texts(data.get("literature", []), _join(place, "literature"))
        return fields

    def _keyed(
        self, tables: list[Mapping[str, Any]], names: tuple[str, ...], place: str
    ) -> list[tuple[str, Mapping[str, Any]]]:
        """The tables with their keys, each key once."""
        keyed: dict[str, Mapping[str, Any]] = {}
        for number, table in enumerate(tables, 1):
            where = f"{place}[{number}].key"
            if "key" not in table:
                # A misspelt "key" is better named as such than as missing.
                self.known(table, names, f"{place}[{number}]")
            key = self.key(table, where)
            if key in keyed:
                raise self._error(where, "duplicate_key", name=key)
            keyed[key] = table
        return list(keyed.items())

    def dimensions(self, data: Mapping[str, Any]) -> tuple[Dimension, ...]:
        tables = self._tables(data.get("dimension", []), "dimension")
        if not tables:
            raise self._error("dimension", "no_dimensions")
        dimensions = []
        for key, table in self._keyed(tables, _DIMENSION_KEYS, "dimension"):
            self.known(table, _DIMENSION_KEYS, key)
            indicators = self._indicators(table, key)
            dimensions.append(Dimension(key=key, indicators=indicators, **self._node(table, key)))
        return tuple(dimensions)

    def _indicators(self, data: Mapping[str, Any], dimension: str) -> tuple[Indicator, ...]:
        tables = self._tables(data.get("indicator", []), _join(dimension, "indicator"))
        indicators = []
        for key, table in self._keyed(tables, _INDICATOR_KEYS, _join(dimension, "indicator")):
            place = _join(dimension, key)
            self.known(table, _INDICATOR_KEYS, place)
            indicators.append(Indicator(key=key, **self._node(table, place)))
        return tuple(indicators)


def _join(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
