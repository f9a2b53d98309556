"""Records to the files that people open: a table, coloured pages."""
