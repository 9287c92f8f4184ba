-- Some issuers count from a birthday, and tell several facts of one kind apart.

ALTER TABLE holder ADD COLUMN born_on TEXT;
ALTER TABLE fact ADD COLUMN tag TEXT;
