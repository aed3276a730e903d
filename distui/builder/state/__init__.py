"""The state of a draft and how documents become one: text, import and starters."""
