"""How Pressmark is frozen and packed; none of this is shipped."""
