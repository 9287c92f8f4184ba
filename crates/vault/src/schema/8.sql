-- How many pages an original has: 0 where it cannot be told, NULL until somebody counted them.

ALTER TABLE original ADD COLUMN pages INTEGER CHECK (pages >= 0);
