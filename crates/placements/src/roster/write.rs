use std::collections::BTreeMap;

use super::model::{Enrolment, Part, Person, Roster};
use crate::tables::{Table, csv_lines, csv_text};

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

/// The columns of each file, in the order of the binding.
const ORGS: &str = "sourcedId status dateLastModified name type identifier parentSourcedId";
const SESSIONS: &str =
    "sourcedId status dateLastModified title type startDate endDate parentSourcedId schoolYear";
const COURSES: &str = "sourcedId status dateLastModified schoolYearSourcedId title courseCode grades orgSourcedId \
                       subjects subjectCodes";
const CLASSES: &str = "sourcedId status dateLastModified title grades courseSourcedId classCode classType location \
                       schoolSourcedId termSourcedIds subjects subjectCodes periods";
const ENROLMENTS: &str = "sourcedId status dateLastModified classSourcedId schoolSourcedId userSourcedId role primary \
                          beginDate endDate";
const USERS_1_1: &str = "sourcedId status dateLastModified enabledUser orgSourcedIds role username userIds givenName \
                         familyName middleName identifier email sms phone agentSourcedIds grades password";
const USERS_1_2: &str = "sourcedId status dateLastModified enabledUser username userIds givenName familyName \
                         middleName identifier email sms phone agentSourcedIds grades password userMasterIdentifier \
                         resourceSourcedIds preferredGivenName preferredMiddleName preferredFamilyName \
                         primaryOrgSourcedId pronouns";
const ROLES: &str = "sourcedId status dateLastModified userSourcedId roleType role beginDate endDate orgSourcedId \
                     userProfileSourcedId";

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

/// What a row says, by column. It leaves the others empty.
type Said = Vec<(&'static str, String)>;

/// A file of these columns. Each row is active unless it says otherwise.
fn file(columns: &str, modified: &str, rows: impl IntoIterator<Item = Said>) -> String {
    let columns: Vec<&str> = columns.split_whitespace().collect();
    let cell = |said: &Said, column: &str| {
        let own = said.iter().find(|(name, _)| *name == column).map(|(_, value)| value.as_str());
        let every = match column {
            "status" => "active",
            "dateLastModified" => modified,
            _ => "",
        };
        own.unwrap_or(every).to_owned()
    };
    let lines = rows.into_iter().map(|said| columns.iter().map(|column| cell(&said, column)).collect());
    csv_lines(&columns, lines)
}

fn orgs(roster: &Roster, modified: &str) -> String {
    let rows = roster.organisations.iter().map(|one| {
        let has_parts = roster.organisations.iter().any(|other| other.parent.as_ref() == Some(&one.id));
        let kind = if has_parts { "district" } else { "school" };
        vec![
            ("sourcedId", one.id.clone()),
            ("name", one.name.clone()),
            ("type", kind.to_owned()),
            ("parentSourcedId", one.parent.clone().unwrap_or_default()),
        ]
    });
    file(ORGS, modified, rows)
}

fn sessions(roster: &Roster, modified: &str) -> String {
    let rows = roster.classes.iter().filter_map(|class| {
        let (begins, ends) = (class.begins?, class.ends?);
        Some(vec![
            ("sourcedId", format!("term-{}", class.id)),
            ("title", format!("Term of {}", class.title)),
            ("type", "term".to_owned()),
            ("startDate", begins.to_string()),
            ("endDate", ends.to_string()),
            ("schoolYear", ends.year().to_string()),
        ])
    });
    file(SESSIONS, modified, rows)
}

fn courses(roster: &Roster, modified: &str) -> String {
    let rows = roster.classes.iter().map(|class| {
        vec![
            ("sourcedId", format!("course-{}", class.id)),
            ("title", class.title.clone()),
            ("orgSourcedId", class.organisation.clone()),
        ]
    });
    file(COURSES, modified, rows)
}

fn classes(roster: &Roster, modified: &str) -> String {
    let rows = roster.classes.iter().map(|class| {
        let has_term = class.begins.is_some() && class.ends.is_some();
        vec![
            ("sourcedId", class.id.clone()),
            ("title", class.title.clone()),
            ("courseSourcedId", format!("course-{}", class.id)),
            ("classType", "scheduled".to_owned()),
            ("schoolSourcedId", class.organisation.clone()),
            ("termSourcedIds", if has_term { format!("term-{}", class.id) } else { String::new() }),
        ]
    });
    file(CLASSES, modified, rows)
}

fn enrolments(roster: &Roster, modified: &str) -> String {
    let schools: BTreeMap<&str, &str> =
        roster.classes.iter().map(|class| (class.id.as_str(), class.organisation.as_str())).collect();
    let rows = roster.enrolments.iter().map(|one: &Enrolment| {
        let day = |day: Option<jiff::civil::Date>| day.map_or(String::new(), |day| day.to_string());
        vec![
            ("sourcedId", format!("{}-{}", one.class, one.person)),
            ("status", if one.over { "tobedeleted" } else { "active" }.to_owned()),
            ("classSourcedId", one.class.clone()),
            ("schoolSourcedId", schools.get(one.class.as_str()).copied().unwrap_or_default().to_owned()),
            ("userSourcedId", one.person.clone()),
            ("role", word(one.part)),
            ("primary", (one.part == Part::Instructor).to_string()),
            ("beginDate", day(one.begins)),
            ("endDate", day(one.ends)),
        ]
    });
    file(ENROLMENTS, modified, rows)
}

/// What both versions say of a person.
fn user(one: &Person) -> Said {
    vec![
        ("sourcedId", one.id.clone()),
        ("enabledUser", "true".to_owned()),
        ("username", one.login.clone()),
        ("givenName", one.given.clone()),
        ("familyName", one.family.clone()),
    ]
}

fn users_1_1(roster: &Roster, modified: &str) -> String {
    let rows = roster.people.iter().map(|one| {
        let mut said = user(one);
        said.extend([("orgSourcedIds", one.organisations.join(",")), ("role", word(one.part))]);
        said
    });
    file(USERS_1_1, modified, rows)
}

fn users_1_2(roster: &Roster, modified: &str) -> String {
    let rows = roster.people.iter().map(|one| {
        let mut said = user(one);
        said.extend(one.organisations.first().map(|home| ("primaryOrgSourcedId", home.clone())));
        said
    });
    file(USERS_1_2, modified, rows)
}

fn roles(roster: &Roster, modified: &str) -> String {
    let of = |one: &Person| {
        let role = |(place, organisation): (usize, &String)| {
            vec![
                ("sourcedId", format!("role-{}-{organisation}", one.id)),
                ("userSourcedId", one.id.clone()),
                ("roleType", if place == 0 { "primary" } else { "secondary" }.to_owned()),
                ("role", word(one.part)),
                ("orgSourcedId", organisation.clone()),
            ]
        };
        one.organisations.iter().enumerate().map(role).collect::<Vec<_>>()
    };
    file(ROLES, modified, roster.people.iter().flat_map(of))
}
