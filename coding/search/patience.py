"""Whether a regular expression can be trusted to come to an end.

Python's matcher tries one way after the other. Where a repeated part can be read in two ways (`(a+)+`, `(a|a)*`), each
further letter doubles the ways, and a text that almost fits is never finished with. The expression is read as an
automaton of its letters (Glushkov 1961): it is of that kind when two different ways lead from a letter back to it over
the same text (Weber and Seidl 1991, criterion EDA), over an alphabet of samples.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

LOOP = 9
"""From so many turns on a repeat counts as one without end; fewer are written out."""
MOST = 160
"""Letters of an expression beyond which it is not looked into."""
_SAMPLES = frozenset("aZz059_ \t\n\u00a0.,-'\"!?;:()/éÉß中ॐ\u0301")
_TESTS: dict[str, Callable[[str], bool]] = {
    "DIGIT": str.isdecimal,
    "SPACE": str.isspace,
    "WORD": lambda c: c.isalnum() or c == "_",
    "LINEBREAK": lambda c: c == "\n",
}
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT)
_CLOSED = tuple(getattr(sre, name) for name in ("POSSESSIVE_REPEAT", "ATOMIC_GROUP") if hasattr(sre, name))


@dataclass(slots=True)
class _Part:
    """A part of the expression: letters it may begin and end with, and whether it may be empty."""

    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    empty: bool = True


class _TooLong(Exception):
    pass


class _Automaton:
    """Letters of an expression, what each matches, and in how many ways each may follow another."""

    def __init__(self, flags: int, alphabet: frozenset[str]) -> None:
        self.letters: list[frozenset[str]] = []
        self.follow: list[dict[int, int]] = []
        self.idle = False
        """Whether something repeats that may be nothing."""
        self._inside = False
        self._flags, self._alphabet = flags, alphabet

    def of(self, items: Iterable[tuple[Any, Any]]) -> _Part:
        """Take in a sequence."""
        whole = _Part()
        for operator, value in items:
            whole = self._joined(whole, self._item(operator, value))
        return whole

    def _item(self, operator: Any, value: Any) -> _Part:
        if operator in (sre.LITERAL, sre.NOT_LITERAL, sre.IN, sre.ANY, sre.RANGE, sre.GROUPREF):
            return self._letter(operator, value)
        if operator == sre.SUBPATTERN:
            return self.of(value[-1])
        if operator == sre.BRANCH:
            parts = [self.of(part) for part in value[1]]
            # `(a|a)` comes as an `a` after which there are two ways to go on with nothing
            self.idle |= self._inside and sum(part.empty for part in parts) > 1
            return self._either(parts)
        if operator in _REPEATS:
            return self._repeat(*value)
        if operator in _CLOSED:
            # nothing inside is tried again
            return self._once(value[-1] if isinstance(value, tuple) else value)
        if operator in (sre.ASSERT, sre.ASSERT_NOT):
            self.of(value[1])
        elif operator == sre.GROUPREF_EXISTS:
            return self._either([self.of(part) if part else _Part() for part in value[1:]])
        return _Part()

    def _once(self, items: Iterable[tuple[Any, Any]]) -> _Part:
        before = len(self.letters)
        part = self.of(items)
        for letter in range(before, len(self.letters)):
            self.follow[letter] = {to: 1 for to in self.follow[letter] if to != letter}
        return part

    def _letter(self, operator: Any, value: Any) -> _Part:
        if len(self.letters) >= MOST:
            raise _TooLong
        number = len(self.letters)
        self.letters.append(frozenset(c for c in self._alphabet if _matches(operator, value, c, self._flags)))
        self.follow.append({})
        return _Part([number], [number], False)

    def _either(self, parts: list[_Part]) -> _Part:
        return _Part(
            [n for part in parts for n in part.first],
            [n for part in parts for n in part.last],
            any(part.empty for part in parts),
        )

    def _joined(self, left: _Part, right: _Part) -> _Part:
        self._link(left.last, right.first)
        first = left.first + right.first if left.empty else left.first
        last = left.last + right.last if right.empty else right.last
        return _Part(first, last, left.empty and right.empty)

    def _repeat(self, least: int, most: int, items: Any) -> _Part:
        if most >= LOOP:
            inside, self._inside = self._inside, True
            part = self.of(items)
            self._inside = inside
            self.idle |= part.empty
            self._link(part.last, part.first)
            return _Part(part.first, part.last, part.empty or least == 0)
        whole = _Part()
        for turn in range(most):
            part = self.of(items)
            whole = self._joined(whole, _Part(part.first, part.last, part.empty or turn >= least))
        return whole

    def _link(self, lefts: Iterable[int], rights: list[int]) -> None:
        for left in lefts:
            for right in rights:
                self.follow[left][right] = self.follow[left].get(right, 0) + 1

    # what it is like

    def endless(self) -> bool:
        """Whether two ways lead from a letter back to itself over the same text."""
        component = _components([list(to) for to in self.follow])
        for letter, after in enumerate(self.follow):
            if any(ways > 1 and component[to] == component[letter] for to, ways in after.items()):
                return True
        pairs = {(n, n): n for n in range(len(self.letters))}
        order = list(pairs)
        edges: list[list[int]] = []
        for left, right in order:
            edges.append([])
            for pair in self._next(left, right, component):
                if pair not in pairs:
                    pairs[pair] = len(order)
                    order.append(pair)
                edges[-1].append(pairs[pair])
        found = _components(edges)
        same = {found[number] for number, (left, right) in enumerate(order) if left == right}
        return any(left != right and found[n] in same for n, (left, right) in enumerate(order))

    def _next(self, left: int, right: int, component: list[int]) -> Iterator[tuple[int, int]]:
        """Pairs to which both go over the same letter, within what comes back."""
        for one in self.follow[left]:
            if component[one] == component[left]:
                for other in self.follow[right]:
                    if component[other] == component[right] and self.letters[one] & self.letters[other]:
                        yield one, other

    def crawling(self) -> bool:
        """Whether two repeats that both run over whole lines follow each other directly."""
        wide = {n for n, to in enumerate(self.follow) if n in to and {" ", "a"} <= self.letters[n]}
        return any(other in wide and other != one for one in wide for other in self.follow[one])


def may_never_end(pattern: re.Pattern[str]) -> bool:
    """Whether the pattern can take time without measure on a text of a few lines."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    automaton = _Automaton(pattern.flags, _SAMPLES | frozenset(_literals(tree)))
    try:
        automaton.of(tree)
    except _TooLong:
        return False
    return automaton.idle or automaton.crawling() or automaton.endless()


