"""Change status: an overlay that shows what a status asks for, and what saving will do."""

from frontdesk.ui.lead.change_status.dialog import ChangeStatus

__all__ = ["ChangeStatus"]
