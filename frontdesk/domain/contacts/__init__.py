"""Phones, e-mails and names: what was typed, the one normal form, and the keys they match by."""

from __future__ import annotations

from frontdesk.domain.contacts.emails import Email, email, email_key, split_emails
from frontdesk.domain.contacts.names import fold, initials, split_name
from frontdesk.domain.contacts.phones import Phone, as_you_type, national, phone, reversed_digits, sought_digits, split_phones, whole_digits
from frontdesk.domain.contacts.texts import clean_line, clean_text, for_display, left_to_right

__all__ = [
    "Email",
    "Phone",
    "as_you_type",
    "clean_line",
    "clean_text",
    "email",
    "email_key",
    "fold",
    "for_display",
    "initials",
    "left_to_right",
    "national",
    "phone",
    "reversed_digits",
    "sought_digits",
    "split_emails",
    "split_name",
    "split_phones",
    "whole_digits",
]
