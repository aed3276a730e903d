"""The earlier versions of a draft and their page."""
