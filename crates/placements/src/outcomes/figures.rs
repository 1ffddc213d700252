use jiff::ToSpan;
use jiff::civil::Date;

/// Where numbers lie: half of them from `low` to `high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// How many numbers.
    pub count: usize,
    /// The lower quartile.
    pub low: f64,
    /// The median.
    pub middle: f64,
    /// The upper quartile.
    pub high: f64,
}

/// Where numbers lie, the quartiles interpolated linearly; nothing without a number.
#[must_use]
pub fn spread(numbers: &[f64]) -> Option<Spread> {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    let at = |part: f64| {
        let place = part * last as f64;
        let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
        below + (above - below) * place.fract()
    };
    Some(Spread { count: sorted.len(), low: at(0.25), middle: at(0.5), high: at(0.75) })
}

/// An apprenticeship as far as staying is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// Its first day.
    pub begins: Date,
    /// The day it was ended before it was complete; nothing for one that goes on, and for one that was completed.
    pub ended: Option<Date>,
}

/// How many stayed so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retained {
    /// How many months after the first day.
    pub months: i32,
    /// Apprenticeships that began so long ago that this can be said.
    pub due: usize,
    /// Of these, those that were not ended before.
    pub stayed: usize,
}

/// How many apprenticeships lasted so many months, as far as that can be said today.
#[must_use]
pub fn retained(stays: &[Stay], months: i32, today: Date) -> Retained {
    let until = |stay: &Stay| stay.begins.checked_add(months.months()).unwrap_or(Date::MAX);
    let due = stays.iter().filter(|stay| until(stay) <= today);
    let stayed = due.clone().filter(|stay| stay.ended.is_none_or(|ended| ended >= until(stay)));
    Retained { months, due: due.clone().count(), stayed: stayed.count() }
}

/// What somebody needed beside what is usual.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beside {
    /// What was needed.
    pub own: Spread,
    /// What is usual, by the same who say what was needed.
    pub usual: Spread,
    /// How many needed less than is usual.
    pub less: usize,
}

/// What was needed beside what is usual, pair by pair; nothing without a pair.
#[must_use]
pub fn beside(pairs: &[(f64, f64)]) -> Option<Beside> {
    let (own, usual): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let less = pairs.iter().filter(|(own, usual)| own < usual).count();
    Some(Beside { own: spread(&own)?, usual: spread(&usual)?, less })
}

/// How the first and the latest of something compare, among those who did it more than once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// The first time of each.
    pub first: Spread,
    /// The latest time of each.
    pub latest: Spread,
    /// How many did better the latest time than the first.
    pub better: usize,
}

/// Which of two numbers is the better one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// The greater.
    More,
    /// The smaller.
    Less,
}

/// How the first and the latest number of each compare, where there are two at least; nothing if nobody has two.
#[must_use]
pub fn trend(series: &[Vec<f64>], better: Better) -> Option<Trend> {
    let pairs: Vec<(f64, f64)> = series
        .iter()
        .filter(|one| one.len() > 1)
        .filter_map(|one| Some((*one.first()?, *one.last()?)))
        .collect();
    let (first, latest): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let improved = pairs.iter().filter(|(first, latest)| match better {
        Better::More => latest > first,
        Better::Less => latest < first,
    });
    Some(Trend { first: spread(&first)?, latest: spread(&latest)?, better: improved.count() })
}
