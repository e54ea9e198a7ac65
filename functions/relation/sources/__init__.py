"""Where the tables of relations come from: one module for each kind of source. Only `build_tables` imports them."""
