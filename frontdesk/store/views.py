"""Lists that somebody has saved under a name, for themselves or for everybody; and half-filled forms kept until they are sent."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import bindparam, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from frontdesk.domain.records import StaffId
from frontdesk.store import tables as t
from frontdesk.store.shapes import Shape
from frontdesk.store.tx import Tx


class SavedView(Struct, frozen=True):
    """A named list: its filter and sort as JSON text; `staff_id` None is everybody's."""

    id: int
    staff_id: StaffId | None
    label: str
    filter: str
    sort: str = ""
    position: int = 0
    version: int = 1


_SHAPE = Shape(SavedView, t.saved_view)
_VIEWS = (
    select(*_SHAPE.columns)
    .where(t.saved_view.c.void.is_(False), or_(t.saved_view.c.staff_id.is_(None), t.saved_view.c.staff_id == bindparam("staff_id")))
    .order_by(t.saved_view.c.position, t.saved_view.c.id)
)
_draft = t.draft
_MINE = (_draft.c.staff_id == bindparam("of_staff"), _draft.c.form == bindparam("of_form"), _draft.c.subject == bindparam("of_subject"))
_DRAFT = select(_draft.c.content).where(*_MINE)
_DRAFTS = (
    select(_draft.c.form, _draft.c.subject).where(_draft.c.staff_id == bindparam("of_staff")).order_by(_draft.c["at"].desc()).limit(50)
)
_DROP = delete(_draft).where(*_MINE)


def _keep(dialect: Any) -> Any:
    row = dialect.insert(_draft).values({column.name: bindparam(column.name, type_=column.type) for column in _draft.c})
    new = {"content": row.excluded.content, "at": row.excluded["at"]}
    return row.on_conflict_do_update(index_elements=[_draft.c.staff_id, _draft.c.form, _draft.c.subject], set_=new)


_KEEP = MappingProxyType({"sqlite": _keep(sqlite), "postgresql": _keep(postgresql)})


def of(tx: Tx, staff_id: StaffId | None) -> tuple[SavedView, ...]:
    """Everybody's views and one's own, in their order."""
    return tuple(_SHAPE.record(row) for row in tx.rows(_VIEWS, staff_id=staff_id))


def add(tx: Tx, view: SavedView) -> SavedView:
    """Save a list under a name."""
    view = replace(view, id=tx.new_id(), version=1)
    tx.insert(t.saved_view, _SHAPE.row(view, void=False))
    return view


def save(tx: Tx, before: SavedView, after: SavedView) -> SavedView:
    """Rename, reorder or redefine a view."""
    rows = (_SHAPE.row(each, void=False) for each in (before, after))
    return replace(after, version=before.version + tx.update(t.saved_view, after.id, *rows))


def remove(tx: Tx, view: SavedView) -> None:
    """Take a view away; undo brings it back."""
    row = _SHAPE.row(view, void=False)
    tx.update(t.saved_view, view.id, row, row | {"void": True})


def keep_draft(tx: Tx, staff_id: StaffId, form: str, subject: str, content: str) -> None:
    """Keep what was typed into a form about something, so that nothing typed is lost."""
    row = {"id": tx.new_id(), "staff_id": staff_id, "form": form, "subject": subject, "content": content, "at": tx.now}
    tx.write(_KEEP[tx.dialect.name], **row)


def draft(tx: Tx, staff_id: StaffId, form: str, subject: str) -> str | None:
    """What was typed and not sent."""
    found: str | None = tx.value(_DRAFT, of_staff=staff_id, of_form=form, of_subject=subject)
    return found


def drafts_of(tx: Tx, staff_id: StaffId) -> list[tuple[str, str]]:
    """What somebody has not sent yet, as (form, subject), newest first."""
    return [(form, subject) for form, subject in tx.rows(_DRAFTS, of_staff=staff_id)]


def drop_draft(tx: Tx, staff_id: StaffId, form: str, subject: str) -> None:
    """Forget a draft: it was sent or given up."""
    tx.write(_DROP, of_staff=staff_id, of_form=form, of_subject=subject)
