//! CSV files in, a market out.

use std::collections::HashMap;

use super::names::{Names, Numbering};
use super::{Applicant, Choice, Market, Party, Program, Seat, lottery};
use crate::tables::{Mistakes, Rows, Sink, Source};

/// The files of a match.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a> {
    /// `program,capacity`.
    pub programs: Source<'a>,
    /// `applicant,rank,program`: a list of each single applicant, without ties.
    pub applicant_ranks: Source<'a>,
    /// `program,rank,applicant`: whom a programme would take; equal ranks are ties.
    pub program_ranks: Source<'a>,
    /// `partner_a,partner_b,rank,program_a,program_b`: a list of each couple; an empty programme means that this partner would go without.
    pub couples: Option<Source<'a>>,
}

/// Reads a market.
///
/// # Errors
/// Every mistake in every file, with its line: a missing column, a place without capacity, a name nobody knows, a list that contradicts itself.
pub fn read(files: &Files<'_>, seed: u64) -> Result<Market, Mistakes> {
    let mut sink = Sink::default();
    let programs = programs(files.programs, &mut sink);
    let names: Names<'_> = Names::new(programs.iter().map(|(name, _)| name.as_str()));
    let mut lists = single_lists(files.applicant_ranks, &names, &mut sink);
    if let Some(source) = files.couples {
        couple_lists(source, &names, &mut lists, files.applicant_ranks.name, &mut sink);
    }
    let applicants = applicants(&lists);
    let known = Names::new(applicants.iter().map(|applicant| applicant.name.as_str()));
    let ranked = ranked(files.program_ranks, &names, &known, seed, &mut sink);
    let parties = parties(&lists, &known, &ranked);
    let programs = programs
        .into_iter()
        .zip(ranked)
        .map(|((name, capacity), ranked)| Program { name, capacity, ranked })
        .collect();
    sink.or(Market { programs, applicants, parties, seed })
}

fn programs(source: Source<'_>, sink: &mut Sink) -> Vec<(String, u32)> {
    let mut found: Vec<(String, u32, u64)> = Vec::new();
    let Some(mut rows) = Rows::open(source, &["program", "capacity"], sink) else { return Vec::new() };
    while let Some((line, [name, capacity])) = rows.next(sink) {
        if name.is_empty() {
            sink.say(source.name, line, "the programme has no name", "give it the name that the lists use");
            continue;
        }
        match capacity.parse::<u32>() {
            Ok(0) => {
                let advice = "write how many it takes, or leave the programme out if it takes nobody";
                sink.say(source.name, line, format!("the programme `{name}` has no places"), advice);
            }
            Ok(_) => {}
            Err(_) => {
                let what =
                    format!("the capacity of `{name}` is `{capacity}`, which is not a number of places");
                sink.say(source.name, line, what, "write a whole number from 1");
            }
        }
        // A programme whose capacity is wrong is known all the same, or everybody who ranked it would be told that it is not.
        found.push((name.to_owned(), capacity.parse().unwrap_or(1), line));
    }
    found.sort();
    for pair in found.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        let line = pair[0].2.max(pair[1].2);
        sink.say(
            source.name,
            line,
            format!("the programme `{}` stands here twice", pair[0].0),
            "keep one row",
        );
    }
    found.dedup_by(|a, b| a.0 == b.0);
    found.into_iter().map(|(name, capacity, _)| (name, capacity)).collect()
}

/// The list of one party: its members' names, and its wishes as rank and programmes.
struct List {
    members: [Option<String>; 2],
    wishes: Vec<(u32, [Option<u32>; 2])>,
}

