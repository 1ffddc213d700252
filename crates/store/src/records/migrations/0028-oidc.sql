-- Who somebody is at the provider where people of this house sign in: the provider's name for them never changes, their login may.
CREATE TABLE oidc_subjects(
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  person TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  since_us INTEGER NOT NULL,
  PRIMARY KEY(issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX oidc_subjects_of ON oidc_subjects(person);
