"""The only room, the sandbox aside, that speaks boto: sessions, calls and their outcomes."""
