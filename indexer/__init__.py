"""The indexer: documents in, index out.  It knows nothing of HTTP."""
