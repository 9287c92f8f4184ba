-- Undo and redo: whether an operation stands, and which one it takes back or does again.

ALTER TABLE operation ADD COLUMN state TEXT NOT NULL DEFAULT 'done' CHECK (state IN ('done', 'undone', 'left'));
ALTER TABLE operation ADD COLUMN of INTEGER REFERENCES operation (id);

CREATE INDEX operation_in_state ON operation (state, id);

-- Where the entity was before: its place in the list, and since when it lay in the trash.
ALTER TABLE change ADD COLUMN position INTEGER;
ALTER TABLE change ADD COLUMN removed_at TEXT;
