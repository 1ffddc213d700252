use super::agenda::Agenda;
use super::line::{Line, Place};
use super::patient::{Arrivals, Patient};
use super::report::{Meters, Report, Visit, report};
use super::{Department, Staffing};
use crate::{FlowError, HOURS};

/// Microseconds of an hour.
const HOUR_US: u64 = 3_600_000_000;
/// How long it is waited at the end for those who are still there; what they waited by then counts.
const DRAIN_HOURS: u64 = 72;
/// The longest that can be played: ten years of weeks.
const WEEKS_MAX: u32 = 520;

/// What of the played time is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Weeks played before, so that the wards are as full as they become.
    pub warmup_weeks: u32,
    /// Weeks whose arrivals are measured.
    pub weeks: u32,
}

/// Plays a department under a roster. The same seed gives the same result, and another roster the same patients.
///
/// # Errors
/// When the numbers describe no department or roster, or too long a time.
pub fn run(
    department: &Department,
    staffing: &Staffing,
    window: Window,
    seed: u64,
) -> Result<Report, FlowError> {
    department.check()?;
    staffing.check()?;
    if window.weeks == 0 || window.weeks.saturating_add(window.warmup_weeks) > WEEKS_MAX {
        return Err(FlowError::Input(format!("measure 1 to {WEEKS_MAX} weeks, those before included")));
    }
    let week_us = HOURS as u64 * HOUR_US;
    let from_us = u64::from(window.warmup_weeks) * week_us;
    let until_us = from_us + u64::from(window.weeks) * week_us;
    let mut play = Play {
        department,
        staffing,
        from_us,
        until_us,
        now_us: 0,
        agenda: Agenda::new(),
        arrivals: Arrivals::new(department, seed),
        visits: Vec::new(),
        triage: Line::default(),
        fresh: Line::default(),
        returning: Line::default(),
        tests: Line::default(),
        boarding: Line::default(),
        busy: Busy::default(),
        open: 0,
        meters: Meters::new(),
    };
    play.all();
    Ok(report(&play.visits, &play.meters, (from_us, until_us), department, play.now_us))
}

/// What may happen; the number says to whom.
#[derive(Debug, Clone, Copy)]
enum Event {
    Arrives(usize),
    Triaged(usize),
    Left(usize),
    Decided(usize),
    Tested(usize),
    BedFree,
    HourTurns,
}

/// What is taken.
#[derive(Debug, Default)]
struct Busy {
    triage: u32,
    providers: u32,
    tests: u32,
    rooms: u32,
    beds: u32,
    waiting: u32,
}

struct Play<'a> {
    department: &'a Department,
    staffing: &'a Staffing,
    from_us: u64,
    until_us: u64,
    now_us: u64,
    agenda: Agenda<Event>,
    arrivals: Arrivals<'a>,
    visits: Vec<Visit>,
    triage: Line,
    /// Those who have not been seen and need a room.
    fresh: Line,
    /// Those who come back from a test to the provider's decision.
    returning: Line,
    tests: Line,
    boarding: Line,
    busy: Busy,
    /// Measured visits that have not ended.
    open: u64,
    meters: Meters,
}

