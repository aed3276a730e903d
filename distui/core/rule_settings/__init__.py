"""Decisions of a team about findings: severities, waivers and rules of its own, as data."""
