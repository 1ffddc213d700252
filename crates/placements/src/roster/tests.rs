use jiff::civil::date;

use super::*;
use crate::tables::Source;

const ORGS: &str = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
s1,active,,Riverside College,school,RC,d1
d1,,,Riverside,district,,
";
const USERS_1_1: &str = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password
t1,active,,true,s1,teacher,ines.p,,Ines,Pereira,,,,,,,,
u1,active,,true,s1,student,ada.l,,Ada,Lund,,,,,,,,hunter2
u2,active,,true,\"s1,d1\",student,bo.k,,\"Bo, Jr.\",Keita,,,,,,,,
p1,active,,true,s1,parent,pat.l,,Pat,Lund,,,,,,u1,,
u3,active,,false,s1,student,cy,,Cy,Off,,,,,,,,
u4,tobedeleted,,true,s1,student,di,,Di,Gone,,,,,,,,
";
const USERS_1_2: &str = "sourcedId,status,dateLastModified,enabledUser,username,givenName,familyName
t1,active,,true,ines.p,Ines,Pereira
u1,active,,true,ada.l,Ada,Lund
u2,active,,true,bo.k,\"Bo, Jr.\",Keita
p1,active,,true,pat.l,Pat,Lund
u3,active,,false,cy,Cy,Off
u4,tobedeleted,,true,di,Di,Gone
";
const ROLES: &str = "sourcedId,status,userSourcedId,roleType,role,orgSourcedId
r0,active,t1,secondary,student,s1
r1,active,t1,primary,teacher,s1
r2,active,u1,primary,student,s1
r3,active,u2,primary,student,s1
r4,active,u2,secondary,student,d1
r5,active,p1,primary,parent,s1
r6,active,u3,primary,student,s1
r7,active,u4,primary,student,s1
";
const TERMS: &str = "sourcedId,status,title,type,startDate,endDate,parentSourcedId,schoolYear
a,active,Autumn,term,2031-09-01,2031-12-20,,2032
b,active,Spring,term,2032-01-07,2032-05-30,,2032
";
const CLASSES: &str = "sourcedId,status,title,courseSourcedId,classType,schoolSourcedId,termSourcedIds
c1,active,Health IT 2031,k1,scheduled,s1,\"a,b\"
c9,tobedeleted,Old,k1,scheduled,s1,
";
const ENROLMENTS: &str =
    "sourcedId,status,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
e1,active,c1,s1,t1,teacher,true,,
e2,active,c1,s1,u1,student,,2031-09-15,
e3,tobedeleted,c1,s1,u2,student,,,
e4,active,c9,s1,u1,student,,,
e5,active,c1,s1,p1,parent,,,
";

fn files<'a>(users: &'a str, roles: Option<&'a str>) -> Vec<Source<'a>> {
    let mut files = vec![
        Source { name: "export/orgs.csv", text: ORGS },
        Source { name: "Users.csv", text: users },
        Source { name: "academicSessions.csv", text: TERMS },
        Source { name: "classes.csv", text: CLASSES },
        Source { name: "enrollments.csv", text: ENROLMENTS },
        Source { name: "demographics.csv", text: "whatever" },
    ];
    files.extend(roles.map(|text| Source { name: "roles.csv", text }));
    files
}

#[test]
fn both_versions_say_the_same() {
    let (one, two) = (read(&files(USERS_1_1, None)).unwrap(), read(&files(USERS_1_2, Some(ROLES))).unwrap());
    assert_eq!(one, two);
    let names: Vec<_> = one.organisations.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(names, ["d1", "s1"], "parents come first");
    let people: Vec<_> = one.people.iter().map(|one| (one.login.as_str(), one.name(), one.part)).collect();
    assert_eq!(
        people,
        [
            ("ines.p", "Ines Pereira".to_owned(), Part::Instructor),
            ("ada.l", "Ada Lund".to_owned(), Part::Learner),
            ("bo.k", "Bo, Jr. Keita".to_owned(), Part::Learner),
        ]
    );
    let class = &one.classes[0];
    assert_eq!((class.begins, class.ends), (Some(date(2031, 9, 1)), Some(date(2032, 5, 30))));
    let over: Vec<_> = one.enrolments.iter().map(|one| (one.person.as_str(), one.over)).collect();
    assert_eq!(over, [("t1", false), ("u1", false), ("u2", true)]);
    assert_eq!(one.left_out, LeftOut { other_roles: 1, disabled: 1, deleted: 2, enrolments: 2 });
}

