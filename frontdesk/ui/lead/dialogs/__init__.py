"""The small dialogs about one lead: follow-up, attempt, appointment, revenue, hand over, owner."""
