"""Drafts as plain JSON values, for the process that reads files to hand them to the one that shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from coding.transcripts.columns import TableView
from coding.transcripts.comments import FileComment
from coding.transcripts.drafts import Choices, Draft, DraftTurn, HeaderField, LabelChoice, Speaker
from coding.words import Notice


def draft_to_json(draft: Draft) -> dict[str, Any]:
    """`draft` in dictionaries, lists, strings, numbers and None alone."""
    value = {name: getattr(draft, name) for name in Draft.__dataclass_fields__}
    value["header"] = [asdict(f) for f in draft.header]
    value["speakers"] = [asdict(s) for s in draft.speakers]
    value["turns"] = [[t.start, t.end, t.label_start, t.label_end, t.speaker] for t in draft.turns]
    value["sentences"] = [list(s) for s in draft.sentences]
    value["notices"] = [
        {"msgid": n.msgid, "params": [list(p) for p in n.params], "plural": n.plural} for n in draft.notices
    ]
    value["unsure_labels"] = list(draft.unsure_labels)
    value["anchors"] = [list(anchor) for anchor in draft.anchors]
    value["headings"] = [list(heading) for heading in draft.headings]
    value["choices"] = choices_to_json(draft.choices)
    value["comments"] = [asdict(c) for c in draft.comments]
    value["table"] = None if draft.table is None else asdict(draft.table)
    return value


def draft_from_json(value: Mapping[str, Any]) -> Draft:
    """The draft that `draft_to_json` made `value` of. Raises TypeError or KeyError for anything else."""
    given = dict(value)
    given["header"] = tuple(HeaderField(**f) for f in given["header"])
    given["speakers"] = tuple(Speaker(**s) for s in given["speakers"])
    given["turns"] = tuple(DraftTurn(*t) for t in given["turns"])
    given["sentences"] = tuple((start, end) for start, end in given["sentences"])
    given["notices"] = tuple(
        Notice(n["msgid"], tuple((name, param) for name, param in n["params"]), n["plural"]) for n in given["notices"]
    )
    given["unsure_labels"] = tuple(given["unsure_labels"])
    given["anchors"] = tuple((at, kind, number) for at, kind, number in given["anchors"])
    given["headings"] = tuple((start, end, level) for start, end, level in given["headings"])
    given["choices"] = choices_from_json(given["choices"])
    given["comments"] = tuple(FileComment(**c) for c in given["comments"])
    if (table := given["table"]) is not None:
        rows, columns = (tuple(tuple(item) for item in table[name]) for name in ("rows", "columns"))
        heads, answering = tuple(table["heads"]), tuple(table["answering"])
        given["table"] = TableView(table["key"], heads, rows, columns, answering)
    return Draft(**given)


def choices_to_json(choices: Choices) -> dict[str, Any]:
    """`choices` in plain values."""
    return {
        "method": choices.method,
        "date": choices.date,
        "place": choices.place,
        "informant": choices.informant,
        "researcher_labels": list(choices.researcher_labels),
        "labels": labels_to_json(choices.labels),
    }


def choices_from_json(value: Mapping[str, Any]) -> Choices:
    """The choices that `choices_to_json` made `value` of; what is left out is left to the reader."""
    return Choices(
        method=value.get("method"),
        date=value.get("date"),
        place=value.get("place"),
        informant=value.get("informant"),
        researcher_labels=tuple(value.get("researcher_labels", ())),
        labels=tuple(labels_from_json(value.get("labels", ())).items()),
    )


def labels_to_json(labels: Any) -> list[list[Any]]:
    """Pairs of a label and what was chosen for it, as lists `[label, kind, code]`."""
    return [[label, choice.kind, choice.code] for label, choice in labels]


def labels_from_json(value: Any) -> dict[str, LabelChoice]:
    """What `labels_to_json` made `value` of, by label."""
    return {label: LabelChoice(kind, code) for label, kind, code in value}
