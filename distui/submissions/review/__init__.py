"""Review of what will be submitted (by its author) and of what was submitted (by reviewers)."""
