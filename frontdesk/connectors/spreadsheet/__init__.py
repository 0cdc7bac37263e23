"""Workbooks: XLSX, XLS and ODS in, XLSX out, every cell as text."""

from __future__ import annotations

from frontdesk.connectors.spreadsheet.reader import SpreadsheetReader
from frontdesk.connectors.spreadsheet.writer import XlsxWriter

__all__ = ["SpreadsheetReader", "XlsxWriter"]
