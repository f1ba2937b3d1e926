"""Trial documents become Trials."""
