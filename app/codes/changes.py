"""What the code editor does to the project: each is one step of the history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app.codes.tree import Node
from app.context import Context
from app.models.code_book import OPEN_CODES, CodeBook
from coding.codes.adopt import adopt_builtin, read_framework
from coding.codes.editing import new_code, set_color
from coding.codes.links import link, unlink
from coding.codes.merging import merge
from coding.codes.moving import move, move_framework, shift
from coding.codes.own_frameworks import copy_framework, export_framework, import_framework, new_framework
from coding.codes.removing import delete_codes, remove_framework
from coding.codes.rows import CodeRow
from coding.codes.splitting import split
from coding.codes.topics import add_topic, remove_topic, rename_topic, set_topic, shift_topic
from coding.errors import mark
from coding.project import Operation
from coding.store.models import new_guid

NEW_NAMES = {"dimension": mark("New dimension"), "indicator": mark("New indicator"), "open": mark("New code")}

Done = Callable[[Any], None]


class CodeChanges:
    """Queues changes; `wanted` is told which line of the tree to go to once it is there, `failed` that it is not."""

    def __init__(self, ctx: Context, wanted: Callable[[str], None], failed: Callable[[Exception], None]) -> None:
        self._ctx, self._wanted, self._failed = ctx, wanted, failed

    def _do(self, title: str, work: Callable[[Operation], Any], done: Done | None = None, **params: Any) -> None:
        self._ctx.operate(title, work, done, self._failed, **params)

    # codes

    def add(self, book: CodeBook, framework: str, parent: CodeRow | None) -> str:
        """A new code under `parent`, else at the top of the framework (or `OPEN_CODES`); gives its guid."""
        inside = framework != OPEN_CODES
        level = "open" if not inside else "indicator" if parent else "dimension"
        stem, guid = self._ctx.t(NEW_NAMES[level]), new_guid()
        above = parent.guid if parent else None
        taken = {code.label(language).casefold() for code in book.codes_of(framework) if code.parent == above
                 for language in ("id", "en")}  # fmt: skip
        name, number = stem, 2
        while name.casefold() in taken:
            name, number = f"{stem} {number}", number + 1

        def work(op: Operation) -> str:
            return new_code(op, name, framework=framework if inside else None, parent=above, guid=guid)

        self._wanted(guid)
        self._do(mark("Make the code “{code}”"), work, code=name)
        return guid

    def put(self, code: CodeRow, target: Node, place: int) -> None:
        """Put a code into what a line of the tree stands for, at this place among what is there (-1: last)."""
        guid, index = code.guid, None if place < 0 else place
        parent = target.code.guid if target.code else None
        framework = target.framework.key if target.framework else None
        self._wanted(guid)
        self._do(
            mark("Move “{code}”"),
            lambda op: move(op, guid, parent=parent, framework=framework, index=index),
            code=code.label(self._ctx.language),
        )

    def shift(self, node: Node, by: int) -> None:
        """Move a code or a framework up or down."""
        if node.code is not None:
            guid = node.code.guid
            self._do(mark("Move “{code}”"), lambda op: shift(op, guid, by), code=node.code.label(self._ctx.language))
        elif node.framework is not None:
            key = node.framework.key
            name = node.framework.label(self._ctx.language)
            self._do(mark("Move “{code}”"), lambda op: move_framework(op, key, by), code=name)

    def color(self, code: CodeRow, color: int) -> None:
        """Give a code another colour."""
        name = code.label(self._ctx.language)
        self._do(mark("Colour of “{code}”"), lambda op: set_color(op, code.guid, color), code=name)

    def delete(self, codes: Sequence[CodeRow]) -> None:
        """Delete codes with everything on them."""
        guids = [code.guid for code in codes]
        if len(codes) == 1:
            name = codes[0].label(self._ctx.language)
            self._do(mark("Delete the code “{code}”"), lambda op: delete_codes(op, guids), code=name)
        else:
            self._do(mark("Delete {count} codes"), lambda op: delete_codes(op, guids), count=len(guids))

    def merge(self, guids: Sequence[str], stays: CodeRow, as_topics: bool) -> None:
        """Make one code of several."""
        self._wanted(stays.guid)
        name, others = stays.label(self._ctx.language), [guid for guid in guids if guid != stays.guid]

        def work(op: Operation) -> int:
            return merge(op, guids, stays.guid, as_topics=as_topics)

        if len(others) == 1:
            self._do(mark("Merge a code into “{code}”"), work, code=name)
        else:
            self._do(mark("Merge {count} codes into “{code}”"), work, code=name, count=len(others))

    def split(self, code: CodeRow, label_id: str, label_en: str, segments: Sequence[str]) -> None:
        """Take a new code out of one."""
        guid = new_guid()
        self._wanted(guid)
        name = code.label(self._ctx.language)
        self._do(mark("Split “{code}”"), lambda op: split(op, code.guid, label_id, label_en, segments, guid), code=name)

    # topics and mappings

    def add_topic(self, code: str, text: str) -> None:
        self._do(mark("Add the topic “{topic}”"), lambda op: add_topic(op, code, text), topic=text.strip())

    def rename_topic(self, topic: str, text: str) -> None:
        self._do(mark("Rename a topic"), lambda op: rename_topic(op, topic, text))

    def remove_topic(self, topic: str) -> None:
        self._do(mark("Remove a topic"), lambda op: remove_topic(op, topic))

    def shift_topic(self, topic: str, by: int) -> None:
        self._do(mark("Move a topic"), lambda op: shift_topic(op, topic, by))

    def assign(self, topic: str, there: Sequence[str], gone: Sequence[str]) -> None:
        """Put segments under a topic, and others under none."""

        def work(op: Operation) -> None:
            set_topic(op, gone, None)
            set_topic(op, there, topic)

        self._do(mark("Choose the segments of a topic"), work)

    def link(self, code: str, other: str) -> None:
        self._do(mark("Map a code"), lambda op: link(op, code, other))

    def unlink(self, code: str, other: str) -> None:
        self._do(mark("Take back a mapping"), lambda op: unlink(op, code, other))

    # frameworks

    def new_framework(self, book: CodeBook) -> None:
        """An empty framework of the study's own."""
        stem = self._ctx.t("New framework")
        taken = {row.label(language) for row in book.frameworks for language in ("id", "en")}
        name, number = stem, 2
        while name in taken:
            name, number = f"{stem} {number}", number + 1
        self._do(mark("Make the framework “{framework}”"), lambda op: new_framework(op, name), self._wanted,
                 framework=name)  # fmt: skip

    def adopt(self, key: str, name: str) -> None:
        """Adopt a built-in framework."""
        self._wanted(key)
        self._do(mark("Adopt {framework}"), lambda op: adopt_builtin(op, key), framework=name)

    def copy(self, key: str, name: str) -> None:
        """Copy a framework under a key of its own."""
        self._do(mark("Copy {framework}"), lambda op: copy_framework(op, key), self._wanted, framework=name)

    def bring_in(self, path: Path) -> None:
        """Adopt the framework in a file."""

        def work(op: Operation) -> str:
            return import_framework(op, read_framework(path))

        self._do(mark("Import the framework {file}"), work, self._wanted, file=path.name)

    def export(self, key: str, path: Path) -> None:
        """Write a framework as a file."""

        def wrote(count: int) -> None:
            ctx = self._ctx
            ctx.say(ctx.n("{count} code written to {file}", "{count} codes written to {file}", count=count,
                          file=path.name))  # fmt: skip

        self._ctx.read(lambda reader: export_framework(reader, key, path), wrote)

    def remove_framework(self, key: str, name: str) -> None:
        """Take a framework out of the project."""
        self._do(mark("Remove the framework {framework}"), lambda op: remove_framework(op, key), framework=name)
