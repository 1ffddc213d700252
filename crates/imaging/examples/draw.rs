//! Draws one study of each kind into a folder, as files and as PNG: `cargo run -p imaging --example draw -- FOLDER SEED`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use imaging::dataset::{read, split};
use imaging::picture::Frame;
use imaging::synthesis::{Finding, Kind, Patient, Place, StudyRequest, file};
use imaging::uid;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| ".".to_owned()));
    let seed = arguments.next().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let findings = [
        (Kind::ChestFilm, None),
        (Kind::ChestFilm, Some(Finding::Opacity)),
        (Kind::ChestFilm, Some(Finding::Effusion)),
        (Kind::PortableChestFilm, Some(Finding::Edema)),
        (Kind::ChestFilm, Some(Finding::Hyperinflation)),
        (Kind::ChestCt, Some(Finding::Opacity)),
        (Kind::HeadCt, Some(Finding::Bleeding)),
        (Kind::BrainMr, None),
        (Kind::AbdomenUltrasound, Some(Finding::Gallstones)),
    ];
    std::fs::create_dir_all(&folder)?;
    for (kind, finding) in findings {
        let request = StudyRequest {
            seed,
            study: uid::derived(&["example", &format!("{kind:?} {finding:?}")]),
            accession: "EXAMPLE".to_owned(),
            patient: Patient { id: "M1".to_owned(), name: "Doe^Jo".to_owned(), ..Patient::default() },
            kind,
            findings: finding.into_iter().collect::<BTreeSet<_>>(),
            place: Place::default(),
            description: format!("{kind:?}"),
            performed: ("20310502".to_owned(), "103000".to_owned()),
            referring: "Roe^Ada".to_owned(),
            institution: "Practicum".to_owned(),
        };
        for number in 1..=kind.images() {
            let Some(bytes) = file(&request, number)? else { continue };
            let parts = split(&bytes)?;
            let dataset = &bytes[parts.dataset];
            let (header, layout) = read(dataset, &parts.meta.syntax)?;
            let png = Frame::read(&header, &layout, dataset, &parts.meta.syntax, 1)?.png(None)?;
            let name =
                format!("{kind:?}-{}-{number}", finding.map_or("none".to_owned(), |one| format!("{one:?}")));
            std::fs::write(folder.join(format!("{name}.png")), png)?;
            std::fs::write(folder.join(format!("{name}.dcm")), bytes)?;
        }
    }
    Ok(())
}
