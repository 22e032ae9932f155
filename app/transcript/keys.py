"""What the keys of the transcript mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

Meaning = Literal[
    "digit", "valence", "remove", "memo", "palette", "step", "edge", "grow", "walk", "find", "in_vivo", "leave"
]

_VALENCES = {"+": "supporting", "-": "inhibiting", "−": "inhibiting", "0": "neutral", ".": None}
_EDGES = {"[": ("start", "word"), "]": ("end", "word"), "{": ("start", "sentence"), "}": ("end", "sentence")}
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


def understand(event: QKeyEvent) -> Key | None:
    """The meaning of a key press; None for what a text view does by itself.

    Characters are taken as typed, so that layouts which need Shift or AltGr for them work too. `single` keys are
    characters without Ctrl: those that a person can switch off.
    """
    modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)
    return _by_key(event.key(), modifiers) or _by_text(event.text(), modifiers)


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


def _by_text(text: str, modifiers: Qt.KeyboardModifier) -> Key | None:
    # AltGr is Ctrl+Alt on Windows, where it types the brackets of many layouts.
    with_altgr = bool(modifiers & _CONTROL) and bool(modifiers & _ALT)
    alt = bool(modifiers & _ALT) and not with_altgr
    if modifiers & _META or (modifiers & _CONTROL and not with_altgr):
        return None
    if text in _EDGES and text:
        return Key("edge", (*_EDGES[text], not alt), single=not alt)
    if alt or not text:
        return None
    if text in "123456789":
        return Key("digit", int(text), single=True)
    if text in _VALENCES:
        return Key("valence", _VALENCES[text], single=True)
    if text in ("s", "S"):
        return Key("grow", single=True)
    if text in ("o", "O"):
        return Key("walk", single=True)
    return None
