"""Write a framework as a file that people can read and change by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from frameworks.model import NODE_PHRASES, NODE_TEXTS, Framework

_WIDTH = 120
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}


def to_toml(framework: Framework) -> str:
    """The framework as the text of a framework file; `loader.parse` makes an equal framework of it again."""
    data = framework.to_dict()
    lines = [f"key = {_quoted(framework.key)}", f"edition = {framework.edition}", _label(data["label"])]
    lines += _texts("description", data.get("description", {}))
    if literature := data.get("literature"):
        lines.append(_list("literature", literature))
    for dimension in data["dimension"]:
        lines += ["", "[[dimension]]", *_node(dimension)]
        for indicator in dimension.get("indicator", []):
            lines += ["", "[[dimension.indicator]]", *_node(indicator)]
    return "\n".join(lines) + "\n"


def _node(data: Mapping[str, Any]) -> Iterator[str]:
    yield f"key = {_quoted(data['key'])}"
    yield _label(data["label"])
    for name in NODE_TEXTS[1:]:
        yield from _texts(name, data.get(name, {}))
    for name in NODE_PHRASES:
        for language, phrases in data.get(name, {}).items():
            yield _list(f"{name}.{language}", phrases)
    if literature := data.get("literature"):
        yield _list("literature", literature)


def _label(label: Mapping[str, str]) -> str:
    parts = ", ".join(f"{language} = {_quoted(text)}" for language, text in label.items())
    return f"label = {{ {parts} }}"


def _texts(name: str, texts: Mapping[str, str]) -> Iterator[str]:
    for language, text in texts.items():
        yield f"{name}.{language} = {_quoted(text)}"


def _list(name: str, items: Sequence[str]) -> str:
    """The list on one line where it fits, else filled into lines of at most 120 columns."""
    quoted = [_quoted(item) for item in items]
    line = f"{name} = [{', '.join(quoted)}]"
    if len(line) <= _WIDTH:
        return line
    rows: list[str] = []
    for item in quoted:
        if rows and len(rows[-1]) + len(item) + 2 <= _WIDTH:
            rows[-1] += f" {item},"
        else:
            rows.append(f"  {item},")
    return "\n".join([f"{name} = [", *rows, "]"])


def _quoted(text: str) -> str:
    """The text as a TOML basic string. Other control characters are not allowed in one and are escaped by number."""
    return (
        '"'
        + "".join(_ESCAPES.get(c) or (f"\\u{ord(c):04X}" if ord(c) < 32 or ord(c) == 127 else c) for c in text)
        + '"'
    )
