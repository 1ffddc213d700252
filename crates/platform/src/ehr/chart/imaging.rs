use std::collections::BTreeMap;

use hospital::ehr::mrn_of;
use imaging::dataset::{Dataset, first, number};
use imaging::tags;
use serde::Serialize;

use super::moment::{Moment, sort_newest_first};
use super::open::Chart;
use crate::fhir::FhirError;
use crate::imaging::{Archive, Scope};

/// An imaging study as the chart shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImagingStudy {
    /// Its UID.
    pub uid: String,
    /// What it is called.
    pub name: String,
    /// When it was made, if the objects say so.
    pub made: Option<Moment>,
    /// The modalities: `CR`, `CT`.
    pub modalities: Vec<String>,
    /// The number of the order.
    pub accession: String,
    /// Its pictures, in the order of their series and numbers.
    pub pictures: Vec<Picture>,
}

/// One frame that can be looked at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Picture {
    /// The series it is in.
    pub series: String,
    /// What the series is called.
    pub series_name: String,
    /// The object it is in.
    pub instance: String,
    /// The frame within the object, from 1.
    pub frame: u32,
    /// The window the device chose: center and width.
    pub window: Option<(f64, f64)>,
}

/// Frames of one object that are listed.
const FRAMES_MAX: f64 = 500.0;

impl Chart<'_> {
    /// The patient's imaging studies, newest first: those whose objects bear the number of this chart.
    ///
    /// # Errors
    /// When the store fails.
    pub fn imaging(&self) -> Result<Vec<ImagingStudy>, FhirError> {
        let Some(mrn) = mrn_of(&self.patient) else { return Ok(Vec::new()) };
        let scope = Scope { patient_id: Some(mrn.to_owned()), ..Scope::default() };
        let mut by_study: BTreeMap<String, Vec<Dataset>> = BTreeMap::new();
        for header in Archive::of(self.access).headers(&scope)? {
            by_study.entry(first(&header, tags::STUDY_INSTANCE_UID)).or_default().push(header);
        }
        let mut studies: Vec<ImagingStudy> =
            by_study.into_iter().map(|(uid, objects)| study(uid, objects)).collect();
        sort_newest_first(&mut studies, |study| study.made.as_ref());
        Ok(studies)
    }
}

fn study(uid: String, mut objects: Vec<Dataset>) -> ImagingStudy {
    let place = |object: &Dataset, tag| number(object, tag).unwrap_or(0.0) as i64;
    objects.sort_by_key(|object| {
        let series = first(object, tags::SERIES_INSTANCE_UID);
        (place(object, tags::SERIES_NUMBER), series, place(object, tags::INSTANCE_NUMBER))
    });
    let told = |tag| {
        objects.iter().map(|object| first(object, tag)).find(|value| !value.is_empty()).unwrap_or_default()
    };
    let mut modalities: Vec<String> = objects.iter().map(|object| first(object, tags::MODALITY)).collect();
    modalities.sort();
    modalities.dedup();
    ImagingStudy {
        name: told(tags::STUDY_DESCRIPTION),
        made: moment(&told(tags::STUDY_DATE), &told(tags::STUDY_TIME)),
        modalities,
        accession: told(tags::ACCESSION_NUMBER),
        pictures: objects.iter().flat_map(pictures).collect(),
        uid,
    }
}

fn pictures(object: &Dataset) -> Vec<Picture> {
    if number(object, tags::ROWS).is_none() {
        return Vec::new();
    }
    let frames = number(object, tags::NUMBER_OF_FRAMES).unwrap_or(1.0).clamp(1.0, FRAMES_MAX) as u32;
    let window = number(object, tags::WINDOW_CENTER).zip(number(object, tags::WINDOW_WIDTH));
    let one = |frame| Picture {
        series: first(object, tags::SERIES_INSTANCE_UID),
        series_name: first(object, tags::SERIES_DESCRIPTION),
        instance: first(object, tags::SOP_INSTANCE_UID),
        frame,
        window,
    };
    (1..=frames).map(one).collect()
}

/// `20310502` and `103000` as a moment; what is no date stays as it is.
fn moment(date: &str, time: &str) -> Option<Moment> {
    let is_digits =
        |text: &str, count| text.len() >= count && text.bytes().take(count).all(|byte| byte.is_ascii_digit());
    if date.len() != 8 || !is_digits(date, 8) {
        return (!date.is_empty()).then(|| Moment::of(date));
    }
    let date = format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]);
    let whole = is_digits(time, 6).then(|| format!("{date}T{}:{}:{}Z", &time[..2], &time[2..4], &time[4..6]));
    Some(Moment::of(&whole.unwrap_or(date)))
}
