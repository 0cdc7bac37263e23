"""Texts that try to be something else: SQL, search operators, formats, paths and signs that break naive programs."""

from __future__ import annotations

import json
from itertools import product

from tests.conftest import SHARED_DATA

OPENINGS = ("'", '"', "`", "')", "'))", '")', "", "\\'", "1", "%'", "x'", "]")
BODIES = (
    " OR 1=1",
    " OR ''='",
    " UNION SELECT name, sql, 1 FROM sqlite_master",
    " UNION ALL SELECT NULL, version(), NULL",
    "; DROP TABLE lead",
    "; DELETE FROM journal",
    "; UPDATE staff SET role='administrator'",
    "; INSERT INTO staff(id, name) VALUES (1, 'x')",
    "; ATTACH DATABASE 'pwned.db' AS p; CREATE TABLE p.x(y)",
    "; PRAGMA writable_schema=ON",
    "; SELECT load_extension('x.so')",
    "; SELECT pg_sleep(30)",
    "; COPY lead TO PROGRAM 'touch pwned.db'",
    "; VACUUM INTO 'pwned.db'",
    " AND (SELECT count(*) FROM sqlite_master a, sqlite_master b, sqlite_master c, sqlite_master d)>0",
)
ENDINGS = ("", " --", " /*", ";#", "\x00--")
OTHERS = (
    "*", "**", '"', '""', "'", "''", "\\", "%", "%%", "_", "[a-z]", "NEAR(a b, 2)", "a AND b", "a NOT b", "^a", "name:a", "{a b}:c", "a + b", "(", ")", "-a",
    "a*", ":lead_id", "?", "?1", "$1", "@p", "%(text)s", "%s%n%x", "{0}", "{text.__class__}", "${jndi:ldap://x}", "<script>alert(1)</script>", "&amp;",
    "\x00", "\x01\x1b[31m", "\r\n", "\u2028", "\u202etxt.exe", "\ufeff", "\udcff", "\ud83d", "\U0001f600", "a\u0301" * 200, "İıŞşĞğ", "ﷺ", "9" * 40, "1e309",
    "NaN", "null", "None", "true", "0x1F", "../../etc/passwd", "x" * 20_000, " ", "\t", "-1", "2026-02-30", "=1+1",
)  # fmt: skip


def payloads(*, every: bool) -> list[str]:
    """A hundred and more of every kind, or all there are, the Big List of Naughty Strings too where it lies beside the checkout."""
    sql = ["".join(parts) for parts in product(OPENINGS, BODIES, ENDINGS)]
    if not every:
        return [*sql[::17], *OTHERS]
    naughty = SHARED_DATA / "names-and-strings" / "blns" / "blns.json"
    return [*sql, *OTHERS, *(json.loads(naughty.read_text("utf-8")) if naughty.exists() else ())]
