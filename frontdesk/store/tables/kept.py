"""What is derived and kept so that nothing scans the practice: totals by day, and the words and numbers that a caller is found by."""

from __future__ import annotations

from sqlalchemy import ARRAY, DDL, BigInteger, Column, Index, Integer, MetaData, PrimaryKeyConstraint, Table, Text, event, text

from frontdesk.store.tables.columns import DAY, ID, metadata, number, void, words

MEASURES = ("created", "worked", "booked", "seen", "won", "lost", "unqualified", "booked_then", "won_then")

total = Table(
    "total",
    metadata,
    Column("location_id", ID, nullable=False),
    Column("day", DAY, nullable=False),
    Column("source_id", ID, nullable=False),
    Column("owner_id", ID, nullable=False),
    *(number(measure) for measure in MEASURES),
    Column("revenue", BigInteger, nullable=False, server_default=text("0")),
    Column("revenue_then", BigInteger, nullable=False, server_default=text("0")),
    PrimaryKeyConstraint("location_id", "day", "source_id", "owner_id"),
)
"""Of the leads created on that day: how many, how many of them got how far, their revenue; and what happened on that day itself (`_then`). No source or owner is 0."""

person_words = Table(
    "person_words",
    metadata,
    Column("person_id", ID, primary_key=True, autoincrement=False),
    words("names"),
    words("digits"),
    Column("grams", ARRAY(Text).with_variant(Text(), "sqlite")),
    void(),
)
"""The folded words (names, e-mails) and the digits (phones) that everyone is found by; PostgreSQL indexes the grams, SQLite has `search_person`.

The words of whoever was merged or taken back are only void: taking the grams out of the full text costs a hundred times as much, and undo brings them back.
"""
_indexed = person_words.c.grams.is_not(None)
Index("ix_person_words_grams", person_words.c.grams, postgresql_using="gin", sqlite_where=_indexed)

search_person = Table(
    "search_person", MetaData(), Column("search_person", Text), Column("rowid", Integer, primary_key=True), Column("grams", Text)
)
"""The FTS5 table: contentless, so a row is taken out by giving its grams again; secure-delete, so that nothing of it stays."""

FULL_TEXT = (
    "CREATE VIRTUAL TABLE search_person USING fts5(grams, content='', columnsize=0, detail=none, tokenize='ascii')",
    "INSERT INTO search_person(search_person, rank) VALUES ('secure-delete', 1)",
)
for _sql in FULL_TEXT:
    event.listen(metadata, "after_create", DDL(_sql).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]  # DDL has no types
event.listen(metadata, "before_drop", DDL("DROP TABLE IF EXISTS search_person").execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]  # as above
