"""The window: panels around a canvas. Knows `annotation`, never `storage`."""
