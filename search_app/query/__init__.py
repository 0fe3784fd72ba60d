"""What is asked?  Query text to clauses, clauses to units, units to the tree that an engine understands."""
