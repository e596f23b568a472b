"""Backups in the window: made beside the work, shown, restored."""
