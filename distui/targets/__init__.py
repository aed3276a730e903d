"""Targets to submit to: an account, a home Region, and where the credentials come from."""
