"""The registries of sources and events: whom a span mentions, and who there is."""
