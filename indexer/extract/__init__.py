"""What is said in a document?  ``document`` is the door of this room; a single rule of it is had from its module."""
