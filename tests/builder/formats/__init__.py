"""Tests of documents in other formats."""
