"""What is different between two runs over the same files, counted as it streams."""
