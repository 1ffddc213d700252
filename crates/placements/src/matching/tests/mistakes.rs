use super::*;

const PROGRAMS: &str = "program,capacity\nlab,2\nward,1\n";
const APPLICANTS: &str = "applicant,rank,program\nana,1,lab\n";
const RANKS: &str = "program,rank,applicant\nlab,1,ana\n";

fn check(programs: &str, applicants: &str, ranks: &str, couples: &str, expected: &[&str]) {
    let said = match read(&files(programs, applicants, ranks, couples), 1) {
        Ok(_) => panic!("nothing was minded, but should have been: {expected:?}"),
        Err(mistakes) => mistakes.to_string(),
    };
    for part in expected {
        assert!(said.contains(part), "{part} is not in: {said}");
    }
}

#[test]
fn places_without_capacity() {
    check(
        "program,capacity\nlab,0\n",
        APPLICANTS,
        RANKS,
        "",
        &["programs.csv:2: the programme `lab` has no places"],
    );
    check(
        "program,capacity\nlab,\n",
        APPLICANTS,
        RANKS,
        "",
        &["programs.csv:2: the capacity of `lab` is ``"],
    );
    check("program,capacity\nlab,two\nlab,1\n", APPLICANTS, RANKS, "", &["is `two`", "stands here twice"]);
    check("program\nlab\n", APPLICANTS, RANKS, "", &["programs.csv:1: there is no column capacity"]);
}

#[test]
fn lists_that_contradict_themselves() {
    let twice = "applicant,rank,program\nana,1,lab\nana,2,lab\n";
    check(PROGRAMS, twice, RANKS, "", &["applicants.csv:3: `ana` ranked `lab` both 1 and 2"]);
    let same = "applicant,rank,program\nana,1,lab\nana,1,ward\n";
    check(PROGRAMS, same, RANKS, "", &["applicants.csv:3: `ana` ranked two wishes 1: `lab` and `ward`"]);
    let both = "applicant,rank,program\nana,1,lab\nana,1,lab\n";
    check(PROGRAMS, both, RANKS, "", &["1 mistake,", "`ana` ranked `lab` twice as 1"]);
    let ranks = "program,rank,applicant\nlab,1,ana\nlab,3,ana\n";
    check(PROGRAMS, APPLICANTS, ranks, "", &["ranks.csv:3: `lab` ranked `ana` twice"]);
    check(PROGRAMS, "applicant,rank,program\nana,0,lab\n", RANKS, "", &["the rank is `0`", "1 is the best"]);
}

#[test]
fn names_nobody_knows() {
    check(
        PROGRAMS,
        "applicant,rank,program\nana,1,wrad\n",
        "program,rank,applicant\n",
        "",
        &["`wrad`; is it `ward`?"],
    );
    check(
        PROGRAMS,
        APPLICANTS,
        "program,rank,applicant\nlab,1,zoe\n",
        "",
        &["ranks.csv:2: there is no applicant `zoe`; add"],
    );
}

#[test]
fn couples_that_are_none() {
    let with = |row: &str| format!("partner_a,partner_b,rank,program_a,program_b\n{row}\n");
    let none = "applicant,rank,program\n";
    let ranks = "program,rank,applicant\n";
    check(PROGRAMS, none, ranks, &with("ana,ana,1,lab,lab"), &["couples.csv:2: a couple is two applicants"]);
    check(
        PROGRAMS,
        APPLICANTS,
        ranks,
        &with("ana,ben,1,lab,lab"),
        &["as one of a couple here and alone in applicants.csv"],
    );
    check(
        PROGRAMS,
        none,
        ranks,
        &with("ana,ben,1,lab,lab\nana,cleo,1,lab,lab"),
        &["`ana` stands in two couples"],
    );
    check(
        PROGRAMS,
        none,
        ranks,
        &with("ana,ben,1,lab,\nben,ana,2,,lab"),
        &["ranked `lab` with `nothing` both 1 and 2"],
    );
}

#[test]
fn cells_that_are_formulas_and_rows_that_are_short() {
    check(
        PROGRAMS,
        "applicant,rank,program\n=1+1,1,lab\n",
        "program,rank,applicant\n",
        "",
        &["begins like a formula"],
    );
    check(
        PROGRAMS,
        "applicant,rank,program\nana,1\n",
        "program,rank,applicant\n",
        "",
        &["applicants.csv:2: this row has 2 cells"],
    );
    check("", APPLICANTS, RANKS, "", &["programs.csv:1: there is no column program and no column capacity"]);
}
