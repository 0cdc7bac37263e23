"""Amounts: read from what people and files write, kept as integer minor units (cents), shown as the region writes them."""

from __future__ import annotations

import re
import unicodedata

from frontdesk.domain.problems import Refused
from frontdesk.domain.regions import decimal_mark_of

_NO_CENTS = frozenset({"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"})
_THOUSANDTHS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})

_SIGNS = {
    "AUD": "$", "BRL": "R$", "CAD": "$", "CHF": "CHF", "CNY": "¥", "CZK": "Kč", "DKK": "kr", "EUR": "€", "GBP": "£", "HKD": "$", "HUF": "Ft", "IDR": "Rp", "ILS": "₪",
    "INR": "₹", "JPY": "¥", "KRW": "₩", "MXN": "$", "MYR": "RM", "NGN": "₦", "NOK": "kr", "NZD": "$", "PHP": "₱", "PLN": "zł", "RUB": "₽", "SEK": "kr", "SGD": "$",
    "THB": "฿", "TRY": "₺", "UAH": "₴", "USD": "$", "VND": "₫", "ZAR": "R",
}  # fmt: skip

_AMOUNT = re.compile(r"(?P<number>\d[\d.,' ]*|[.,]\d+)")
_WHOLE = re.compile(r"\d*|[1-9]\d{0,2}(?:(?P<mark>[.,'])(?:\d\d(?P=mark))*\d{3}|(?P<same>[.,'])\d{3}(?:(?P=same)\d{3})*)")
"""Plain, or in groups of three; in India of two before the last three."""

_MOST = 10**15


def minor_digits(currency: str) -> int:
    """How many digits stand behind the decimal mark: 2 for most, 0 for yen, 3 for dinars."""
    return 0 if currency in _NO_CENTS else 3 if currency in _THOUSANDTHS else 2


def amount(text: str, currency: str, region: str) -> int:
    """Read an amount as minor units: `$22,700.00`, `1.234,56 €`, `(50)` for minus fifty; one mark before three digits groups thousands, unless it is the region's decimal mark."""
    plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("’", "'").strip()
    negative = plain.startswith("-") or plain.endswith("-") or (plain.startswith("(") and plain.endswith(")"))
    found = _AMOUNT.search(plain)
    if found is None:
        raise _nonsense()
    around = plain[: found.start()] + " " + plain[found.end() :]
    if not _is_currency(around, currency):
        raise Refused("currency_differs", "amount") if any(_is_currency(around, other) for other in _SIGNS) else _nonsense()
    minor = _minor(found["number"].strip().replace(" ", "'").rstrip("'"), minor_digits(currency), decimal_mark_of(region))
    return -minor if negative else minor


def money_text(minor: int, currency: str, region: str) -> str:
    """The amount as the region writes it, with the currency's sign: `$22,700.00`, `1.234,56 €`."""
    whole, _, cents = plain_amount(abs(minor), currency).partition(".")
    mark = decimal_mark_of(region)
    number = f"{int(whole):,}".replace(",", "." if mark == "," else ",") + (mark + cents if cents else "")
    sign = _SIGNS.get(currency, currency)
    shown = f"{number}\u00a0{sign}" if mark == "," else f"{sign}\u00a0{number}" if sign.isalpha() and len(sign) > 1 else f"{sign}{number}"
    return f"-{shown}" if minor < 0 else shown


def plain_amount(minor: int, currency: str) -> str:
    """The amount for files: digits, a point and the cents, nothing else."""
    digits = minor_digits(currency)
    text = f"{abs(minor):0{digits + 1}d}"
    number = f"{text[:-digits]}.{text[-digits:]}" if digits else text
    return f"-{number}" if minor < 0 else number


def _nonsense() -> Refused:
    return Refused("amount_not_understood", "amount")


def _is_currency(around: str, currency: str) -> bool:
    """Whether what stands around the number is nothing but this currency and a sign; fifty euros are not fifty dollars."""
    rest = re.sub(r"[-+()\s]", "", around)
    sign = _SIGNS.get(currency, currency)
    names = {"", currency, sign, currency[:2] + sign, currency[:1] + sign, sign + currency, currency + sign, sign + "."}
    return rest.upper() in {name.upper() for name in names}


def _minor(number: str, digits: int, mark: str) -> int:
    whole, cents = _parts(number, digits, mark)
    if not _WHOLE.fullmatch(whole) or not re.fullmatch(r"\d*", cents) or cents[digits:].strip("0"):
        raise _nonsense()
    minor = int(re.sub(r"\D", "", whole) + cents[:digits].ljust(digits, "0"))
    if minor > _MOST:
        raise _nonsense()
    return minor


def _parts(number: str, digits: int, mark: str) -> tuple[str, str]:
    """The whole part and the cents; the last of two different marks is the decimal one."""
    marks = re.sub(r"[\d']", "", number)
    if not marks:
        return number, ""
    whole, _, behind = number.rpartition(marks[-1])
    if len(set(marks)) == 2 or "'" in number:
        return whole, behind
    if len(marks) == 1 and len(behind) == 3 != digits and marks == mark:
        raise _nonsense()  # 12.345 where a point begins the cents: three of them, or thousands? Nobody guesses with money.
    is_decimal = marks[-1] == mark if len(behind) == 3 == digits else len(behind) != 3
    return (whole, behind) if len(marks) == 1 and is_decimal else (number, "")
