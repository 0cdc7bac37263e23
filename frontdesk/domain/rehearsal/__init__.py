"""Play a script of dated events through a workflow with the real rules, and say every state it leads to (workflows.md section 7)."""

from frontdesk.domain.rehearsal.play import rehearse
from frontdesk.domain.rehearsal.scripts import ALLOWED, NEEDED

__all__ = ["ALLOWED", "NEEDED", "rehearse"]
