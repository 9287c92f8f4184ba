-- Search over the credits of the record.

-- The text layer of an original: NULL while nobody has looked for one, empty if it has none that can be read.
ALTER TABLE original ADD COLUMN text TEXT;

-- What is searched of each credit; what lies in the trash is not.
CREATE VIEW searched AS SELECT
    position,
    title,
    provider,
    concat_ws(' ', provider_number, (SELECT group_concat(value ->> 'number', ' ') FROM json_each(awards))) AS numbers,
    concat_ws(' ', description, relevance, (SELECT group_concat(value ->> 'title', ' ') FROM json_each(sessions))) AS about,
    (SELECT group_concat(value, ' ') FROM json_each(tags)) AS tags,
    name_on_certificate,
    (SELECT group_concat(name, ' ' ORDER BY proof.position) FROM proof WHERE proof.credit = credit.id) AS files,
    (SELECT group_concat(text, ' ' ORDER BY proof.position) FROM proof JOIN original USING (sha256)
        WHERE proof.credit = credit.id AND text <> '') AS text
FROM credit WHERE removed_at IS NULL;

-- The index over it, each credit under its position. Accents do not tell words apart; beginnings of words are kept too.
CREATE VIRTUAL TABLE search USING fts5 (
    title, provider, numbers, about, tags, name_on_certificate, files, text,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);

INSERT INTO search (rowid, title, provider, numbers, about, tags, name_on_certificate, files, text) SELECT * FROM searched;
