"""Who changed what, when and why: the journal with its seals, the command keys, and the token that changes when a backup comes back."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, and_, false

from frontdesk.store.tables.columns import ID, flag, instant, metadata

journal = Table(
    "journal",
    metadata,
    Column("number", ID, primary_key=True),
    Column("change", ID, nullable=False),
    Column("undoes", ID),
    Column("who", ID),
    flag("system"),
    instant("at", required=True),
    Column("rule", Text, nullable=False),
    Column("table_name", Text, nullable=False),
    Column("row_id", ID, nullable=False),
    Column("action", Text, nullable=False),
    Column("lead_id", ID),
    Column("person_id", ID),
    flag("undoable"),
    Column("txid", BigInteger),
    Column("detail_hash", LargeBinary, nullable=False),
)
_of_person = and_(journal.c.lead_id.is_(None), journal.c.person_id.is_not(None))
_undoes = journal.c.undoes.is_not(None)
_undoable = journal.c.undoable.is_not(false())
_with_txid = journal.c.txid.is_not(None)
Index("ix_journal_lead", journal.c.lead_id, journal.c.number)
Index("ix_journal_person", journal.c.person_id, journal.c.number, sqlite_where=_of_person, postgresql_where=_of_person)
Index("ix_journal_change", journal.c.change)
Index("ix_journal_undoes", journal.c.undoes, sqlite_where=_undoes, postgresql_where=_undoes)
Index("ix_journal_undoable", journal.c.who, journal.c.number, sqlite_where=_undoable, postgresql_where=_undoable)
Index("ix_journal_txid", journal.c.txid, sqlite_where=_with_txid, postgresql_where=_with_txid)

journal_detail = Table(
    "journal_detail",
    metadata,
    Column("number", ID, ForeignKey("journal.number", ondelete="RESTRICT"), primary_key=True, autoincrement=False),
    Column("salt", LargeBinary),
    Column("before", Text),
    Column("after", Text),
)

seal = Table(
    "seal",
    metadata,
    Column("number", ID, primary_key=True, autoincrement=False),
    instant("at", required=True),
    Column("row_count", Integer, nullable=False),
    Column("first_number", ID),
    Column("last_number", ID),
    Column("snapshot_before", Text),
    Column("snapshot_after", Text),
    Column("previous", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

command_key = Table(
    "command_key",
    metadata,
    Column("key", Text, primary_key=True),
    Column("change", ID),
    instant("at", required=True),
    Column("answer", Text),
)

feed = Table("feed", metadata, Column("id", Integer, primary_key=True, autoincrement=False), Column("token", Text, nullable=False))
