"""Plain data and pure rules: no clock, no database, no Qt."""
