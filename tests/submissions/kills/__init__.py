"""Workers are killed at random while AWS misbehaves at random; nothing may be lost."""
