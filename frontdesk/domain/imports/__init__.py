"""Understanding an imported table: which column is which field, how its days are written, what its words mean, and what every row says.

Two walks through the file, none of it kept: `survey` learns what must be known of all rows, `understand` gives them one by one.
"""

from __future__ import annotations

from frontdesk.domain.imports.cells import Problem, Reading
from frontdesk.domain.imports.columns import Column, ColumnMap, Confidence, mapping_key, parse_map, propose
from frontdesk.domain.imports.dates import DateReading, Order
from frontdesk.domain.imports.fields import FIELDS, WANTED, Field, Kind
from frontdesk.domain.imports.rows import Counts, Row, RowValues, count, preview, understand
from frontdesk.domain.imports.survey import Survey, require_ready, survey
from frontdesk.domain.imports.values import Known, Match, ValueChoice, ValueMap, parse_values, propose_values
from frontdesk.domain.imports.words import Words

__all__ = [
    "FIELDS",
    "WANTED",
    "Column",
    "ColumnMap",
    "Confidence",
    "Counts",
    "DateReading",
    "Field",
    "Kind",
    "Known",
    "Match",
    "Order",
    "Problem",
    "Reading",
    "Row",
    "RowValues",
    "Survey",
    "ValueChoice",
    "ValueMap",
    "Words",
    "count",
    "mapping_key",
    "parse_map",
    "parse_values",
    "preview",
    "propose",
    "propose_values",
    "require_ready",
    "survey",
    "understand",
]
