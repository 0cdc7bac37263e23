"""What a record says about itself."""

from __future__ import annotations

import pytest

from frontdesk.domain.records import Person


@pytest.mark.parametrize(
    ("first", "last", "name"), [("Grace", "Kim", "Grace Kim"), ("Grace", "", "Grace"), ("", "Kim", "Kim"), ("", "", "")]
)
def test_a_name_is_what_is_known_of_it_in_the_order_it_is_spoken(first: str, last: str, name: str) -> None:
    assert Person(1, first, last).name == name
