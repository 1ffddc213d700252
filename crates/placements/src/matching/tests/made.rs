use proptest::prelude::*;

use super::*;

/// Files of a small market, made by chance.
#[derive(Debug, Clone)]
pub(super) struct Made {
    programs: String,
    applicants: String,
    ranks: String,
    couples: String,
}

impl Made {
    pub(super) fn market(&self, seed: u64) -> Market {
        read(&files(&self.programs, &self.applicants, &self.ranks, &self.couples), seed).unwrap()
    }

    /// The same rows, the last first.
    pub(super) fn backwards(&self) -> Self {
        let turn = |text: &String| {
            let mut lines = text.lines();
            let heading = lines.next().unwrap_or_default().to_owned();
            std::iter::once(heading).chain(lines.rev().map(str::to_owned)).collect::<Vec<_>>().join("\n")
        };
        Self {
            programs: turn(&self.programs),
            applicants: turn(&self.applicants),
            ranks: turn(&self.ranks),
            couples: if self.couples.is_empty() { String::new() } else { turn(&self.couples) },
        }
    }
}

/// Markets of up to three programmes, four single applicants and two couples.
pub(super) fn made(couples: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Made> {
    (prop::collection::vec(1_u32..=2, 1..=3), 0_usize..=4, couples, any::<u64>()).prop_map(
        |(capacities, singles, couples, chance)| {
            let mut dice = Dice(chance);
            let programs = capacities.len() as u64;
            let mut made = Made {
                programs: "program,capacity\n".to_owned(),
                applicants: "applicant,rank,program\n".to_owned(),
                ranks: "program,rank,applicant\n".to_owned(),
                couples: String::new(),
            };
            for (at, capacity) in capacities.iter().enumerate() {
                made.programs += &format!("p{at},{capacity}\n");
            }
            let mut names = Vec::new();
            for single in 0..singles {
                let wishes = dice.order(programs);
                for (rank, wish) in wishes.iter().enumerate().take(1 + dice.roll(programs) as usize) {
                    made.applicants += &format!("s{single},{},p{wish}\n", rank + 1);
                }
                names.push(format!("s{single}"));
            }
            for couple in 0..couples {
                if couple == 0 {
                    made.couples = "partner_a,partner_b,rank,program_a,program_b\n".to_owned();
                }
                let pairs = dice.order((programs + 1) * (programs + 1) - 1);
                let name = |at: u64| if at < programs { format!("p{at}") } else { String::new() };
                for (rank, pair) in pairs.iter().enumerate().take(1 + dice.roll(4) as usize) {
                    let (a, b) = (name(pair / (programs + 1)), name(pair % (programs + 1)));
                    made.couples += &format!("c{couple}a,c{couple}b,{},{a},{b}\n", rank + 1);
                }
                names.extend([format!("c{couple}a"), format!("c{couple}b")]);
            }
            for program in 0..programs {
                for (rank, at) in dice.order(names.len() as u64).iter().enumerate() {
                    if dice.roll(6) > 0 {
                        made.ranks += &format!("p{program},{},{}\n", rank / 2 + 1, names[*at as usize]);
                    }
                }
            }
            made
        },
    )
}

/// Numbers for the tests, from a seed that a failure prints.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = lottery(self.0, "roll");
        self.0 % sides.max(1)
    }

    fn order(&mut self, count: u64) -> Vec<u64> {
        let mut order: Vec<u64> = (0..count).collect();
        for at in (1..order.len()).rev() {
            order.swap(at, self.roll(at as u64 + 1) as usize);
        }
        order
    }
}
