"""The Leads page: every lead in one table, with saved views, filters, sorting and many at once."""
