"""Every table of the practice in one MetaData; each constraint has a name, so that an error can be told by it."""

from __future__ import annotations

from frontdesk.store.tables.columns import DAY, ID, INSTANT, NEW, OPEN, metadata
from frontdesk.store.tables.kept import MEASURES, person_words, search_person, total
from frontdesk.store.tables.leads import HINT, LIVE, PLANNED, SHOWN, UNTOUCHED, WORKED, lead, status_change
from frontdesk.store.tables.people import LIVE_POINT, contact_point, person
from frontdesk.store.tables.practice import (
    campaign,
    draft,
    external_id,
    import_,
    import_change,
    location,
    procedure,
    reason,
    saved_view,
    setting,
    source,
    staff,
    status,
    workflow,
    zone,
)
from frontdesk.store.tables.record import command_key, feed, journal, journal_detail, seal
from frontdesk.store.tables.work import COMING, RUNNING, UNSETTLED, activity, appointment, expense, follow_up, revenue

__all__ = [
    "COMING",
    "DAY",
    "HINT",
    "ID",
    "INSTANT",
    "LIVE",
    "LIVE_POINT",
    "MEASURES",
    "NEW",
    "OPEN",
    "PLANNED",
    "RUNNING",
    "SHOWN",
    "UNSETTLED",
    "UNTOUCHED",
    "WORKED",
    "activity",
    "appointment",
    "campaign",
    "command_key",
    "contact_point",
    "draft",
    "expense",
    "external_id",
    "feed",
    "follow_up",
    "import_",
    "import_change",
    "journal",
    "journal_detail",
    "lead",
    "location",
    "metadata",
    "person",
    "person_words",
    "procedure",
    "reason",
    "revenue",
    "saved_view",
    "seal",
    "search_person",
    "setting",
    "source",
    "staff",
    "status",
    "status_change",
    "total",
    "workflow",
    "zone",
]
