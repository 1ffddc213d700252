use std::collections::{BTreeMap, BTreeSet};

use placements::roster::{self, Class, Enrolment, LeftOut, Roster, Version};
use standards::fhir::instant;
use store::records::{Cohort, Member, Organisation, Part, Person};

use super::ProgrammeError;
use super::archive::pack;
use super::days::day;
use super::organisations::check_teaches;
use crate::platform::Platform;

impl Platform {
    /// All cohorts with who is in them, as a ZIP archive of OneRoster files. What came from a class list goes out under the ids it came with.
    ///
    /// # Errors
    /// [`ProgrammeError::NotInstructor`] for everybody but instructors.
    pub fn write_roster(&self, instructor: &Person, version: Version) -> Result<Vec<u8>, ProgrammeError> {
        check_teaches(instructor)?;
        let roster = self.roster()?;
        let tables = roster::write(&roster, version, &instant::format(self.clock.now_us()));
        Ok(pack(tables.iter().map(|table| (table.file, table.text.as_bytes()))))
    }

    /// A class belongs to a school in OneRoster; a cohort that belongs to none cannot be told there.
    fn roster(&self) -> Result<Roster, ProgrammeError> {
        let known_as = self.records.roster_people()?.into_iter();
        let people = known_as.map(|(theirs, ours)| (ours.to_string(), theirs)).collect();
        let organisations = self.records.organisation_list()?;
        let mut list = List { names: Names { people, organisations: &organisations }, ..List::default() };
        for (cohort, _) in self.records.cohort_list()? {
            if let Some(school) = cohort.organisation.clone() {
                list.add(&cohort, &school, self.records.enrolment_list(&cohort.id)?);
            }
        }
        Ok(list.roster())
    }
}

/// What the other system calls our people and organisations.
#[derive(Default)]
struct Names<'a> {
    people: BTreeMap<String, String>,
    organisations: &'a [Organisation],
}

impl Names<'_> {
    fn person(&self, id: &str) -> String {
        self.people.get(id).map_or(id, String::as_str).to_owned()
    }

    fn organisation(&self, id: &str) -> String {
        let found = self.organisations.iter().find(|one| one.id == id);
        found.and_then(|one| one.sourced_id.as_deref()).unwrap_or(id).to_owned()
    }
}

/// A class list as it grows, cohort by cohort.
#[derive(Default)]
struct List<'a> {
    names: Names<'a>,
    schools: BTreeSet<String>,
    people: BTreeMap<String, roster::Person>,
    classes: Vec<Class>,
    enrolments: Vec<Enrolment>,
}

impl List<'_> {
    fn add(&mut self, cohort: &Cohort, school: &str, members: Vec<Member>) {
        let class = Class {
            id: cohort.sourced_id.clone().unwrap_or_else(|| cohort.id.clone()),
            title: cohort.title.clone(),
            organisation: self.names.organisation(school),
            begins: cohort.begins_on.as_deref().and_then(day),
            ends: cohort.ends_on.as_deref().and_then(day),
        };
        self.schools.insert(school.to_owned());
        for member in members {
            self.enrol(&class, &member);
        }
        self.classes.push(class);
    }

    fn enrol(&mut self, class: &Class, member: &Member) {
        let (id, part) = (self.names.person(member.person.id.as_str()), part(member.part));
        self.enrolments.push(Enrolment {
            class: class.id.clone(),
            person: id.clone(),
            part,
            begins: member.begins_on.as_deref().and_then(day),
            ends: member.ends_on.as_deref().and_then(day),
            over: false,
        });
        let (given, family) = member.person.name.rsplit_once(' ').unwrap_or((&member.person.name, ""));
        let listed = self.people.entry(id.clone()).or_insert_with(|| roster::Person {
            id,
            login: member.person.login.clone(),
            given: given.to_owned(),
            family: family.to_owned(),
            part,
            organisations: Vec::new(),
            line: 0,
        });
        if !listed.organisations.contains(&class.organisation) {
            listed.organisations.push(class.organisation.clone());
        }
    }

    /// The whole, with the schools and what they belong to.
    fn roster(self) -> Roster {
        let all = self.names.organisations;
        let parents: BTreeSet<&String> = all
            .iter()
            .filter(|one| self.schools.contains(&one.id))
            .filter_map(|one| one.parent.as_ref())
            .collect();
        let told = all.iter().filter(|one| self.schools.contains(&one.id) || parents.contains(&one.id));
        let organisations = told.map(|one| roster::Organisation {
            id: self.names.organisation(&one.id),
            name: one.name.clone(),
            parent: one
                .parent
                .as_ref()
                .filter(|parent| parents.contains(parent))
                .map(|id| self.names.organisation(id)),
        });
        Roster {
            organisations: organisations.collect(),
            people: self.people.into_values().collect(),
            classes: self.classes,
            enrolments: self.enrolments,
            left_out: LeftOut::default(),
        }
    }
}

fn part(part: Part) -> roster::Part {
    match part {
        Part::Learner => roster::Part::Learner,
        Part::Instructor => roster::Part::Instructor,
    }
}
