use std::path::Path;

use clap::Parser;
use serde_json::Value;

use super::*;
use crate::cli::Cli;
use crate::config::ConfigError;

/// Runs `words` on the data folder `data`, typing `secret` where asked, and returns what was said.
fn practicum_typing(data: &Path, words: &str, secret: &str) -> anyhow::Result<String> {
    let cli = Cli::try_parse_from(["practicum"].into_iter().chain(words.split(' ')))?;
    let variables = [("PRACTICUM_DATA", data.display().to_string()), ("PRACTICUM_PATIENTS", "60".to_owned())];
    let variables = variables.map(|(name, value)| (name.to_owned(), value));
    let mut said = Vec::new();
    run(cli, variables, &mut Terminal::new(&mut said, || Ok(secret.to_owned())))?;
    Ok(String::from_utf8(said)?)
}

fn practicum(data: &Path, words: &str) -> anyhow::Result<String> {
    practicum_typing(data, words, "")
}

fn json(said: &str) -> Value {
    serde_json::from_str(said).unwrap()
}

#[test]
fn the_effective_configuration_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let said = practicum(folder.path(), "config --port 9 --json").unwrap();
    assert_eq!(json(&said)["config"]["port"], 9);
    assert_eq!(json(&said)["origins"]["data"], "environment PRACTICUM_DATA");
    let text = practicum(folder.path(), "config").unwrap();
    assert!(text.contains("port = 8080  # default"), "{text}");
}

#[test]
fn wrong_settings_are_their_own_kind_of_error() {
    let folder = tempfile::tempdir().unwrap();
    assert!(practicum(folder.path(), "config --port many").unwrap_err().is::<ConfigError>());
    let misplaced = practicum(folder.path(), "--port 9 person list").unwrap_err().to_string();
    assert!(misplaced.contains("with `serve` only"), "{misplaced}");
}

#[test]
fn people_are_added_listed_and_given_passwords() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    assert!(practicum(data, "person list").unwrap().contains("nobody yet"));
    let add = "person add ana --name Ana --role instructor --json";
    assert!(practicum_typing(data, add, "").is_err(), "a password is needed");
    let added = practicum_typing(data, add, "a good password").unwrap();
    assert_eq!(json(&added)["person"]["role"], "instructor");
    assert!(practicum_typing(data, add, "a good password").unwrap_err().to_string().contains("taken"));
    practicum_typing(data, "person password ANA", "another password").unwrap();
    assert!(practicum_typing(data, "person password bo", "another password").is_err());
    let list = practicum(data, "person list").unwrap();
    assert_eq!(list.trim_end(), "LOGIN  ROLE        NAME\nana    instructor  Ana");
    assert!(practicum(data, "person erase bo").is_err());
    let erased = json(&practicum(data, "person erase ANA --json").unwrap());
    assert_eq!(erased["hospitals"], 0, "{erased}");
    assert!(practicum(data, "person list").unwrap().contains("Somebody who left"));
    practicum_typing(data, add, "a good password").unwrap();
    let people = json(&practicum(data, "person list --json").unwrap());
    assert_eq!(people["people"][0]["login"], "ana");
}

#[test]
fn a_population_is_generated_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    for format in ["ndjson", "bundle", "image"] {
        let out = data.join(format);
        let words = format!(
            "population generate --patients 2 --seed 3 --format {format} --out {} --json",
            out.display()
        );
        let made = json(&practicum(data, &words).unwrap());
        assert_eq!(made["patients"], 2);
        assert!(std::fs::read_dir(out).unwrap().count() > 0, "{format}");
    }
    let lines = std::fs::read_to_string(data.join("ndjson/Patient.ndjson")).unwrap();
    assert_eq!(lines.lines().count(), 2);
}

#[test]
fn an_import_becomes_an_image() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let source = data.join("in.ndjson");
    std::fs::write(&source, "{\"resourceType\":\"Patient\",\"id\":\"a\"}\n{\"resourceType\":\"Nonsense\"}\n")
        .unwrap();
    let words = format!("population import {} --name mine --json", source.display());
    let made = json(&practicum(data, &words).unwrap());
    assert_eq!(made["imported"]["taken"]["Patient"], 1);
    assert_eq!(made["imported"]["refused"].as_array().unwrap().len(), 1);
    let images = json(&practicum(data, "image list --json").unwrap());
    assert_eq!(images["images"][0]["name"], "mine");
    assert!(practicum(data, "image list").unwrap().starts_with("NAME  RESOURCES"));
}

#[test]
fn a_backup_is_put_back_only_where_nothing_is_lost_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("data"), folder.path().join("copy"));
    let backup = format!("backup {} --json", copy.display());
    assert!(practicum(&data, &backup).unwrap_err().to_string().contains("nothing to back up"));
    practicum_typing(&data, "person add ana --name Ana", "a good password").unwrap();
    assert_eq!(json(&practicum(&data, &backup).unwrap())["backup"]["sandboxes"], 0);
    practicum_typing(&data, "person add bo --name Bo", "a good password").unwrap();
    let restore = format!("restore {}", copy.display());
    assert!(practicum(&data, &restore).unwrap_err().to_string().contains("--replace"));
    practicum(&data, &format!("{restore} --replace")).unwrap();
    let people = practicum(&data, "person list").unwrap();
    assert!(people.contains("ana") && !people.contains("bo "), "{people}");
}

