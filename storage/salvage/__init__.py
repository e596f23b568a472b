"""Saving what can be read of a damaged project, page by page, into a new one."""

from storage.salvage.rescue import salvage

__all__ = ["salvage"]
