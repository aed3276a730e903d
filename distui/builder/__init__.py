"""Drafts of distribution configurations: their forms, their preview and their import."""
