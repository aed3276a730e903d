"""Log lines: their formats, what is masked in them, and Sentry."""
