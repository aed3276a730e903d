"""Benchmarks of the editor, compared with a naive page: ``make bench``."""
