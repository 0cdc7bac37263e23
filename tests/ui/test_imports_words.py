"""The words of the import."""

from __future__ import annotations

from frontdesk.domain.imports import FIELDS
from frontdesk.ui.imports.words import field_choices


def test_every_field_of_an_import_has_a_name() -> None:
    assert {key for key, _ in field_choices() if key} == set(FIELDS)
