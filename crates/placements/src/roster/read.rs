use std::collections::BTreeMap;

use jiff::civil::Date;

use super::model::{Class, Enrolment, LeftOut, Organisation, Part, Person, Roster};
use super::parse::{ById, day, in_force, in_order, listed};
use crate::tables::{Mistakes, Rows, Sink, Source};

/// The files that must be there.
const NEEDED: [&str; 4] = ["orgs.csv", "users.csv", "classes.csv", "enrollments.csv"];

/// What somebody is, once 1.1 or 1.2 has said it; none for roles that no class list of ours has a place for.
type Roles = BTreeMap<String, (Option<Part>, Vec<String>)>;

/// The first and last day of each term.
type Terms = BTreeMap<String, (Option<Date>, Option<Date>)>;

/// Reads a class list from its files, found by name whatever folder they come from; files that are not needed are passed over.
///
/// # Errors
/// Every mistake in every file with its line: a missing file or column, an id that stands twice or that nobody knows, a day that is none, a
/// name that begins like a formula.
pub fn read(files: &[Source<'_>]) -> Result<Roster, Mistakes> {
    let mut sink = Sink::default();
    let find = |name: &str| files.iter().copied().find(|file| is_named(file.name, name));
    for name in NEEDED.iter().filter(|name| find(name).is_none()) {
        sink.say(name, 1, "the file is missing", "add it; orgs, users, classes and enrollments are needed");
    }
    let (Some(orgs), Some(users), Some(classes), Some(enrolments)) =
        (find(NEEDED[0]), find(NEEDED[1]), find(NEEDED[2]), find(NEEDED[3]))
    else {
        return sink.or(Roster::default());
    };
    let mut left_out = LeftOut::default();
    let organisations = organisations(orgs, &mut left_out, &mut sink);
    let roles = find("roles.csv").map(|roles| roles_of(roles, &organisations, &mut sink));
    let people = people(users, roles.as_ref(), &organisations, &mut left_out, &mut sink);
    let terms = find("academicSessions.csv").map(|terms| terms_of(terms, &mut sink));
    let classes = classes_of(classes, &organisations, terms.as_ref(), &mut left_out, &mut sink);
    let enrolments = enrolments_of(enrolments, &classes, &people, &mut left_out, &mut sink);
    sink.or(Roster {
        organisations: parents_first(organisations.rows),
        people: people.rows.into_values().collect(),
        classes: classes.rows.into_values().collect(),
        enrolments,
        left_out,
    })
}

fn is_named(path: &str, name: &str) -> bool {
    path.rsplit(['/', '\\']).next().is_some_and(|last| last.eq_ignore_ascii_case(name))
}

fn organisations(source: Source<'_>, left_out: &mut LeftOut, sink: &mut Sink) -> ById<Organisation> {
    let mut found = ById::new("organisation");
    let mut lines = Vec::new();
    let Some(mut rows) =
        Rows::open_with(source, &["sourcedId", "name"], &["status", "parentSourcedId"], sink)
    else {
        return found;
    };
    while let Some((line, [id, name, status, parent])) = rows.next(sink) {
        let at = (source, line);
        if !in_force(status, at, sink) {
            left_out.deleted += 1;
            found.leave_out(id, at, sink);
            continue;
        }
        if name.is_empty() {
            sink.say(source.name, line, format!("the organisation `{id}` has no name"), "give it one");
        }
        let parent = Some(parent.to_owned()).filter(|parent| !parent.is_empty());
        lines.push((line, parent.clone()));
        found.add(id, Organisation { id: id.to_owned(), name: name.to_owned(), parent }, at, sink);
    }
    for (line, parent) in lines.into_iter().filter_map(|(line, parent)| Some((line, parent?))) {
        found.refers(&parent, (source, line), sink);
    }
    found
}

/// Organisations so that each comes after the one it belongs to; those that belong to each other in a circle lose their parent.
fn parents_first(mut rows: BTreeMap<String, Organisation>) -> Vec<Organisation> {
    let mut ordered: Vec<Organisation> = Vec::with_capacity(rows.len());
    while !rows.is_empty() {
        let ready: Vec<String> = rows
            .values()
            .filter(|one| one.parent.as_ref().is_none_or(|parent| !rows.contains_key(parent)))
            .map(|one| one.id.clone())
            .collect();
        if ready.is_empty() {
            rows.values_mut().for_each(|one| one.parent = None);
            continue;
        }
        ordered.extend(ready.iter().filter_map(|id| rows.remove(id)));
    }
    ordered
}

fn part_of(role: &str, (source, line): (Source<'_>, u64), sink: &mut Sink) -> Option<Part> {
    if role.is_empty() {
        sink.say(source.name, line, "the role is empty", "write student or teacher");
    }
    match role.to_ascii_lowercase().as_str() {
        "student" => Some(Part::Learner),
        "teacher" => Some(Part::Instructor),
        _ => None,
    }
}

/// The roles of 1.2: of several, the primary one, and of equals the one that teaches.
fn roles_of(source: Source<'_>, organisations: &ById<Organisation>, sink: &mut Sink) -> Roles {
    let mut found: BTreeMap<String, (bool, Option<Part>, Vec<String>)> = BTreeMap::new();
    let wanted = ["userSourcedId", "roleType", "role", "orgSourcedId"];
    let Some(mut rows) = Rows::open_with(source, &wanted, &["status"], sink) else { return Roles::new() };
    while let Some((line, [user, kind, role, organisation, status])) = rows.next(sink) {
        let at = (source, line);
        if !in_force(status, at, sink) {
            continue;
        }
        let (part, primary) = (part_of(role, at, sink), kind.eq_ignore_ascii_case("primary"));
        let belongs = organisations.refers(organisation, at, sink);
        let known = found.entry(user.to_owned()).or_insert((false, None, Vec::new()));
        if (primary, part) > (known.0, known.1) {
            (known.0, known.1) = (primary, part);
        }
        if belongs && !known.2.iter().any(|one| one == organisation) {
            known.2.push(organisation.to_owned());
        }
    }
    found.into_iter().map(|(user, (_, part, organisations))| (user, (part, organisations))).collect()
}

fn people(
    source: Source<'_>,
    roles: Option<&Roles>,
    organisations: &ById<Organisation>,
    left_out: &mut LeftOut,
    sink: &mut Sink,
) -> ById<Person> {
    let mut found = ById::new("person");
    let wanted = ["sourcedId", "username", "givenName", "familyName"];
    let optional = ["status", "enabledUser", "role", "orgSourcedIds"];
    let Some(mut rows) = Rows::open_with(source, &wanted, &optional, sink) else { return found };
    let in_users = rows.has(6);
    if !in_users && roles.is_none() {
        let what = "nobody says who is a student and who is a teacher";
        sink.say(source.name, 1, what, "add roles.csv (OneRoster 1.2) or a column role (OneRoster 1.1)");
        return found;
    }
    let mut logins: BTreeMap<String, u64> = BTreeMap::new();
    while let Some((line, [id, login, given, family, status, enabled, role, orgs])) = rows.next(sink) {
        let at = (source, line);
        let (part, organisations) = match roles {
            Some(roles) => roles.get(id).cloned().unwrap_or_default(),
            None => {
                let listed =
                    listed(orgs).into_iter().filter(|one| organisations.refers(one, at, sink)).collect();
                (None, listed)
            }
        };
        let part = if roles.is_some() { part } else { part_of(role, at, sink) };
        let reason = match (in_force(status, at, sink), enabled.eq_ignore_ascii_case("false"), part) {
            (false, _, _) => Some(&mut left_out.deleted),
            (_, true, _) => Some(&mut left_out.disabled),
            (_, _, None) => Some(&mut left_out.other_roles),
            _ => None,
        };
        let (None, Some(part)) = (reason.map(|count| *count += 1), part) else {
            found.leave_out(id, at, sink);
            continue;
        };
        if login.is_empty() || (given.is_empty() && family.is_empty()) {
            sink.say(source.name, line, format!("`{id}` lacks a username or a name"), "fill in both");
        }
        if let Some(first) = logins.insert(login.to_ascii_lowercase(), line).filter(|_| !login.is_empty()) {
            let what = format!("the username `{login}` stands in line {first} already");
            sink.say(source.name, line, what, "give each person one of their own");
        }
        let person = Person {
            id: id.to_owned(),
            login: login.to_owned(),
            given: given.to_owned(),
            family: family.to_owned(),
            part,
            organisations,
            line,
        };
        found.add(id, person, at, sink);
    }
    found
}

fn terms_of(source: Source<'_>, sink: &mut Sink) -> Terms {
    let mut found = BTreeMap::new();
    let wanted = ["sourcedId", "startDate", "endDate"];
    let Some(mut rows) = Rows::open(source, &wanted, sink) else { return found };
    while let Some((line, [id, begins, ends])) = rows.next(sink) {
        let at = (source, line);
        let (begins, ends) = (day(begins, "startDate", at, sink), day(ends, "endDate", at, sink));
        in_order(begins, ends, at, sink);
        found.insert(id.to_owned(), (begins, ends));
    }
    found
}

fn classes_of(
    source: Source<'_>,
    organisations: &ById<Organisation>,
    terms: Option<&Terms>,
    left_out: &mut LeftOut,
    sink: &mut Sink,
) -> ById<Class> {
    let mut found = ById::new("class");
    let wanted = ["sourcedId", "title", "schoolSourcedId"];
    let Some(mut rows) = Rows::open_with(source, &wanted, &["status", "termSourcedIds"], sink) else {
        return found;
    };
    while let Some((line, [id, title, school, status, in_terms])) = rows.next(sink) {
        let at = (source, line);
        let (in_force, belongs) = (in_force(status, at, sink), organisations.refers(school, at, sink));
        if !in_force || !belongs {
            left_out.deleted += 1;
            found.leave_out(id, at, sink);
            continue;
        }
        if title.is_empty() {
            sink.say(source.name, line, format!("the class `{id}` has no title"), "give it one");
        }
        let in_terms = listed(in_terms);
        let days: Vec<_> =
            in_terms.iter().filter_map(|term| terms.and_then(|terms| terms.get(term))).collect();
        let unknown = terms.and_then(|terms| in_terms.iter().find(|term| !terms.contains_key(*term)));
        if let Some(unknown) = unknown {
            let what = format!("there is no term `{unknown}`");
            sink.say(source.name, line, what, "add it to academicSessions.csv");
        }
        let class = Class {
            id: id.to_owned(),
            title: title.to_owned(),
            organisation: school.to_owned(),
            begins: days.iter().filter_map(|days| days.0).min(),
            ends: days.iter().filter_map(|days| days.1).max(),
        };
        found.add(id, class, at, sink);
    }
    found
}

fn enrolments_of(
    source: Source<'_>,
    classes: &ById<Class>,
    people: &ById<Person>,
    left_out: &mut LeftOut,
    sink: &mut Sink,
) -> Vec<Enrolment> {
    let mut found: BTreeMap<(String, String), Enrolment> = BTreeMap::new();
    let wanted = ["classSourcedId", "userSourcedId", "role"];
    let optional = ["status", "beginDate", "endDate"];
    let Some(mut rows) = Rows::open_with(source, &wanted, &optional, sink) else { return Vec::new() };
    while let Some((line, [class, person, role, status, begins, ends])) = rows.next(sink) {
        let at = (source, line);
        let (part, over) = (part_of(role, at, sink), !in_force(status, at, sink));
        let (begins, ends) = (day(begins, "beginDate", at, sink), day(ends, "endDate", at, sink));
        in_order(begins, ends, at, sink);
        let (has_class, has_person) = (classes.refers(class, at, sink), people.refers(person, at, sink));
        let (Some(part), true, true) = (part, has_class, has_person) else {
            left_out.enrolments += 1;
            continue;
        };
        let enrolment =
            Enrolment { class: class.to_owned(), person: person.to_owned(), part, begins, ends, over };
        if found
            .insert((class.to_owned(), person.to_owned()), enrolment)
            .is_some_and(|before| !before.over && !over)
        {
            let what = format!("`{person}` is in the class `{class}` twice");
            sink.say(source.name, line, what, "keep one of the rows");
        }
    }
    found.into_values().collect()
}
