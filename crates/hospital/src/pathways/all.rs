use super::{
    Pathway, allergies, appendicitis, asthma, cold, copd, coronary, depression, diabetes, heart_failure,
    hip_fracture, hyperlipidemia, hypertension, last_stay, obesity, other_stay, pneumonia, pregnancy,
    present_stay, sepsis, sprain, urinary_infection, vaccines, wellness,
};

/// Every pathway, in the order records are written.
pub(crate) const ALL: &[Pathway] = &[
    allergies::PATHWAY,
    wellness::PATHWAY,
    vaccines::PATHWAY,
    hypertension::PATHWAY,
    diabetes::PATHWAY,
    hyperlipidemia::PATHWAY,
    asthma::PATHWAY,
    copd::PATHWAY,
    coronary::PATHWAY,
    heart_failure::PATHWAY,
    depression::PATHWAY,
    cold::PATHWAY,
    sprain::PATHWAY,
    urinary_infection::PATHWAY,
    pneumonia::PATHWAY,
    sepsis::PATHWAY,
    appendicitis::PATHWAY,
    hip_fracture::PATHWAY,
    pregnancy::PATHWAY,
    obesity::PATHWAY,
    other_stay::PATHWAY,
    last_stay::PATHWAY,
    present_stay::PATHWAY,
];
