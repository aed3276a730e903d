"""Review before submitting, by the draft's author, and after it, by reviewers."""
