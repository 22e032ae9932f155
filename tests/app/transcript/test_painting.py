"""What is painted: the tints of coded passages, stripes, speakers; always readable."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor, QFont
from pytestqt.qtbot import QtBot

from app.context import Context
from app.theme import CODE_COLORS, TINT, TINT_SELECTED, Theme, contrast
from app.transcript.filling import quiet_color
from app.transcript.segment_index import SegmentIndex, pack
from app.transcript.stripe_choice import choice
from app.transcript.stripes import LANES, Stripes
from app.transcript.text_area import SELECTED
from app.transcript.tints import DEEPEST, TINT_HIT
from app.transcript.view import TranscriptView
from coding.segments.rows import SegmentRow
from coding.transcripts.rows import SourceText


def places(view: TranscriptView) -> dict[int, QPoint]:
    """For each shown character that has a width: a point just under the tint's upper edge, where no letter reaches."""
    area = view.area
    found: dict[int, QPoint] = {}
    for position in range(area.shown.display.length):
        for rect in area.geometry_.rects(position, position + 1):
            at = area.shown.display.to_cp(position)
            found.setdefault(at, QPoint(round(rect.center().x()), round(rect.top()) - area.offset))
    return found


def coloured(view: TranscriptView, color: QColor) -> list[int]:
    """The code points behind which `color` was really painted."""
    picture = view.area.viewport().grab().toImage()
    return [
        at
        for at, point in places(view).items()
        if picture.rect().contains(point) and picture.pixelColor(point) == color
    ]


def words_of(view: TranscriptView, code_points: list[int]) -> str:
    return squeezed("".join(view.area.source.text[at] for at in code_points))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    "words",
    [
        "kami sampaikan lewat rapat dusun",
        "tiap awal bulan 🙂. Warga cepat tahu, cuma persyaratannya sempat berubah dua kali.",
        "petugas 👩🏽‍🌾, apakah",
        "halaman.\nUntungnya teman-teman",
        "Informan: RS",
    ],
)
def test_the_painted_passage_is_the_coded_text(view: TranscriptView, make, words: str, ctx: Context) -> None:
    row = make.segment(view.area.source, words, color=2)
    view.set_segments([row])
    color = ctx.theme.tint(ctx.theme.code_color(2), TINT)
    view.area.clearFocus()  # without the marks around the sentence at the caret
    expected = [at for at in places(view) if row.start <= at < row.end]
    assert len(expected) > 8
    assert coloured(view, color) == expected


def test_a_passage_over_labels_is_painted_without_them(view: TranscriptView, make, ctx: Context) -> None:
    source = view.area.source
    start, end = source.text.index("dua kali."), source.text.index("Petugas loket") + len("Petugas loket")
    view.set_segments([make.segment(source, (start, end))])
    painted = coloured(view, ctx.theme.tint(ctx.theme.code_color(0), TINT))
    assert painted == [at for at in places(view) if start <= at < end]
    assert "Peneliti" not in words_of(view, painted)
    assert words_of(view, painted).endswith("mencukupi?Petugasloket")


def test_where_two_overlap_both_can_be_told(view: TranscriptView, make, ctx: Context) -> None:
    source = view.area.source
    wide = make.segment(source, "Petugas loket cuma dua, padahal desanya sembilan.", color=1)
    narrow = make.segment(source, "cuma dua, padahal", color=3)
    view.set_segments([wide, narrow])
    theme = ctx.theme
    assert words_of(view, coloured(view, theme.tint(theme.code_color(1), TINT))) == "Petugasloketdesanyasembilan."
    shared = view.area.tints.rects(view.area.shown, narrow)[0]
    picture = view.area.viewport().grab().toImage()
    below = [
        picture.pixelColor(round(shared.center().x()), round(shared.bottom()) - view.area.offset + step).name()
        for step in range(6)
    ]
    assert theme.tint(theme.code_color(1), 0.55).name() in below
    assert theme.tint(theme.code_color(3), 0.55).name() in below


