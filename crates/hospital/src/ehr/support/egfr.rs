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
