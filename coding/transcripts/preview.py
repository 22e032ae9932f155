"""What a project knows already, for looking at drafts before they are stored."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select

from coding.project import Reader
from coding.store.models import Informant, Source, SourceText, Turn, text_hash
from coding.transcripts.drafts import Draft, LabelChoice
from coding.transcripts.identity import KnownInformant
from coding.transcripts.intake import known_in


@dataclass(frozen=True, slots=True)
class Known:
    """Names of sources by the hash of their text and by that of their file, all names of sources, informants, and who
    speaks behind each label that stands for the same person, or at least always for informants or the researcher."""

    texts: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    informants: tuple[KnownInformant, ...] = ()
    labels: dict[str, LabelChoice] = field(default_factory=dict)

    def twin(self, draft: Draft) -> str | None:
        """The name of the source that has the draft's very text, or was made of its very file and has been changed
        since; None when there is none."""
        return self.texts.get(text_hash(draft.text)) or self.files.get(draft.file_hash)

    def changed(self, draft: Draft) -> bool:
        """Whether a source was made of the draft's very file and has another text by now."""
        return draft.file_hash in self.files and text_hash(draft.text) not in self.texts


def known(project: Reader) -> Known:
    """What the project knows. Labels are case folded."""
    with project.read() as session:
        sources = session.execute(select(SourceText.hash, Source.name, Source.file_hash).join(Source)).all()
        spoken = session.execute(
            select(Turn.label, Turn.kind, Informant.code).outerjoin(Informant).where(Turn.label != "").distinct()
        )
        meanings: dict[str, set[LabelChoice]] = {}
        for label, kind, code in spoken:
            meanings.setdefault(label.casefold(), set()).add(LabelChoice(kind, code))  # type: ignore[arg-type]
        return Known(
            texts={row.hash: row.name for row in sources},
            files={row.file_hash: row.name for row in sources if row.file_hash},
            names=frozenset(row.name for row in sources),
            informants=tuple(known_in(session)),
            labels={label: choice for label, found in meanings.items() if (choice := _agreed(found)) is not None},
        )


def _agreed(found: set[LabelChoice]) -> LabelChoice | None:
    """What is common to all meanings of a label: the person, or at least who it is; None when they contradict."""
    if len(found) == 1:
        return next(iter(found))
    kinds = {choice.kind for choice in found}
    return LabelChoice(kinds.pop()) if len(kinds) == 1 else None
