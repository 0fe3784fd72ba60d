"""How well does search answer?  Development queries and public test collections, scored on the real service."""
