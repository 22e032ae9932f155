"""What is wrong with a framework file, in words that name the file, the place and the reason."""

from __future__ import annotations

from frameworks.model import Bilingual

REASONS: dict[str, Bilingual] = {
    "unreadable": Bilingual("berkas tidak dapat dibaca ({detail})", "the file cannot be read ({detail})"),
    "too_large": Bilingual(
        "berkas lebih besar daripada batas {limit} byte", "the file is larger than the limit of {limit} bytes"
    ),
    "not_utf8": Bilingual("baris {line} bukan teks UTF-8", "line {line} is not UTF-8 text"),
    "syntax": Bilingual(
        "baris {line}, kolom {column} bukan TOML yang benar ({detail})",
        "line {line}, column {column} is not valid TOML ({detail})",
    ),
    "too_deep": Bilingual("isinya bersarang terlalu dalam", "it is nested too deeply"),
    "unknown_key": Bilingual("kunci “{name}” tidak dikenal", "the key “{name}” is unknown"),
    "unknown_key_near": Bilingual(
        "kunci “{name}” tidak dikenal; mungkin maksudnya “{suggestion}”",
        "the key “{name}” is unknown; perhaps “{suggestion}” is meant",
    ),
    "missing": Bilingual("bagian ini wajib ada", "this part is required"),
    "empty": Bilingual("teksnya kosong", "the text is empty"),
    "wrong_type": Bilingual(
        "seharusnya {expected}, tetapi isinya {found}", "it should be {expected}, but it is {found}"
    ),
    "duplicate_key": Bilingual(
        "kunci “{name}” sudah dipakai di bawah induk yang sama",
        "the key “{name}” is already used under the same parent",
    ),
    "bad_key": Bilingual(
        "“{value}” tidak dapat menjadi kunci; pakai huruf kecil a sampai z, angka, dan garis bawah, diawali huruf",
        "“{value}” cannot be a key; use the lower-case letters a to z, digits and underscores, beginning with a letter",
    ),
    "bad_edition": Bilingual(
        "edisi harus bilangan bulat mulai dari 1, bukan {value}",
        "the edition must be a whole number from 1 upwards, not {value}",
    ),
    "no_dimensions": Bilingual("kerangka ini tidak mempunyai dimensi", "the framework has no dimension"),
}
"""The reasons a file is refused for, by code; the names in braces are the parameters."""

KINDS: dict[str, Bilingual] = {
    "text": Bilingual("teks", "a text"),
    "integer": Bilingual("bilangan bulat", "a whole number"),
    "number": Bilingual("bilangan pecahan", "a decimal number"),
    "boolean": Bilingual("benar/salah", "true or false"),
    "date": Bilingual("tanggal atau jam", "a date or time"),
    "list": Bilingual("daftar", "a list"),
    "table": Bilingual("tabel", "a table"),
    "texts": Bilingual("daftar teks", "a list of texts"),
    "languages": Bilingual("tabel dengan id dan en", "a table with id and en"),
    "tables": Bilingual("tabel berulang [[…]]", "repeated tables [[…]]"),
}
"""Kinds of value, as named in the parameters `expected` and `found` of the code `wrong_type`."""


class FrameworkError(Exception):
    """A framework file cannot be used.

    `file` is the name it was given under, `key` the dotted place in it (empty when the whole file is meant), `code`
    one of `REASONS` and `params` that reason's parameters. `reason` is the reason in English; `str()` is the whole
    sentence.
    """

    def __init__(self, file: str, key: str, code: str, **params: str | int) -> None:
        self.file = file
        self.key = key
        self.code = code
        self.params = params
        super().__init__(self.sentence("en"))

    @property
    def reason(self) -> str:
        """The reason in English, without file and key."""
        return self.reason_in("en")

    def reason_in(self, language: str) -> str:
        """The reason in `language` (`id` or `en`), without file and key."""
        words = {
            name: KINDS[value].in_(language) if name in ("expected", "found") and value in KINDS else value
            for name, value in self.params.items()
            if isinstance(value, (str, int))
        }
        return REASONS[self.code].in_(language).format(**words)

    def sentence(self, language: str) -> str:
        """One sentence in `language` that gives file, key and reason."""
        place = f"{self.file}, {self.key}" if self.key else self.file
        return f"{place}: {self.reason_in(language)}."
