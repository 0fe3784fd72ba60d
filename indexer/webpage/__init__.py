"""What are the parts of a saved web page?

``posts`` finds where each post of a page begins, ``body`` takes away what belongs to the page and not to the post
(``furniture`` knows those lines), ``comments`` parts readers' comments from reports, ``citation`` finds the addresses
that a post cites.  Every module works on lines and knows nothing of documents; ``indexer.split`` puts them together.
"""
