"""Build, check, submit and find again EC2 Image Builder distribution configurations."""
