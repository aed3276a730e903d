"""The page of one submission: state, outcome, changes, reviews, and what can be done with it."""
