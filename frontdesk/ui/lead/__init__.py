"""One lead on the screen: its profile, its timeline, its forms and dialogs. Plain data in, signals out."""
