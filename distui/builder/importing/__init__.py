"""The import page: reads files and pasted text, shows what was read, and makes drafts of it."""
