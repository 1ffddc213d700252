//! The hours of a hospital, which keeps UTC.

use crate::calendar::{DAY_US, HOUR_US, MINUTE_US};
use crate::random::Stream;

/// Arrivals at an emergency department in each hour of the day, of a hundred.
///
/// Our fit to the shape of the National Hospital Ambulatory Medical Care Survey, 2006.
pub(crate) const ARRIVALS: [f64; 24] = [
    2.6, 2.1, 1.8, 1.6, 1.5, 1.6, 2.0, 2.9, 4.0, 5.1, 5.8, 6.1, 6.0, 5.9, 5.8, 5.7, 5.6, 5.6, 5.6, 5.5, 5.2,
    4.7, 4.0, 3.3,
];

/// The same weekday or the Monday after, at one of 36 quarter hours from eight in the morning.
pub(crate) fn office_hours(us: i64, quarter: i64) -> i64 {
    let day = us.div_euclid(DAY_US);
    let monday_based = (day + 3).rem_euclid(7);
    let day = if monday_based >= 5 { day + 7 - monday_based } else { day };
    day * DAY_US + 8 * HOUR_US + quarter * (HOUR_US / 4)
}

/// The next day, at an hour in which people come to emergency departments.
pub(crate) fn emergency_hours(us: i64, stream: &mut Stream) -> i64 {
    let hours: [(i64, f64); 24] = std::array::from_fn(|hour| (hour as i64, ARRIVALS[hour]));
    let hour = stream.weighted(&hours, |row| row.1).0;
    (us.div_euclid(DAY_US) + 1) * DAY_US + hour * HOUR_US + stream.between(0, 59) * MINUTE_US
}
