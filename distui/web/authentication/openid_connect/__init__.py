"""Signing in with OpenID Connect: django-allauth's protocol, and our accounts and groups."""
