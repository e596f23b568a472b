"""Newer versions of Pressmark: found where the team puts them, checked, and fetched.

Nothing here is called unless a person or the person's team has named a place to look at.
"""
