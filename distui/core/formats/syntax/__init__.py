"""Texts of JSON, YAML and HCL as values that know where they are in the text."""
