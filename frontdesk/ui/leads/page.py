"""The Leads page: choose on the left, act on the right."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget
from typing_extensions import override

from frontdesk.domain.lines import Filter
from frontdesk.domain.problems import Refused
from frontdesk.domain.records import LeadId
from frontdesk.services.lists import choices, counts
from frontdesk.ui.jobs import Jobs
from frontdesk.ui.lead.practices import Practice
from frontdesk.ui.leads.commands import LeadCommands
from frontdesk.ui.leads.conditions import EVERY, Conditions, counted, filter_of
from frontdesk.ui.leads.filter_bar import FilterBar, SelectionBar
from frontdesk.ui.leads.listing import LeadTable
from frontdesk.ui.leads.pane import LeadPane
from frontdesk.ui.leads.states import ListState
from frontdesk.ui.leads.view_tabs import ViewTabs
from frontdesk.ui.leads.widths import Widths
from frontdesk.ui.problems import sentence
from frontdesk.ui.remembered import Station
from frontdesk.ui.widgets.buttons import button
from frontdesk.ui.widgets.keys import ALONE, shortcut
from frontdesk.ui.widgets.layouts import column, hline
from frontdesk.ui.widgets.pages import Page


class LeadsPage(Page):
    """Every lead: find, filter, read, and act on one without leaving the list.

    Attributes:
        import_wanted: leads shall come from a file.
        example_wanted: a first start shall be filled with invented leads.
        export_wanted: this list shall become a file: its filter, its order, and the selected ids or none.
    """

    import_wanted = Signal()
    example_wanted = Signal()
    export_wanted = Signal(object, object, object)

    def __init__(self, jobs: Jobs, practice: Practice, station: Station) -> None:
        super().__init__("leads", self.tr("Leads"))
        self._jobs, self._practice = jobs, practice
        self._shown = 0
        self._sought: LeadId | None = None
        self._total: int | None = None
        self.tabs = ViewTabs(jobs, practice, station)
        self.filters, self.many = FilterBar(practice), SelectionBar()
        self.table = LeadTable(jobs, practice, station)
        self.states = ListState(self.table)
        self.lead_pane = LeadPane(jobs, practice)
        self.commands = LeadCommands(self, jobs, lambda: self._practice, table=self.table, pane=self.lead_pane, many=self.many)
        self._lay_out()
        self._connect()
        self._keys()
        self._offer()

    @override
    def refresh(self) -> None:
        """Ask again for the words, the list and the lead in front."""
        self._jobs.ask(choices, owner=self, on_done=self._take_choices, key="leads-choices")
        self.tabs.refresh()
        self._ask_list()
        self.lead_pane.refresh()

    @override
    def main_list(self) -> QWidget:
        return self.table

    def open_lead(self, lead_id: LeadId) -> None:
        """Show a lead, from Find or from another page, and choose it where the list has it."""
        self._show_pane()
        self._sought = None if self.table.choose(lead_id) else lead_id
        if self._sought is not None:
            self.table.choose_nothing()
        self.lead_pane.show_lead(lead_id)
        if self.lead_pane.is_new():
            self.lead_pane.show_view()

    def call(self, lead_id: LeadId) -> None:
        """Show a lead and call it."""
        self.open_lead(lead_id)
        self.lead_pane.deeds.do("call")

    def start_new_lead(self, typed: str = "") -> None:
        """Open the form with what was typed in Find."""
        self._widths.is_full = False
        self._show_pane()
        self.lead_pane.start_new(typed)

    def show_conditions(self, conditions: Conditions) -> None:
        """Narrow the list; the view that is chosen stays the one it came from."""
        self.tabs.edit(conditions)

    def wanted(self) -> Filter:
        """The filter of the list in front."""
        return filter_of(self.tabs.conditions, self._practice)

    def _lay_out(self) -> None:
        self._import = button(self.tr("Import"), self.import_wanted.emit, icon="import")
        self._export = button(self.tr("Export"), self._export_list, icon="upload")
        self._columns = button(
            self.tr("Columns"), lambda: self.table.choose_columns(self._columns), icon="columns-3", name=self.tr("Columns")
        )
        self._columns.setToolTip(self.tr("Columns"))
        for made in (self._import, self._export, self._columns):
            self.add_action(made)
        self._bars = QStackedWidget()
        self._bars.addWidget(self.filters)
        self._bars.addWidget(self.many)
        self._bars.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.content.setSpacing(11)
        self.content.addLayout(column(self.tabs, hline(), gap=0))
        self.content.addWidget(self._bars)
        self.content.addWidget(self.states, 1)
        self.set_pane(self.lead_pane)
        self._widths = Widths(self, self.lead_pane, table=self.table, tabs=self.tabs, columns=self._columns)

    def _connect(self) -> None:
        self.tabs.changed.connect(self._conditions_changed)
        self.tabs.said.connect(self._say)
        self.filters.changed.connect(self.show_conditions)
        self.filters.save_wanted.connect(lambda below: self.tabs.ask_name(below=below))
        self.filters.left.connect(self.table.setFocus)
        self.many.left.connect(self._one_row)
        self.table.order_changed.connect(self._ask_list)
        self.table.chosen.connect(self._row_chosen)
        self.table.opened.connect(self._row_opened)
        self.table.width_wanted.connect(self._widths.toggle)
        self.table.clicked.connect(lambda _index: self._show_pane())
        self.table.several_chosen.connect(self._several)
        self.lead_pane.left.connect(self.close_pane)
        self.lead_pane.width_wanted.connect(self._widths.toggle)
        self.lead_pane.opened.connect(self.open_lead)
        self.lead_pane.created.connect(self.open_lead)
        self.lead_pane.done.connect(self._say)
        self.commands.said.connect(self._say)
        self.commands.of_many.told.connect(lambda words, actions: self.notice.say(words, "info", actions))
        self.commands.export_wanted.connect(self._export_list)
        self.commands.lead_wanted.connect(self.open_lead)
        self.commands.pane_wanted.connect(self._show_pane)

    def _keys(self) -> None:
        shortcut(self, "/", self.filters.start_text)
        shortcut(self, "Ctrl+Shift+L", self.filters.add_filter)
        shortcut(self, "Ctrl+Tab", partial(self.tabs.step, 1))
        shortcut(self, "Ctrl+Shift+Tab", partial(self.tabs.step, -1))
        shortcut(self, "Escape", self._escape)
        for keys, by in (("J", 1), ("K", -1)):
            shortcut(self.table, keys, partial(self.table.step, by), ALONE)

    def _offer(self) -> None:
        self.hand_over(
            self.commands.menu()
            | {
                "lead.new": self.start_new_lead,
                "import.open": self.import_wanted.emit,
                "list.export": self._export_list,
                "view.columns": lambda: self.table.choose_columns(self._columns),
                "view.pane": self._toggle_pane,
            }
        )

    def _take_choices(self, found: Any) -> None:
        practice = Practice.of(found, self._practice.me, self._practice.now)
        if practice == self._practice:
            return
        self._practice = practice
        self.tabs.set_practice(practice)
        self.filters.set_practice(practice)
        self.table.set_practice(practice)
        self.lead_pane.set_practice(practice)
        self._widths.fit()

    def _conditions_changed(self, conditions: Conditions) -> None:
        self.filters.show_conditions(conditions, can_save=self.tabs.is_edited())
        self._ask_list()

    def _ask_list(self) -> None:
        self._show_figures(waiting=self.table.model_of_leads.rowCount() == 0)
        self.table.ask_for(self.wanted(), landed=self._landed, refused=self._failed)

    def _landed(self, ids: array[int]) -> None:
        self._shown = len(ids)
        self._jobs.ask(counts, owner=self, on_done=self._take_total, key="leads-total", views=[Filter()])
        self.table.model_of_leads.set_ids(ids)
        if self._sought is not None and self.table.choose(self._sought):
            self._sought = None
        if ids:
            self.states.show_rows()
        elif self.tabs.conditions != EVERY:
            clear = (self.tr("Clear filters"), lambda: self.show_conditions(EVERY))
            self.states.show_state(self.tr("No leads in this view."), [clear])
        else:
            self._show_first_steps()
        self._show_figures(waiting=False)

    def _show_first_steps(self) -> None:
        actions = [
            (self.tr("&New lead"), self.start_new_lead),
            (self.tr("&Import"), self.import_wanted.emit),
            (self.tr("E&xample leads"), self.example_wanted.emit),
        ]
        self.states.show_state(self.tr("No leads yet. Add one, or import a list."), actions, icon="users")

    def _take_total(self, found: Sequence[int]) -> None:
        self._total = found[0]
        self._show_figures(waiting=False)

    def _failed(self, problem: Refused) -> None:
        self.states.show_state(sentence(problem), [(self.tr("&Try again"), self.refresh)], icon="circle-alert", token="danger")

    def _show_figures(self, *, waiting: bool) -> None:
        total = "…" if self._total is None else counted(self._total)
        self.set_title(self.tr("Leads"), total)
        shown = "…" if waiting else counted(self._shown, 10_000_000)
        self.filters.show_count(self.tr("{shown} of {total}").format(shown=shown, total=total))

    def _row_chosen(self, lead_id: LeadId | None) -> None:
        if lead_id is None or self.lead_pane.is_new():
            return
        self._sought = None
        self.lead_pane.show_lead(lead_id)

    def _row_opened(self, lead_id: LeadId) -> None:
        self._show_pane()
        self.lead_pane.view.reveal(lead_id)
        self.lead_pane.show_lead(lead_id)
        self.lead_pane.view.go_to("status")

    def _several(self, number: int) -> None:
        self.many.show_count(number)
        self._bars.setCurrentWidget(self.many if number > 1 else self.filters)

    def _one_row(self) -> None:
        current = self.table.current_id()
        self.table.clearSelection()
        self.table.choose(current)
        self.table.setFocus()

    def _say(self, words: str, can_undo: bool) -> None:
        self.undo_strip.say(words, can_undo=can_undo)

    def _export_list(self) -> None:
        several = self.table.chosen_ids()
        self.export_wanted.emit(self.wanted(), self.table.order, several if len(several) > 1 else [])

    def _escape(self) -> None:
        if len(self.table.chosen_ids()) > 1:
            self._one_row()
        elif self.lead_pane.is_new():
            self.lead_pane.leave_new()
        elif self._widths.is_full:
            self._widths.toggle()
        else:
            self.close_pane()

    def _show_pane(self) -> None:
        self.lead_pane.show()
        self._widths.fit()
        if not self.table.isVisible() and self.isVisible():
            self.lead_pane.view.go_to("status")

    def close_pane(self) -> None:
        """Close the right pane and go back to the list."""
        self.lead_pane.hide()
        self._widths.set_full(is_full=False)
        self.table.setFocus()

    def _toggle_pane(self) -> None:
        (self._show_pane if self.lead_pane.isHidden() else self.close_pane)()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widths.fit_again()
