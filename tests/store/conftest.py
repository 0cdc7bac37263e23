"""Every test of the store runs on both databases."""

from __future__ import annotations

from tests.databases import database, local_database, local_path, shared_database, shared_url, template_file, upgraded_url

__all__ = ["database", "local_database", "local_path", "shared_database", "shared_url", "template_file", "upgraded_url"]
