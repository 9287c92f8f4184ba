-- What is set for this vault on this computer, and no part of the record: no history, and a restore leaves it as it is.

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;
