"""Counts read the same wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from frontdesk.ui.imports.words import counted
from frontdesk.ui.widgets.figures import figure


@pytest.fixture
def _region() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(("region", "shown"), [("C", "8,800"), ("en_US", "8,800"), ("de_DE", "8.800")])
@pytest.mark.usefixtures("_region")
def test_digits_stand_in_groups_also_where_the_system_has_no_region(region: str, shown: str) -> None:
    QLocale.setDefault(QLocale(region))
    assert (figure(8800), counted(8800, "1 row", "{n} rows")) == (shown, f"{shown} rows")
