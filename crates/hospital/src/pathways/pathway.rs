//! What a pathway is, and how it is started.

use crate::calendar::{DAY_US, HOUR_US, YEAR_US};
use crate::population::{Chart, Health, Person};

/// A kind of care, told over a chart.
pub(crate) struct Pathway {
    /// Its name, which is also the name of its chance: never change it.
    pub(crate) name: &'static str,
    /// Who takes it, and when.
    pub(crate) start: Start,
    /// Tells what happens, from the given instant.
    pub(crate) play: fn(&mut Chart<'_>, i64),
}

/// Who takes a pathway, and when.
pub(crate) enum Start {
    /// Everyone, from the beginning of the record.
    Always,
    /// Whoever has the disease, from its onset, given in years before the present.
    Chronic(fn(&Health) -> Option<f64>),
    /// Each year anew, with a probability by person and age; it is over within `days`, and
    /// does not begin again before.
    Yearly { rate: fn(&Person, i32) -> f64, days: i64 },
    /// The same, but only the first time.
    Once { rate: fn(&Person, i32) -> f64, days: i64 },
}

/// Years of record in which yearly pathways may start.
const YEARS: i64 = 10;

impl Pathway {
    /// Plays the pathway as often as it starts for this person.
    pub(crate) fn run(&self, chart: &mut Chart<'_>) {
        match self.start {
            Start::Always => (self.play)(chart, chart.since_us()),
            Start::Chronic(years) => {
                if let Some(years) = years(&chart.person.health) {
                    let onset_us = chart.as_of_us() - (years * YEAR_US as f64) as i64;
                    (self.play)(chart, onset_us);
                }
            }
            Start::Yearly { rate, days } => {
                let mut over_us = i64::MIN;
                for (year, at_us) in draw_years(chart, rate, days) {
                    if at_us > over_us {
                        self.play_year(chart, year, at_us);
                        over_us = at_us + days * DAY_US;
                    }
                }
            }
            Start::Once { rate, days } => {
                if let Some((year, at_us)) = draw_years(chart, rate, days).next() {
                    self.play_year(chart, year, at_us);
                }
            }
        }
    }

    /// The stream of a year has told whether and when; what happens comes from its own.
    fn play_year(&self, chart: &mut Chart<'_>, year: u64, at_us: i64) {
        chart.occasion(PLAYED + year);
        (self.play)(chart, at_us);
    }
}

/// Occasions from this number on are those in which a yearly pathway is played.
const PLAYED: u64 = 100;

/// The years the pathway would start in, counted back from the present, and when; oldest first.
fn draw_years(
    chart: &mut Chart<'_>,
    rate: fn(&Person, i32) -> f64,
    days: i64,
) -> impl Iterator<Item = (u64, i64)> + use<> {
    let mut starts = [None; YEARS as usize];
    for (year, start) in (0_u64..).zip(starts.iter_mut().rev()) {
        chart.occasion(year);
        let begin_us = chart.as_of_us() - (year as i64 + 1) * YEAR_US;
        let at_us = begin_us + chart.stream.between(0, YEAR_US / HOUR_US - 1) * HOUR_US;
        let age = chart.person.age_at(at_us);
        let in_record = at_us > chart.since_us() && at_us + days * DAY_US < chart.until_us();
        let starting = chart.stream.chance(rate(chart.person, age));
        *start = (in_record && starting).then_some((year, at_us));
    }
    starts.into_iter().flatten()
}

impl Chart<'_> {
    /// Plays a visit every few months from an onset on, each on its own occasion.
    ///
    /// The visit gets its number in the record, 0 being the one the problem is written down in.
    pub(crate) fn follow_up(
        &mut self,
        onset_us: i64,
        months: (i64, i64),
        mut visit: impl FnMut(&mut Self, u64, i64),
    ) {
        const MONTH_US: i64 = YEAR_US / 12;
        let mut at_us = onset_us.max(self.since_us());
        let mut number = 0;
        loop {
            self.occasion(number);
            let wait_us = if number == 0 {
                self.stream.between(DAY_US, 3 * MONTH_US)
            } else {
                self.stream.between(months.0 * MONTH_US, months.1 * MONTH_US)
            };
            at_us = office_hours(at_us + wait_us, self.stream.between(0, 35));
            if at_us > self.until_us() {
                return;
            }
            visit(self, number, at_us);
            number += 1;
        }
    }
}

/// The same weekday or the Monday after, at one of 36 quarter hours from 13:00 UTC on.
pub(crate) fn office_hours(us: i64, quarter: i64) -> i64 {
    let day = us.div_euclid(DAY_US);
    let monday_based = (day + 3).rem_euclid(7);
    let day = if monday_based >= 5 { day + 7 - monday_based } else { day };
    day * DAY_US + 13 * HOUR_US + quarter * (HOUR_US / 4)
}
