"""What to write to a server, under which identity, in which order, and what to leave alone."""
