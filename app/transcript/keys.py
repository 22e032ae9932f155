"""What the keys of the transcript mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

Meaning = Literal[
    "digit", "valence", "remove", "memo", "palette", "step", "edge", "grow", "walk", "find", "in_vivo", "leave",
    "star", "reported", "repeat", "recode", "number_keys", "topic",
]  # fmt: skip

_VALENCES = {"+": "supporting", "-": "inhibiting", "−": "inhibiting", "0": "neutral", ".": None}
_EDGES = {
    "[": ("start", "word"), "]": ("end", "word"), "{": ("start", "sentence"), "}": ("end", "sentence"),
    "<": ("start", "character"), ">": ("end", "character"),
}  # fmt: skip
_EDGE_KEYS: dict[int, str] = {
    Qt.Key.Key_BracketLeft: "[", Qt.Key.Key_BracketRight: "]", Qt.Key.Key_BraceLeft: "{", Qt.Key.Key_BraceRight: "}",
    Qt.Key.Key_Less: "<", Qt.Key.Key_Greater: ">",
}  # fmt: skip
_LETTERS: dict[str, Meaning] = {
    "s": "grow", "o": "walk", "r": "repeat", "c": "recode", "p": "reported", "k": "number_keys", "t": "topic",
    "*": "star",
}  # fmt: skip
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_META = Qt.KeyboardModifier.MetaModifier


@dataclass(frozen=True, slots=True)
class Key:
    """A key press understood: its meaning and what goes with it."""

    meaning: Meaning
    value: Any = None
    single: bool = False


def understand(event: QKeyEvent, singles: bool = True) -> Key | None:
    """The meaning of a key press; None for what a text view does by itself.

    Characters are taken as typed, so that layouts which need Shift or AltGr for them work too. `single` keys are
    characters without Ctrl or Alt. Where a person has switched those off (`singles`), the same with Alt mean the same.
    """
    modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)
    known = _by_key(event.key(), modifiers) or _inward(event.key(), modifiers)
    return known or _by_text(event, modifiers, singles)


def _by_key(key: int, modifiers: Qt.KeyboardModifier) -> Key | None:
    plain: dict[int, Key] = {
        Qt.Key.Key_Return: Key("palette"),
        Qt.Key.Key_Enter: Key("palette"),
        Qt.Key.Key_Delete: Key("remove"),
        Qt.Key.Key_Escape: Key("leave"),
        Qt.Key.Key_F4: Key("step", 1),
    }
    if modifiers == Qt.KeyboardModifier.NoModifier:
        return plain.get(key)
    if modifiers == _SHIFT and key == Qt.Key.Key_F4:
        return Key("step", -1)
    if modifiers == _CONTROL:
        return {Qt.Key.Key_M: Key("memo"), Qt.Key.Key_F: Key("find")}.get(Qt.Key(key))
    if modifiers == _CONTROL | _SHIFT and key == Qt.Key.Key_V:
        return Key("in_vivo")
    return None


def _inward(key: int, modifiers: Qt.KeyboardModifier) -> Key | None:
    """With Ctrl an edge goes inward, whether single characters are switched off or not."""
    if modifiers & ~_SHIFT != _CONTROL or key not in _EDGE_KEYS:
        return None
    return Key("edge", (*_EDGES[_EDGE_KEYS[key]], False))


def _by_text(event: QKeyEvent, modifiers: Qt.KeyboardModifier, singles: bool) -> Key | None:
    # AltGr is Ctrl+Alt on Windows, where it types the brackets of many layouts.
    with_altgr = bool(modifiers & _CONTROL) and bool(modifiers & _ALT)
    alt = bool(modifiers & _ALT) and not with_altgr
    if modifiers & _META or (modifiers & _CONTROL and not with_altgr):
        return None
    text = event.text() or (_typed(event.key()) if alt else "")
    if not text:
        return None
    if text in _EDGES:
        # with Alt inward, where the character alone means outward
        return Key("edge", (*_EDGES[text], not (alt and singles)), single=not alt)
    if alt and singles:
        return None
    if text in "123456789":
        return Key("digit", int(text), single=not alt)
    if text in _VALENCES:
        return Key("valence", _VALENCES[text], single=not alt)
    meaning = _LETTERS.get(text.lower())
    return Key(meaning, single=not alt) if meaning else None


def _typed(key: int) -> str:
    """The character of a key that types none while Alt is held."""
    if key in _EDGE_KEYS:
        return _EDGE_KEYS[key]
    return chr(key).lower() if 0x20 < key < 0x7F else ""
