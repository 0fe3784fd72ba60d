"""What do people say is wrong in a record, and what would be right?

``read`` reads and checks the file of corrections, ``apply`` carries them out on a document and its record.  A
correction travels with its document, so that every record that is ever made of it is a corrected one.
"""

from indexer.corrections.apply import corrected_document, corrected_record, original_document
from indexer.corrections.read import Corrections, load_corrections

__all__ = ["Corrections", "corrected_document", "corrected_record", "load_corrections", "original_document"]