def _literals(node: Any) -> Iterator[str]:
    """Characters that the expression names."""
    if isinstance(node, tuple) and len(node) == 2 and node[0] in (sre.LITERAL, sre.NOT_LITERAL):
        yield chr(node[1])
        yield chr(node[1]).swapcase()[:1]
    elif isinstance(node, tuple) and len(node) == 2 and node[0] == sre.RANGE:
        yield from map(chr, node[1])
    elif isinstance(node, (list, tuple, parser.SubPattern)):
        for inner in node:
            yield from _literals(inner)


def _matches(operator: Any, value: Any, character: str, flags: int) -> bool:
    if operator == sre.IN:
        negated: bool = value[0][0] == sre.NEGATE
        return negated != any(_matches(kind, one, character, flags) for kind, one in value if kind != sre.NEGATE)
    if operator == sre.ANY:
        return bool(flags & re.DOTALL) or character != "\n"
    if operator == sre.NOT_LITERAL:
        return not _matches(sre.LITERAL, value, character, flags)
    forms = {character, character.lower(), character.upper()} if flags & re.IGNORECASE else {character}
    if operator == sre.LITERAL:
        return chr(value) in forms
    if operator == sre.RANGE:
        return any(len(form) == 1 and value[0] <= ord(form) <= value[1] for form in forms)
    if operator == sre.CATEGORY:
        name = str(value).removeprefix("CATEGORY_").removeprefix("UNI_").removeprefix("LOC_")
        test = _TESTS[name.removeprefix("NOT_")]
        return test(character) != name.startswith("NOT_")
    return True  # what a group found before may be anything


def _components(edges: list[list[int]]) -> list[int]:
    """The strongly connected component of each node (Tarjan 1972, without recursion)."""
    index, low, component = [-1] * len(edges), [0] * len(edges), [-1] * len(edges)
    stack: list[int] = []
    count = parts = 0
    for root in range(len(edges)):
        work = [(root, 0)] if index[root] < 0 else []
        while work:
            node, at = work.pop()
            if index[node] < 0:
                index[node] = low[node] = count
                count += 1
                stack.append(node)
            for place in range(at, len(edges[node])):
                to = edges[node][place]
                if index[to] < 0:
                    work += [(node, place), (to, 0)]
                    break
                if component[to] < 0:
                    low[node] = min(low[node], low[to])
            else:
                if low[node] == index[node]:
                    while True:
                        member = stack.pop()
                        component[member] = parts
                        if member == node:
                            break
                    parts += 1
    return component
