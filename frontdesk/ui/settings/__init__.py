"""Settings: a page of the window, not a dialog."""
