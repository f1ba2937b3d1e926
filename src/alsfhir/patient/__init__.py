"""Patient records become Facts."""