#[test]
fn what_is_written_is_read_again() {
    let mut roster = read(&files(USERS_1_1, None)).unwrap();
    roster.left_out = LeftOut::default();
    for version in [Version::V1_1, Version::V1_2] {
        let tables = write(&roster, version, "2031-03-04T06:00:00Z");
        let sources: Vec<Source<'_>> =
            tables.iter().map(|table| Source { name: table.file, text: &table.text }).collect();
        let mut again = read(&sources).unwrap();
        let lines = roster.people.iter().map(|one| one.line);
        again.people.iter_mut().zip(lines).for_each(|(person, line)| person.line = line);
        assert_eq!(again, roster, "{version:?}");
    }
}

/// Reads with one file replaced, and returns the mistakes as lines.
fn mistakes(name: &str, text: &str) -> Vec<String> {
    let mut all = files(USERS_1_1, None);
    all.retain(|file| !file.name.eq_ignore_ascii_case(name) && !file.name.ends_with(&format!("/{name}")));
    all.push(Source { name, text });
    read(&all).unwrap_err().0.iter().map(ToString::to_string).collect()
}

#[test]
fn every_mistake_is_told_with_its_line() {
    for (name, text, told) in [
        (
            "orgs.csv",
            "sourcedId,name\ns1,A\ns1,B\nd1,\n",
            &[
                "orgs.csv:3: the sourcedId `s1` stands here twice; give each row one of its own",
                "orgs.csv:4: the organisation `d1` has no name; give it one",
            ][..],
        ),
        (
            "orgs.csv",
            "id,name\n",
            &["orgs.csv:1: there is no column sourcedId; begin the file with the line sourcedId,name"],
        ),
        (
            "classes.csv",
            "sourcedId,title,schoolSourcedId,termSourcedIds\nc1,T,s7,\nc9,=1+1,s1,\n",
            &[
                "classes.csv:2: there is no organisation `s7`; add the organisation to its file, or take this row out",
                "classes.csv:3: `=1+1` begins like a formula of a spreadsheet; write a name or a number that begins with a letter or a digit",
            ],
        ),
        (
            "classes.csv",
            "sourcedId,title,schoolSourcedId,termSourcedIds\nc1,T,s1,z\nc9,U,s1,\n",
            &["classes.csv:2: there is no term `z`; add it to academicSessions.csv"],
        ),
        (
            "enrollments.csv",
            "classSourcedId,userSourcedId,role,beginDate,endDate\nc1,u1,student,2031-02-30,\nc1,u2,student,2031-09-02,2031-09-01\nc1,nobody,student,,\n",
            &[
                "enrollments.csv:2: `beginDate` is `2031-02-30`, which is no day; write it as 2031-09-01",
                "enrollments.csv:3: it ends on 2031-09-01, before it begins on 2031-09-02; swap the days",
                "enrollments.csv:4: there is no person `nobody`; add the person to its file, or take this row out",
            ],
        ),
        (
            "users.csv",
            "sourcedId,username,givenName,familyName\nu1,a,A,B\n",
            &[
                "users.csv:1: nobody says who is a student and who is a teacher; add roles.csv (OneRoster 1.2) or a column role (OneRoster 1.1)",
            ],
        ),
    ] {
        let found = mistakes(name, text);
        for line in told {
            assert!(found.iter().any(|one| one == line), "{line}\n{found:#?}");
        }
    }
}

#[test]
fn a_file_that_is_missing_is_named() {
    let told = read(&[]).unwrap_err().to_string();
    assert!(told.contains("users.csv:1: the file is missing"), "{told}");
}
