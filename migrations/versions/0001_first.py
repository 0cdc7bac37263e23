"""The first shape: every table, its constraints and indexes, and the full-text table of SQLite.

A frozen copy of `frontdesk/store/tables` as they were; later revisions change the database, never this file.
"""

from __future__ import annotations

from typing import Any

from alembic import op
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    and_,
    false,
    literal_column,
    text,
    true,
)
from sqlalchemy.types import TypeEngine

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# fmt: off
NAMES = {'ix': 'ix_%(table_name)s_%(column_0_N_name)s', 'uq': 'uq_%(table_name)s_%(column_0_N_name)s',
    'ck': 'ck_%(table_name)s_%(constraint_name)s', 'fk': 'fk_%(table_name)s_%(column_0_N_name)s', 'pk': 'pk_%(table_name)s'}
metadata = MetaData(naming_convention=NAMES)
ID: TypeEngine[int] = BigInteger().with_variant(Integer(), 'sqlite')
INSTANT = DateTime(timezone=True).with_variant(Integer(), 'sqlite')
DAY = Date().with_variant(Text(), 'sqlite')
OPEN: ColumnElement[str] = literal_column("'open'")
NEW: ColumnElement[str] = literal_column("'new'")
OUTCOME_AGREES = (
    "(stage IN ('new', 'follow_up', 'booked', 'rebook', 'seen') AND outcome = 'open') OR (stage = 'won' AND outcome = 'won')"
    " OR (stage IN ('lost', 'not_qualified') AND outcome = 'lost') OR (stage = 'excluded' AND outcome = 'excluded')"
)

def key() -> Column[int]:
    return Column('id', ID, primary_key=True, autoincrement=False)

def refers(name: str, to: str, *, required: bool=False, keeps: bool=True, index: bool=False) -> Column[int]:
    rule = 'RESTRICT' if keeps or required else 'SET NULL'
    return Column(name, ID, ForeignKey(f'{to}.id', ondelete=rule), nullable=not required, index=index)

def words(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default=text("''"))

def flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=false())

def instant(name: str, *, required: bool=False) -> Column[object]:
    return Column(name, INSTANT, nullable=not required)

def number(name: str, default: str='0') -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text(default))

def version() -> Column[int]:
    return number('version', '1')

def void() -> Column[bool]:
    return flag('void')

location = Table('location', metadata, key(), Column('name', Text, nullable=False), Column('zone', Text, nullable=False),
    words('country'), words('subdivision'), Column('hours', Text), words('holidays'), flag('hidden'), version(), void())
staff = Table('staff', metadata, key(), Column('name', Text, nullable=False), Column('role', Text, nullable=False),
    refers('location_id', 'location', keeps=False), Column('login', Text, unique=True), Column('active', Boolean, nullable=False,
    server_default=true()), version(), void(),
    CheckConstraint("role IN ('receptionist', 'call_centre', 'manager', 'auditor', 'administrator')", name='role_known'))
source = Table('source', metadata, key(), Column('label', Text, nullable=False), Column('folded', Text, nullable=False),
    words('channel'), flag('hidden'), version(), void())
campaign = Table('campaign', metadata, key(), refers('source_id', 'source'), Column('label', Text, nullable=False), Column('folded',
    Text, nullable=False), flag('hidden'), version(), void())
procedure = Table('procedure', metadata, key(), Column('label', Text, nullable=False), Column('folded', Text, nullable=False),
    flag('hidden'), version(), void())
zone = Table('zone', metadata, key(), refers('location_id', 'location', required=True, index=True), Column('label', Text,
    nullable=False), words('postal_codes'), flag('hidden'), version(), void())
workflow = Table('workflow', metadata, key(), Column('key', Text, nullable=False, unique=True), Column('label', Text, nullable=False),
    Column('definition', Text, nullable=False), flag('active'), version(), void())
status = Table('status', metadata, key(), Column('workflow', Text, nullable=False), Column('key', Text, nullable=False), Column('label',
    Text, nullable=False), Column('stage', Text, nullable=False), Column('outcome', Text, nullable=False), flag('asks_reason'),
    number('position'), flag('hidden'), version(), void(), UniqueConstraint('workflow', 'key'), ForeignKeyConstraint(['workflow'],
    ['workflow.key'], ondelete='RESTRICT'), CheckConstraint(OUTCOME_AGREES, name='outcome_agrees_with_stage'))
