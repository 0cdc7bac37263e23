"""Read a workflow from a mapping (a preset's TOML, or what the practice has saved) and refuse it as a whole when anything is wrong.

A refusal's `field` is the place (`statuses.follow_up_2.wait`) and its code the sentence.
"""

from frontdesk.domain.workflow_text.durations import duration
from frontdesk.domain.workflow_text.reading import read
from frontdesk.domain.workflow_text.writing import written

__all__ = ["duration", "read", "written"]
