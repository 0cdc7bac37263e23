"""E-mail addresses: one canonical form, and a key that a `+tag` does not defeat."""

from __future__ import annotations

import re

from msgspec import Struct

from frontdesk.domain.problems import Refused

_PLAIN = re.compile(
    r"[a-z0-9_%+\-]+(?:\.[a-z0-9_%+\-]+)*@(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.){1,4}(?:com|net|org|edu|gov|co|io|uk|au|nz|ca|de|fr|us|ie|es|it|nl|at|ch)"
)
"""Nearly all addresses of a clinic; they need no library (an import reads thousands a second). The rest goes to email-validator."""

_SEPARATORS = re.compile(r"\s*(?::::|[;,|\s])\s*")
_DOTLESS = frozenset({"gmail.com", "googlemail.com"})


class Email(Struct, frozen=True):
    """One e-mail address.

    Attributes:
        as_typed: exactly what was typed or imported, without blanks around it.
        canonical: lower case, by which two spellings are equal and to which mail is sent.
        key: what it matches by: without `+tag`, and without the dots that Gmail ignores.
    """

    as_typed: str
    canonical: str
    key: str


def email(text: str) -> Email:
    """Read one e-mail address; `mailto:` and `Name <address>` are understood."""
    typed = text.strip()
    canonical = _canonical(_bare(typed))
    return Email(typed, canonical, email_key(canonical))


def split_emails(text: str) -> tuple[str, ...]:
    """The single addresses in a cell with several, in order; a cell with a name in it stays whole."""
    pieces = tuple(piece for piece in _SEPARATORS.split(text.strip()) if piece)
    return pieces if all("@" in piece for piece in pieces) else (text.strip(),)


def _bare(typed: str) -> str:
    """Without `Name <…>`, `mailto:` and what follows a question mark there."""
    inside = re.search(r"<([^<>]+)>\s*$", typed)
    address = inside[1].strip() if inside else typed
    if address[:7].lower() == "mailto:":
        address = address[7:].partition("?")[0]
    return address.strip(" '\"\u200b\ufeff")


def _canonical(address: str) -> str:
    lowered = address.lower()
    if _PLAIN.fullmatch(lowered) and len(lowered) <= 254 and "--" not in lowered:
        return lowered
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(address, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise Refused("email_not_understood", "email") from None


def email_key(canonical: str) -> str:
    """What an address in its canonical form matches by; a text that is no address matches by itself."""
    local, at, domain = canonical.rpartition("@")
    if not at:
        return canonical
    local = local.split("+", 1)[0] or local
    return f"{local.replace('.', '')}@gmail.com" if domain in _DOTLESS else f"{local}@{domain}"
