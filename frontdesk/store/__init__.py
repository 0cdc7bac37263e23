"""The only package that knows SQL: tables, transactions, the journal, search and upgrades."""