impl Play<'_> {
    fn all(&mut self) {
        self.agenda.plan(0, Event::HourTurns);
        self.expect_next();
        let last_us = self.until_us + DRAIN_HOURS * HOUR_US;
        while let Some((at_us, event)) = self.agenda.next() {
            if at_us > last_us || (at_us >= self.until_us && self.open == 0) {
                break;
            }
            self.measure(at_us);
            self.now_us = at_us;
            self.meters.events += 1;
            self.happen(event);
        }
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Arrives(who) => self.arrive(who),
            Event::Triaged(who) => {
                self.busy.triage -= 1;
                if self.visits[who].left_us.is_none() {
                    self.fresh.join(self.place(who));
                    self.call_in();
                }
                self.call_to_triage();
            }
            Event::Left(who) => {
                let (now_us, visit) = (self.now_us, &mut self.visits[who]);
                if visit.seen_us.is_none() {
                    visit.left_us = Some(now_us);
                    self.busy.waiting -= 1;
                    self.close(who);
                }
            }
            Event::Decided(who) => self.decided(who),
            Event::Tested(who) => {
                self.busy.tests -= 1;
                self.visits[who].is_tested = true;
                self.returning.join(self.place(who));
                self.call_in();
                self.call_to_test();
            }
            Event::BedFree => {
                self.busy.beds -= 1;
                self.call_to_bed();
            }
            Event::HourTurns => {
                self.agenda.plan(self.now_us + HOUR_US, Event::HourTurns);
                self.call_to_triage();
                self.call_in();
            }
        }
    }

    fn arrive(&mut self, who: usize) {
        let patient = self.visits[who].patient;
        self.busy.waiting += 1;
        if self.is_measured(patient.arrived_us) {
            self.open += 1;
        }
        if let Some(patience_us) = patient.patience_us {
            self.agenda.plan(self.now_us + patience_us, Event::Left(who));
        }
        // Anybody sees that a level 1 cannot wait; the others are told apart by triage.
        self.triage.join((usize::from(patient.level > 0), patient.arrived_us, who));
        self.call_to_triage();
        self.expect_next();
    }

    fn expect_next(&mut self) {
        if let Some(patient) = self.arrivals.next() {
            self.visits.push(Visit::new(patient));
            self.agenda.plan(patient.arrived_us, Event::Arrives(self.visits.len() - 1));
        }
    }

    fn call_to_triage(&mut self) {
        while self.busy.triage < self.staffing.triage[self.hour()] {
            let visits = &self.visits;
            let Some((_, _, who)) = self.triage.first(|who| visits[who].left_us.is_some()) else { break };
            self.triage.take();
            self.busy.triage += 1;
            self.agenda.plan(self.now_us + self.patient(who).triage_us, Event::Triaged(who));
        }
    }

    /// Providers who are free go to whoever comes first: who is in a room already, or who can be given one.
    fn call_in(&mut self) {
        while self.busy.providers < self.staffing.providers[self.hour()] {
            let returning = self.returning.first(|_| false);
            let visits = &self.visits;
            let fresh = self.fresh.first(|who| visits[who].left_us.is_some());
            let fresh = fresh.filter(|_| self.busy.rooms < self.department.rooms);
            let back = match (returning, fresh) {
                (None, None) => break,
                (Some(back), Some(new)) => back < new,
                (back, _) => back.is_some(),
            };
            self.busy.providers += 1;
            match (returning, fresh) {
                (Some((_, _, who)), _) if back => {
                    self.returning.take();
                    let takes_us = self.patient(who).disposition_us;
                    self.agenda.plan(self.now_us + takes_us, Event::Decided(who));
                }
                (_, Some((_, _, who))) => {
                    self.fresh.take();
                    self.see(who);
                }
                _ => break,
            }
        }
    }

    fn see(&mut self, who: usize) {
        self.busy.rooms += 1;
        self.busy.waiting -= 1;
        self.visits[who].seen_us = Some(self.now_us);
        let patient = self.patient(who);
        // Without a test the decision follows at once.
        let decision_us = if patient.test_us.is_none() { patient.disposition_us } else { 0 };
        self.agenda.plan(self.now_us + patient.provider_us + decision_us, Event::Decided(who));
    }

    /// The provider is done: at first, or after the test.
    fn decided(&mut self, who: usize) {
        self.busy.providers -= 1;
        let patient = self.patient(who);
        if patient.test_us.is_some() && !self.visits[who].is_tested {
            self.tests.join(self.place(who));
            self.call_to_test();
        } else if patient.bed_us.is_some() {
            self.visits[who].boards_us = Some(self.now_us);
            self.boarding.join(self.place(who));
            self.call_to_bed();
        } else {
            self.leave(who);
        }
        self.call_in();
    }

    fn call_to_test(&mut self) {
        while self.busy.tests < self.department.test_places {
            let Some((_, _, who)) = self.tests.first(|_| false) else { break };
            self.tests.take();
            self.busy.tests += 1;
            let takes_us = self.patient(who).test_us.unwrap_or(0);
            self.agenda.plan(self.now_us + takes_us, Event::Tested(who));
        }
    }

    fn call_to_bed(&mut self) {
        while self.busy.beds < self.department.beds {
            let Some((_, _, who)) = self.boarding.first(|_| false) else { break };
            self.boarding.take();
            self.busy.beds += 1;
            let lies_us = self.patient(who).bed_us.unwrap_or(0);
            self.agenda.plan(self.now_us + lies_us, Event::BedFree);
            self.leave(who);
        }
    }

    /// Out of the room, home or to the ward.
    fn leave(&mut self, who: usize) {
        self.busy.rooms -= 1;
        self.visits[who].gone_us = Some(self.now_us);
        self.close(who);
        self.call_in();
    }

    fn close(&mut self, who: usize) {
        if self.is_measured(self.visits[who].patient.arrived_us) {
            self.open -= 1;
        }
    }

    fn measure(&mut self, until_us: u64) {
        let (from, until) = (self.now_us.max(self.from_us), until_us.min(self.until_us));
        if from >= until {
            return;
        }
        let (hour, span_us) = ((from / HOUR_US) as usize % HOURS, until - from);
        let hours = &mut self.meters;
        hours.waiting_us[hour] += u64::from(self.busy.waiting) * span_us;
        hours.triage.busy_us += u64::from(self.busy.triage) * span_us;
        hours.triage.staffed_us += u64::from(self.staffing.triage[hour]) * span_us;
        hours.providers.busy_us += u64::from(self.busy.providers) * span_us;
        hours.providers.staffed_us += u64::from(self.staffing.providers[hour]) * span_us;
        hours.rooms.busy_us += u64::from(self.busy.rooms) * span_us;
        hours.rooms.staffed_us += u64::from(self.department.rooms) * span_us;
        hours.beds.busy_us += u64::from(self.busy.beds) * span_us;
        hours.beds.staffed_us += u64::from(self.department.beds) * span_us;
    }

    fn patient(&self, who: usize) -> Patient {
        self.visits[who].patient
    }

    fn place(&self, who: usize) -> Place {
        let patient = self.patient(who);
        (patient.level, patient.arrived_us, who)
    }

    fn hour(&self) -> usize {
        (self.now_us / HOUR_US) as usize % HOURS
    }

    fn is_measured(&self, arrived_us: u64) -> bool {
        (self.from_us..self.until_us).contains(&arrived_us)
    }
}
