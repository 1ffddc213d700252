use std::collections::{BTreeMap, BTreeSet};

use placements::matching::{self, Market, Outcome, Override, Overruled, Report};
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::records::{MatchOverride, MatchRun, Person, Role};

use super::freeze::{Frozen, Taken};
use super::{LeftOutWish, PlacementError};
use crate::ids::new_id;
use crate::platform::Platform;

/// A match in a list.
#[derive(Debug, Clone)]
pub struct MatchSummary {
    /// Its id.
    pub id: String,
    /// Which round it is, from 1.
    pub round: u32,
    /// The seed of the lottery.
    pub seed: u64,
    /// The login of who ran it.
    pub by: String,
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
    /// When it was published; a dry run never was.
    pub published_us: Option<i64>,
}

/// Why somebody did not get what they wished for more: the rank of the wish, the place by id, and the reason.
pub type Reasons = Vec<(u32, String, String)>;

/// A match with all that can be said of it. People and places are called by their ids.
#[derive(Debug, Clone)]
pub struct MatchView {
    /// The match.
    pub summary: MatchSummary,
    /// Who got what after all, what stayed open, and the audit.
    pub report: Report,
    /// Changes by hand, oldest first.
    pub overrides: Vec<MatchOverride>,
    /// Why not there, by applicant.
    pub why: BTreeMap<String, Reasons>,
    /// Wishes that did not take part.
    pub left_out: Vec<LeftOutWish>,
}

/// An outcome as it is kept.
#[derive(Serialize, Deserialize)]
struct KeptOutcome {
    places: Vec<Option<u32>>,
    proposals: u64,
    orders_tried: u64,
    cut: bool,
}

/// A match read again.
pub(super) struct Loaded {
    pub(super) run: MatchRun,
    pub(super) frozen: Frozen,
    pub(super) market: Market,
    /// As it was decided.
    outcome: Outcome,
    pub(super) overrides: Vec<MatchOverride>,
}

pub(super) fn check_teaches(person: &Person) -> Result<(), PlacementError> {
    if person.role == Role::Instructor { Ok(()) } else { Err(PlacementError::NotInstructor) }
}

impl Platform {
    /// Runs a match over what both sides wish now, as a dry run: nobody but instructors sees it until it is published. Without a seed, one is drawn.
    ///
    /// # Errors
    /// [`PlacementError::NotInstructor`], [`PlacementError::Invalid`] if there is nothing to match.
    pub fn run_match(&self, instructor: &Person, seed: Option<u64>) -> Result<String, PlacementError> {
        check_teaches(instructor)?;
        let taken = self.taken()?;
        let (frozen, left_out) = self.freeze(&taken)?;
        let seed = seed.unwrap_or_else(|| {
            let mut bytes = [0; 4];
            self.entropy.fill(&mut bytes);
            u64::from(u32::from_le_bytes(bytes))
        });
        let market = matching::read(&frozen.files(), seed)?;
        let outcome = matching::run(&market);
        let kept = KeptOutcome {
            places: outcome.places,
            proposals: outcome.proposals,
            orders_tried: outcome.orders_tried,
            cut: outcome.cut,
        };
        let run = MatchRun {
            id: new_id(&*self.entropy),
            round: taken.round + 1,
            seed,
            frozen: serde_json::json!(frozen),
            outcome: serde_json::json!(kept),
            left_out: serde_json::json!(left_out),
            by: instructor.login.clone(),
            at_us: self.clock.now_us(),
            published_us: None,
        };
        self.records.match_run_add(&run)?;
        Ok(run.id)
    }

    /// All matches, the latest first.
    ///
    /// # Errors
    /// [`PlacementError::NotInstructor`] for everybody but instructors.
    pub fn matches(&self, instructor: &Person) -> Result<Vec<MatchSummary>, PlacementError> {
        check_teaches(instructor)?;
        Ok(self.records.match_run_list()?.iter().map(summary).collect())
    }

    /// A match with all that can be said of it.
    ///
    /// # Errors
    /// [`PlacementError::NotInstructor`], [`PlacementError::NotYours`] if there is none.
    pub fn match_view(&self, instructor: &Person, id: &str) -> Result<MatchView, PlacementError> {
        check_teaches(instructor)?;
        let loaded = self.load_match(id)?;
        let (outcome, _) = loaded.after(&[])?;
        let report =
            matching::report(&loaded.market, &outcome, matching::fingerprint(&loaded.frozen.files()));
        Ok(MatchView {
            summary: summary(&loaded.run),
            report,
            why: why(&loaded.market, &outcome),
            left_out: serde_json::from_value(loaded.run.left_out.clone())
                .map_err(|_| damaged(&loaded.run))?,
            overrides: loaded.overrides,
        })
    }

