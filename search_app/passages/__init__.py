"""Which words of a document answer the query: its marks, the passages around them, and why they matched."""
