"""One start in a process of its own: `empty` shows the floor's window, `window FILE` the program's; both tell when they had painted."""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

from PySide6 import QtWidgets
from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from typing_extensions import override

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LOOK_MS = 20
_GIVE_UP_SECONDS = 60


class Moments(QObject):
    """Notes when the first window was painted, and ends the process when there is nothing more to wait for."""

    def __init__(self, app: QtWidgets.QApplication, *, is_floor: bool) -> None:
        super().__init__(app)
        self._app = app
        app.installEventFilter(self)
        self.told: dict[str, int] = {}
        self._is_floor = is_floor
        self._has_begun = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._began = time.monotonic()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """All paint events of a frame come in a row; what comes next says that it is painted. A filter in Python is too dear to be kept."""
        is_paint = event.type() == QEvent.Type.Paint
        self._has_begun = self._has_begun or is_paint
        if self._has_begun and not is_paint and not self.told:
            self.told["painted"] = time.time_ns()
            self._app.removeEventFilter(self)
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        if self._is_floor:
            self._end()
        self._timer.start(_LOOK_MS)

    def _look(self) -> None:
        """The practice is opened behind the first frame; the page is usable when its first line has landed and is drawn."""
        if time.monotonic() - self._began > _GIVE_UP_SECONDS:
            os._exit(1)
        window = next((each for each in QtWidgets.QApplication.topLevelWidgets() if hasattr(each, "open_page")), None)
        if window is None:
            return
        window.open_page("leads")
        table = self._table(window)
        if table is None or table.model_of_leads.row_at(0) is None:
            return
        table.viewport().repaint()
        self.told["usable"] = time.time_ns()
        self._end()

    def _table(self, window: Any) -> Any:
        return next((each for each in window.findChildren(QtWidgets.QTableView) if hasattr(each, "model_of_leads")), None)

    def _end(self) -> None:
        print(json.dumps(self.told), flush=True)
        os._exit(0)


class Hundred(QAbstractTableModel):
    """The floor's table."""

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 100

    @override
    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 7

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        return f"row {index.row()} column {index.column()}" if role == Qt.ItemDataRole.DisplayRole else None


def empty() -> None:
    """The least a program with a table can do."""
    app = QtWidgets.QApplication(sys.argv[:1])
    Moments(app, is_floor=True)
    window, view, model = QtWidgets.QMainWindow(), QtWidgets.QTableView(), Hundred()
    view.setModel(model)
    window.setCentralWidget(view)
    window.resize(1366, 768)
    window.show()
    app.exec()


def program(file: str) -> None:
    """The program as it is started by its user."""

    class Watched(QtWidgets.QApplication):
        def __init__(self, words: list[str]) -> None:
            super().__init__(words)
            Moments(self, is_floor=False)

    QtWidgets.QApplication = Watched  # type: ignore[misc, assignment]  # so that the program makes the one that is watched
    from frontdesk.__main__ import main  # noqa: PLC0415 - as late as where the program itself is started

    sys.argv = ["frontdesk", "--database", file, "run"]
    raise SystemExit(main())


if __name__ == "__main__":
    empty() if sys.argv[1] == "empty" else program(sys.argv[2])
