use std::collections::{BTreeMap, BTreeSet};

use placements::roster::{self, LeftOut, Roster};
use placements::tables::{Mistakes, Problem, Source};
use schemars::JsonSchema;
use serde::Serialize;
use store::records::{
    Enrolment, Part, Person, PersonId, Role, RosterChange, RosterCohort, RosterOrganisation,
};

use super::ProgrammeError;
use super::archive::{NamedFile, unfolded};
use super::organisations::check_teaches;
use crate::ids::new_id;
use crate::people::check_account;
use crate::platform::Platform;

/// What a class list changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RosterReport {
    /// Organisations that were new.
    pub organisations: usize,
    /// Accounts that were made. They have no password: each gets in by a link.
    pub accounts: usize,
    /// People who were here already.
    pub known: usize,
    /// People who are called otherwise now.
    pub renamed: usize,
    /// Cohorts that were new.
    pub cohorts: usize,
    /// Who is in a cohort, after all.
    pub enrolments: usize,
    /// Who is in a cohort no longer.
    pub over: usize,
    /// What stood in the files and was not taken.
    #[schemars(with = "serde_json::Value")]
    pub left_out: LeftOut,
}

/// Our ids by theirs.
type Ids = BTreeMap<String, String>;

impl Platform {
    /// Takes a class list, as OneRoster files or archives of them. It is taken whole or not at all, and taking it again changes nothing.
    ///
    /// # Errors
    /// [`ProgrammeError::Mistakes`] with every mistake and its line; [`ProgrammeError::Invalid`] for an archive that cannot be unpacked.
    pub fn read_roster(
        &self,
        instructor: &Person,
        sent: &[NamedFile],
    ) -> Result<RosterReport, ProgrammeError> {
        check_teaches(instructor)?;
        let files = unfolded(sent)?;
        let mut texts = Vec::with_capacity(files.len());
        let mut mistakes = Vec::new();
        for file in files.iter().filter(|file| file.name.to_ascii_lowercase().ends_with(".csv")) {
            match std::str::from_utf8(&file.bytes) {
                Ok(text) => texts.push(Source { name: &file.name, text }),
                Err(error) => {
                    let line =
                        1 + file.bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
                    mistakes.push(problem(
                        &file.name,
                        line as u64,
                        "this line is not UTF-8",
                        "save the file as CSV in UTF-8",
                    ));
                }
            }
        }
        if !mistakes.is_empty() {
            return Err(Mistakes(mistakes).into());
        }
        let roster = roster::read(&texts)?;
        let (change, report) = self.plan(&roster)?;
        self.records.roster_apply(&change)?;
        Ok(report)
    }

    /// What a class list means here.
    fn plan(&self, roster: &Roster) -> Result<(RosterChange, RosterReport), ProgrammeError> {
        let at_us = self.clock.now_us();
        let mut change = RosterChange { at_us, ..RosterChange::default() };
        let mut report = RosterReport { left_out: roster.left_out.clone(), ..RosterReport::default() };
        let organisations = self.plan_organisations(roster, &mut change, &mut report)?;
        let people = self.plan_people(roster, &organisations, &mut change, &mut report)?;
        let cohorts = self.plan_cohorts(roster, &organisations, &mut change, &mut report)?;
        for one in &roster.enrolments {
            let (Some(cohort), Some(person)) = (cohorts.get(&one.class), people.get(&one.person)) else {
                continue;
            };
            let (cohort, person) = (cohort.clone(), person.clone());
            if one.over {
                change.over.push((cohort, person));
            } else {
                let part = part(one.part).1;
                let text = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
                change.enrolments.push(Enrolment {
                    cohort,
                    person,
                    part,
                    begins_on: text(one.begins),
                    ends_on: text(one.ends),
                });
            }
        }
        (report.enrolments, report.over) = (change.enrolments.len(), change.over.len());
        Ok((change, report))
    }

