"""Lists and maps as rows of controls, and how their posts are read."""
