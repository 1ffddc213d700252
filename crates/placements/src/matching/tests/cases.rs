use super::*;

const PROGRAMS: &str = "program,capacity\nlab,1\nward,1\n";

fn matched(applicants: &str, ranks: &str, couples: &str) -> String {
    let market = read(&files(PROGRAMS, applicants, ranks, couples), 1).unwrap();
    places(&market, &run(&market))
}

#[test]
fn applicants_get_the_best_that_is_stable() {
    let applicants = "applicant,rank,program\nana,1,lab\nana,2,ward\nben,1,ward\nben,2,lab\n";
    let ranks = "program,rank,applicant\nlab,1,ben\nlab,2,ana\nward,1,ana\nward,2,ben\n";
    assert_eq!(matched(applicants, ranks, ""), "ana=lab ben=ward");
}

#[test]
fn who_was_not_ranked_is_not_taken() {
    let applicants = "applicant,rank,program\nana,1,lab\nben,1,ward\n";
    assert_eq!(matched(applicants, "program,rank,applicant\nward,1,ben\n", ""), "ana=- ben=ward");
}

#[test]
fn a_couple_gets_both_places_or_the_next_wish() {
    let couples = "partner_a,partner_b,rank,program_a,program_b\nben,ana,1,ward,lab\nben,ana,2,lab,\n";
    let ranks = "program,rank,applicant\nlab,1,cleo\nlab,2,ana\nlab,3,ben\nward,1,ben\n";
    let alone = "applicant,rank,program\n";
    let market = read(&files(PROGRAMS, alone, &ranks.replace("lab,1,cleo\n", ""), couples), 1).unwrap();
    assert_eq!(places(&market, &run(&market)), "ana=lab ben=ward");
    assert_eq!(matched("applicant,rank,program\ncleo,1,lab\n", ranks, couples), "ana=- ben=- cleo=lab");
}

#[test]
fn both_of_a_couple_can_be_in_one_programme() {
    let programs = "program,capacity\nlab,2\n";
    let couples = "partner_a,partner_b,rank,program_a,program_b\nana,ben,1,lab,lab\n";
    let ranks = "program,rank,applicant\nlab,1,ana\nlab,2,cleo\nlab,3,ben\n";
    let market = read(&files(programs, "applicant,rank,program\ncleo,1,lab\n", ranks, couples), 1).unwrap();
    assert_eq!(places(&market, &run(&market)), "ana=- ben=- cleo=lab");
}

#[test]
fn a_place_that_a_couple_gives_up_is_offered_again() {
    // Ana and Ben first push Cleo out of the laboratory, then lose the ward to Dora and leave both.
    let couples = "partner_a,partner_b,rank,program_a,program_b\nana,ben,1,lab,ward\n";
    let alone = "applicant,rank,program\ncleo,1,lab\ndora,1,lab\ndora,2,ward\n";
    let ranks = "program,rank,applicant\nlab,1,ana\nlab,2,dora\nlab,3,cleo\nward,1,dora\nward,2,ben\n";
    let market = read(&files(PROGRAMS, alone, ranks, couples), 1).unwrap();
    let outcome = run(&market);
    assert_eq!(places(&market, &outcome), "ana=- ben=- cleo=- dora=lab");
    let report = report(&market, &outcome, vec![]);
    assert_eq!(report.audit.blocking[0].applicants, ["ana", "ben"], "no outcome of this market is stable");
}

#[test]
fn a_tie_goes_by_the_lottery_and_by_nothing_else() {
    let applicants = "applicant,rank,program\nana,1,lab\nben,1,lab\n";
    let ranks = "program,rank,applicant\nlab,1,ana\nlab,1,ben\n";
    let mut winners = std::collections::BTreeSet::new();
    for seed in 0..20 {
        let market = read(&files(PROGRAMS, applicants, ranks, ""), seed).unwrap();
        let outcome = run(&market);
        let first =
            if lottery(seed, "ana") < lottery(seed, "ben") { "ana=lab ben=-" } else { "ana=- ben=lab" };
        assert_eq!(places(&market, &outcome), first);
        winners.insert(first);
        let answers = why_not(&market, &outcome.places);
        assert!(answers.concat().iter().all(|answer| answer.reason == Reason::Lottery { given: 1 }));
    }
    assert_eq!(winners.len(), 2);
}

#[test]
fn each_wish_that_was_not_given_has_its_answer() {
    let applicants = "applicant,rank,program\nana,1,ward\nana,2,lab\nben,1,lab\n";
    let ranks = "program,rank,applicant\nlab,1,ben\nlab,4,ana\n";
    let market = read(&files(PROGRAMS, applicants, ranks, ""), 1).unwrap();
    let answers = why_not(&market, &run(&market).places);
    let told: Vec<String> = answers[0].iter().map(|answer| answer.reason.to_string()).collect();
    assert_eq!(told[0], "the programme did not rank this applicant");
    assert!(
        told[1].contains("1 place with those it ranked above; the last of them at 1, this applicant at 4")
    );
    assert!(answers[1].is_empty());
}

#[test]
fn a_change_by_hand_shows_its_price() {
    let applicants = "applicant,rank,program\nana,1,lab\nben,1,lab\nben,2,ward\n";
    let ranks = "program,rank,applicant\nlab,1,ana\nlab,2,ben\nward,1,ben\n";
    let market = read(&files(PROGRAMS, applicants, ranks, ""), 1).unwrap();
    let outcome = run(&market);
    let changes = |text| read_overrides(&market, Source { name: "changes.csv", text });
    let full = changes("applicant,program,reason\nben,lab,site asked\n").unwrap();
    assert!(
        overrule(&market, &outcome, &full, "changes.csv").unwrap_err().to_string().contains("all are taken")
    );
    let swap = changes("applicant,program,reason\nana,,moved house\nben,lab,site asked\n").unwrap();
    let (changed, told) = overrule(&market, &outcome, &swap, "changes.csv").unwrap();
    assert_eq!(places(&market, &changed), "ana=- ben=lab");
    assert_eq!(told[0].price.len(), 2, "ana wants the place back, and ben wants it too");
    assert_eq!((told[1].price.len(), told[1].from.as_deref()), (0, Some("ward")));
    assert!(
        changes("applicant,program,reason\nben,lab,\n").unwrap_err().to_string().contains("nobody says why")
    );
}

#[test]
fn the_open_places_are_the_first_file_of_a_second_round() {
    let applicants = "applicant,rank,program\nana,1,lab\nben,1,lab\n";
    let ranks = "program,rank,applicant\nlab,1,ana\n";
    let market = read(&files(PROGRAMS, applicants, ranks, ""), 1).unwrap();
    let outcome = run(&market);
    let report = report(&market, &outcome, vec![]);
    assert_eq!(remaining(&report).applicants, ["ben"]);
    let open =
        tables(&market, &outcome, &report).into_iter().find(|table| table.file == "open-places.csv").unwrap();
    let second =
        files(&open.text, "applicant,rank,program\nben,1,ward\n", "program,rank,applicant\nward,1,ben\n", "");
    let market = read(&second, 1).unwrap();
    assert_eq!(places(&market, &run(&market)), "ben=ward");
}
