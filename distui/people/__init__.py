"""Who may do what: roles, policy, and look-ups that show only what one may see."""
