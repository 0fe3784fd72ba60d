"""The only room that knows the order: read, split, name, detect, extract, analyse, write."""

from indexer.pipeline.documents import documents_of, make_record, records_of
from indexer.pipeline.entries import make_entry
from indexer.pipeline.rules import Rules, load_rules
from indexer.pipeline.run import Options, Summary
from indexer.pipeline.update import update

__all__ = [
    "Options",
    "Rules",
    "Summary",
    "documents_of",
    "load_rules",
    "make_entry",
    "make_record",
    "records_of",
    "update",
]