def test_the_selected_segment_is_stronger_and_outlined(view: TranscriptView, make, ctx: Context) -> None:
    row = make.segment(view.area.source, "Warga cepat tahu", color=4)
    view.set_segments([row])
    view.select_segment(row.guid)
    color = ctx.theme.code_color(4)
    assert words_of(view, coloured(view, ctx.theme.tint(color, TINT_SELECTED))) == "Wargacepattahu"
    box = view.area.tints.rects(view.area.shown, row)[0]
    edge = (
        view.area.viewport()
        .grab()
        .toImage()
        .pixelColor(round(box.center().x()), round(box.top()) - 1 - view.area.offset)
    )
    assert contrast(edge, ctx.theme.color("panel")) > 2


def test_right_to_left_text_is_tinted_where_it_stands(view: TranscriptView, make) -> None:
    words = "Beliau berkata بسم الله الرحمن الرحيم lalu mulai."
    source = make.source((("RS", words),), header="")
    view.set_source(source)
    row = make.segment(source, "بسم الله")
    view.set_segments([row])
    rects = view.area.tints.rects(view.area.shown, row)
    whole = view.area.tints.rects(view.area.shown, make.segment(source, "بسم الله الرحمن الرحيم"))
    # The first words of an Arabic phrase stand at its right.
    assert max(r.right() for r in rects) == pytest.approx(max(r.right() for r in whole), abs=1.5)
    assert min(r.left() for r in rects) > min(r.left() for r in whole) + 20


def every_ground(theme: Theme) -> list[QColor]:
    """All that can lie behind a letter."""
    strengths = (TINT, TINT_SELECTED, DEEPEST)
    codes = [theme.code_color(n) for n in range(len(CODE_COLORS))]
    mixed = [theme.tint(a, 0.6, "panel") for a in codes]
    tints = [theme.tint(c, s) for c in [*codes, *mixed] for s in strengths]
    return [theme.color("panel"), *tints, theme.tint(theme.color("warning"), TINT_HIT)]


@pytest.mark.parametrize("dark", [False, True])
def test_text_is_readable_on_every_tint(qapp: object, dark: bool) -> None:
    theme = Theme(dark)
    for ground in every_ground(theme):
        assert contrast(theme.color("ink"), ground) >= 4.5
        assert contrast(quiet_color(theme), ground) >= 4.5
        accent = theme.color("accent")
        parts = zip(accent.getRgb()[:3], ground.getRgb()[:3], strict=True)
        selected = QColor(*(round(SELECTED * a + (1 - SELECTED) * g) for a, g in parts))
        assert contrast(theme.color("ink"), selected) >= 4.5


def test_lanes_are_few_and_never_shared_by_overlapping_spans() -> None:
    spans = [(0, 10), (2, 5), (3, 20), (5, 8), (10, 12), (10, 30)]
    lanes = pack(spans, 12)
    assert lanes == [0, 1, 2, 1, 0, 1]
    assert pack(spans, 2) == [0, 1, 2, 1, 0, 1]
    assert pack([(0, 5), (1, 5), (2, 5)], 12, taken=(0, 2)) == [1, 3, 4]


def test_by_coder_each_has_lanes_of_their_own(view: TranscriptView, make) -> None:
    source = view.area.source
    start = source.text.index("Petugas loket")
    rows = [
        make.segment(source, (start, start + 20 + n), f"Kode {n}", guid=f"{coder} {n}", coder=coder)
        for coder, count in (("Budi", 1), ("Ani", 4))
        for n in range(count)
    ]
    view.set_segments(rows)
    way = choice("coder", rows)
    view.margin.choose_stripes(way)
    area = view.area
    stripes = Stripes(area.shown, area.geometry_, None, way).seen(area.seen())
    lanes = {coder: sorted(s.lane for s in stripes if s.row.coder == coder) for coder in ("Ani", "Budi")}
    assert lanes == {"Ani": [0, 1, 4, 5], "Budi": [2]}
    alone = [row for row in rows if row.coder == "Budi"]
    view.set_segments(alone)
    view.margin.choose_stripes(choice("coder", alone))
    stripes = Stripes(area.shown, area.geometry_, None, view.margin.choice).seen(area.seen())
    assert [s.lane for s in stripes] == [0]


