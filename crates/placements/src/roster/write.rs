use std::collections::BTreeMap;

use super::model::{Enrolment, Part, Person, Roster};
use crate::tables::{Table, csv_text};

/// The version of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// OneRoster 1.1: roles stand in `users.csv`.
    V1_1,
    /// OneRoster 1.2: roles stand in `roles.csv`.
    V1_2,
}

/// The manifest's lines: which file holds everything, and which is not there.
const MANIFEST: [(&str, bool); 17] = [
    ("academicSessions", true),
    ("categories", false),
    ("classes", true),
    ("classResources", false),
    ("courses", true),
    ("courseResources", false),
    ("demographics", false),
    ("enrollments", true),
    ("lineItems", false),
    ("orgs", true),
    ("resources", false),
    ("results", false),
    ("roles", true),
    ("scoreScales", false),
    ("userProfiles", false),
    ("userResources", false),
    ("users", true),
];

/// A class list as the files of a version; `modified` is the moment they are true at, as `2031-03-04T06:00:00Z`.
#[must_use]
pub fn write(roster: &Roster, version: Version, modified: &str) -> Vec<Table> {
    let table = |file, text| Table { file, text };
    let mut tables = vec![
        table("manifest.csv", manifest(version)),
        table("orgs.csv", orgs(roster, modified)),
        table("academicSessions.csv", sessions(roster, modified)),
        table("courses.csv", courses(roster, modified)),
        table("classes.csv", classes(roster, modified)),
        table("enrollments.csv", enrolments(roster, modified)),
    ];
    match version {
        Version::V1_1 => tables.push(table("users.csv", users_1_1(roster, modified))),
        Version::V1_2 => {
            tables.push(table("users.csv", users_1_2(roster, modified)));
            tables.push(table("roles.csv", roles(roster, modified)));
        }
    }
    tables
}

fn word(part: Part) -> String {
    match part {
        Part::Learner => "student",
        Part::Instructor => "teacher",
    }
    .to_owned()
}

fn manifest(version: Version) -> String {
    let number = if version == Version::V1_1 { "1.1" } else { "1.2" };
    let fixed = [("manifest.version", "1.0"), ("oneroster.version", number)];
    let fixed = fixed.map(|(name, value)| [name.to_owned(), value.to_owned()]);
    let is_there = |name: &str, there: bool| there && (name != "roles" || version == Version::V1_2);
    let files = MANIFEST.iter().map(|(name, there)| {
        [format!("file.{name}"), if is_there(name, *there) { "bulk" } else { "absent" }.to_owned()]
    });
    let source = [["source.systemName".to_owned(), "Practicum".to_owned()]];
    csv_text(["propertyName", "value"], fixed.into_iter().chain(files).chain(source))
}

fn orgs(roster: &Roster, modified: &str) -> String {
    let headings =
        ["sourcedId", "status", "dateLastModified", "name", "type", "identifier", "parentSourcedId"];
    let rows = roster.organisations.iter().map(|one| {
        let kind = if roster.organisations.iter().any(|other| other.parent.as_ref() == Some(&one.id)) {
            "district"
        } else {
            "school"
        };
        let parent = one.parent.clone().unwrap_or_default();
        [&one.id, "active", modified, &one.name, kind, "", &parent].map(str::to_owned)
    });
    csv_text(headings, rows)
}

fn sessions(roster: &Roster, modified: &str) -> String {
    let headings = [
        "sourcedId",
        "status",
        "dateLastModified",
        "title",
        "type",
        "startDate",
        "endDate",
        "parentSourcedId",
        "schoolYear",
    ];
    let rows = roster.classes.iter().filter_map(|class| {
        let (begins, ends) = (class.begins?, class.ends?);
        let title = format!("Term of {}", class.title);
        let id = format!("term-{}", class.id);
        let (year, begins, ends) = (ends.year().to_string(), begins.to_string(), ends.to_string());
        Some([&id, "active", modified, &title, "term", &begins, &ends, "", &year].map(str::to_owned))
    });
    csv_text(headings, rows)
}

fn courses(roster: &Roster, modified: &str) -> String {
    let headings = [
        "sourcedId",
        "status",
        "dateLastModified",
        "schoolYearSourcedId",
        "title",
        "courseCode",
        "grades",
        "orgSourcedId",
        "subjects",
        "subjectCodes",
    ];
    let rows = roster.classes.iter().map(|class| {
        let id = format!("course-{}", class.id);
        [&id, "active", modified, "", &class.title, "", "", &class.organisation, "", ""].map(str::to_owned)
    });
    csv_text(headings, rows)
}