reason = Table('reason', metadata, key(), Column('workflow', Text, nullable=False), Column('key', Text, nullable=False), Column('label',
    Text, nullable=False), number('position'), flag('hidden'), version(), void(), UniqueConstraint('workflow', 'key'),
    ForeignKeyConstraint(['workflow'], ['workflow.key'], ondelete='RESTRICT'))
setting = Table('setting', metadata, key(), Column('key', Text, nullable=False, unique=True), Column('value', Text, nullable=False),
    version(), void())
saved_view = Table('saved_view', metadata, key(), refers('staff_id', 'staff', index=True), Column('label', Text, nullable=False),
    Column('filter', Text, nullable=False), words('sort'), number('position'), version(), void())
draft = Table('draft', metadata, key(), refers('staff_id', 'staff', required=True), Column('form', Text, nullable=False),
    Column('subject', Text, nullable=False), Column('content', Text, nullable=False), instant('at', required=True),
    UniqueConstraint('staff_id', 'form', 'subject'))
import_ = Table('import', metadata, key(), Column('file_name', Text, nullable=False), words('file_hash'), words('mapping'),
    Column('state', Text, nullable=False), refers('staff_id', 'staff'), instant('started_at', required=True), instant('ended_at'),
    number('rows'), number('created'), number('updated'), number('already_here'), number('refused'), version(), void(),
    CheckConstraint("state IN ('applying', 'done', 'undone', 'failed')", name='state_known'))
import_change = Table('import_change', metadata, Column('change', key().type, primary_key=True, autoincrement=False),
    refers('import_id', 'import', required=True, index=True), Column('first_line', Integer))
external_id = Table('external_id', metadata, key(), Column('system', Text, nullable=False), Column('kind', Text, nullable=False),
    Column('value', Text, nullable=False), Column('row_id', key().type, nullable=False, index=True), version(), void())

def _unique(name: str, *columns: Column[object], where: ColumnElement[bool]) -> None:
    Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)

_unique('uq_source_folded', source.c.folded, where=source.c.void.is_(false()))
_unique('uq_procedure_folded', procedure.c.folded, where=procedure.c.void.is_(false()))
_unique('uq_campaign_source_id_folded', campaign.c.source_id, campaign.c.folded, where=campaign.c.void.is_(false()))
_unique('uq_campaign_folded', campaign.c.folded, where=and_(campaign.c.void.is_(false()), campaign.c.source_id.is_(None)))
_unique('uq_workflow_active', workflow.c.active, where=workflow.c.active.is_not(false()))
_unique('uq_external_id_value', external_id.c.system, external_id.c.kind, external_id.c.value, where=external_id.c.void.is_(false()))
person = Table('person', metadata, key(), refers('location_id', 'location'), words('first_name'), words('last_name'),
    words('sort_name'), words('name_key'), Column('birth_date', DAY), words('postal_code'), flag('do_not_call'), flag('no_marketing'),
    refers('merged_into', 'person', index=True), version(), void(), CheckConstraint('merged_into IS NULL OR merged_into <> id',
    name='not_merged_into_itself'))
Index('ix_person_name_key', person.c.name_key)
contact_point = Table('contact_point', metadata, key(), refers('person_id', 'person', required=True, index=True), Column('kind', Text,
    nullable=False), Column('typed', Text, nullable=False), Column('canonical', Text, nullable=False), Column('match_key', Text,
    nullable=False), Column('reversed', Text), number('position'), version(), void(), CheckConstraint("kind IN ('phone', 'email')",
    name='kind_known'))
Index('ix_contact_point_match_key', contact_point.c.match_key)
Index('ix_contact_point_reversed', contact_point.c.reversed, sqlite_where=contact_point.c.reversed.is_not(None),
    postgresql_where=contact_point.c.reversed.is_not(None), postgresql_ops={'reversed': 'text_pattern_ops'})
