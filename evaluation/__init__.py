"""Gold data and scores: extraction, relevance, script parity; floors pinned in floors.toml."""
