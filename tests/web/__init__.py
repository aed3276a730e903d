"""Tests of the parts that all pages share."""
