"""The only room that knows the order: read, split, name, detect, extract, analyse, write."""