fn rank(text: &str, (source, line): (Source<'_>, u64), sink: &mut Sink) -> Option<u32> {
    let rank = text.parse::<u32>().ok().filter(|rank| *rank >= 1);
    if rank.is_none() {
        sink.say(source.name, line, format!("the rank is `{text}`"), "write a whole number; 1 is the best");
    }
    rank
}

/// Wishes of one file as they come: who, rank, what, line.
type Wishes<K, W> = Vec<(K, u32, W, u64)>;

fn single_lists(source: Source<'_>, names: &Names<'_>, sink: &mut Sink) -> Vec<List> {
    let mut applicants = Numbering::default();
    let mut wishes: Wishes<u32, u32> = Vec::new();
    let Some(mut rows) = Rows::open(source, &["applicant", "rank", "program"], sink) else {
        return Vec::new();
    };
    while let Some((line, [applicant, given, program])) = rows.next(sink) {
        let at = (source, line);
        if applicant.is_empty() {
            sink.say(source.name, line, "the applicant has no name", "say whose wish this is");
            continue;
        }
        let (given, program) = (rank(given, at, sink), names.number("programme", program, at, sink));
        if let (Some(given), Some(program)) = (given, program) {
            wishes.push((applicants.of(applicant), given, program, line));
        }
    }
    let applicants = applicants.sorted(&mut wishes);
    wishes.sort_unstable();
    let told = |program: &u32| format!("`{}`", names.sorted[*program as usize]);
    contradictions(source, &wishes, &|who| format!("`{}`", applicants[*who as usize]), &told, sink);
    wishes
        .chunk_by(|a, b| a.0 == b.0)
        .map(|list| List {
            members: [Some(applicants[list[0].0 as usize].clone()), None],
            wishes: list.iter().map(|(_, rank, program, _)| (*rank, [Some(*program), None])).collect(),
        })
        .collect()
}

fn couple_lists(
    source: Source<'_>,
    names: &Names<'_>,
    lists: &mut Vec<List>,
    singles: &str,
    sink: &mut Sink,
) {
    let mut wishes: Wishes<[String; 2], [Option<u32>; 2]> = Vec::new();
    let columns = ["partner_a", "partner_b", "rank", "program_a", "program_b"];
    let Some(mut rows) = Rows::open(source, &columns, sink) else { return };
    while let Some((line, [a, b, given, program_a, program_b])) = rows.next(sink) {
        let at = (source, line);
        if a.is_empty() || b.is_empty() || a == b {
            sink.say(source.name, line, "a couple is two applicants", "name both partners");
            continue;
        }
        let place = |program: &str, sink: &mut Sink| match program {
            "" => Some(None),
            program => names.number("programme", program, at, sink).map(Some),
        };
        let places = (place(program_a, sink), place(program_b, sink));
        if let (Some(given), (Some(first), Some(second))) = (rank(given, at, sink), places) {
            // The partners may stand in either order; the pair is the same.
            let (members, places) = if a < b { ([a, b], [first, second]) } else { ([b, a], [second, first]) };
            wishes.push((members.map(str::to_owned), given, places, line));
        }
    }
    wishes.sort();
    let name = |program: &Option<u32>| program.map_or("nothing", |program| names.sorted[program as usize]);
    let told = |[a, b]: &[Option<u32>; 2]| format!("`{}` with `{}`", name(a), name(b));
    contradictions(source, &wishes, &|[a, b]| format!("`{a}` and `{b}`"), &told, sink);
    let alone: HashMap<String, ()> =
        lists.iter().filter_map(|list| list.members[0].clone()).map(|name| (name, ())).collect();
    let mut partner: HashMap<String, [String; 2]> = HashMap::new();
    for list in wishes.chunk_by(|a, b| a.0 == b.0) {
        let line = list.iter().map(|wish| wish.3).min().unwrap_or(1);
        for member in &list[0].0 {
            if alone.contains_key(member) {
                let what = format!("`{member}` asks as one of a couple here and alone in {singles}");
                sink.say(source.name, line, what, "take the rows out of one of the files");
            }
            if partner.insert(member.clone(), list[0].0.clone()).is_some_and(|other| other != list[0].0) {
                sink.say(source.name, line, format!("`{member}` stands in two couples"), "keep one of them");
            }
        }
        lists.push(List {
            members: list[0].0.clone().map(Some),
            wishes: list.iter().map(|(_, rank, places, _)| (*rank, *places)).collect(),
        });
    }
}

/// Lists, sorted, must neither give a rank twice nor ask for the same twice.
fn contradictions<K: PartialEq, W: Ord>(
    source: Source<'_>,
    sorted: &Wishes<K, W>,
    who: &dyn Fn(&K) -> String,
    what: &dyn Fn(&W) -> String,
    sink: &mut Sink,
) {
    for list in sorted.chunk_by(|a, b| a.0 == b.0) {
        for pair in list.windows(2).filter(|pair| pair[0].1 == pair[1].1 && pair[0].2 != pair[1].2) {
            let line = pair[0].3.max(pair[1].3);
            let said = format!(
                "{} ranked two wishes {}: {} and {}",
                who(&pair[0].0),
                pair[0].1,
                what(&pair[0].2),
                what(&pair[1].2)
            );
            sink.say(source.name, line, said, "give each wish a rank of its own");
        }
        let mut by_wish: Vec<&(K, u32, W, u64)> = list.iter().collect();
        by_wish.sort_by(|a, b| a.2.cmp(&b.2));
        for pair in by_wish.windows(2).filter(|pair| pair[0].2 == pair[1].2) {
            let line = pair[0].3.max(pair[1].3);
            let ranks = match (pair[0].1.min(pair[1].1), pair[0].1.max(pair[1].1)) {
                (low, high) if low == high => format!("twice as {low}"),
                (low, high) => format!("both {low} and {high}"),
            };
            let said = format!("{} ranked {} {ranks}", who(&pair[0].0), what(&pair[0].2));
            sink.say(source.name, line, said, "keep one of the rows");
        }
    }
}

fn applicants(lists: &[List]) -> Vec<Applicant> {
    let mut applicants: Vec<Applicant> = (0..)
        .zip(lists)
        .flat_map(|(party, list)| list.members.iter().flatten().map(move |name| (party, name)))
        .map(|(party, name)| Applicant { name: name.clone(), party })
        .collect();
    applicants.sort_by(|a, b| a.name.cmp(&b.name));
    applicants.dedup_by(|a, b| a.name == b.name);
    applicants
}

/// Whom each programme ranked, in the order that the lottery makes strict.
fn ranked(
    source: Source<'_>,
    programs: &Names<'_>,
    applicants: &Names<'_>,
    seed: u64,
    sink: &mut Sink,
) -> Vec<Vec<(u32, u32)>> {
    let mut lists: Vec<Vec<(u32, u32, u64)>> = vec![Vec::new(); programs.sorted.len()];
    let columns = ["program", "rank", "applicant"];
    let Some(mut rows) = Rows::open(source, &columns, sink) else { return vec![Vec::new(); lists.len()] };
    while let Some((line, [program, given, applicant])) = rows.next(sink) {
        let at = (source, line);
        let program = programs.number("programme", program, at, sink);
        let applicant = applicants.number("applicant", applicant, at, sink);
        if let (Some(program), Some(given), Some(applicant)) = (program, rank(given, at, sink), applicant) {
            lists[program as usize].push((applicant, given, line));
        }
    }
    let numbers: Vec<u64> = applicants.sorted.iter().map(|name| lottery(seed, name)).collect();
    let mut ranked = Vec::with_capacity(lists.len());
    for (program, list) in lists.iter_mut().enumerate() {
        list.sort_unstable();
        for pair in list.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            let (program, applicant) = (programs.sorted[program], applicants.sorted[pair[0].0 as usize]);
            let line = pair[0].2.max(pair[1].2);
            sink.say(
                source.name,
                line,
                format!("`{program}` ranked `{applicant}` twice"),
                "keep one of the rows",
            );
        }
        list.sort_unstable_by_key(|(applicant, rank, _)| (*rank, numbers[*applicant as usize], *applicant));
        ranked.push(list.iter().map(|(applicant, rank, _)| (*applicant, *rank)).collect());
    }
    ranked
}

fn parties(lists: &[List], known: &Names<'_>, ranked: &[Vec<(u32, u32)>]) -> Vec<Party> {
    let mut order: Vec<Vec<(u32, u32)>> = vec![Vec::new(); known.sorted.len()];
    for (program, list) in (0..).zip(ranked) {
        for (place, (applicant, _)) in (0..).zip(list) {
            order[*applicant as usize].push((program, place));
        }
    }
    let seat = |applicant: u32, program: u32| {
        let stands = &order[applicant as usize];
        let at = stands.binary_search_by_key(&program, |(program, _)| *program).ok();
        Seat { program, order: at.map(|at| stands[at].1) }
    };
    let number = |name: &Option<String>| name.as_deref().and_then(|name| known.numbers.get(name).copied());
    let party = |list: &List| {
        let members = list.members.each_ref().map(number);
        let choice = |(rank, programs): &(u32, [Option<u32>; 2])| Choice {
            rank: *rank,
            seats: std::array::from_fn(|at| Some(seat(members[at]?, programs[at]?))),
        };
        Party {
            first: members[0].unwrap_or(0),
            second: members[1],
            choices: list.wishes.iter().map(choice).collect(),
        }
    };
    lists.iter().map(party).collect()
}
