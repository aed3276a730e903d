"""Tests of the site furniture."""
