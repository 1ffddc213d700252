-- What was shown in a drill or a workshop counts towards competencies: of which version it was, as whom somebody took part, and beside how many.
-- Until this migration every scenario and every case was at its first version.
ALTER TABLE drill_results ADD COLUMN version TEXT NOT NULL DEFAULT '1.0.0';
ALTER TABLE drill_results ADD COLUMN crew INTEGER NOT NULL DEFAULT 0;
ALTER TABLE drill_result_people ADD COLUMN roles TEXT NOT NULL DEFAULT '';
ALTER TABLE workshops ADD COLUMN version TEXT NOT NULL DEFAULT '1.0.0';

UPDATE drill_result_people SET roles = coalesce(
  (SELECT roles FROM drill_members
   WHERE drill_members.drill = drill_result_people.drill AND drill_members.person = drill_result_people.person), '');
UPDATE drill_results SET crew =
  (SELECT count(*) FROM drill_result_people
   WHERE drill_result_people.drill = drill_results.drill AND roles <> '');
