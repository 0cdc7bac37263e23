"""What each event does to a lead: pure functions from a case, an occasion and the event's answers to a ruling (workflows.md sections 3 to 5)."""

from frontdesk.domain.rules.appointments import book, enrol, invoice, move, settle
from frontdesk.domain.rules.arrivals import CREATED_BY, INBOUND, Arrival, create, inbound
from frontdesk.domain.rules.attempts import attempt, give_up
from frontdesk.domain.rules.follow_ups import cancel_follow_up, set_follow_up
from frontdesk.domain.rules.imported import Facts, imported, imported_lead
from frontdesk.domain.rules.rulings import STAMPS, Effect, Occasion, Plan, Ruling, effective_stage, may_write
from frontdesk.domain.rules.statuses import Answers, attempts_missing, check_role, choose_status, reopen

__all__ = [
    "CREATED_BY",
    "INBOUND",
    "STAMPS",
    "Answers",
    "Arrival",
    "Effect",
    "Facts",
    "Occasion",
    "Plan",
    "Ruling",
    "attempt",
    "attempts_missing",
    "book",
    "cancel_follow_up",
    "check_role",
    "choose_status",
    "create",
    "effective_stage",
    "enrol",
    "give_up",
    "imported",
    "imported_lead",
    "inbound",
    "invoice",
    "may_write",
    "move",
    "reopen",
    "set_follow_up",
    "settle",
]
