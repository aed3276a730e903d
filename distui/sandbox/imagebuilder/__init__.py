"""Image Builder's distribution configurations, kept in a state file."""
