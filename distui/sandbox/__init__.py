"""The embedded AWS account: a process of its own on loopback that speaks plain AWS HTTP."""