#[test]
fn labs_are_listed_and_shown() {
    let folder = tempfile::tempdir().unwrap();
    let list = json(&practicum(folder.path(), "lab list --json").unwrap());
    let labs = list["labs"].as_array().unwrap();
    let first = labs.iter().find(|lab| lab["id"] == "first-shift").unwrap();
    assert_eq!((&first["title"], &first["level"]), (&"First shift".into(), &"foundation".into()));
    assert!(first["variants"].as_array().unwrap().len() >= 2 && first["tracks"].is_array());
    assert!(practicum(folder.path(), "lab list").unwrap().starts_with("ID "));
    let shown = json(&practicum(folder.path(), "lab show first-shift --json").unwrap());
    assert!(shown["lab"]["variants"][0]["steps"][0]["checks"][0]["id"].is_string());
    assert!(practicum(folder.path(), "lab show first-shift").unwrap().contains("Variant "));
    let unknown = practicum(folder.path(), "lab show last-shift").unwrap_err().to_string();
    assert!(unknown.contains("lab list"), "{unknown}");
}

/// A content folder with the house's competencies and a new lab.
fn content_with_new_lab(folder: &Path) -> String {
    let into = folder.join("content");
    let competencies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/competencies");
    std::fs::create_dir_all(into.join("competencies")).unwrap();
    for file in std::fs::read_dir(competencies).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), into.join("competencies").join(file.file_name())).unwrap();
    }
    let into = into.display().to_string();
    practicum(folder, &format!("lab new late-result --into {into}")).unwrap();
    into
}

#[test]
fn a_new_lab_is_listed_and_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let content = content_with_new_lab(folder.path());
    let list = json(&practicum(folder.path(), &format!("lab list --content {content} --json")).unwrap());
    assert_eq!(list["labs"][0]["id"], "late-result");
    let proven = practicum(folder.path(), &format!("lab verify --content {content}")).unwrap();
    assert!(proven.contains("late-result (born, ward): holds"), "{proven}");
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "the proof's hospitals are gone: {left:?}");
}

#[test]
fn labs_that_do_not_hold_fail_the_command_however_broken_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let content = content_with_new_lab(folder.path());
    let broken = Path::new(&content).join("labs/broken");
    std::fs::create_dir(&broken).unwrap();
    std::fs::write(broken.join("lab.md"), "no front matter").unwrap();
    for words in ["lab verify", "lab verify broken", "lab verify --json"] {
        let error =
            practicum(folder.path(), &format!("{words} --content {content}")).unwrap_err().to_string();
        assert!(error.contains("problem"), "{words}: {error}");
    }
    let unknown = practicum(folder.path(), &format!("lab verify nothing --content {content}")).unwrap_err();
    assert!(unknown.to_string().contains("nothing"), "{unknown}");
}

#[test]
fn a_match_is_made_from_files_and_mistakes_in_them_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let write = |name: &str, text: &str| std::fs::write(data.join(name), text).unwrap();
    write("programs.csv", "program,capacity\nlab,1\nward,1\n");
    write("applicants.csv", "applicant,rank,program\nana,1,lab\nana,2,ward\nben,1,lab\n");
    write("ranks.csv", "program,rank,applicant\nlab,1,ben\nlab,2,ana\n");
    let at = data.display();
    let words = format!(
        "match --programs {at}/programs.csv --applicant-ranks {at}/applicants.csv --program-ranks {at}/ranks.csv"
    );
    let made = json(&practicum(data, &format!("{words} --out {at}/out --json")).unwrap());
    assert_eq!(
        (&made["matched"][0]["applicant"], &made["matched"][0]["program"]),
        (&"ben".into(), &"lab".into())
    );
    assert_eq!((&made["unmatched"][0], &made["audit"]["stable"]), (&"ana".into(), &true.into()));
    let why = std::fs::read_to_string(data.join("out/why.csv")).unwrap();
    assert!(why.contains("ana,2,ward,the programme did not rank this applicant"), "{why}");
    let text = practicum(data, &words).unwrap();
    assert!(text.contains("without one: ana") && text.contains("Stable"), "{text}");
    write("overrides.csv", "applicant,program,reason\nana,ward,the site asked\n");
    let text = practicum(data, &format!("{words} --overrides {at}/overrides.csv")).unwrap();
    assert!(text.contains("ana was moved from no place to ward: the site asked."), "{text}");
    write("ranks.csv", "program,rank,applicant\nlab,1,zoe\n");
    let said = practicum(data, &words).unwrap_err().to_string();
    assert!(said.contains("ranks.csv:2: there is no applicant `zoe`"), "{said}");
}