def test_segments_are_found_by_place(make, source: SourceText) -> None:
    spans = [(0, 300), (5, 40), (5, 10), (10, 12), (200, 210)]
    index = SegmentIndex(make.segment(source, span, guid=str(n)) for n, span in enumerate(spans))
    assert [r.guid for r in index.between(9, 11)] == ["0", "1", "2", "3"]
    assert [r.guid for r in index.between(40, 200)] == ["0"]
    assert [r.guid for r in index.at(10)] == ["3", "1", "0", "2"]
    assert [r.guid for r in index.at(301)] == []


def crowd(make, source: SourceText, count: int) -> list[SegmentRow]:
    start = source.text.index("Petugas loket")
    return [
        make.segment(source, (start, start + 40 + n), f"Kode {n}", "supporting", color=n, guid=f"crowd {n}")
        for n in range(count)
    ]


def test_more_segments_than_lanes_are_counted_and_can_be_reached(view: TranscriptView, make, qtbot: QtBot) -> None:
    rows = crowd(make, view.area.source, LANES + 3)
    view.set_segments(rows)
    view.margin.grab()
    boxes = [view.margin.stripe_box(row.guid) for row in rows]
    assert sum(box is not None for box in boxes) == LANES
    lefts = sorted(box.left() for box in boxes if box is not None)
    assert all(b - a >= 4 for a, b in itertools.pairwise(lefts))
    assert lefts[-1] < view.margin.width() - 10
    shown = next(box for box in boxes if box is not None)
    counted = QPointF(view.margin.width() - 8, shown.top() + 5)
    hidden = {row.guid for row, box in zip(rows, boxes, strict=True) if box is None}
    reached = set()
    for _ in range(3):
        with qtbot.waitSignal(view.segment_selected) as caught:
            click_margin(view, qtbot, counted)
        reached.add(caught.args[0])
    assert reached == hidden


def click_margin(view: TranscriptView, qtbot: QtBot, at: QPointF) -> None:
    from PySide6.QtCore import Qt

    view.margin.grab()
    qtbot.mouseClick(view.margin, Qt.MouseButton.LeftButton, pos=at.toPoint())


def test_stripes_on_one_line_stand_side_by_side(view: TranscriptView, make) -> None:
    source = view.area.source
    rows = [
        make.segment(source, "Petugas loket", "A"),
        make.segment(source, "cuma dua", "B"),
        make.segment(source, "padahal desanya", "C"),
    ]
    view.set_segments(rows)
    boxes = [view.margin.stripe_box(row.guid) for row in rows]
    assert all(not a.intersects(b) for a, b in itertools.combinations(boxes, 2))
    tints = [view.area.tints.rects(view.area.shown, row)[0] for row in rows]
    for box, tint in zip(boxes, tints, strict=True):
        assert box.top() - 4 <= tint.top() - view.area.offset <= box.top() + 4


def test_a_stripe_over_several_turns_keeps_its_lane_to_itself(view: TranscriptView, make) -> None:
    source = view.area.source
    over = make.segment(source, (source.text.index("Kalau inf"), source.text.index("sembilan")), "Lintas")
    inner = [make.segment(source, w, w) for w in ("rapat dusun", "Bagaimana", "Petugas loket")]
    view.set_segments([over, *inner])
    box = view.margin.stripe_box(over.guid)
    assert all(not box.intersects(view.margin.stripe_box(row.guid)) for row in inner)
    tints = view.area.tints.rects(view.area.shown, over)
    assert box.height() == pytest.approx(tints[-1].bottom() - tints[0].top(), abs=4)


