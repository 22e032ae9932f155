"""The text of a rich text file (.rtf)."""

from __future__ import annotations

import re

from coding.errors import CodingError

_CELL = re.compile(r"\\cell(?![a-z])")
_NEST_CELL = re.compile(r"\\nestcell(?![a-z])")


def rtf_text(file_name: str, data: bytes) -> str:
    """What the file says, table cells parted by tabs. Raises CodingError("source_not_rtf")."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise CodingError("source_not_rtf", file=file_name)
    from striprtf.striprtf import rtf_to_text

    source = _NEST_CELL.sub(r"\\tab ", _CELL.sub(r"\\tab ", data.decode("latin-1")))
    try:
        text: str = rtf_to_text(source, errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError) as error:
        raise CodingError("source_not_rtf", file=file_name) from error
    # a character beyond the first plane comes as two halves
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return re.sub(r"\t+(?=\n|$)", "", whole)
