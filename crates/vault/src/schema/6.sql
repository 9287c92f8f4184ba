-- Submissions: what was sent in for a renewal, and what came of it.

-- What is frozen of a submission, as JSON under the SHA-256 of its text. A row never changes and never goes.
CREATE TABLE frozen (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    content TEXT NOT NULL CHECK (json_valid(content))
) STRICT;

CREATE TABLE submission (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    credential TEXT NOT NULL,
    period TEXT NOT NULL CHECK (json_valid(period)),
    sent_on TEXT NOT NULL,
    way TEXT,
    state TEXT NOT NULL,
    answered_on TEXT,
    note TEXT,
    decisions TEXT NOT NULL CHECK (json_valid(decisions)),
    transcript TEXT NOT NULL REFERENCES original (sha256),
    frozen TEXT NOT NULL REFERENCES frozen (sha256)
) STRICT;

-- Files that were written for the holder, such as a transcript: which of them a file is, and whether it is unchanged.
-- No part of the record: no history, and a restore leaves it as it is.
CREATE TABLE written (
    position INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    kind TEXT NOT NULL,
    credential TEXT NOT NULL,
    name TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX written_as ON written (sha256);

-- The same view as before, in words that SQLite has had since it knows strict tables.
DROP VIEW searched;

CREATE VIEW searched AS SELECT
    position,
    title,
    provider,
    trim(ifnull(provider_number, '') || ' ' ||
        ifnull((SELECT group_concat(json_extract(value, '$.number'), ' ') FROM json_each(awards)), '')) AS numbers,
    trim(ifnull(description, '') || ' ' || ifnull(relevance, '') || ' ' ||
        ifnull((SELECT group_concat(json_extract(value, '$.title'), ' ') FROM json_each(sessions)), '')) AS about,
    (SELECT group_concat(value, ' ') FROM json_each(tags)) AS tags,
    name_on_certificate,
    (SELECT group_concat(name, ' ') FROM
        (SELECT proof.name FROM proof WHERE proof.credit = credit.id ORDER BY proof.position)) AS files,
    (SELECT group_concat(text, ' ') FROM
        (SELECT original.text FROM proof JOIN original USING (sha256)
         WHERE proof.credit = credit.id AND original.text <> '' ORDER BY proof.position)) AS text
FROM credit WHERE removed_at IS NULL;

DELETE FROM search;
INSERT INTO search (rowid, title, provider, numbers, about, tags, name_on_certificate, files, text) SELECT * FROM searched;
