"""The saved views as tabs with counts; a view can be narrowed further, kept under a name, renamed and deleted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QWidget

from frontdesk.domain.problems import Refused
from frontdesk.services.lists import counts
from frontdesk.services.views import remove_view, save_view, saved_views
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.leads.conditions import EVERY, Conditions, counted, filter_of
from frontdesk.ui.leads.views import SavedView, standard_views
from frontdesk.ui.problems import sentence
from frontdesk.ui.remembered import Station
from frontdesk.ui.widgets.buttons import button
from frontdesk.ui.widgets.forms import Field
from frontdesk.ui.widgets.layouts import clothe, column, row
from frontdesk.ui.widgets.popups import open_below
from frontdesk.ui.widgets.tabs import Tabs
from frontdesk.ui.widgets.theme import theme

_LAST = "leads.view"


class ViewTabs(Tabs):
    """The tabs.

    Attributes:
        changed: the conditions of the list in front.
        said: a sentence for the undo strip, and whether it can be undone.
    """

    changed = Signal(object)
    said = Signal(str, bool)

    def __init__(self, jobs: Jobs, practice: Practice, station: Station) -> None:
        super().__init__(self.tr("Saved views"))
        self.setObjectName("views")
        self._jobs, self._practice, self._station = jobs, practice, station
        self._is_wide = False
        self._own: tuple[SavedView, ...] = ()
        self._edited: dict[str, Conditions] = {}
        self._figures: dict[str, str] = {}
        self._after_saving = ""
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.chosen.connect(self._chosen)
        self._offer()

    @property
    def conditions(self) -> Conditions:
        """What the list in front is narrowed by: the view's own conditions, or those made of them since."""
        view = self._view(self.key())
        return self._edited.get(self.key(), view.conditions if view else EVERY)

    def is_edited(self) -> bool:
        """Whether the view in front was narrowed further, so that it can be kept under a name."""
        view = self._view(self.key())
        return view is not None and self.conditions != view.conditions

    def edit(self, conditions: Conditions) -> None:
        """Narrow the view in front."""
        self._edited[self.key()] = conditions
        self.changed.emit(conditions)

    def set_practice(self, practice: Practice) -> None:
        """The practice's words changed."""
        self._practice = practice

    def set_wide(self, *, is_wide: bool) -> None:
        """A wide window has room for one more usual view."""
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self._offer()
            self._count()

    def refresh(self) -> None:
        """Read the own views and count all of them again."""
        self._jobs.ask(saved_views, owner=self, on_done=self._landed, key="leads-views")

    def views(self) -> tuple[SavedView, ...]:
        """All views in the order of their tabs."""
        return (*standard_views(wide=self._is_wide), *self._own)

    def ask_name(self, *, below: QWidget | None = None) -> None:
        """Ask for the name under which the list in front is kept."""
        self._ask(None, "", below=below)

    def _ask(self, view: SavedView | None, label: str, *, below: QWidget | None = None) -> None:
        popup = NamePopup(label, self)
        popup.named.connect(lambda name: self._save(view, name, popup))
        popup.show_below(below or self)

    def _save(self, view: SavedView | None, name: str, popup: NamePopup) -> None:
        conditions = view.conditions if view else self.conditions
        before = self.key()

        def kept(done: object) -> None:
            popup.close()
            if view is None:
                self._edited.pop(before, None)
                self._after_saving = f"view:{getattr(done, 'value', '')}"
            self.refresh()

        self._jobs.do(
            save_view,
            owner=self,
            on_done=kept,
            on_refused=popup.refuse,
            label=name,
            wanted=conditions.written(),
            view_id=int(view.key.removeprefix("view:")) if view else None,
        )

    def _remove(self, view: SavedView) -> None:
        words = self.tr("View “{name}” deleted.").format(name=view.label)
        self._jobs.do(
            remove_view,
            owner=self,
            on_done=lambda _: self._removed(words),
            view_id=int(view.key.removeprefix("view:")),
        )

    def _removed(self, words: str) -> None:
        self.said.emit(words, True)
        self.refresh()

    def _landed(self, found: Sequence[object]) -> None:
        self._own = tuple(SavedView(f"view:{each.id}", each.label, Conditions.read(each.filter)) for each in found)  # type: ignore[attr-defined] # the store's views
        before = self.key()
        self._offer()
        if self._after_saving and self._view(self._after_saving):
            self.choose(self._after_saving)
            self._after_saving = ""
        if self.key() != before:
            self._chosen(self.key())
        self._count()

    def _offer(self) -> None:
        first = not self.count()
        self.offer([(each.key, each.label, self._figures.get(each.key, "…")) for each in self.views()])
        last = self._station.get(f"{_LAST}.{self._practice.me.id}")
        if first and self._view(last):
            self.choose(last)

    def _count(self) -> None:
        views = self.views()
        asked = [filter_of(each.conditions, self._practice) for each in views]
        self._jobs.ask(counts, owner=self, on_done=partial(self._counted, views), key="leads-view-counts", views=asked)

    def _counted(self, views: Sequence[SavedView], found: Sequence[int]) -> None:
        for view, number in zip(views, found, strict=True):
            self._figures[view.key] = counted(number)
            self.count_of(view.key, self._figures[view.key])

    def _chosen(self, key: str) -> None:
        self._station.keep(f"{_LAST}.{self._practice.me.id}", key)
        self.changed.emit(self.conditions)

    def _view(self, key: str) -> SavedView | None:
        return next((each for each in self.views() if each.key == key), None)

    def _open_menu(self, at: QPoint) -> None:
        place = self.tabAt(at)
        view = self.views()[place] if 0 <= place < len(self.views()) else self._view(self.key())
        if view is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setObjectName("view-menu")
        if view.is_own:
            menu.addAction(self.tr("Rename…"), partial(self._ask, view, view.label))
            menu.addAction(self.tr("Delete"), partial(self._remove, view))
        else:
            menu.addAction(self.tr("Keep this list as a view…"), self.ask_name)
        menu.popup(self.mapToGlobal(at))


class NamePopup(QFrame):
    """Asks for the name of a view.

    Attributes:
        named: the name, when it is not empty.
    """

    named = Signal(str)

    def __init__(self, label: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("view-name")
        self.setAccessibleName(self.tr("Name of the view"))
        clothe(self, "popup")
        self.line = QLineEdit(label)
        self.line.selectAll()
        self.line.setMinimumWidth(theme().px(220))
        self.line.returnPressed.connect(self._take)
        self._field = Field(self.tr("&Name of the view"), self.line)
        self.setLayout(column(self._field, row(None, button(self.tr("Save view"), self._take)), gap=8, margins=(12, 10, 12, 10)))

    def show_below(self, widget: QWidget) -> None:
        """Open under a widget."""
        open_below(self, widget)
        self.line.setFocus()

    def refuse(self, problem: Refused) -> None:
        """Say what is wrong with the name."""
        self._field.refuse(sentence(problem))
        self.adjustSize()

    def _take(self) -> None:
        self.named.emit(self.line.text())
