"""Engines: when and in which process due submissions are sent. ``DISTUI_ENGINE`` chooses one.

Each is a module with ``enqueue``, which ``distui.submissions.ledger.enqueue`` calls, and ``work``,
which ``manage.py work`` runs.
"""
