//! A match of the size of the largest there is: 47,208 applicants, 6,600 programmes, 12 wishes, and 1,100 couples.
//!
//! `cargo run --release --example match_speed -p placements [COUPLES]`

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark prints its figures, measures time, and stops where it cannot go on"
)]

use std::fmt::Write;
use std::time::Instant;

use placements::matching::{Files, Source, blocking, lottery, read, run};

const APPLICANTS: u64 = 47_208;
const PROGRAMS: u64 = 6_600;
const WISHES: u64 = 12;

fn main() {
    let couples: u64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(0);
    let (programs, applicants, ranks, pairs) = files(couples);
    let source = |name, text| Source { name, text };
    let files = Files {
        programs: source("programs.csv", &programs),
        applicant_ranks: source("applicants.csv", &applicants),
        program_ranks: source("ranks.csv", &ranks),
        couples: (couples > 0).then(|| source("couples.csv", &pairs)),
    };
    let begun = Instant::now();
    let market = read(&files, 1).unwrap();
    println!("reading of the files: {:.3} s", begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    let outcome = run(&market);
    println!("match with {couples} couples: {:.3} s", begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    let blocked = blocking(&market, &outcome.places).len();
    println!("audit: {:.3} s", begun.elapsed().as_secs_f64());
    let placed = outcome.places.iter().flatten().count();
    println!("proposals: {}", outcome.proposals);
    println!(
        "placed: {placed}, blocking: {blocked}, orders tried: {}, cut: {}",
        outcome.orders_tried, outcome.cut
    );
}

/// Half of the wishes go to the most sought-after tenth of the programmes; a programme ranks all who ask, in an order of its own.
fn files(couples: u64) -> (String, String, String, String) {
    let dice = |name: String| lottery(7, &name);
    let mut programs = "program,capacity\n".to_owned();
    for program in 0..PROGRAMS {
        // 43,237 places, as there were in 2025.
        writeln!(programs, "p{program},{}", if program % 20 < 11 { 7 } else { 6 }).unwrap();
    }
    let wish = |who: u64, rank: u64| {
        let among =
            if dice(format!("{who} {rank} which")).is_multiple_of(2) { PROGRAMS / 10 } else { PROGRAMS };
        dice(format!("{who} {rank}")) % among
    };
    let mut applicants = "applicant,rank,program\n".to_owned();
    let mut pairs = "partner_a,partner_b,rank,program_a,program_b\n".to_owned();
    let mut asked = vec![Vec::new(); usize::try_from(PROGRAMS).unwrap()];
    for who in 0..APPLICANTS {
        let mut wishes: Vec<u64> = (0..WISHES).map(|rank| wish(who, rank)).collect();
        wishes.sort_by_key(|program| dice(format!("{who} likes {program}")));
        wishes.dedup();
        for program in &wishes {
            asked[usize::try_from(*program).unwrap()].push(who);
        }
        if who >= couples * 2 {
            for (rank, program) in wishes.iter().enumerate() {
                writeln!(applicants, "a{who},{},p{program}", rank + 1).unwrap();
            }
        } else if who % 2 == 0 {
            let partner: Vec<u64> = (0..WISHES).map(|rank| wish(who + 1, rank)).collect();
            let mut both: Vec<(u64, u64)> =
                wishes.iter().flat_map(|a| partner.iter().map(move |b| (*a, *b))).collect();
            both.sort_by_key(|(a, b)| dice(format!("{who} like {a} {b}")));
            both.dedup();
            for (rank, (a, b)) in both.iter().take(60).enumerate() {
                writeln!(pairs, "a{who},a{},{},p{a},p{b}", who + 1, rank + 1).unwrap();
            }
        }
    }
    let mut ranks = "program,rank,applicant\n".to_owned();
    for (program, mut who) in asked.into_iter().enumerate() {
        who.sort_by_key(|who| dice(format!("p{program} likes {who}")));
        for (rank, who) in who.iter().enumerate() {
            writeln!(ranks, "p{program},{},a{who}", rank + 1).unwrap();
        }
    }
    (programs, applicants, ranks, pairs)
}
