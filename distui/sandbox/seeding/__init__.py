"""Fill a new sandbox with its sample data."""
