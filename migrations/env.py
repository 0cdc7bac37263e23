"""Run by frontdesk/store/upgrade.py only: the open connection and the naming convention are handed over; no logging set-up, no own transaction."""

from alembic import context

handed = context.config.attributes
context.configure(connection=handed["connection"], target_metadata=handed["metadata"], render_as_batch=True)
context.run_migrations()
