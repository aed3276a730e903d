"""The state of a draft, its text, and how documents become drafts: import and starters."""
