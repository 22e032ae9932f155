"""Saving a chart as PNG, SVG or PDF: asked where to, drawn by the helper process, written here."""

from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from app.context import Context
from app.dialogs.files import keep_folder, start_folder
from coding.errors import CodingError
from coding.reports.drawing import FORMS, ChartSpec, Form
from coding.reports.saving import save


def ask_chart(ctx: Context, parent: QWidget, spec: ChartSpec, name: str) -> None:
    """Ask where to, and save the chart `spec` there; `name` is the file's name at first."""
    filters = {
        "png": f"{ctx.t('Picture')} (*.png)",
        "svg": f"{ctx.t('Drawing that can be scaled')} (*.svg)",
        "pdf": "PDF (*.pdf)",
    }
    stem = " ".join(re.sub(r'[<>:"/\\|?*\x00-\x1f]', " ", name).split()).strip(". ") or ctx.t("Chart")
    chosen, picked = QFileDialog.getSaveFileName(
        parent, ctx.t("Save the chart"), str(start_folder(ctx) / f"{stem}.png"), ";;".join(filters.values())
    )
    if chosen:
        asked = next((form for form, text in filters.items() if text == picked), "png")
        path = Path(chosen)
        path = path if form_of(path) is not None else path.with_name(f"{path.name}.{asked}")
        keep_folder(ctx, path)
        save_chart(ctx, spec, path)


def form_of(path: Path) -> Form | None:
    """What the ending of `path` asks for; None where it is none of ours."""
    return next((form for form in FORMS if path.suffix.lower() == f".{form}"), None)


def save_chart(ctx: Context, spec: ChartSpec, path: Path) -> None:
    """Have `spec` drawn and write it to `path`, whose ending says how; the window goes on meanwhile."""
    form = form_of(path) or "png"

    def written(result: Any) -> None:
        try:
            save(path, b64decode(result["data"]))
        except CodingError as error:
            ctx.say_error(error)
            return
        ctx.say(ctx.t("The chart is in {file}", file=path.name))

    ctx.jobs.helper.request("chart", written, ctx.say_error, file=path.name, spec=spec.to_json(), form=form)
