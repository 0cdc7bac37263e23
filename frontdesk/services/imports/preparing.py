"""Understanding a file before any row of it is read in: its columns, its dates, and what its words mean here."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from frontdesk.connectors import registry
from frontdesk.domain import imports
from frontdesk.domain.imports import ColumnMap, Known, Order, Reading, Survey, ValueMap, Words
from frontdesk.domain.ports import Choices, Table
from frontdesk.domain.problems import Refused
from frontdesk.domain.workflow import Workflow
from frontdesk.places import shipped
from frontdesk.services.desk import Desk
from frontdesk.services.lists import choices
from frontdesk.store import settings as store_settings
from frontdesk.store.tx import Tx

REMEMBERED = "import_map"
LOOKED_AT = 500
CREATABLE = {"sources": "source", "people": "owner"}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user says about a file and how its rows meet what is here.

    Attributes:
        columns: heading to field, over what was guessed.
        values: words of the file and what they mean, as `Status:Won=procedure_completed`.
        workflow: whose statuses the file means; the one in use when empty.
        create: `sources` and `people` that may be made.
        match: `external-id`, `phone` or `email`; None finds leads by any of them where the name agrees.
        on_match: `skip`, `fill`, `overwrite` or `add`.
        order: of day and month, over what the columns show.
        agrees: whether proposals for unknown statuses are taken.
    """

    choices: Choices = field(default_factory=Choices)
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Sequence[str] = ()
    workflow: str = ""
    create: frozenset[str] = frozenset()
    match: str | None = None
    on_match: str = "skip"
    order: str | None = None
    agrees: bool = False


class Said(Struct, frozen=True):
    """What was said of the last file with the same set of headings: where its columns go, what its words mean, and how it is read."""

    columns: dict[str, str]
    values: tuple[tuple[str, str, str], ...] = ()
    order: str | None = None
    workflow: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that is understood, with everything the import needs; nothing of the practice was changed yet."""

    path: Path
    wishes: Wishes
    table: Table
    columns: ColumnMap
    survey: Survey
    values: ValueMap
    reading: Reading
    workflow: Workflow

    @property
    def is_ready(self) -> bool:
        """Whether nothing needs to be asked any more."""
        return self.table.shape.certain and self.columns.identifies and not self.values.unsettled


@lru_cache(maxsize=1)
def import_words() -> Words:
    """The word lists that headings and cells are understood by."""
    return Words.of(tomllib.loads((shipped("resources") / "imports.toml").read_text("utf-8")))


def prepare(desk: Desk, path: Path, wishes: Wishes) -> Prepared:
    """Read a file once and understand it as far as it goes; what is still to be asked is in `columns` and `values`.

    Raises:
        Refused: the file is no table, a wish names a heading, field, word, workflow or status that is not there.
    """
    table = registry.read_table(path, wishes.choices)
    said = desk.ask(_remembered, imports.mapping_key(table.headings))
    remembered = said.columns if said else None
    columns = imports.propose(table.headings, imports.preview(table, 50), import_words(), remembered=remembered).given(wishes.columns)
    return _understood(desk, path, wishes, table, columns)


def prepared_again(desk: Desk, before: Prepared, wishes: Wishes) -> Prepared:
    """The same file after the user changed a column or a word."""
    return _understood(desk, before.path, wishes, before.table, before.columns.given(wishes.columns))


def remember(tx: Tx, *, prepared: Prepared) -> None:
    """Keep what was said of a file with these headings, for the next one like it."""
    wishes, columns = prepared.wishes, prepared.columns
    said = Said(columns.remembered(), prepared.values.remembered(), wishes.order, wishes.workflow)
    with tx.because("imported", undoable=False):
        store_settings.put(tx, {f"{REMEMBERED}.{columns.key}": said})


def require_ready(prepared: Prepared) -> None:
    """Refuse a file that still has open questions; the words that nobody has explained are listed."""
    imports.require_ready(prepared.table, prepared.columns)
    prepared.values.require_settled()


def _understood(desk: Desk, path: Path, wishes: Wishes, table: Table, columns: ColumnMap) -> Prepared:
    known = desk.ask(choices)
    said = desk.ask(_remembered, columns.key) or Said({})
    wishes = replace(
        wishes, order=wishes.order or said.order, workflow=wishes.workflow or (said.workflow if said.workflow in known.workflows else "")
    )
    workflow = known.workflows.get(wishes.workflow) if wishes.workflow else known.workflow
    if workflow is None:
        raise Refused("workflow_unknown", "workflow", workflow=wishes.workflow)
    reasons = {reason.key: reason.label for reason in workflow.reasons.values()}
    if columns.of("reason"):
        columns = columns.without_sentences(imports.preview(table, LOOKED_AT), (*reasons, *reasons.values()))
    region = Order(wishes.order or known.book.date_order)
    survey = imports.survey(table, columns, import_words(), region)
    if wishes.order:
        survey = replace(survey, dates={index: reading.ordered(region) for index, reading in survey.dates.items()})
    stages = {status.key: status.stage.value for status in workflow.statuses.values()}
    lists: Known = {
        "status": {status.key: status.label for status in workflow.statuses.values()},
        "reason": reasons,
        "source": {str(key): label for key, label in known.sources.items()},
        "owner": {str(key): label for key, label in known.staff.items()},
    }
    values = imports.propose_values(survey.words, lists, stages, import_words()).recalled(said.values, lists)
    headings = {column.heading: column.field for column in columns.columns if column.field}
    values = values.given(imports.parse_values(wishes.values, headings), lists)
    values = values.agreed() if wishes.agrees else values
    values = values.creating({CREATABLE[each] for each in wishes.create})
    reading = Reading(
        import_words(),
        survey.dates,
        values,
        known.hours.zone,
        known.book.country,
        known.book.currency,
        desk.clock(),
        {status.key: status.outcome.value for status in workflow.statuses.values()},
    )
    return Prepared(path, wishes, table, columns, survey, values, reading, workflow)


def _remembered(tx: Tx, key: str) -> Said | None:
    found = store_settings.values(tx).get(f"{REMEMBERED}.{key}")
    return msgspec.convert(found, Said) if found is not None else None
