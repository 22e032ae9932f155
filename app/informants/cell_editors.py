"""What one writes a cell with: a list of choices, or a field that knows what was written before."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.context import Context
from app.informants.model import InformantTable
from app.widgets.fields import ComboBox
from coding.informants.attributes import EXPECTED
from coding.informants.cells import AGE, DAY

Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Editors by the kind of column."""

    def __init__(self, ctx: Context, table: InformantTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx, self._table = ctx, table

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self._table.columns[index.column()]
        if column.kind == "choice":
            box = ComboBox(parent)
            box.addItem("", "")
            for choice in column.choices:
                box.addItem(self._table.choice_text(column, choice), choice)
            box.activated.connect(lambda _: self._finish(box))
            return box
        edit = QLineEdit(parent)
        if column.kind == "text":
            known = {str(self._table.value(row, column) or "") for row in self._table.rows} - {""}
            if column.key not in ("code", "remark"):
                completer = QCompleter(sorted(known, key=str.casefold), edit)
                completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
                edit.setCompleter(completer)
        elif column.kind == "date":
            edit.setPlaceholderText(self._ctx.t(DAY if column.attribute is None else EXPECTED["date"]))
        else:
            edit.setPlaceholderText(self._ctx.t(AGE if column.attribute is None else EXPECTED["number"]))
        edit.setAccessibleName(self._table.name_of(column))
        return edit

    def _finish(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(text)))
            editor.showPopup()
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        box = option.rect  # type: ignore[attr-defined]
        height = max(box.height(), editor.sizeHint().height())
        width = max(box.width(), self._ctx.theme.px(160))
        editor.setGeometry(box.x(), box.y() - (height - box.height()) // 2, width, height)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self._ctx.theme.px(32))