    fn plan_organisations(
        &self,
        roster: &Roster,
        change: &mut RosterChange,
        report: &mut RosterReport,
    ) -> Result<Ids, ProgrammeError> {
        let known = self.records.organisation_list()?;
        let mut ids: Ids = known.into_iter().filter_map(|one| Some((one.sourced_id?, one.id))).collect();
        for one in &roster.organisations {
            if !ids.contains_key(&one.id) {
                report.organisations += 1;
                ids.insert(one.id.clone(), new_id(&*self.entropy));
            }
            change.organisations.push(RosterOrganisation {
                id: ids[&one.id].clone(),
                sourced_id: one.id.clone(),
                name: one.name.clone(),
                parent: one.parent.as_ref().and_then(|parent| ids.get(parent)).cloned(),
            });
        }
        Ok(ids)
    }

    fn plan_people(
        &self,
        roster: &Roster,
        organisations: &Ids,
        change: &mut RosterChange,
        report: &mut RosterReport,
    ) -> Result<BTreeMap<String, PersonId>, ProgrammeError> {
        let mut ids = self.records.roster_people()?;
        let everyone = self.records.person_list()?;
        let by_id: BTreeMap<&str, &Person> = everyone.iter().map(|one| (one.id.as_str(), one)).collect();
        let by_login: BTreeMap<String, &Person> =
            everyone.iter().map(|one| (one.login.to_ascii_lowercase(), one)).collect();
        let mut mistakes = Vec::new();
        for one in &roster.people {
            let name = one.name();
            let known = ids.get(&one.id).and_then(|id| by_id.get(id.as_str()).copied());
            let known = known.or_else(|| by_login.get(&one.login.to_ascii_lowercase()).copied());
            let role = part(one.part).0;
            let id = match known {
                Some(person) if person.role != role => {
                    let what = format!("`{}` is here already, and no {}", person.login, role.word());
                    mistakes.push(problem(
                        "users.csv",
                        one.line,
                        &what,
                        "give this person another username, or correct the role",
                    ));
                    continue;
                }
                Some(person) => {
                    report.known += 1;
                    if person.name != name {
                        report.renamed += 1;
                        change.names.push((person.id.clone(), name));
                    }
                    person.id.clone()
                }
                None => {
                    if let Err(error) = check_account(&one.login, &name) {
                        mistakes.push(problem("users.csv", one.line, &error.to_string(), "correct the row"));
                        continue;
                    }
                    report.accounts += 1;
                    let id = PersonId(new_id(&*self.entropy));
                    let login = one.login.clone();
                    change.people.push(Person {
                        id: id.clone(),
                        login,
                        name,
                        role,
                        created_us: change.at_us,
                    });
                    id
                }
            };
            let belongs: BTreeSet<&String> =
                one.organisations.iter().filter_map(|theirs| organisations.get(theirs)).collect();
            change.members.extend(belongs.into_iter().map(|organisation| (organisation.clone(), id.clone())));
            change.known_as.push((one.id.clone(), id.clone()));
            ids.insert(one.id.clone(), id);
        }
        if mistakes.is_empty() { Ok(ids) } else { Err(Mistakes(mistakes).into()) }
    }

    fn plan_cohorts(
        &self,
        roster: &Roster,
        organisations: &Ids,
        change: &mut RosterChange,
        report: &mut RosterReport,
    ) -> Result<Ids, ProgrammeError> {
        let known = self.records.cohort_list()?;
        let mut ids: Ids = known.into_iter().filter_map(|(one, _)| Some((one.sourced_id?, one.id))).collect();
        for one in &roster.classes {
            if !ids.contains_key(&one.id) {
                report.cohorts += 1;
                ids.insert(one.id.clone(), new_id(&*self.entropy));
            }
            change.cohorts.push(RosterCohort {
                id: ids[&one.id].clone(),
                sourced_id: one.id.clone(),
                title: one.title.clone(),
                organisation: organisations[&one.organisation].clone(),
                begins_on: one.begins.map(|day| day.to_string()),
                ends_on: one.ends.map(|day| day.to_string()),
            });
        }
        Ok(ids)
    }
}

fn part(part: roster::Part) -> (Role, Part) {
    match part {
        roster::Part::Learner => (Role::Learner, Part::Learner),
        roster::Part::Instructor => (Role::Instructor, Part::Instructor),
    }
}

fn problem(file: &str, line: u64, what: &str, advice: &str) -> Problem {
    Problem { file: file.to_owned(), line, what: what.to_owned(), advice: advice.to_owned() }
}
