"""The parser of the command line, with its help in the language of the terminal."""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any, NoReturn

from coding.errors import mark
from coding.words import Words

_HEADS = (
    mark("usage: "), mark("positional arguments"), mark("options"), mark("show this help message and exit"),
    mark("show program's version number and exit"),
)  # fmt: skip
"""What argparse says itself, so that it can be found for the catalogue."""


class Help(argparse.HelpFormatter):
    """Help whose texts are looked up as they are shown."""

    def __init__(self, words: Words, **options: Any) -> None:
        super().__init__(**options)
        self._words = words

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, self._words.t(_HEADS[0]) if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(self._words.t(heading) if heading else heading)

    def add_text(self, text: str | None) -> None:
        super().add_text(self._words.t(text) if text and text is not argparse.SUPPRESS else text)

    def _get_help_string(self, action: argparse.Action) -> str | None:
        return self._words.t(action.help) if action.help else action.help


class Parser(argparse.ArgumentParser):
    """Says in one line which words were wrong, and where help is."""

    def __init__(self, *, words: Words, **options: Any) -> None:
        super().__init__(formatter_class=partial(Help, words), **options)
        self._words = words

    intermixed = False
    """Whether options may stand between the words that are none, also where one of these may be left out."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """The words of a command, as in `argparse`."""
        if not self.intermixed:
            return super().parse_known_args(args, namespace)
        self.intermixed = False  # it comes back here for either kind of words
        # argparse would cut as much from it as the English word before it is long
        self.usage = self.format_usage().partition(": ")[2].strip().replace("%", "%%")
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self.intermixed, self.usage = True, None

    def command(self, commands: Any, name: str, text: str) -> Parser:
        """One more command, with what it is for."""
        made: Parser = commands.add_parser(name, words=self._words, help=mark(text), description=text)
        return made

    def add_argument(self, *names: Any, help: str | None = None, **options: Any) -> argparse.Action:  # noqa: A002
        return super().add_argument(*names, help=mark(help) if help else help, **options)

    def error(self, message: str) -> NoReturn:
        place = f"telaah {self.prog.partition(' ')[2]}".rstrip()
        said = self._words.t("{problem}; see {command} --help", problem=message, command=place)
        self.exit(2, f"telaah: {said}\n")
