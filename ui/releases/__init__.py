"""Help ▸ Check for updates…: where to look, what there is, and fetching it."""
