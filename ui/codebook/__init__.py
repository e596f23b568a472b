"""The codebook on screen: its editor, and the card that explains one label."""
