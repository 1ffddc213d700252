/// The estimated glomerular filtration rate, mL/min per 1.73 m², from creatinine in mg/dL and age in years.
///
/// By the CKD-EPI 2021 equation without race, for adults. `None` for children and for values that cannot be.
pub fn egfr(creatinine_mg_dl: f64, age_years: i32, is_female: bool) -> Option<f64> {
    if !(0.05..=50.0).contains(&creatinine_mg_dl) || !(18..=130).contains(&age_years) {
        return None;
    }
    let (kappa, alpha, factor) = if is_female { (0.7, -0.241, 1.012) } else { (0.9, -0.302, 1.0) };
    let ratio = creatinine_mg_dl / kappa;
    let rate = 142.0
        * ratio.min(1.0).powf(alpha)
        * ratio.max(1.0).powf(-1.200)
        * 0.9938_f64.powi(age_years)
        * factor;
    Some(rate.round())
}

/// The creatinine, in mg/dL with three decimals: with two, some rates would fall between two values, at which [`egfr`] gives this rate; `None` where none does.
pub(super) fn creatinine_at(rate: f64, age_years: i32, is_female: bool) -> Option<f64> {
    // The rate falls as creatinine rises, so the first value that is not above the wanted one is it, or none is.
    let (mut low, mut high) = (50_u32, 50_000_u32);
    while low < high {
        let middle = low.midpoint(high);
        let is_above = egfr(f64::from(middle) / 1000.0, age_years, is_female)? > rate;
        if is_above {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    let value = f64::from(low) / 1000.0;
    (egfr(value, age_years, is_female) == Some(rate.round())).then_some(value)
}
