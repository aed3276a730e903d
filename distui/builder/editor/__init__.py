"""The editor of a draft: read a post, save it, and render what changed."""