lead = Table('lead', metadata, key(), refers('person_id', 'person', required=True, index=True), words('sort_name'),
    refers('location_id', 'location', required=True), Column('workflow', Text, nullable=False), Column('status', Text, nullable=False),
    Column('stage', Text, nullable=False), Column('furthest', Text, nullable=False), Column('outcome', Text, nullable=False),
    instant('created_at', required=True), instant('first_attempt_at'), instant('reached_at'), instant('booked_at'), instant('seen_at'),
    instant('won_at'), instant('lost_at'), Column('created_day', DAY, nullable=False), Column('booked_day', DAY), Column('won_day',
    DAY), instant('entered_at', required=True), instant('status_since', required=True), refers('owner_id', 'staff'), flag('important'),
    number('attempts'), instant('next_follow_up'), instant('timer_due'), Column('reason', Text), flag('reason_needed'),
    words('loss_note'), Column('reopens_to', Text), instant('handed_at'), instant('came_back_at'), flag('pending'),
    refers('duplicate_of', 'lead', keeps=False), refers('source_id', 'source'), refers('campaign_id', 'campaign'), words('channel'),
    words('interest'), Column('estimate', BigInteger), Column('revenue', BigInteger, nullable=False, server_default=text('0')),
    words('best_time'), words('category'), Column('external_key', Text), Column('enrolment_number', Text), refers('import_id',
    'import', keeps=False), instant('archived_at'), version(), void(), ForeignKeyConstraint(['workflow', 'status'], ['status.workflow',
    'status.key'], ondelete='RESTRICT'), ForeignKeyConstraint(['workflow', 'reason'], ['reason.workflow', 'reason.key'],
    ondelete='RESTRICT'), CheckConstraint(OUTCOME_AGREES, name='outcome_agrees_with_stage'),
    CheckConstraint("furthest IN ('new', 'follow_up', 'booked', 'seen', 'won')", name='furthest_known'),
    CheckConstraint('reason IS NOT NULL OR NOT reason_needed', name='reason_where_status_asks'),
    CheckConstraint("outcome = 'open' OR next_follow_up IS NULL", name='closed_has_no_follow_up'),
    CheckConstraint("outcome = 'open' OR timer_due IS NULL", name='closed_has_no_timer'), CheckConstraint('attempts >= 0',
    name='attempts_not_negative'), CheckConstraint('duplicate_of IS NULL OR duplicate_of <> id', name='not_its_own_duplicate'))
LIVE = lead.c.void.is_(false())
SHOWN = and_(LIVE, lead.c.archived_at.is_(None))
WORKED = and_(lead.c.outcome == OPEN, SHOWN)
PLANNED = and_(WORKED, lead.c.next_follow_up.is_not(None))
HINT = lead.c.attempts >= literal_column('0')
UNTOUCHED = and_(WORKED, lead.c.stage == NEW, lead.c.next_follow_up.is_(None))

def _lead_index(name: str, *columns: ColumnElement[Any], where: ColumnElement[bool]) -> None:
    Index(f'ix_lead_{name}', *columns, sqlite_where=where, postgresql_where=where)

_lead_index('created_at', lead.c.created_at, where=SHOWN)
_lead_index('sort_name', lead.c.sort_name, where=SHOWN)
_lead_index('status_created_at', lead.c.status, lead.c.created_at, where=SHOWN)
_lead_index('stage_created_at', lead.c.stage, lead.c.created_at, where=SHOWN)
_lead_index('owner_next_follow_up', lead.c.owner_id, lead.c.next_follow_up, where=and_(WORKED, HINT))
_lead_index('next_follow_up', lead.c.next_follow_up, where=PLANNED)
_lead_index('owner_important_due', lead.c.owner_id, lead.c.important, lead.c.next_follow_up, where=PLANNED)
_lead_index('important_due', lead.c.important, lead.c.next_follow_up, where=and_(PLANNED, HINT))
_lead_index('new_owner', lead.c.owner_id, lead.c.important.desc(), lead.c.created_at, where=UNTOUCHED)
_lead_index('new', lead.c.stage, lead.c.important.desc(), lead.c.created_at, where=and_(UNTOUCHED, HINT))
_lead_index('handed_at', lead.c.handed_at, where=and_(SHOWN, lead.c.handed_at.is_not(None)))
_lead_index('came_back_at', lead.c.came_back_at, where=and_(SHOWN, lead.c.came_back_at.is_not(None)))
_lead_index('timer_due', lead.c.timer_due, where=lead.c.timer_due.is_not(None))
_lead_index('booked_at', lead.c.booked_at, where=and_(SHOWN, lead.c.booked_at.is_not(None)))
_lead_index('won_at', lead.c.won_at, where=and_(SHOWN, lead.c.won_at.is_not(None)))
_lead_index('external_key', lead.c.external_key, where=lead.c.external_key.is_not(None))
_lead_index('import_id', lead.c.import_id, where=lead.c.import_id.is_not(None))
_lead_index('duplicate_of', lead.c.duplicate_of, where=lead.c.duplicate_of.is_not(None))
status_change = Table('status_change', metadata, key(), refers('lead_id', 'lead', required=True), refers('location_id', 'location',
    required=True), Column('from_status', Text), Column('to_status', Text, nullable=False), Column('from_stage', Text),
    Column('to_stage', Text, nullable=False), instant('since', required=True), instant('until'), refers('staff_id', 'staff'),
    Column('rule', Text, nullable=False), version(), void())
