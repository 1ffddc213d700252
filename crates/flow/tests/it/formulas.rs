//! The department, emptied of all but its providers, against the formulas of queueing theory.
//!
//! Waits are held against theory within 5 %, from some 400,000 arrivals or more: at a load of 0.8 the deviation of a mean over so
//! many is near 1.5 %, since waits that follow each other resemble each other.

use flow::simulate::{Department, Law, Level, Report, Staffing, Window, run};

/// Only providers: triage takes no time, nobody is tested, admitted or impatient.
fn providers_only(rate: f64, service: Law) -> Department {
    let none = Law::Fixed { minutes: 0.0 };
    let level = Level {
        share: 0.2,
        provider: service,
        tested: 0.0,
        admitted: 0.0,
        patience_minutes: None,
        target_minutes: 30.0,
    };
    Department {
        arrivals_per_hour: vec![rate; 168],
        levels: std::array::from_fn(|_| level.clone()),
        triage: none,
        test: none,
        test_places: 1,
        disposition: none,
        rooms: 10_000,
        beds: 0,
        bed_stay: none,
    }
}

fn measured(department: &Department, providers: u32, weeks: u32) -> Report {
    let window = Window { warmup_weeks: 2, weeks };
    run(department, &Staffing::constant(1, providers), window, 20_260_101)
        .expect("a department with providers can be played")
}

/// Mean wait in minutes of M/M/c (Erlang C).
fn erlang_c(rate_per_hour: f64, service_minutes: f64, servers: u32) -> f64 {
    let load = rate_per_hour * service_minutes / 60.0;
    let servers_f = f64::from(servers);
    // Erlang B by its recursion, and C from B.
    let blocked = (1..=servers).fold(1.0, |b, n| load * b / (f64::from(n) + load * b));
    let waits = servers_f * blocked / (servers_f - load * (1.0 - blocked));
    waits * service_minutes / (servers_f - load)
}

fn close(found: f64, wanted: f64, share: f64, what: &str) {
    assert!((found - wanted).abs() <= share * wanted, "{what}: {found} found, {wanted} wanted");
}

#[test]
fn one_provider_with_memoryless_service_is_m_m_1() {
    let department = providers_only(48.0, Law::Exponential { minutes: 1.0 });
    let report = measured(&department, 1, 60);
    let wait = report.all.wait_mean_minutes.unwrap();
    // rho / (1 - rho) services, with rho = 0.8.
    close(wait, 4.0, 0.05, "mean wait");
    close(report.provider_utilisation, 0.8, 0.01, "utilisation");
}

#[test]
fn several_providers_are_m_m_c() {
    for (rate, minutes, servers, weeks) in [(30.0, 5.0, 3, 80), (60.0, 8.0, 10, 50), (20.0, 3.0, 2, 120)] {
        let department = providers_only(rate, Law::Exponential { minutes });
        let report = measured(&department, servers, weeks);
        let wanted = erlang_c(rate, minutes, servers);
        close(report.all.wait_mean_minutes.unwrap(), wanted, 0.05, &format!("{servers} servers"));
    }
}

#[test]
fn service_of_any_shape_follows_pollaczek_and_khinchine() {
    let shapes = [
        (Law::Fixed { minutes: 1.0 }, 0.0),
        (Law::LogNormal { minutes: 1.0, variation: 0.5 }, 0.5),
        (Law::LogNormal { minutes: 1.0, variation: 1.5 }, 1.5),
    ];
    for (law, variation) in shapes {
        let report = measured(&providers_only(42.0, law), 1, 100);
        let rho: f64 = 0.7;
        let wanted = rho * (1.0 + variation * variation) / (2.0 * (1.0 - rho));
        close(report.all.wait_mean_minutes.unwrap(), wanted, 0.05, &format!("{law:?}"));
    }
}

#[test]
fn two_levels_wait_as_cobham_says() {
    // Non-preemptive priorities in M/M/1 (Cobham 1954): W_k = R / ((1 - s_(k-1)) (1 - s_k)).
    let mut department = providers_only(48.0, Law::Exponential { minutes: 1.0 });
    for (level, share) in department.levels.iter_mut().zip([0.0, 0.5, 0.5, 0.0, 0.0]) {
        level.share = share;
    }
    let report = measured(&department, 1, 80);
    let (residual, first, both) = (0.8, 0.4, 0.8);
    let wanted = [residual / (1.0 - first), residual / ((1.0 - first) * (1.0 - both))];
    for (at, wanted) in wanted.into_iter().enumerate() {
        close(report.levels[at + 1].wait_mean_minutes.unwrap(), wanted, 0.06, &format!("level {}", at + 2));
    }
}
