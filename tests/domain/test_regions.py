from __future__ import annotations

from importlib import resources

import pytest

from frontdesk.domain.regions import COUNTRIES, CURRENCIES, currency_of, date_order_of, decimal_mark_of, first_weekday_of, has_24_hours


@pytest.mark.parametrize(
    ("country", "habits"),
    [
        ("US", ("USD", "mdy", 6, False, ".")),
        ("GB", ("GBP", "dmy", 0, True, ".")),
        ("AU", ("AUD", "dmy", 0, False, ".")),
        ("DE", ("EUR", "dmy", 0, True, ",")),
        ("EG", ("EGP", "dmy", 5, False, ".")),
        ("BR", ("BRL", "dmy", 6, True, ",")),
        ("ZZ", ("USD", "dmy", 0, True, ".")),
    ],
)
def test_a_country_has_its_habits(country: str, habits: tuple[object, ...]) -> None:
    found = (currency_of(country), date_order_of(country), first_weekday_of(country), has_24_hours(country), decimal_mark_of(country))
    assert found == habits


def test_every_region_with_telephones_has_a_currency() -> None:
    from phonenumbers import SUPPORTED_REGIONS

    assert set(SUPPORTED_REGIONS) <= COUNTRIES


def test_every_country_of_a_time_zone_has_a_currency() -> None:
    table = resources.files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text("utf-8")
    assert {line[:2] for line in table.splitlines() if not line.startswith("#")} <= COUNTRIES


def test_codes_are_two_and_three_letters() -> None:
    assert {len(country) for country in COUNTRIES} == {2}
    assert {len(currency) for currency in CURRENCIES} == {3}
