"""Materialised tables that words are looked up in, each with its licence notice beside it, and how they are read.

`NAME.licence.txt` says where a table comes from and on what terms it may be passed on. A table never changes: specs
hold its name and the sha256 of its content, and a corrected table gets a new name.
"""

from functions.data.tables import Table, TableRef, licence, read_text, table, table_names
from functions.data.words import Form, canonical

__all__ = ["Form", "Table", "TableRef", "canonical", "licence", "read_text", "table", "table_names"]
