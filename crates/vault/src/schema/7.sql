-- A letter says where an answer reaches its sender.

ALTER TABLE holder ADD COLUMN address TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(address));
