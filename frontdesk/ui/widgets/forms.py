"""A form: labels with Alt letters, one error sentence at each field, the words kept as a draft one second after the last key."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLayout, QLineEdit, QPlainTextEdit, QWidget

from frontdesk.ui.widgets.labels import label, restyle
from frontdesk.ui.widgets.layouts import column, row
from frontdesk.ui.widgets.undo_strip import announce

DRAFT_AFTER_MS = 1000


class Field(QWidget):
    """A label, its control, a hint and a place for the error sentence.

    Attributes:
        changed: what stands in the control is another thing now.
    """

    changed = Signal()

    def __init__(self, words: str, control: QWidget, *, aside: str = "", hint: str = "") -> None:
        super().__init__()
        self.control = control
        self._marked = control.focusProxy() or control  # a date field is marked at its line
        self._label = QLabel(words)
        self._label.setProperty("role", "label")
        self._label.setProperty("tone", "text2")
        self._label.setBuddy(control)
        name = words.replace("&", "")
        spoken = f"{name}, {aside}" if aside else name
        control.setAccessibleName(spoken)
        if isinstance(control, QComboBox):
            control.view().setAccessibleName(spoken)
        self._hint = label(hint, "small", "text3", wrap=True)
        if not hint:
            self._hint.hide()  # never shown here: without a parent it would be a window of its own for a moment
        self._wrong = label("", "small", "danger", wrap=True)
        self._wrong.hide()
        self._aside = label(aside, "small", "text3")
        head = row(self._label, self._aside, None, gap=6)
        self.setLayout(column(head, control, self._hint, self._wrong, gap=4))
        listen(control, self._edited)

    def refuse(self, sentence: str) -> None:
        """Show what is wrong with this answer, and read it out."""
        self._wrong.setText(sentence)
        self._wrong.show()
        restyle(self._marked, "wrong", True)
        self.control.setAccessibleDescription(sentence)
        announce(self.control, sentence)

    def accept(self) -> None:
        """Take the error sentence away."""
        self._wrong.hide()
        restyle(self._marked, "wrong", False)
        self.control.setAccessibleDescription("")

    def error(self) -> str:
        """The error sentence, empty when there is none."""
        return "" if self._wrong.isHidden() else self._wrong.text()

    def set_aside(self, aside: str) -> None:
        """Say another word behind the label: what was optional is required now."""
        self._aside.setText(aside)
        name = self._label.text().replace("&", "")
        self.control.setAccessibleName(f"{name}, {aside}" if aside else name)

    def set_hint(self, hint: str) -> None:
        """Show a line below the control."""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def _edited(self) -> None:
        self.accept()
        self.changed.emit()


class Form(QWidget):
    """Fields below each other, found by their key.

    Attributes:
        changed: any answer changed.
        rested: no key for one second after a change; `texts()` is what to keep as a draft.
    """

    changed = Signal()
    rested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, Field] = {}
        self._column = column(gap=12)
        self.setLayout(self._column)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.rested)

    def add(self, key: str, words: str, control: QWidget, *, aside: str = "", hint: str = "", beside: QLayout | None = None) -> Field:
        """Add a field; `words` carry the Alt letter, `aside` is a word behind the label such as "optional"."""
        field = Field(words, control, aside=aside, hint=hint)
        control.setObjectName(key)
        field.changed.connect(self._edited)
        self._fields[key] = field
        if beside is not None:
            beside.addWidget(field)
        else:
            self._column.addWidget(field)
        return field

    def add_row(self, gap: int = 12) -> QLayout:
        """Begin a line of fields side by side; give it to `add` as `beside`."""
        line = row(gap=gap)
        self._column.addLayout(line)
        return line

    def field(self, key: str) -> Field:
        """The field of a key."""
        return self._fields[key]

    def refuse(self, key: str | None, sentence: str) -> bool:
        """Show a sentence at the field of a refused answer and go there; False when the form has no such field."""
        field = self._fields.get(key or "")
        if field is None:
            return False
        field.refuse(sentence)
        field.control.setFocus()
        return True

    def accept_all(self) -> None:
        """Take all error sentences away."""
        for field in self._fields.values():
            field.accept()

    def texts(self) -> dict[str, str]:
        """What stands in every field, as text: the draft, and the answers of plain text fields."""
        return {key: text_of(field.control) for key, field in self._fields.items()}

    def restore(self, texts: Mapping[str, str]) -> None:
        """Put a draft back."""
        for key, text in texts.items():
            if key in self._fields:
                set_text(self._fields[key].control, text)

    def _edited(self) -> None:
        self._rest.start(DRAFT_AFTER_MS)
        self.changed.emit()


def text_of(control: QWidget) -> str:
    """What stands in a control, as text."""
    if isinstance(control, QPlainTextEdit):
        return control.toPlainText()
    if isinstance(control, QCheckBox):
        return "yes" if control.isChecked() else ""
    if isinstance(control, QComboBox):
        return control.currentText() if control.isEditable() else str(control.currentData() or "")
    line = control if isinstance(control, QLineEdit) else control.findChild(QLineEdit)
    return line.text() if line is not None else ""


def set_text(control: QWidget, text: str) -> None:
    """Put text back into a control."""
    if isinstance(control, QPlainTextEdit):
        control.setPlainText(text)
    elif isinstance(control, QCheckBox):
        control.setChecked(bool(text))
    elif isinstance(control, QComboBox):
        control.setCurrentIndex(next((at for at in range(control.count()) if str(control.itemData(at) or "") == text), -1))
    else:
        line = control if isinstance(control, QLineEdit) else control.findChild(QLineEdit)
        if line is not None:
            line.setText(text)


def listen(control: QWidget, heard: Callable[[], None]) -> None:
    """Call a function without arguments whenever the control's answer changes."""

    def told(*_: object) -> None:
        heard()

    if isinstance(control, QPlainTextEdit):
        control.textChanged.connect(told)
    elif isinstance(control, QCheckBox):
        control.toggled.connect(told)
    elif isinstance(control, QComboBox):
        control.currentIndexChanged.connect(told)
    else:
        line = control if isinstance(control, QLineEdit) else control.findChild(QLineEdit)
        if line is not None:
            line.textChanged.connect(told)
