"""How things are said to the person: notices, and Qt's own words in Indonesian."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QTranslator

from coding.errors import mark
from coding.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

NoticeKind = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Message:
    """One notice as it stands on screen."""

    text: str
    kind: NoticeKind
    details: str


QT_WORDS = {
    "OK": mark("OK"),
    "Cancel": mark("Cancel"),
    "Yes": mark("Yes"),
    "No": mark("No"),
    "Close": mark("Close"),
    "Save": mark("Save"),
    "Open": mark("Open"),
    "Undo": mark("Undo"),
    "Redo": mark("Redo"),
    "Cut": mark("Cut"),
    "Copy": mark("Copy"),
    "Paste": mark("Paste"),
    "Delete": mark("Delete"),
    "Select All": mark("Select all"),
    "Copy Link Location": mark("Copy the link"),
    "Look in:": mark("Folder:"),
    "File name:": mark("File name:"),
    "Files of type:": mark("Files of type:"),
    "Name": mark("Name"),
    "Size": mark("Size"),
    "Type": mark("Type"),
    "Date Modified": mark("Changed"),
    "New Folder": mark("New folder"),
    "Directory:": mark("Folder:"),
    "Choose": mark("Choose"),
    "Drive": mark("Drive"),
    "File": mark("File"),
    "Folder": mark("Folder"),
    "Computer": mark("Computer"),
    "My Computer": mark("Computer"),
    "Back": mark("Back"),
    "Forward": mark("Forward"),
    "Parent Directory": mark("Folder above"),
    "Create New Folder": mark("New folder"),
    "List View": mark("List"),
    "Detail View": mark("Details"),
    "Rename": mark("Rename"),
    "Recent Places": mark("Recent places"),
    "Show hidden files": mark("Show hidden files"),
    "Show Details...": mark("Show details"),
    "Hide Details...": mark("Hide details"),
    "%1 already exists.\nDo you want to replace it?": mark("%1 is there already. Replace it?"),
    "%1\nFile not found.\nPlease verify the correct file name was given.": mark("%1 is not there."),
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.": mark("%1 is not there."),
    "Are you sure you want to delete '%1'?": mark("Delete “%1”?"),
}
"""What Qt's own menus and dialogs say, without the signs for keys, since Qt has no Indonesian of its own."""


class QtWords(QTranslator):
    """Says Qt's own words in the language of the interface."""

    def __init__(self, words: Callable[[], Words]) -> None:
        super().__init__()
        self._words = words

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:  # type: ignore[override]
        """The word for `source`, or None where it is not ours to say."""
        words = self._words()
        msgid = QT_WORDS.get(source.replace("&", ""))
        return words.t(msgid) if msgid is not None and words.language != "en" else None
