"""What happens to a lead: attempts and contacts, follow-ups, appointments, and money."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, ColumnElement, Index, Integer, Table, Text, and_, false, literal_column

from frontdesk.store.tables.columns import DAY, flag, instant, key, metadata, number, refers, version, void, words

activity = Table(
    "activity",
    metadata,
    key(),
    refers("lead_id", "lead", required=True),
    refers("location_id", "location", required=True),
    instant("at", required=True),
    Column("kind", Text, nullable=False),
    words("channel"),
    flag("inbound"),
    Column("disposition", Text),
    flag("counted"),
    Column("number", Integer),
    words("number_used"),
    words("note"),
    refers("staff_id", "staff"),
    flag("unsettled"),
    flag("after_hours"),
    version(),
    void(),
    CheckConstraint("kind IN ('created', 'attempt', 'contact', 'inbound', 'note')", name="kind_known"),
)
Index("ix_activity_lead_id_at_kind_void", activity.c.lead_id, activity.c.at, activity.c.kind, activity.c.void)
UNSETTLED = and_(activity.c.unsettled.is_not(false()), activity.c.void.is_(false()))
Index("ix_activity_unsettled", activity.c.after_hours.desc(), activity.c.at, sqlite_where=UNSETTLED, postgresql_where=UNSETTLED)
Index("ix_activity_unsettled_lead", activity.c.lead_id, sqlite_where=UNSETTLED, postgresql_where=UNSETTLED)


follow_up = Table(
    "follow_up",
    metadata,
    key(),
    refers("lead_id", "lead", required=True),
    refers("location_id", "location", required=True),
    instant("due", required=True),
    flag("any_time"),
    number("minutes", "15"),
    Column("kind", Text, nullable=False),
    words("note"),
    refers("set_by", "staff"),
    instant("set_at", required=True),
    instant("ended_at"),
    Column("ending", Text),
    version(),
    void(),
    CheckConstraint("kind IN ('call', 'email', 'text', 'other')", name="kind_known"),
    CheckConstraint("(ended_at IS NULL) = (ending IS NULL)", name="ended_has_an_ending"),
    CheckConstraint("ending IN ('completed', 'moved', 'cancelled')", name="ending_known"),
)
RUNNING = and_(follow_up.c.ended_at.is_(None), follow_up.c.void.is_(false()))
Index("uq_follow_up_open", follow_up.c.lead_id, unique=True, sqlite_where=RUNNING, postgresql_where=RUNNING)
Index("ix_follow_up_due", follow_up.c.due, sqlite_where=RUNNING, postgresql_where=RUNNING)
Index("ix_follow_up_lead_id_set_at", follow_up.c.lead_id, follow_up.c.set_at)

appointment = Table(
    "appointment",
    metadata,
    key(),
    refers("lead_id", "lead", index=True),
    refers("location_id", "location", required=True),
    instant("starts"),
    words("zone"),
    number("minutes", "30"),
    words("with_whom"),
    words("kind"),
    Column("state", Text, nullable=False),
    flag("invoiced"),
    instant("booked_on", required=True),
    Column("key", Text),
    version(),
    void(),
    CheckConstraint("state IN ('booked', 'cancelled', 'did_not_arrive', 'attended')", name="state_known"),
)
BOOKED: ColumnElement[str] = literal_column("'booked'")
COMING = and_(appointment.c.state == BOOKED, appointment.c.invoiced.is_(false()), appointment.c.void.is_(false()))
"""A live appointment (workflows.md section 3)."""
Index("ix_appointment_location_id_starts", appointment.c.location_id, appointment.c.starts)
Index("ix_appointment_coming", appointment.c.starts, sqlite_where=COMING, postgresql_where=COMING)

revenue = Table(
    "revenue",
    metadata,
    key(),
    refers("lead_id", "lead", required=True, index=True),
    refers("location_id", "location", required=True),
    Column("amount", BigInteger, nullable=False),
    Column("received_on", DAY, nullable=False),
    words("note"),
    refers("procedure_id", "procedure"),
    version(),
    void(),
)

expense = Table(
    "expense",
    metadata,
    key(),
    refers("location_id", "location"),
    refers("source_id", "source", index=True),
    refers("campaign_id", "campaign", index=True),
    Column("month", DAY, nullable=False, index=True),
    Column("amount", BigInteger, nullable=False),
    version(),
    void(),
    CheckConstraint("source_id IS NOT NULL OR campaign_id IS NOT NULL", name="for_a_source_or_campaign"),
)
