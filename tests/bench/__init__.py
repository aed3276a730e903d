"""``make bench``: what pages cost, and beside them the same document as one naive page."""
