from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.money import amount, minor_digits, money_text, plain_amount
from frontdesk.domain.problems import Refused
from frontdesk.domain.regions import COUNTRIES, currency_of

READ = [
    ("$22,700.00", "USD", "US", 2270000),
    ("22700", "USD", "US", 2270000),
    ("1.234,56", "EUR", "DE", 123456),
    ("1.234,56 €", "EUR", "DE", 123456),
    ("1 234,56 €", "EUR", "FR", 123456),
    ("1\u202f234,56 €", "EUR", "FR", 123456),
    ("CHF 1’234.50", "CHF", "CH", 123450),
    ("1'234,50", "CHF", "CH", 123450),
    ("12.5", "USD", "US", 1250),
    ("12,5", "USD", "US", 1250),
    ("12.", "USD", "US", 1200),
    (".5", "USD", "US", 50),
    ("12.0000", "USD", "US", 1200),
    ("1,234", "USD", "US", 123400),
    ("1.234", "EUR", "DE", 123400),
    ("1,00,000", "INR", "IN", 10000000),
    ("1,234,567", "USD", "US", 123456700),
    ("12,345,678.9", "USD", "US", 1234567890),
    ("1.234", "KWD", "KW", 1234),
    ("1,234", "KWD", "KW", 1234000),
    ("¥1,234", "JPY", "JP", 1234),
    ("12.00", "JPY", "JP", 12),
    ("-12", "USD", "US", -1200),
    ("\u221212", "USD", "US", -1200),
    ("12-", "USD", "US", -1200),
    ("($50.00)", "USD", "US", -5000),
    ("US$ 5", "USD", "US", 500),
    ("A$5", "AUD", "AU", 500),
    ("5 usd", "USD", "US", 500),
    ("５０", "USD", "US", 5000),
    ("0", "USD", "US", 0),
]


@pytest.mark.parametrize(("text", "currency", "region", "minor"), READ)
def test_an_amount_is_read_as_its_region_writes_it(text: str, currency: str, region: str, minor: int) -> None:
    assert amount(text, currency, region) == minor


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "342.09K",
        "0.005",
        "12.345678",
        "1,23,4",
        "1.2.3",
        "12..5",
        "1 2345",
        "5 6",
        "1e5",
        "9" * 30,
        "NaN",
        "=1+1",
        "1,234.567.8",
        "0,123",
        "1.234",
    ],
)
def test_nonsense_other_currencies_and_fractions_of_a_cent_are_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        amount(text, "USD", "US")
    assert (refused.value.code, refused.value.field) == ("amount_not_understood", "amount")


@pytest.mark.parametrize("text", ["€50", "1 200 EUR", "£10.00", "CHF 5", "CA$ 5"])
def test_an_amount_in_another_currency_says_so(text: str) -> None:
    with pytest.raises(Refused, match="currency_differs"):
        amount(text, "USD", "US")


def test_three_digits_behind_the_decimal_mark_are_not_guessed() -> None:
    with pytest.raises(Refused, match="amount_not_understood"):
        amount("1,234", "EUR", "DE")


def test_half_a_yen_is_refused() -> None:
    with pytest.raises(Refused):
        amount("12.50", "JPY", "JP")


@pytest.mark.parametrize(
    ("minor", "currency", "region", "text"),
    [
        (2270000, "USD", "US", "$22,700.00"),
        (123456, "EUR", "DE", "1.234,56\u00a0€"),
        (123456, "EUR", "IE", "€1,234.56"),
        (1234, "JPY", "JP", "¥1,234"),
        (1234, "KWD", "KW", "KWD\u00a01.234"),
        (-5, "USD", "US", "-$0.05"),
        (100, "ZAR", "NA", "R1.00"),
    ],
)
def test_an_amount_is_shown_as_its_region_writes_it(minor: int, currency: str, region: str, text: str) -> None:
    assert money_text(minor, currency, region) == text


@pytest.mark.parametrize(
    ("minor", "currency", "text"), [(2270000, "USD", "22700.00"), (-5, "USD", "-0.05"), (12, "JPY", "12"), (1, "TND", "0.001")]
)
def test_a_file_gets_digits_and_a_point(minor: int, currency: str, text: str) -> None:
    assert plain_amount(minor, currency) == text


@given(st.integers(-(10**14), 10**14), st.sampled_from(sorted(COUNTRIES)))
def test_what_is_shown_reads_back_to_the_same_amount(minor: int, region: str) -> None:
    currency = currency_of(region)
    assert amount(money_text(minor, currency, region), currency, region) == minor


@pytest.mark.parametrize(("currency", "digits"), [("USD", 2), ("JPY", 0), ("BHD", 3), ("XYZ", 2)])
def test_the_minor_digits_are_those_of_iso_4217(currency: str, digits: int) -> None:
    assert minor_digits(currency) == digits
