"""What a build of a draft produces, as a diagram, a table and a sentence."""