@pytest.mark.parametrize("valence", ["supporting", "inhibiting", "neutral"])
def test_each_valence_has_its_own_shape(view: TranscriptView, make, valence, ctx: Context) -> None:
    row = make.segment(view.area.source, "Warga cepat tahu", valence=valence)
    view.set_segments([row])
    box = view.margin.stripe_box(row.guid)
    picture = view.margin.grab().toImage()
    panel = ctx.theme.color("panel")
    # The glyph stands right of the stripe's upper end, seven pixels wide.
    left, top = round(box.right()) + 3, round(box.top()) + 2
    inked = {(x, y) for x in range(7) for y in range(7) if contrast(picture.pixelColor(left + x, top + y), panel) > 1.8}
    middle, upper, hooked = (3, 3) in inked, (3, 1) in inked, (0, 0) in inked
    assert inked
    assert not hooked
    assert (middle, upper) == {"supporting": (True, True), "inhibiting": (True, False), "neutral": (False, False)}[
        valence
    ]


def test_labels_stand_where_there_is_room_and_never_on_each_other(view: TranscriptView, make) -> None:
    from PySide6.QtGui import QFontMetricsF

    source = view.area.source
    rows = [
        make.segment(source, w, f"Kode panjang {n}")
        for n, w in enumerate(("rapat dusun", "Itu rutin", "dua kali", "Petugas loket", "Kalau hari", "Akhirnya"))
    ]
    view.set_segments(rows)
    view.margin.grab()
    stripes = view.margin._packed().seen(view.area.seen())
    labels = list(view.margin._labels(stripes, QFontMetricsF(QFont(view.margin._font(11)))))
    assert len(labels) >= 3
    for one, other in itertools.combinations(labels, 2):
        assert not one.box.intersects(other.box)
    for label in labels:
        assert label.box.right() <= view.margin.width()
        assert not any(label.box.intersects(view.margin._box(stripe)) for stripe in stripes)


def test_speakers_stand_beside_the_first_line_of_their_turn(view: TranscriptView) -> None:
    names = view.gutter.names()
    assert [name for name, _ in names] == ["Peneliti", "RS", "Peneliti", "RS"]
    source = view.area.source
    for (_, baseline), turn in zip(names, source.turns, strict=True):
        position = view.area.shown.display.to_qt(turn.start, forward=True)
        assert baseline == pytest.approx(view.area.geometry_.line_of(position).baseline - view.area.offset)


def test_the_top_line_says_who_is_speaking(view: TranscriptView, make) -> None:
    view.set_source(make.source((("RS", "Panjang sekali. " * 400), ("Peneliti", "Ya?"))))
    view.area.show_height(400)
    assert [name for name, _ in view.gutter.names()] == ["RS"]


def test_lines_hold_at_most_seventy_five_characters(view: TranscriptView, make, qtbot: QtBot) -> None:
    view.set_source(
        make.source((("RS", "Kalau hari pasaran antre sampai ke halaman kantor, tidak tertangani. " * 20),))
    )
    view.resize(1800, 600)
    qtbot.waitUntil(lambda: view.area.width() > 1500)
    block = view.area.document().lastBlock()
    starts, _, _ = view.area.geometry_.line_tops(block)
    lengths = [b - a for a, b in itertools.pairwise(starts)]
    assert 66 <= max(lengths) <= 79
    columns = view.area.columns
    assert abs(columns.gutter - (view.area.width() - columns.end)) < 30


def test_colours_follow_the_theme_and_the_place_stays(view: TranscriptView, make, ctx: Context, long_source) -> None:
    view.set_source(long_source)
    row = make.segment(long_source, "Petugas loket cuma dua")
    view.set_segments([row])
    view.select_segment(row.guid, reveal=True)
    before = view.place()
    ctx.set_appearance("dark")
    tint = ctx.theme.tint(ctx.theme.code_color(0), TINT_SELECTED)
    assert words_of(view, coloured(view, tint)) == squeezed(row.text)
    assert view.place() == before
    ctx.settings.set("text_size", 22)
    ctx.apply_theme()
    after = view.place()
    assert (after["top"], after["caret"]) == (before["top"], before["caret"])
