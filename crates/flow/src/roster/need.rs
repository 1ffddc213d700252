use crate::FlowError;

/// Hours a service may take on average.
const SERVICE_HOURS_MAX: f64 = 48.0;
/// Steps in which an hour is followed.
const STEPS: usize = 12;

/// How many people would be at work on average in each hour if nobody ever waited, when those who come in an hour each need
/// somebody for so long.
///
/// This is the load of a queue without end of servers, whose day repeats: it runs after the arrivals by about one service, and
/// that is why a roster which follows the arrivals alone comes too early (Green, Kolesar and Whitt 2007, *Coping with
/// time-varying demand when setting staffing requirements for a service system*, section 4). Services are taken as exponential.
///
/// # Errors
/// When a rate is no rate, or the service no time.
pub fn offered_load(arrivals_per_hour: &[f64], service_hours: f64) -> Result<Vec<f64>, FlowError> {
    if arrivals_per_hour.is_empty()
        || arrivals_per_hour.iter().any(|rate| !(rate.is_finite() && *rate >= 0.0))
    {
        return Err(FlowError::Input("arrivals are numbers of 0 or more, one for each hour".to_owned()));
    }
    if !(service_hours > 0.0 && service_hours <= SERVICE_HOURS_MAX) {
        return Err(FlowError::Input(format!(
            "a service takes more than 0 and at most {SERVICE_HOURS_MAX} hours"
        )));
    }
    let stays = (-1.0 / (service_hours * STEPS as f64)).exp();
    let mut load = 0.0;
    let mut hours = vec![0.0; arrivals_per_hour.len()];
    // What was in progress before the first round has ended long before the last.
    let rounds = 2 + (40.0 * service_hours / arrivals_per_hour.len() as f64).ceil() as usize;
    for _ in 0..rounds {
        for (hour, rate) in hours.iter_mut().zip(arrivals_per_hour) {
            let settles = rate * service_hours;
            let mut sum = 0.0;
            for _ in 0..STEPS {
                let next = settles + (load - settles) * stays;
                sum += (load + next) / 2.0;
                load = next;
            }
            *hour = sum / STEPS as f64;
        }
    }
    Ok(hours)
}

/// How many people each hour needs: its load, and `margin` times the load's square root.
///
/// That is square-root staffing (Halfin and Whitt 1981). A margin of 0 lets queues grow, 1 lets about one in five wait, 2 hardly anybody. Never fewer than `at_least`.
///
/// # Errors
/// As [`offered_load`], or when the margin is no number from 0 to 10.
pub fn needed(
    arrivals_per_hour: &[f64],
    service_hours: f64,
    margin: f64,
    at_least: u32,
) -> Result<Vec<u32>, FlowError> {
    if !(0.0..=10.0).contains(&margin) {
        return Err(FlowError::Input("the margin is a number from 0 to 10".to_owned()));
    }
    let load = offered_load(arrivals_per_hour, service_hours)?;
    Ok(load.iter().map(|load| ((load + margin * load.sqrt()).ceil() as u32).max(at_least)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steady_arrivals_need_their_rate_times_the_service() {
        let load = offered_load(&[6.0; 24], 0.5).unwrap();
        assert!(load.iter().all(|load| (load - 3.0).abs() < 1e-9), "{load:?}");
        assert_eq!(needed(&[6.0; 24], 0.5, 1.0, 1).unwrap(), [5; 24], "3 and the root of 3 are 4.73");
        assert_eq!(needed(&[0.0; 24], 0.5, 1.0, 2).unwrap(), [2; 24]);
    }

    #[test]
    fn work_comes_after_arrivals_and_none_is_lost() {
        let mut rates = [0.0; 24];
        rates[8] = 10.0;
        let load = offered_load(&rates, 3.0).unwrap();
        let highest = (0..24).max_by(|a, b| load[*a].total_cmp(&load[*b])).unwrap();
        assert_eq!(highest, 9);
        assert!((load.iter().sum::<f64>() - 30.0).abs() < 0.2, "10 patients of 3 hours: {load:?}");
    }

    #[test]
    fn what_is_no_demand_is_refused() {
        assert!(offered_load(&[], 1.0).is_err());
        assert!(offered_load(&[f64::NAN], 1.0).is_err());
        assert!(offered_load(&[1.0], 0.0).is_err());
        assert!(needed(&[1.0], 1.0, f64::NAN, 1).is_err());
    }
}
