-- The first schema. Words are those of the record JSON; nested lists are kept as JSON text.
-- Amounts are decimal text exactly as printed, dates are YYYY-MM-DD, instants are UTC.

CREATE TABLE holder (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    name TEXT NOT NULL,
    former_names TEXT NOT NULL CHECK (json_valid(former_names)),
    issuer_ids TEXT NOT NULL CHECK (json_valid(issuer_ids))
) STRICT;

CREATE TABLE credential (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    pack TEXT NOT NULL,
    certified_on TEXT,
    recertified_on TEXT,
    expires_on TEXT,
    expires_reason TEXT,
    periods TEXT NOT NULL CHECK (json_valid(periods))
) STRICT;

CREATE TABLE credit (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    provider TEXT,
    provider_number TEXT,
    kind TEXT NOT NULL,
    started_on TEXT,
    completed_on TEXT,
    expires_on TEXT,
    amount TEXT,
    unit TEXT,
    approver TEXT,
    awards TEXT NOT NULL CHECK (json_valid(awards)),
    split TEXT NOT NULL CHECK (json_valid(split)),
    splits TEXT NOT NULL CHECK (json_valid(splits)),
    sessions TEXT NOT NULL CHECK (json_valid(sessions)),
    minutes INTEGER,
    format TEXT,
    formal_credit INTEGER CHECK (formal_credit IN (0, 1)),
    issuer_transcript TEXT,
    tags TEXT NOT NULL CHECK (json_valid(tags)),
    status TEXT NOT NULL,
    description TEXT,
    relevance TEXT,
    name_on_certificate TEXT,
    removed_at TEXT -- set: in the trash
) STRICT;

CREATE TABLE fact (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    title TEXT,
    issued_on TEXT,
    expires_on TEXT,
    amount TEXT,
    credential TEXT
) STRICT;

-- The record's lists without ids: pins, answers, overrides, packs.
CREATE TABLE list (
    name TEXT PRIMARY KEY,
    entries TEXT NOT NULL CHECK (json_valid(entries))
) STRICT;

CREATE TABLE original (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    extension TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    added_at TEXT NOT NULL
) STRICT;

-- A proof shows a credit or a fact; one that names neither is a document of the holder.
-- `sha256` is no foreign key: an imported record may name an original that is not in this vault.
CREATE TABLE proof (
    position INTEGER PRIMARY KEY,
    credit TEXT REFERENCES credit (id),
    fact TEXT REFERENCES fact (id),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    CHECK (credit IS NULL OR fact IS NULL)
) STRICT;

CREATE INDEX proof_of_credit ON proof (credit) WHERE credit IS NOT NULL;
CREATE INDEX proof_of_fact ON proof (fact) WHERE fact IS NOT NULL;
CREATE INDEX proof_of_original ON proof (sha256);

-- What was done, and every entity before and after it as record JSON; NULL where it was not in the record.
CREATE TABLE operation (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    operation INTEGER NOT NULL REFERENCES operation (id),
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    before TEXT CHECK (json_valid(before)),
    after TEXT CHECK (json_valid(after)),
    UNIQUE (operation, entity, entity_id)
) STRICT;

CREATE INDEX change_of ON change (entity_id, entity);

-- The last number given out for each kind of id.
CREATE TABLE sequence (
    prefix TEXT PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;