Index('ix_status_change_lead_id_since', status_change.c.lead_id, status_change.c.since)
activity = Table('activity', metadata, key(), refers('lead_id', 'lead', required=True), refers('location_id', 'location',
    required=True), instant('at', required=True), Column('kind', Text, nullable=False), words('channel'), flag('inbound'),
    Column('disposition', Text), flag('counted'), Column('number', Integer), words('number_used'), words('note'), refers('staff_id',
    'staff'), flag('unsettled'), flag('after_hours'), version(), void(),
    CheckConstraint("kind IN ('created', 'attempt', 'contact', 'inbound', 'note')", name='kind_known'))
Index('ix_activity_lead_id_at_kind_void', activity.c.lead_id, activity.c.at, activity.c.kind, activity.c.void)
UNSETTLED = and_(activity.c.unsettled.is_not(false()), activity.c.void.is_(false()))
Index('ix_activity_unsettled', activity.c.after_hours.desc(), activity.c.at, sqlite_where=UNSETTLED, postgresql_where=UNSETTLED)
Index('ix_activity_unsettled_lead', activity.c.lead_id, sqlite_where=UNSETTLED, postgresql_where=UNSETTLED)
follow_up = Table('follow_up', metadata, key(), refers('lead_id', 'lead', required=True), refers('location_id', 'location',
    required=True), instant('due', required=True), flag('any_time'), number('minutes', '15'), Column('kind', Text, nullable=False),
    words('note'), refers('set_by', 'staff'), instant('set_at', required=True), instant('ended_at'), Column('ending', Text), version(),
    void(), CheckConstraint("kind IN ('call', 'email', 'text', 'other')", name='kind_known'),
    CheckConstraint('(ended_at IS NULL) = (ending IS NULL)', name='ended_has_an_ending'),
    CheckConstraint("ending IN ('completed', 'moved', 'cancelled')", name='ending_known'))
RUNNING = and_(follow_up.c.ended_at.is_(None), follow_up.c.void.is_(false()))
Index('uq_follow_up_open', follow_up.c.lead_id, unique=True, sqlite_where=RUNNING, postgresql_where=RUNNING)
Index('ix_follow_up_due', follow_up.c.due, sqlite_where=RUNNING, postgresql_where=RUNNING)
Index('ix_follow_up_lead_id_set_at', follow_up.c.lead_id, follow_up.c.set_at)
appointment = Table('appointment', metadata, key(), refers('lead_id', 'lead', index=True), refers('location_id', 'location',
    required=True), instant('starts'), words('zone'), number('minutes', '30'), words('with_whom'), words('kind'), Column('state', Text,
    nullable=False), flag('invoiced'), instant('booked_on', required=True), Column('key', Text), version(), void(),
    CheckConstraint("state IN ('booked', 'cancelled', 'did_not_arrive', 'attended')", name='state_known'))
BOOKED: ColumnElement[str] = literal_column("'booked'")
COMING = and_(appointment.c.state == BOOKED, appointment.c.invoiced.is_(false()), appointment.c.void.is_(false()))
Index('ix_appointment_location_id_starts', appointment.c.location_id, appointment.c.starts)
Index('ix_appointment_coming', appointment.c.starts, sqlite_where=COMING, postgresql_where=COMING)
revenue = Table('revenue', metadata, key(), refers('lead_id', 'lead', required=True, index=True), refers('location_id', 'location',
    required=True), Column('amount', BigInteger, nullable=False), Column('received_on', DAY, nullable=False), words('note'),
    refers('procedure_id', 'procedure'), version(), void())
