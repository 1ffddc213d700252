use placements::competencies::{Estimate, Standing};
use placements::readiness::{Job, Need, needs};
use store::records::Person;

use super::ReadinessError;
use super::jobs::job;
use crate::platform::Platform;
use crate::portfolio::{Help, Next, Portfolio, Work};
use crate::record::{Evaluation, Side};

/// How far somebody is for a job.
#[derive(Debug, Clone)]
pub struct Readiness {
    /// Who.
    pub person: Person,
    /// The job.
    pub job: &'static Job,
    /// What it asks for, in its order.
    pub needs: Vec<Needed>,
    /// What supervisors said, the newest first.
    pub said: Vec<Said>,
    /// When it was looked at, in microseconds since 1970 UTC.
    pub at_us: i64,
}

/// One thing that the job asks for.
#[derive(Debug, Clone)]
pub struct Needed {
    /// What, and how somebody stands to it.
    pub need: Need,
    /// The competency in words.
    pub title: String,
    /// What is known of it.
    pub standing: Standing,
    /// The best work behind it: without help before with, then by worth, then the newest.
    pub best: Vec<Work>,
    /// What to do next.
    pub next: Option<Next>,
}

/// What a supervisor said.
#[derive(Debug, Clone)]
pub struct Said {
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
    /// Who.
    pub by: String,
    /// Where.
    pub employer: String,
    /// About what.
    pub about: About,
    /// The words.
    pub words: String,
}

/// What a supervisor spoke of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// How far a competency is entrusted, 1 to 5, and how often it was seen.
    Trust(String, u8, u32),
    /// What goes well, in half of a term.
    Well,
    /// What is next.
    Next,
}

/// Pieces of work that are shown of each competency.
const BEST: usize = 3;

impl Platform {
    /// How far somebody is for a job, by what they have done.
    ///
    /// # Errors
    /// [`ReadinessError::NoJob`] for a job that there is not.
    pub fn readiness(&self, person: &Person, id: &str) -> Result<Readiness, ReadinessError> {
        let job = job(id).ok_or_else(|| ReadinessError::NoJob(id.to_owned()))?;
        let portfolio = self.portfolio(person)?;
        let at_us = self.clock.now_us();
        let standing =
            |id: &str| portfolio.competencies.iter().find(|one| one.id == id).map(|one| &one.standing);
        let found = needs(job, standing, at_us).into_iter().map(|need| needed(need, &portfolio));
        let (needs, person) = (found.collect(), person.clone());
        Ok(Readiness { said: self.said_of(&person, job)?, person, job, needs, at_us })
    }

    /// What supervisors said of somebody that has to do with a job.
    fn said_of(&self, person: &Person, job: &Job) -> Result<Vec<Said>, ReadinessError> {
        let mut found = Vec::new();
        for one in self.apprenticeships(person)? {
            if !one.writes_as(Side::Apprentice) {
                continue;
            }
            let said = |at_us, about, words: &str| Said {
                at_us,
                by: one.supervisor.name.clone(),
                employer: one.employer.name.clone(),
                about,
                words: words.to_owned(),
            };
            for ask in &job.asks {
                if let Some((at_us, trust)) = one.record.trust_in(&ask.competency) {
                    let about = About::Trust(trust.competency.clone(), trust.level, trust.seen);
                    found.push(said(*at_us, about, &trust.words));
                }
            }
            for (at_us, Evaluation { well, next, .. }) in one.record.evaluations.values() {
                found.push(said(*at_us, About::Well, well));
                found.push(said(*at_us, About::Next, next));
            }
        }
        found.sort_by_key(|one| std::cmp::Reverse(one.at_us));
        Ok(found)
    }
}

fn needed(need: Need, portfolio: &Portfolio) -> Needed {
    let shown = portfolio.competencies.iter().find(|one| one.id == need.competency);
    let mut best: Vec<Work> = shown.map(|one| one.work.clone()).unwrap_or_default();
    best.sort_by(|a, b| {
        (a.help != Help::None)
            .cmp(&(b.help != Help::None))
            .then(b.worth.total_cmp(&a.worth))
            .then(b.at_us.cmp(&a.at_us))
    });
    best.truncate(BEST);
    let nothing = Estimate { likely: 0.5, low: 0.0, high: 1.0 };
    let unknown = || Standing {
        level: None,
        unaided: 0,
        shown: 0,
        last_us: None,
        due_us: None,
        again: false,
        estimate: nothing,
    };
    Needed {
        title: shown.map_or_else(|| need.competency.clone(), |one| one.title.clone()),
        standing: shown.map_or_else(unknown, |one| one.standing.clone()),
        next: shown.filter(|_| need.state.is_gap()).and_then(|one| one.next.clone()),
        best,
        need,
    }
}
