"""Where enquiries come from: a controlled list of sources and their campaigns, made as imports and people need them."""

from __future__ import annotations

from msgspec.structs import replace
from sqlalchemy import bindparam, select

from frontdesk.domain.contacts import fold
from frontdesk.domain.records import Campaign, CampaignId, Source, SourceId
from frontdesk.store import tables as t
from frontdesk.store.shapes import Shape
from frontdesk.store.tx import Tx

_SOURCE = Shape(Source, t.source)
_CAMPAIGN = Shape(Campaign, t.campaign)
_SOURCES = select(*_SOURCE.columns).where(t.source.c.void.is_(False)).order_by(t.source.c.label, t.source.c.id)
_CAMPAIGNS = select(*_CAMPAIGN.columns).where(t.campaign.c.void.is_(False)).order_by(t.campaign.c.label, t.campaign.c.id)
_SOURCE_NAMED = select(*_SOURCE.columns).where(t.source.c.folded == bindparam("folded"), t.source.c.void.is_(False))
_CAMPAIGN_NAMED = select(*_CAMPAIGN.columns).where(t.campaign.c.folded == bindparam("folded"), t.campaign.c.void.is_(False))


def every(tx: Tx) -> tuple[Source, ...]:
    """All sources by label, hidden ones too."""
    return tuple(_SOURCE.record(row) for row in tx.rows(_SOURCES))


def campaigns(tx: Tx) -> tuple[Campaign, ...]:
    """All campaigns by label, hidden ones too."""
    return tuple(_CAMPAIGN.record(row) for row in tx.rows(_CAMPAIGNS))


def find(tx: Tx, label: str) -> Source | None:
    """The source of this name, however it is written."""
    row = tx.row(_SOURCE_NAMED, folded=fold(label))
    return None if row is None else _SOURCE.record(row)


def find_campaign(tx: Tx, label: str, source_id: SourceId | None) -> Campaign | None:
    """The campaign of this name under a source, however it is written."""
    named = (_CAMPAIGN.record(row) for row in tx.rows(_CAMPAIGN_NAMED, folded=fold(label)))
    return next((each for each in named if each.source_id == source_id), None)


def get_or_create(tx: Tx, label: str, channel: str = "") -> SourceId:
    """The id of the source of this name; made when there is none."""
    found = find(tx, label)
    return found.id if found else add(tx, Source(0, label.strip(), channel)).id


def get_or_create_campaign(tx: Tx, label: str, source_id: SourceId | None) -> CampaignId:
    """The id of the campaign of this name under a source; made when there is none."""
    found = find_campaign(tx, label, source_id)
    return found.id if found else add_campaign(tx, Campaign(0, source_id, label.strip())).id


def add(tx: Tx, source: Source) -> Source:
    """A new source."""
    source = replace(source, id=tx.new_id(), version=1)
    tx.insert(t.source, _SOURCE.row(source, folded=fold(source.label), void=False))
    return source


def add_campaign(tx: Tx, campaign: Campaign) -> Campaign:
    """A new campaign."""
    campaign = replace(campaign, id=tx.new_id(), version=1)
    tx.insert(t.campaign, _CAMPAIGN.row(campaign, folded=fold(campaign.label), void=False))
    return campaign


def save(tx: Tx, before: Source, after: Source) -> Source:
    """Rename or hide a source."""
    rows = (_SOURCE.row(each, folded=fold(each.label), void=False) for each in (before, after))
    return replace(after, version=before.version + tx.update(t.source, after.id, *rows))


def save_campaign(tx: Tx, before: Campaign, after: Campaign) -> Campaign:
    """Rename or hide a campaign."""
    rows = (_CAMPAIGN.row(each, folded=fold(each.label), void=False) for each in (before, after))
    return replace(after, version=before.version + tx.update(t.campaign, after.id, *rows))
