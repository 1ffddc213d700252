-- What came of drills that are over. A drill goes with the hospital it was played in; what came of it stays with the people who took part.
CREATE TABLE drill_results(
  drill TEXT PRIMARY KEY,
  scenario TEXT NOT NULL,
  ended_us INTEGER NOT NULL,
  points INTEGER NOT NULL,
  passed INTEGER NOT NULL,
  detected_min INTEGER,
  contained_min INTEGER,
  restored_min INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE drill_result_people(
  drill TEXT NOT NULL REFERENCES drill_results(drill) ON DELETE CASCADE,
  person TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  PRIMARY KEY(drill, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX drill_result_people_of ON drill_result_people(person);

INSERT INTO drill_results(drill, scenario, ended_us, points, passed)
SELECT id, scenario, ended_us, points, passed FROM drills WHERE ended_us IS NOT NULL;
INSERT INTO drill_result_people(drill, person)
SELECT drill, person FROM drill_members WHERE drill IN (SELECT drill FROM drill_results);
