"""The two problems that are nobody's bug: the user can fix it, or someone else changed it meanwhile."""

from __future__ import annotations


class Refused(Exception):
    """What was asked cannot be done as asked, and the user can fix it; `texts.py` has the sentence of every code.

    Attributes:
        code: which sentence, in snake_case (`reason_needed`).
        field: the answer that is missing or wrong, as the command names its argument, or None.
        facts: figures and keys that the sentence mentions; never a person's name, number, address or note.
    """

    def __init__(self, code: str, field: str | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = facts


class Conflict(Exception):
    """Someone else changed the same thing since it was read; nothing was written.

    Attributes:
        code: which sentence (`lead_changed`).
        facts: ids and counts that help to show what happened.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
