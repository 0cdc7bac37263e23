"""People and the phones and e-mails that reach them. A phone is never unique: families share one."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Table, Text, false

from frontdesk.store.tables.columns import DAY, flag, key, metadata, number, refers, version, void, words

person = Table(
    "person",
    metadata,
    key(),
    refers("location_id", "location"),
    words("first_name"),
    words("last_name"),
    words("sort_name"),
    words("name_key"),
    Column("birth_date", DAY),
    words("postal_code"),
    flag("do_not_call"),
    flag("no_marketing"),
    refers("merged_into", "person", index=True),
    version(),
    void(),
    CheckConstraint("merged_into IS NULL OR merged_into <> id", name="not_merged_into_itself"),
)
Index("ix_person_name_key", person.c.name_key)

contact_point = Table(
    "contact_point",
    metadata,
    key(),
    refers("person_id", "person", required=True, index=True),
    Column("kind", Text, nullable=False),
    Column("typed", Text, nullable=False),
    Column("canonical", Text, nullable=False),
    Column("match_key", Text, nullable=False),
    Column("reversed", Text),
    number("position"),
    version(),
    void(),
    CheckConstraint("kind IN ('phone', 'email')", name="kind_known"),
)
Index("ix_contact_point_match_key", contact_point.c.match_key)
Index(
    "ix_contact_point_reversed",
    contact_point.c.reversed,
    sqlite_where=contact_point.c.reversed.is_not(None),
    postgresql_where=contact_point.c.reversed.is_not(None),
    postgresql_ops={"reversed": "text_pattern_ops"},
)
LIVE_POINT = contact_point.c.void.is_(false())
