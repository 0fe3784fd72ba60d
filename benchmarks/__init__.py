"""Speed and memory, measured side by side in one run.  Never a test: machines differ, ratios less so."""
