"""The canvas: our own view of an article, laid out only where somebody looks."""

from ui.canvas.view import Canvas

__all__ = ["Canvas"]
