"""What a build produces, as a diagram, a table and a sentence."""
