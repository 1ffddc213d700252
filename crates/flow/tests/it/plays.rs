//! Properties of what is played, whatever the department.

use flow::simulate::{Department, Estimate, Law, Level, Staffing, Window, replicate, run};
use proptest::prelude::*;

fn department() -> Department {
    let level = |share, minutes, tested, admitted, patience_minutes, target_minutes| Level {
        share,
        provider: Law::LogNormal { minutes, variation: 0.6 },
        tested,
        admitted,
        patience_minutes,
        target_minutes,
    };
    Department {
        arrivals_per_hour: (0..168).map(|hour| if hour % 24 < 8 { 2.0 } else { 6.0 }).collect(),
        levels: [
            level(0.02, 40.0, 0.9, 0.75, None, 1.0),
            level(0.15, 25.0, 0.8, 0.4, None, 15.0),
            level(0.48, 15.0, 0.6, 0.18, Some(180.0), 60.0),
            level(0.28, 10.0, 0.3, 0.03, Some(150.0), 120.0),
            level(0.07, 8.0, 0.1, 0.01, Some(120.0), 120.0),
        ],
        triage: Law::LogNormal { minutes: 5.0, variation: 0.4 },
        test: Law::LogNormal { minutes: 45.0, variation: 0.5 },
        test_places: 6,
        disposition: Law::LogNormal { minutes: 6.0, variation: 0.5 },
        rooms: 30,
        beds: 90,
        bed_stay: Law::LogNormal { minutes: 4_000.0, variation: 0.7 },
    }
}

const WEEK: Window = Window { warmup_weeks: 1, weeks: 1 };

#[test]
fn the_same_seed_gives_the_same_week() {
    let staffing = Staffing::constant(2, 3);
    let week = |seed| run(&department(), &staffing, WEEK, seed).unwrap();
    assert_eq!(week(7), week(7));
    assert_ne!(week(7), week(8));
}

#[test]
fn who_is_more_urgent_waits_less_and_a_full_ward_shows_in_the_waiting_room() {
    let staffing = Staffing::constant(2, 2);
    let open = run(&department(), &staffing, WEEK, 3).unwrap();
    let waits: Vec<f64> = open.levels.iter().filter_map(|level| level.wait_median_minutes).collect();
    assert!(waits[1] < waits[2] && waits[2] < waits[3], "{waits:?}");
    let staffing = Staffing::constant(2, 3);
    let open = run(&department(), &staffing, WEEK, 3).unwrap();
    let full = Department { beds: 25, ..department() };
    let full = run(&full, &staffing, WEEK, 3).unwrap();
    assert!(full.boarding_hours_per_week > open.boarding_hours_per_week + 100.0);
    assert!(full.waiting_hours_per_week > open.waiting_hours_per_week * 1.5);
    assert_eq!(full.all.arrived, open.all.arrived, "both met the same patients");
}

#[test]
fn a_department_without_anybody_ends_all_the_same() {
    let report = run(&department(), &Staffing::constant(0, 0), WEEK, 1).unwrap();
    assert_eq!(report.all.wait_median_minutes, None);
    assert!(report.left_unseen_share > 0.7 && (report.all.over_target - 1.0).abs() < 1e-9, "{report:?}");
    let quiet = Department { arrivals_per_hour: vec![0.0; 168], ..department() };
    let report = run(&quiet, &Staffing::constant(1, 1), WEEK, 1).unwrap();
    assert_eq!((report.all.arrived, report.stay_median_minutes), (0, None));
}

#[test]
fn what_is_no_department_is_refused_in_words() {
    let staffing = Staffing::constant(1, 1);
    let said = |department: Department| run(&department, &staffing, WEEK, 1).unwrap_err().to_string();
    let short = Department { arrivals_per_hour: vec![1.0; 24], ..department() };
    assert_eq!(said(short), "arrivals are given for 24 hours; a week has 168");
    let endless = Department { triage: Law::Fixed { minutes: f64::NAN }, ..department() };
    assert!(said(endless).starts_with("triage cannot take"));
    let mut uneven = department();
    uneven.levels[4].share = 0.5;
    assert!(said(uneven).starts_with("the shares of the levels sum to"));
    let part = Staffing { triage: vec![1; 10], providers: vec![1; 168] };
    let error = run(&department(), &part, WEEK, 1).unwrap_err();
    assert_eq!(error.to_string(), "nurses at triage are given for 10 hours; a week has 168");
}

#[test]
fn replications_narrow_what_is_known_and_pairs_narrow_it_more() {
    let play = |providers, count| {
        replicate(&department(), &Staffing::constant(2, providers), WEEK, 11, count).unwrap()
    };
    let (few, more) = (play(3, 12), play(4, 12));
    let wait = |report: &flow::simulate::Report| report.all.wait_mean_minutes;
    let (apart, paired) = (few.estimate(wait).unwrap(), more.beside(&few, wait).unwrap());
    assert!(apart.low < apart.mean && apart.mean < apart.high);
    assert!(paired.high < 0.0, "one more provider shortens waits beyond doubt: {paired:?}");
    assert_eq!(Estimate::of(&[]), None);
    assert!(replicate(&department(), &Staffing::constant(1, 1), WEEK, 1, 0).is_err());
}

#[test]
fn students_interval_is_as_wide_as_tables_say() {
    let estimate = Estimate::of(&[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
    // 3 and 2.776 times the root of 2.5 / 5.
    assert!(
        (estimate.mean - 3.0).abs() < 1e-12 && (estimate.high - 3.0 - 1.9629).abs() < 1e-3,
        "{estimate:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Little's law, which holds for every path that begins and ends empty: the queue added up over time is what
    /// everybody waited, added up.
    #[test]
    fn the_queue_over_time_is_what_all_waited(
        seed: u64, rate in 0.1_f64..20.0, providers in 1_u32..8, rooms in 3_u32..40, beds in 1_u32..40,
    ) {
        let mut department = Department { rooms, beds, ..department() };
        department.bed_stay = Law::Exponential { minutes: 60.0 };
        // Patients come on Monday to Wednesday, and everybody is gone before the week ends.
        for (hour, of_hour) in department.arrivals_per_hour.iter_mut().enumerate() {
            *of_hour = if hour < 72 { rate } else { 0.0 };
        }
        for level in &mut department.levels {
            level.patience_minutes = Some(level.patience_minutes.unwrap_or(200.0));
        }
        let window = Window { warmup_weeks: 0, weeks: 1 };
        let report = run(&department, &Staffing::constant(2, providers), window, seed).unwrap();
        let queue: f64 = report.queue_by_hour.iter().sum();
        prop_assert!((queue - report.waiting_hours_per_week).abs() < 1e-6, "{} {}", queue, report.waiting_hours_per_week);
        let levels: u64 = report.levels.iter().map(|level| level.arrived).sum();
        prop_assert_eq!(levels, report.all.arrived);
    }

    /// Whoever works, the same people come.
    #[test]
    fn rosters_meet_the_same_patients(seed: u64, one in 1_u32..6, other in 1_u32..6) {
        let arrived = |providers| {
            let report = run(&department(), &Staffing::constant(2, providers), WEEK, seed).unwrap();
            report.levels.iter().map(|level| level.arrived).collect::<Vec<_>>()
        };
        prop_assert_eq!(arrived(one), arrived(other));
    }
}
