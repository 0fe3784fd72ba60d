"""How well are entities found?  Scores against gold, by kind and language."""
