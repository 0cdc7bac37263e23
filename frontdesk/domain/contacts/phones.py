"""Phone numbers: every spelling a clinic meets, read into one canonical form; the rules of the world are libphonenumber's."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from msgspec import Struct

from frontdesk.domain.contacts.home_numbers import home_number
from frontdesk.domain.problems import Refused

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

FEWEST_DIGITS = 3
MOST_DIALLED = 18
"""E.164 allows 15, and 0011 may stand before them; longer rows of digits are ids of some other system (Cliniko's have 19)."""

WHOLE_NUMBER = 7
"""From so many digits on, what follows a slash or a word is no part of the number any more."""

_EXCEL_EXPONENT = re.compile(r"\s*\d([.,]\d+)?[eE]\+?\d+\s*")
_EXCEL_DECIMALS = re.compile(r"(\d{5,})[.,]0+\s*")
_EXTENSION = re.compile(r"(?i)(;ext=|\bext|\bx\.?\s*\d|(?<=\d)\s*x\.?\s*\d|#|anexo|доб|durchwahl|poste|int\.)")
_SEPARATORS = re.compile(r"\s*(?::::|[;,|\n/]|\s(?:or|and|oder|und|ou|et|o|y)\s|&)\s*|\s+(?=\+)", re.IGNORECASE)
_SIMPLE = re.compile(r"\+?[0-9 ().-]+")
_NO_DIGIT = re.compile(r"[^0-9]+")
_LABEL_BEFORE = re.compile(r"^\s*[^\W\d_][\w .-]{0,20}:\s*")
_AFTER_NUMBER = re.compile(r"[/|;&]|[^\W\d_]{2,}")


class Phone(Struct, frozen=True):
    """One phone number.

    Attributes:
        as_typed: exactly what was typed or imported, without blanks around it.
        e164: `+` and digits, or None when nobody outside could dial it (no country known, too short).
        digits: the digits of `e164`, or those typed when there is none; what a search looks through.
        extension: digits to dial after the connection, or "".
        valid: whether such a number can exist; one that cannot is kept, and marked.
    """

    as_typed: str
    e164: str | None
    digits: str
    extension: str
    valid: bool

    @property
    def canonical(self) -> str:
        """The form by which two spellings of one number are equal: E.164, else the digits."""
        return self.e164 or self.digits


def phone(text: str, region: str | None) -> Phone:
    """Read one phone number; `region` (ISO country code) is the one of numbers typed without a country.

    A number that looks right and does not exist is kept with `valid` False: clinics must be able to write down what they were told.
    """
    typed = text.strip()
    home = home_number(typed, region.upper()) if region and _SIMPLE.fullmatch(typed) else None
    if home:
        return Phone(typed, home, home[1:], "", valid=True)
    written = _first_number(_plain(typed))
    main = _without_extension(written)
    if not FEWEST_DIGITS <= len(_digits(main)) <= MOST_DIALLED or _EXCEL_EXPONENT.fullmatch(written):
        raise Refused("phone_not_understood", "phone")
    number = _parsed(written, main, region)
    if number is None:
        return Phone(typed, None, _digits(main), _digits(written[len(main) :]), valid=False)
    return _dialable(typed, main, number)


def split_phones(text: str) -> tuple[str, ...]:
    """The single numbers in a cell such as `0412 345 678 / (02) 9374 4000`, in order; a piece too short to be one stays with its neighbour."""
    plain = text.strip()
    pieces: list[str] = []
    start = 0
    for mark in _SEPARATORS.finditer(plain):
        if _is_whole(plain[start : mark.start()]) and _is_whole(plain[mark.end() :]):
            pieces.append(plain[start : mark.start()])
            start = mark.end()
    pieces.append(plain[start:])
    return tuple(piece.strip(" ;,|/&") for piece in pieces if piece.strip(" ;,|/&"))


def reversed_digits(number: Phone) -> str:
    """The digits backwards, so that an index finds a number by its end."""
    return number.digits[::-1]


def sought_digits(text: str) -> tuple[str, ...]:
    """What to look for when somebody types a number or part of one: the digits, and the same without zeros of dialling."""
    digits = _digits(_plain(text))
    return tuple(dict.fromkeys(form for form in (digits, digits.lstrip("0")) if len(form) >= FEWEST_DIGITS))


def whole_digits(text: str, region: str | None) -> str:
    """The digits of a whole number with its country, however it was dialled; empty when it is none."""
    try:
        return phone(text, region).digits if len(_digits(_plain(text))) >= WHOLE_NUMBER else ""
    except Refused:
        return ""


def national(number: Phone, region: str | None) -> str:
    """The number as people of this region write it: national at home, international from elsewhere, as typed when it cannot exist."""
    if number.e164 is None or not number.valid:
        return number.as_typed
    from phonenumbers import PhoneNumberFormat, country_code_for_region, format_number, parse

    parsed = parse(number.e164)
    home = parsed.country_code == country_code_for_region((region or "").upper())
    shown = format_number(parsed, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL)
    return f"{shown} ext. {number.extension}" if number.extension else shown


def as_you_type(text: str, region: str | None) -> str:
    """The number grouped while it is typed; anything but digits and the usual marks leaves it as it is."""
    if not re.fullmatch(r"[\d\s+().\-/]*", text):
        return text
    from phonenumbers import AsYouTypeFormatter

    formatter = AsYouTypeFormatter((region or "ZZ").upper())
    shown = ""
    for character in text:
        if character.isdecimal() or character == "+":
            shown = formatter.input_digit(character)
    return shown


def _digits(text: str) -> str:
    """The decimal digits of any script, as ASCII."""
    if text.isascii():
        return _NO_DIGIT.sub("", text)
    return "".join(str(unicodedata.decimal(character)) for character in text if character.isdecimal())


def _plain(typed: str) -> str:
    """Without what spreadsheets, forms and copying leave around a number: invisible marks, `'`, `tel:`, `p:`, `.0`."""
    plain = typed
    if not _SIMPLE.fullmatch(typed):
        plain = "".join(character for character in typed if unicodedata.category(character) not in {"Cf", "Cc"} or character in "\t\n")
        plain = _LABEL_BEFORE.sub("", plain.lstrip("'= \""), count=1)
    whole = _EXCEL_DECIMALS.fullmatch(plain)
    return whole[1] if whole else plain


def _without_extension(plain: str) -> str:
    """The part before an extension."""
    mark = _EXTENSION.search(plain)
    return plain[: mark.start()] if mark else plain


def _is_whole(piece: str) -> bool:
    return len(_digits(piece)) >= WHOLE_NUMBER


def _first_number(plain: str) -> str:
    """Without a second number, a name or a remark behind a number that is already whole; letters in place of digits stay."""
    main = _without_extension(plain)
    for mark in _AFTER_NUMBER.finditer(main):
        if _is_whole(main[: mark.start()]):
            return main[: mark.start()] + plain[len(main) :]
    return plain


def _parsed(written: str, main: str, region: str | None) -> PhoneNumber | None:
    """What libphonenumber reads; a number that only exists with `+` before it is taken so (`61412345678` abroad, `0061…`)."""
    number = _read(written, region)
    if number is not None and _exists(number):
        return number
    digits = _digits(main).removeprefix("00")
    abroad = _read("+" + digits, None) if len(digits) > 10 else None
    return abroad if abroad is not None and _exists(abroad) else number


def _read(text: str, region: str | None) -> PhoneNumber | None:
    from phonenumbers import NumberParseException, parse

    try:
        return parse(text, (region or "ZZ").upper())
    except NumberParseException:
        return None


def _exists(number: PhoneNumber) -> bool:
    from phonenumbers import is_valid_number

    return is_valid_number(number)


def _dialable(typed: str, main: str, number: PhoneNumber) -> Phone:
    from phonenumbers import PhoneNumberFormat, ValidationResult, format_number, is_possible_number_with_reason

    extension = number.extension or ""
    if is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return Phone(typed, None, _digits(main), extension, valid=False)
    e164 = format_number(number, PhoneNumberFormat.E164)
    return Phone(typed, e164, e164[1:], extension, _exists(number))