expense = Table('expense', metadata, key(), refers('location_id', 'location'), refers('source_id', 'source', index=True),
    refers('campaign_id', 'campaign', index=True), Column('month', DAY, nullable=False, index=True), Column('amount', BigInteger,
    nullable=False), version(), void(), CheckConstraint('source_id IS NOT NULL OR campaign_id IS NOT NULL',
    name='for_a_source_or_campaign'))
journal = Table('journal', metadata, Column('number', ID, primary_key=True), Column('change', ID, nullable=False), Column('undoes', ID),
    Column('who', ID), flag('system'), instant('at', required=True), Column('rule', Text, nullable=False), Column('table_name', Text,
    nullable=False), Column('row_id', ID, nullable=False), Column('action', Text, nullable=False), Column('lead_id', ID),
    Column('person_id', ID), flag('undoable'), Column('txid', BigInteger), Column('detail_hash', LargeBinary, nullable=False))
_of_person = and_(journal.c.lead_id.is_(None), journal.c.person_id.is_not(None))
_undoes = journal.c.undoes.is_not(None)
_undoable = journal.c.undoable.is_not(false())
_with_txid = journal.c.txid.is_not(None)
Index('ix_journal_lead', journal.c.lead_id, journal.c.number)
Index('ix_journal_person', journal.c.person_id, journal.c.number, sqlite_where=_of_person, postgresql_where=_of_person)
Index('ix_journal_change', journal.c.change)
Index('ix_journal_undoes', journal.c.undoes, sqlite_where=_undoes, postgresql_where=_undoes)
Index('ix_journal_undoable', journal.c.who, journal.c.number, sqlite_where=_undoable, postgresql_where=_undoable)
Index('ix_journal_txid', journal.c.txid, sqlite_where=_with_txid, postgresql_where=_with_txid)
journal_detail = Table('journal_detail', metadata, Column('number', ID, ForeignKey('journal.number', ondelete='RESTRICT'),
    primary_key=True, autoincrement=False), Column('salt', LargeBinary), Column('before', Text), Column('after', Text))
seal = Table('seal', metadata, Column('number', ID, primary_key=True, autoincrement=False), instant('at', required=True),
    Column('row_count', Integer, nullable=False), Column('first_number', ID), Column('last_number', ID), Column('snapshot_before',
    Text), Column('snapshot_after', Text), Column('previous', LargeBinary, nullable=False), Column('hash', LargeBinary,
    nullable=False))
command_key = Table('command_key', metadata, Column('key', Text, primary_key=True), Column('change', ID), instant('at', required=True),
    Column('answer', Text))
feed = Table('feed', metadata, Column('id', Integer, primary_key=True, autoincrement=False), Column('token', Text, nullable=False))
MEASURES = ('created', 'worked', 'booked', 'seen', 'won', 'lost', 'unqualified', 'booked_then', 'won_then')
total = Table('total', metadata, Column('location_id', ID, nullable=False), Column('day', DAY, nullable=False), Column('source_id', ID,
    nullable=False), Column('owner_id', ID, nullable=False), *(number(measure) for measure in MEASURES), Column('revenue', BigInteger,
    nullable=False, server_default=text('0')), Column('revenue_then', BigInteger, nullable=False, server_default=text('0')),
    PrimaryKeyConstraint('location_id', 'day', 'source_id', 'owner_id'))
person_words = Table('person_words', metadata, Column('person_id', ID, primary_key=True, autoincrement=False), words('names'),
    words('digits'), Column('grams', ARRAY(Text).with_variant(Text(), 'sqlite')), void())
_indexed = person_words.c.grams.is_not(None)
Index('ix_person_words_grams', person_words.c.grams, postgresql_using='gin', sqlite_where=_indexed)
FULL_TEXT = ("CREATE VIRTUAL TABLE search_person USING fts5(grams, content='', columnsize=0, detail=none, tokenize='ascii')",
    "INSERT INTO search_person(search_person, rank) VALUES ('secure-delete', 1)")
# fmt: on


def upgrade() -> None:
    """Make everything."""
    bind = op.get_bind()
    metadata.create_all(bind)
    if bind.dialect.name == "sqlite":
        for sql in FULL_TEXT:
            op.execute(sql)


def downgrade() -> None:
    """There is nothing before the first shape; a backup is the way back."""
    raise NotImplementedError
