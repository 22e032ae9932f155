"""What was found, as plain values; positions are code points in the stored text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from coding.errors import mark
from coding.words import Notice, Words

Kind = Literal[
    "name", "phone", "national_id", "family_card", "tax_id", "employee_id", "health_id", "account", "plate", "email",
    "handle", "address", "place",
]  # fmt: skip
Certainty = Literal["sure", "likely", "possible"]
RANK: Mapping[str, int] = {"sure": 0, "likely": 1, "possible": 2}

KIND_NAMES: Mapping[Kind, str] = {
    "name": mark("name"),
    "phone": mark("phone number"),
    "national_id": mark("identity number (NIK)"),
    "family_card": mark("family card (KK)"),
    "tax_id": mark("tax number (NPWP)"),
    "employee_id": mark("civil servant number (NIP)"),
    "health_id": mark("health insurance number (BPJS)"),
    "account": mark("bank account"),
    "plate": mark("number plate"),
    "email": mark("e-mail address"),
    "handle": mark("account on the web"),
    "address": mark("address"),
    "place": mark("place name"),
}
CERTAINTY_NAMES: Mapping[Certainty, str] = {
    "sure": mark("sure"),
    "likely": mark("likely"),
    "possible": mark("possible"),
}
SHORT: Mapping[str, Mapping[Kind, str]] = {
    "id": {
        "name": "nama", "phone": "telepon", "national_id": "NIK", "family_card": "KK", "tax_id": "NPWP",
        "employee_id": "NIP", "health_id": "BPJS", "account": "rekening", "plate": "pelat", "email": "surel",
        "handle": "akun", "address": "alamat", "place": "tempat",
    },
    "en": {
        "name": "name", "phone": "phone", "national_id": "ID number", "family_card": "family card",
        "tax_id": "tax number", "employee_id": "staff number", "health_id": "insurance number",
        "account": "bank account", "plate": "plate", "email": "e-mail", "handle": "web account",
        "address": "address", "place": "place",
    },
}  # fmt: skip
"""What stands in a text for each kind, in the language of the study: `[nama 1]`."""


@dataclass(frozen=True, slots=True)
class Hit:
    """`text` at `[start, end)` is probably personal data; `why` says what gave it away, `informant` is whose code."""

    kind: Kind
    start: int
    end: int
    text: str
    certainty: Certainty
    why: Notice
    informant: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: in which source, and the words around it on one line."""

    source: str
    name: str
    start: int
    end: int
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """All places of one text of one kind; `suggestion` is what could stand there instead. The certainty is that of the
    surest place."""

    kind: Kind
    text: str
    certainty: Certainty
    why: Notice
    informant: str | None
    suggestion: str
    places: tuple[Place, ...]

    @property
    def advised(self) -> bool:
        """Whether it is ticked from the start: place names are for the researcher to decide, and so are guesses."""
        return self.kind != "place" and self.certainty != "possible"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be replaced by what, where: (guid of the source, start, end)."""

    kind: Kind
    text: str
    replacement: str
    places: tuple[tuple[str, int, int], ...]


def kind_name(kind: str, words: Words) -> str:
    """`kind` as it is shown."""
    return words.t(KIND_NAMES[kind])  # type: ignore[index]