    /// One of the files that a match was decided from: `programs.csv`, `applicants.csv`, `ranks.csv` or, where couples took part,
    /// `couples.csv`. Once published, everybody may have them.
    ///
    /// # Errors
    /// [`PlacementError::NotYours`] if there is none.
    pub fn match_file(&self, person: &Person, id: &str, file: &str) -> Result<String, PlacementError> {
        let loaded = self.load_match(id)?;
        if loaded.run.published_us.is_none() {
            check_teaches(person)?;
        }
        match file {
            "programs.csv" => Ok(loaded.frozen.programs),
            "applicants.csv" => Ok(loaded.frozen.applicants),
            "ranks.csv" => Ok(loaded.frozen.ranks),
            "couples.csv" => loaded.frozen.couples.ok_or(PlacementError::NotYours("file")),
            _ => Err(PlacementError::NotYours("file")),
        }
    }

    /// Publishes a match: its round is decided.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if the round is decided already, or an earlier one was decided after this was frozen.
    pub fn publish_match(&self, instructor: &Person, id: &str) -> Result<(), PlacementError> {
        check_teaches(instructor)?;
        let loaded = self.load_match(id)?;
        if loaded.run.round != self.taken()?.round + 1 {
            let what = "this round is decided already; run the next one".to_owned();
            return Err(StoreError::Conflict { what }.into());
        }
        Ok(self.records.match_run_publish(id, self.clock.now_us())?)
    }

    /// Who has what from the rounds that are decided.
    pub(super) fn taken(&self) -> Result<Taken, PlacementError> {
        let mut taken = Taken { round: 0, people: BTreeSet::new(), places: BTreeMap::new() };
        for loaded in self.published()? {
            taken.round = taken.round.max(loaded.run.round);
            let (outcome, _) = loaded.after(&[])?;
            for (applicant, program) in loaded.market.applicants.iter().zip(&outcome.places) {
                if let Some(program) = program {
                    taken.people.insert(applicant.name.clone());
                    *taken
                        .places
                        .entry(loaded.market.programs[*program as usize].name.clone())
                        .or_default() += 1;
                }
            }
        }
        Ok(taken)
    }

    /// The rounds that are decided.
    pub(super) fn published(&self) -> Result<Vec<Loaded>, PlacementError> {
        let runs = self.records.match_run_list()?.into_iter().filter(|run| run.published_us.is_some());
        runs.map(|run| self.loaded(run)).collect()
    }

    pub(super) fn load_match(&self, id: &str) -> Result<Loaded, PlacementError> {
        let run = self.records.match_run(id)?.ok_or(PlacementError::NotYours("match"))?;
        self.loaded(run)
    }

    fn loaded(&self, run: MatchRun) -> Result<Loaded, PlacementError> {
        let frozen: Frozen = serde_json::from_value(run.frozen.clone()).map_err(|_| damaged(&run))?;
        let kept: KeptOutcome = serde_json::from_value(run.outcome.clone()).map_err(|_| damaged(&run))?;
        let KeptOutcome { places, proposals, orders_tried, cut } = kept;
        let market = matching::read(&frozen.files(), run.seed)?;
        let overrides = self.records.match_override_list(&run.id)?;
        Ok(Loaded {
            frozen,
            market,
            outcome: Outcome { places, proposals, orders_tried, cut },
            overrides,
            run,
        })
    }
}

impl Loaded {
    /// The outcome after all changes by hand and `more` of them, with what each of them did.
    pub(super) fn after(&self, more: &[Override]) -> Result<(Outcome, Vec<Overruled>), PlacementError> {
        let change = |one: &MatchOverride| {
            Some(Override {
                applicant: self.market.applicant(&one.applicant)?,
                program: one.place.as_ref().and_then(|place| self.market.program(place)),
                reason: one.reason.clone(),
                line: 1,
            })
        };
        let mut changes: Vec<Override> = self.overrides.iter().filter_map(change).collect();
        changes.extend(more.iter().cloned());
        Ok(matching::overrule(&self.market, &self.outcome, &changes, "changes by hand")?)
    }
}

fn damaged(run: &MatchRun) -> StoreError {
    StoreError::Damaged { what: format!("the match {}", run.id) }
}

fn summary(run: &MatchRun) -> MatchSummary {
    MatchSummary {
        id: run.id.clone(),
        round: run.round,
        seed: run.seed,
        by: run.by.clone(),
        at_us: run.at_us,
        published_us: run.published_us,
    }
}

/// Why not there, by applicant.
pub(super) fn why(market: &Market, outcome: &Outcome) -> BTreeMap<String, Reasons> {
    let answers = matching::why_not(market, &outcome.places);
    let told = market.applicants.iter().zip(answers).map(|(applicant, answers)| {
        let place = |program: u32| market.programs[program as usize].name.clone();
        let reasons =
            answers.iter().map(|one| (one.rank, place(one.program), one.reason.to_string())).collect();
        (applicant.name.clone(), reasons)
    });
    told.collect()
}
