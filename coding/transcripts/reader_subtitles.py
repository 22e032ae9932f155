"""Subtitles as transcribers write them (.srt, .vtt): what is said, who says it, and when."""

from __future__ import annotations

import re

from coding.errors import CodingError
from coding.text import normalise
from coding.transcripts.anchors import Anchor

_TAGS = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,100}\}")


def subtitle_text(file_name: str, text: str, kind: str) -> tuple[str, tuple[Anchor, ...]]:
    """The cues of `text` (`kind` is srt or vtt), one line each; cues that follow one another by one named voice are one
    line. Each cue's start is an anchor of kind `time`, in seconds. Raises CodingError("source_not_subtitles")."""
    import io

    import webvtt

    try:
        cues = webvtt.from_buffer(io.StringIO(text), format=kind).captions
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError, ValueError, IndexError) as error:
        raise CodingError("source_not_subtitles", file=file_name) from error
    if not cues:
        raise CodingError("source_not_subtitles", file=file_name)
    pieces: list[str] = []
    anchors: list[Anchor] = []
    at, before = 0, None
    for cue in cues:
        said = " ".join(_TAGS.sub("", normalise(cue.raw_text)).split())
        if not said:
            continue
        voice = " ".join(normalise(cue.voice or "").split()) or None
        if not pieces:
            lead = ""
        else:
            lead = " " if voice is not None and voice == before else "\n"
        label = f"{voice}: " if voice is not None and (lead != " ") else ""
        anchors.append((at + len(lead) + len(label), "time", float(cue.start_in_seconds) + _fraction(cue.start)))
        piece = f"{lead}{label}{said}"
        pieces.append(piece)
        at += len(piece)
        before = voice
    return "".join(pieces), tuple(anchors)


def _fraction(stamp: str) -> float:
    """The part of a second in `00:00:01.250`."""
    _, _, digits = stamp.replace(",", ".").rpartition(".")
    return int(digits[:3].ljust(3, "0")) / 1000 if digits.isdecimal() and "." in stamp.replace(",", ".") else 0.0
