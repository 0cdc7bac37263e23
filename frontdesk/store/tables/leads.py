"""The lead, one row from first contact to patient, and its status changes. No reference cascades into leads."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    Index,
    Table,
    Text,
    and_,
    false,
    literal_column,
    text,
)

from frontdesk.store.tables.columns import (
    DAY,
    NEW,
    OPEN,
    OUTCOME_AGREES,
    flag,
    instant,
    key,
    metadata,
    number,
    refers,
    version,
    void,
    words,
)

lead = Table(
    "lead",
    metadata,
    key(),
    refers("person_id", "person", required=True, index=True),
    words("sort_name"),
    refers("location_id", "location", required=True),
    Column("workflow", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("furthest", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    instant("created_at", required=True),
    instant("first_attempt_at"),
    instant("reached_at"),
    instant("booked_at"),
    instant("seen_at"),
    instant("won_at"),
    instant("lost_at"),
    Column("created_day", DAY, nullable=False),
    Column("booked_day", DAY),
    Column("won_day", DAY),
    instant("entered_at", required=True),
    instant("status_since", required=True),
    refers("owner_id", "staff"),
    flag("important"),
    number("attempts"),
    instant("next_follow_up"),
    instant("timer_due"),
    Column("reason", Text),
    flag("reason_needed"),
    words("loss_note"),
    Column("reopens_to", Text),
    instant("handed_at"),
    instant("came_back_at"),
    flag("pending"),
    refers("duplicate_of", "lead", keeps=False),
    refers("source_id", "source"),
    refers("campaign_id", "campaign"),
    words("channel"),
    words("interest"),
    Column("estimate", BigInteger),
    Column("revenue", BigInteger, nullable=False, server_default=text("0")),
    words("best_time"),
    words("category"),
    Column("external_key", Text),
    Column("enrolment_number", Text),
    refers("import_id", "import", keeps=False),
    instant("archived_at"),
    version(),
    void(),
    ForeignKeyConstraint(["workflow", "status"], ["status.workflow", "status.key"], ondelete="RESTRICT"),
    ForeignKeyConstraint(["workflow", "reason"], ["reason.workflow", "reason.key"], ondelete="RESTRICT"),
    CheckConstraint(OUTCOME_AGREES, name="outcome_agrees_with_stage"),
    CheckConstraint("furthest IN ('new', 'follow_up', 'booked', 'seen', 'won')", name="furthest_known"),
    CheckConstraint("reason IS NOT NULL OR NOT reason_needed", name="reason_where_status_asks"),
    CheckConstraint("outcome = 'open' OR next_follow_up IS NULL", name="closed_has_no_follow_up"),
    CheckConstraint("outcome = 'open' OR timer_due IS NULL", name="closed_has_no_timer"),
    CheckConstraint("attempts >= 0", name="attempts_not_negative"),
    CheckConstraint("duplicate_of IS NULL OR duplicate_of <> id", name="not_its_own_duplicate"),
    info={"topic": "leads"},
)
LIVE = lead.c.void.is_(false())
"""Not taken back by undo; every query says at least this."""
SHOWN = and_(LIVE, lead.c.archived_at.is_(None))
"""Neither taken back nor archived: what every list says, so that the partial indexes below are used."""
WORKED = and_(lead.c.outcome == OPEN, SHOWN)
"""Open and shown: what the queue and every open list is about."""
PLANNED = and_(WORKED, lead.c.next_follow_up.is_not(None))
"""Leads with a planned contact (queue groups 5 and 6)."""
HINT = lead.c.attempts >= literal_column("0")
"""Always true. An index that says it is used only by queries that say it too: without statistics SQLite would choose it for others as well."""
UNTOUCHED = and_(WORKED, lead.c.stage == NEW, lead.c.next_follow_up.is_(None))
"""New leads that wait for their first call (queue group 4)."""


def _lead_index(name: str, *columns: ColumnElement[Any], where: ColumnElement[bool]) -> None:
    Index(f"ix_lead_{name}", *columns, sqlite_where=where, postgresql_where=where)


_lead_index("created_at", lead.c.created_at, where=SHOWN)
_lead_index("sort_name", lead.c.sort_name, where=SHOWN)
_lead_index("status_created_at", lead.c.status, lead.c.created_at, where=SHOWN)
_lead_index("stage_created_at", lead.c.stage, lead.c.created_at, where=SHOWN)
_lead_index("owner_next_follow_up", lead.c.owner_id, lead.c.next_follow_up, where=and_(WORKED, HINT))
_lead_index("next_follow_up", lead.c.next_follow_up, where=PLANNED)
_lead_index("owner_important_due", lead.c.owner_id, lead.c.important, lead.c.next_follow_up, where=PLANNED)
_lead_index("important_due", lead.c.important, lead.c.next_follow_up, where=and_(PLANNED, HINT))
_lead_index("new_owner", lead.c.owner_id, lead.c.important.desc(), lead.c.created_at, where=UNTOUCHED)
_lead_index("new", lead.c.stage, lead.c.important.desc(), lead.c.created_at, where=and_(UNTOUCHED, HINT))
_lead_index("handed_at", lead.c.handed_at, where=and_(SHOWN, lead.c.handed_at.is_not(None)))
_lead_index("came_back_at", lead.c.came_back_at, where=and_(SHOWN, lead.c.came_back_at.is_not(None)))
_lead_index("timer_due", lead.c.timer_due, where=lead.c.timer_due.is_not(None))
_lead_index("booked_at", lead.c.booked_at, where=and_(SHOWN, lead.c.booked_at.is_not(None)))
_lead_index("won_at", lead.c.won_at, where=and_(SHOWN, lead.c.won_at.is_not(None)))
_lead_index("external_key", lead.c.external_key, where=lead.c.external_key.is_not(None))
_lead_index("import_id", lead.c.import_id, where=lead.c.import_id.is_not(None))
_lead_index("duplicate_of", lead.c.duplicate_of, where=lead.c.duplicate_of.is_not(None))

status_change = Table(
    "status_change",
    metadata,
    key(),
    refers("lead_id", "lead", required=True),
    refers("location_id", "location", required=True),
    Column("from_status", Text),
    Column("to_status", Text, nullable=False),
    Column("from_stage", Text),
    Column("to_stage", Text, nullable=False),
    instant("since", required=True),
    instant("until"),
    refers("staff_id", "staff"),
    Column("rule", Text, nullable=False),
    version(),
    void(),
)
Index("ix_status_change_lead_id_since", status_change.c.lead_id, status_change.c.since)
