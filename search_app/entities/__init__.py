"""Who and what is named in the collection: one entity, lists of all, and which of them may be one person or are not."""
