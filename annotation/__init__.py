"""What Pressmark knows about annotating news text, without a screen and without a database.

Nothing here imports Qt or SQL; spaCy is imported inside the functions that need it.
"""

VERSION = "0.1.0"
