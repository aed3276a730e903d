"""Pure changes from one draft state to another: edits, fixes, diff and merge."""
