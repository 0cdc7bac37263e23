"""Text tables: comma, semicolon, tab or bar between the cells, in any encoding; read as a stream, so any size fits."""

from __future__ import annotations

from frontdesk.connectors.csv_file.reader import CsvReader
from frontdesk.connectors.csv_file.writer import CsvWriter

__all__ = ["CsvReader", "CsvWriter"]
