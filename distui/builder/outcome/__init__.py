"""The outcome of a build, as a diagram, a table and a sentence."""
