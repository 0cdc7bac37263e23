"""The practice itself: offices, colleagues, where enquiries come from, how leads are worked, and what people have set for themselves."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    and_,
    false,
    true,
)

from frontdesk.store.tables.columns import OUTCOME_AGREES, flag, instant, key, metadata, number, refers, version, void, words

location = Table(
    "location",
    metadata,
    key(),
    Column("name", Text, nullable=False),
    Column("zone", Text, nullable=False),
    words("country"),
    words("subdivision"),
    Column("hours", Text),
    words("holidays"),
    flag("hidden"),
    version(),
    void(),
    info={"topic": "settings"},
)

staff = Table(
    "staff",
    metadata,
    key(),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    refers("location_id", "location", keeps=False),
    Column("login", Text, unique=True),
    Column("active", Boolean, nullable=False, server_default=true()),
    version(),
    void(),
    CheckConstraint("role IN ('receptionist', 'call_centre', 'manager', 'auditor', 'administrator')", name="role_known"),
    info={"topic": "staff"},
)

source = Table(
    "source",
    metadata,
    key(),
    Column("label", Text, nullable=False),
    Column("folded", Text, nullable=False),
    words("channel"),
    flag("hidden"),
    version(),
    void(),
    info={"topic": "sources"},
)

campaign = Table(
    "campaign",
    metadata,
    key(),
    refers("source_id", "source"),
    Column("label", Text, nullable=False),
    Column("folded", Text, nullable=False),
    flag("hidden"),
    version(),
    void(),
    info={"topic": "sources"},
)

procedure = Table(
    "procedure",
    metadata,
    key(),
    Column("label", Text, nullable=False),
    Column("folded", Text, nullable=False),
    flag("hidden"),
    version(),
    void(),
)

zone = Table(
    "zone",
    metadata,
    key(),
    refers("location_id", "location", required=True, index=True),
    Column("label", Text, nullable=False),
    words("postal_codes"),
    flag("hidden"),
    version(),
    void(),
    info={"topic": "settings"},
)

workflow = Table(
    "workflow",
    metadata,
    key(),
    Column("key", Text, nullable=False, unique=True),
    Column("label", Text, nullable=False),
    Column("definition", Text, nullable=False),
    flag("active"),
    version(),
    void(),
    info={"topic": "workflow"},
)

status = Table(
    "status",
    metadata,
    key(),
    Column("workflow", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    flag("asks_reason"),
    number("position"),
    flag("hidden"),
    version(),
    void(),
    UniqueConstraint("workflow", "key"),
    ForeignKeyConstraint(["workflow"], ["workflow.key"], ondelete="RESTRICT"),
    CheckConstraint(OUTCOME_AGREES, name="outcome_agrees_with_stage"),
    info={"topic": "workflow"},
)

reason = Table(
    "reason",
    metadata,
    key(),
    Column("workflow", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("label", Text, nullable=False),
    number("position"),
    flag("hidden"),
    version(),
    void(),
    UniqueConstraint("workflow", "key"),
    ForeignKeyConstraint(["workflow"], ["workflow.key"], ondelete="RESTRICT"),
    info={"topic": "workflow"},
)

setting = Table(
    "setting",
    metadata,
    key(),
    Column("key", Text, nullable=False, unique=True),
    Column("value", Text, nullable=False),
    version(),
    void(),
    info={"topic": "settings"},
)

saved_view = Table(
    "saved_view",
    metadata,
    key(),
    refers("staff_id", "staff", index=True),
    Column("label", Text, nullable=False),
    Column("filter", Text, nullable=False),
    words("sort"),
    number("position"),
    version(),
    void(),
    info={"topic": "views"},
)

draft = Table(
    "draft",
    metadata,
    key(),
    refers("staff_id", "staff", required=True),
    Column("form", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("content", Text, nullable=False),
    instant("at", required=True),
    UniqueConstraint("staff_id", "form", "subject"),
)

import_ = Table(
    "import",
    metadata,
    key(),
    Column("file_name", Text, nullable=False),
    words("file_hash"),
    words("mapping"),
    Column("state", Text, nullable=False),
    refers("staff_id", "staff"),
    instant("started_at", required=True),
    instant("ended_at"),
    number("rows"),
    number("created"),
    number("updated"),
    number("already_here"),
    number("refused"),
    version(),
    void(),
    CheckConstraint("state IN ('applying', 'done', 'undone', 'failed')", name="state_known"),
)

import_change = Table(
    "import_change",
    metadata,
    Column("change", key().type, primary_key=True, autoincrement=False),
    refers("import_id", "import", required=True, index=True),
    Column("first_line", Integer),
)

external_id = Table(
    "external_id",
    metadata,
    key(),
    Column("system", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("row_id", key().type, nullable=False, index=True),
    version(),
    void(),
)


def _unique(name: str, *columns: Column[object], where: ColumnElement[bool]) -> None:
    Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)


_unique("uq_source_folded", source.c.folded, where=source.c.void.is_(false()))
_unique("uq_procedure_folded", procedure.c.folded, where=procedure.c.void.is_(false()))
_unique("uq_campaign_source_id_folded", campaign.c.source_id, campaign.c.folded, where=campaign.c.void.is_(false()))
_unique("uq_campaign_folded", campaign.c.folded, where=and_(campaign.c.void.is_(false()), campaign.c.source_id.is_(None)))
_unique("uq_workflow_active", workflow.c.active, where=workflow.c.active.is_not(false()))
_unique("uq_external_id_value", external_id.c.system, external_id.c.kind, external_id.c.value, where=external_id.c.void.is_(false()))
