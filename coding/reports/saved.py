"""Reports with a name, kept in the project so that they can be written again as coding goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coding.analysis.results import KINDS
from coding.errors import CodingError
from coding.reports.options import PRESETS, ReportItem, ReportOptions, Template
from coding.text import normalise
from coding.views import add_to_view, remove_view, save_view, views
from coding.words import LANGUAGES

if TYPE_CHECKING:
    from coding.project import Operation, Reader

KIND = "report"
"""What a saved view of a report is."""
FIRST_CHAPTER, LAST_CHAPTER = 1, 99
LEAST_QUOTE = 40
"""Characters below which a quotation is not cut."""
_MOST_ITEMS = 200


@dataclass(frozen=True, slots=True)
class SavedReport:
    """A report with its name; `file` is where it was last written to, `digest` that of what was written there."""

    guid: str
    name: str
    options: ReportOptions
    file: Path | None = None
    digest: str = ""


def saved_reports(reader: Reader) -> list[SavedReport]:
    """All saved reports by name."""
    return [
        SavedReport(
            view.guid, view.name, from_params(view.params), _path(view.params.get("file")), _digest(view.params)
        )
        for view in views(reader, KIND)
    ]


def report_named(reader: Reader, name: str) -> SavedReport:
    """The saved report called `name`, its case ignored. Raises `CodingError`: `report_unknown`, `report_none_saved`."""
    known = saved_reports(reader)
    wanted = " ".join(normalise(name).split()).casefold()
    for one in known:
        if one.name.casefold() == wanted:
            return one
    if not known:
        raise CodingError("report_none_saved", name=name)
    raise CodingError("report_unknown", name=name, known=", ".join(f"“{one.name}”" for one in known))


def save_report(op: Operation, name: str, options: ReportOptions, file: Path | None = None, digest: str = "") -> str:
    """Keep a report as `name`, in the place of one that has the name, with where it was written to and what; returns
    its guid.

    Raises `CodingError("report_no_name")`.
    """
    if not normalise(name).split():
        raise CodingError("report_no_name")
    written = {"file": str(file), "digest": digest} if file is not None else {}
    return save_view(op, KIND, name, to_params(options) | written)


def note_written(op: Operation, name: str, file: Path, digest: str) -> None:
    """Keep with the saved report `name` what it was written to; nothing happens to one that is gone."""
    add_to_view(op, KIND, name, {"file": str(file), "digest": digest})


def same_report(one: ReportOptions, other: ReportOptions) -> bool:
    """Whether two choices give the same report, however their parts were chosen."""
    return _settled(one) == _settled(other)


def _settled(options: ReportOptions) -> ReportOptions:
    return options if options.items is None else replace(options, tables=None, preset=None)


def forget_report(op: Operation, guid: str) -> None:
    """Forget a saved report; nothing happens to one that is gone."""
    remove_view(op, guid)


def to_params(options: ReportOptions) -> dict[str, Any]:
    """Plain values for the project, or for another process."""
    return {
        "language": options.language,
        "attribution": options.attribution,
        "tables": list(options.tables) if options.tables is not None else None,
        "items": None if options.items is None else [_item(item) for item in options.items],
        "chapter": options.chapter,
        "heading": options.heading,
        "source_line": options.source_line,
        "anonymise": options.anonymise,
        "frameworks": list(options.frameworks) if options.frameworks is not None else None,
        "factor_framework": options.factor_framework,
        "kind": options.kind,
        "columns": options.columns,
        "against": options.against,
        "level": options.level,
        "threshold": str(options.threshold),
        "footnotes": options.footnotes,
        "quote_length": options.quote_length,
        "sort": options.sort,
        "contents": options.contents,
        "template": None
        if options.template is None
        else {"path": str(options.template.path), "styles": dict(options.template.styles)},
        "wording": dict(options.wording),
        "preset": options.preset,
    }


def _item(item: ReportItem) -> dict[str, Any]:
    return {"name": item.name, "settings": dict(item.settings)}


def from_params(params: Mapping[str, Any]) -> ReportOptions:
    """What `to_params` gave; what makes no sense in it gives way to the default."""
    kept: dict[str, Any] = {}
    for name in ("attribution", "heading", "source_line", "against", "factor_framework", "columns"):
        if isinstance(params.get(name), str):
            kept[name] = params[name]
    for name in ("tables", "frameworks"):
        if isinstance(params.get(name), list | tuple):
            kept[name] = tuple(str(one) for one in params[name])
    for name in ("anonymise", "footnotes", "contents"):
        if isinstance(params.get(name), bool):
            kept[name] = params[name]
    for name, known in (
        ("language", LANGUAGES),
        ("kind", KINDS),
        ("level", ("dimension", "indicator")),
        ("sort", ("study", "evidence")),
        ("preset", tuple(PRESETS)),
    ):
        if params.get(name) in known:
            kept[name] = params[name]
    if _whole(params.get("chapter"), FIRST_CHAPTER, LAST_CHAPTER):
        kept["chapter"] = params["chapter"]
    if _whole(params.get("quote_length"), LEAST_QUOTE, 100_000):
        kept["quote_length"] = params["quote_length"]
    if (threshold := _share(params.get("threshold"))) is not None:
        kept["threshold"] = threshold
    if isinstance(params.get("items"), list | tuple):
        kept["items"] = tuple(_items(params["items"]))
    if isinstance(params.get("wording"), Mapping):
        kept["wording"] = {str(key): text for key, text in params["wording"].items() if isinstance(text, str)}
    template = params.get("template")
    if isinstance(template, Mapping) and (path := _path(template.get("path"))) is not None:
        styles = template.get("styles")
        chosen = styles.items() if isinstance(styles, Mapping) else ()
        kept["template"] = Template(path, {str(role): str(style) for role, style in chosen})
    return ReportOptions(**kept)


def _items(values: Any) -> list[ReportItem]:
    from coding.reports.options import TABLES

    found = []
    for value in values[:_MOST_ITEMS]:
        if isinstance(value, Mapping) and value.get("name") in TABLES:
            settings = value.get("settings")
            found.append(ReportItem(value["name"], dict(settings) if isinstance(settings, Mapping) else {}))
    return found


def _whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _share(value: object) -> Fraction | None:
    if not isinstance(value, str) or len(value) > 20:
        return None
    try:
        found = Fraction(value)
    except (ValueError, ZeroDivisionError):
        return None
    return found if Fraction(1, 2) < found <= 1 else None


def _path(value: object) -> Path | None:
    return Path(value) if isinstance(value, str) and value and "\x00" not in value else None


def _digest(params: Mapping[str, Any]) -> str:
    value = params.get("digest")
    return value if isinstance(value, str) else ""
