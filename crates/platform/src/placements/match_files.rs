use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use placements::matching::{self, Files, Market, Mistakes, Outcome, Overruled, Report, Source};
use serde::Serialize;

/// The files of a match, and what to do with the outcome.
#[derive(Debug, Clone)]
pub struct MatchFiles {
    /// `program,capacity`.
    pub programs: PathBuf,
    /// `applicant,rank,program`.
    pub applicant_ranks: PathBuf,
    /// `program,rank,applicant`.
    pub program_ranks: PathBuf,
    /// `partner_a,partner_b,rank,program_a,program_b`.
    pub couples: Option<PathBuf>,
    /// `applicant,program,reason`: changes by hand after the match.
    pub overrides: Option<PathBuf>,
    /// Where the lottery begins.
    pub seed: u64,
    /// A folder for the result as files.
    pub out: Option<PathBuf>,
}

/// The outcome of a match over files.
#[derive(Debug, Clone, Serialize)]
pub struct MatchResult {
    /// Who got what, who got nothing, what is open, and the audit.
    #[serde(flatten)]
    pub report: Report,
    /// Changes by hand, each with its price.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Overruled>,
}

/// Why there was no match.
#[derive(Debug, thiserror::Error)]
pub enum MatchError {
    /// A file could not be read.
    #[error("{path} cannot be read: {why}; look at its name, and save it as UTF-8")]
    Read {
        /// The file.
        path: PathBuf,
        /// What kept it from being read.
        why: io::Error,
    },
    /// The result could not be written.
    #[error("{path} cannot be written: {why}")]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What kept it from being written.
        why: io::Error,
    },
    /// The files contradict themselves or each other.
    #[error(transparent)]
    Mistakes(#[from] Mistakes),
}

/// Matches what the files say. The same files and seed give the same outcome; nothing is written if anything is wrong.
///
/// # Errors
/// A file that cannot be read or written, or every mistake in the files.
pub fn match_files(asked: &MatchFiles) -> Result<MatchResult, MatchError> {
    let named = |path: &PathBuf| read(path).map(|text| (path.display().to_string(), text));
    let (programs, applicants) = (named(&asked.programs)?, named(&asked.applicant_ranks)?);
    let (ranks, couples) = (named(&asked.program_ranks)?, asked.couples.as_ref().map(named).transpose()?);
    let overrides = asked.overrides.as_ref().map(named).transpose()?;
    let files = Files {
        programs: source(&programs),
        applicant_ranks: source(&applicants),
        program_ranks: source(&ranks),
        couples: couples.as_ref().map(source),
    };
    let market = matching::read(&files, asked.seed)?;
    let (outcome, overrides) = decide(&market, overrides.as_ref().map(source))?;
    let report = matching::report(&market, &outcome, matching::fingerprint(&files));
    let result = MatchResult { report, overrides };
    if let Some(folder) = &asked.out {
        write(folder, &market, &outcome, &result)?;
    }
    Ok(result)
}

fn source((name, text): &(String, String)) -> Source<'_> {
    Source { name, text }
}

fn decide(market: &Market, overrides: Option<Source<'_>>) -> Result<(Outcome, Vec<Overruled>), Mistakes> {
    let outcome = matching::run(market);
    let Some(source) = overrides else { return Ok((outcome, Vec::new())) };
    let changes = matching::read_overrides(market, source)?;
    matching::overrule(market, &outcome, &changes, source.name)
}

fn read(path: &Path) -> Result<String, MatchError> {
    fs::read_to_string(path).map_err(|why| MatchError::Read { path: path.to_owned(), why })
}

fn write(folder: &Path, market: &Market, outcome: &Outcome, result: &MatchResult) -> Result<(), MatchError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |why| MatchError::Write { path, why }
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let audit = serde_json::json!({"audit": result.report.audit, "overrides": result.overrides});
    let mut files = vec![("audit.json", format!("{audit:#}\n"))];
    files.extend(
        matching::tables(market, outcome, &result.report).into_iter().map(|table| (table.file, table.text)),
    );
    for (name, text) in files {
        let path = folder.join(name);
        fs::write(&path, text).map_err(failed(&path))?;
    }
    Ok(())
}