fn classes(roster: &Roster, modified: &str) -> String {
    let headings = [
        "sourcedId",
        "status",
        "dateLastModified",
        "title",
        "grades",
        "courseSourcedId",
        "classCode",
        "classType",
        "location",
        "schoolSourcedId",
        "termSourcedIds",
        "subjects",
        "subjectCodes",
        "periods",
    ];
    let rows = roster.classes.iter().map(|class| {
        let course = format!("course-{}", class.id);
        let has_term = class.begins.is_some() && class.ends.is_some();
        let term = if has_term { format!("term-{}", class.id) } else { String::new() };
        let cells = [
            class.id.as_str(),
            "active",
            modified,
            &class.title,
            "",
            &course,
            "",
            "scheduled",
            "",
            &class.organisation,
            &term,
            "",
            "",
            "",
        ];
        cells.map(str::to_owned)
    });
    csv_text(headings, rows)
}

fn enrolments(roster: &Roster, modified: &str) -> String {
    let headings = [
        "sourcedId",
        "status",
        "dateLastModified",
        "classSourcedId",
        "schoolSourcedId",
        "userSourcedId",
        "role",
        "primary",
        "beginDate",
        "endDate",
    ];
    let schools: BTreeMap<&str, &str> =
        roster.classes.iter().map(|class| (class.id.as_str(), class.organisation.as_str())).collect();
    let rows = roster.enrolments.iter().map(|one: &Enrolment| {
        let day = |day: Option<jiff::civil::Date>| day.map_or(String::new(), |day| day.to_string());
        [
            format!("{}-{}", one.class, one.person),
            if one.over { "tobedeleted" } else { "active" }.to_owned(),
            modified.to_owned(),
            one.class.clone(),
            schools.get(one.class.as_str()).copied().unwrap_or_default().to_owned(),
            one.person.clone(),
            word(one.part),
            (one.part == Part::Instructor).to_string(),
            day(one.begins),
            day(one.ends),
        ]
    });
    csv_text(headings, rows)
}

fn users_1_1(roster: &Roster, modified: &str) -> String {
    let headings = [
        "sourcedId",
        "status",
        "dateLastModified",
        "enabledUser",
        "orgSourcedIds",
        "role",
        "username",
        "userIds",
        "givenName",
        "familyName",
        "middleName",
        "identifier",
        "email",
        "sms",
        "phone",
        "agentSourcedIds",
        "grades",
        "password",
    ];
    let rows = roster.people.iter().map(|one| {
        let (orgs, role) = (one.organisations.join(","), word(one.part));
        let known = [
            one.id.as_str(),
            "active",
            modified,
            "true",
            &orgs,
            &role,
            &one.login,
            "",
            &one.given,
            &one.family,
        ];
        std::array::from_fn(|at| known.get(at).copied().unwrap_or_default().to_owned())
    });
    csv_text(headings, rows)
}

fn users_1_2(roster: &Roster, modified: &str) -> String {
    let headings = [
        "sourcedId",
        "status",
        "dateLastModified",
        "enabledUser",
        "username",
        "userIds",
        "givenName",
        "familyName",
        "middleName",
        "identifier",
        "email",
        "sms",
        "phone",
        "agentSourcedIds",
        "grades",
        "password",
        "userMasterIdentifier",
        "resourceSourcedIds",
        "preferredGivenName",
        "preferredMiddleName",
        "preferredFamilyName",
        "primaryOrgSourcedId",
        "pronouns",
    ];
    let rows = roster.people.iter().map(|one| {
        let known = [one.id.as_str(), "active", modified, "true", &one.login, "", &one.given, &one.family];
        let home = one.organisations.first().map_or("", String::as_str);
        std::array::from_fn(|at| match at {
            21 => home.to_owned(),
            _ => known.get(at).copied().unwrap_or_default().to_owned(),
        })
    });
    csv_text(headings, rows)
}

fn roles(roster: &Roster, modified: &str) -> String {
    let headings = [
        "sourcedId",
        "status",
        "dateLastModified",
        "userSourcedId",
        "roleType",
        "role",
        "beginDate",
        "endDate",
        "orgSourcedId",
        "userProfileSourcedId",
    ];
    let of = |one: &Person| {
        let (id, role) = (one.id.clone(), word(one.part));
        let organisations = one.organisations.clone();
        (0..)
            .zip(organisations)
            .map(move |(place, organisation)| {
                let kind = if place == 0 { "primary" } else { "secondary" };
                let row = format!("role-{id}-{organisation}");
                [&row, "active", modified, &id, kind, &role, "", "", &organisation, ""].map(str::to_owned)
            })
            .collect::<Vec<_>>()
    };
    csv_text(headings, roster.people.iter().flat_map(of))
}
