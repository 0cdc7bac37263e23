"""The outside world: files, feeds and other systems, each independent of the others."""
