use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use platform::people::Role;

use super::{Common, ModelCommand, ServeFlags};

/// A teaching hospital for health IT. Without a command, it serves.
#[derive(Debug, Parser)]
#[command(name = "practicum", version)]
pub struct Cli {
    /// Flags of every command.
    #[command(flatten)]
    pub common: Common,
    /// Flags of the server, where no command is given.
    #[command(flatten)]
    pub serve: ServeFlags,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What Practicum can be told to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the hospital and its classroom (this is also what happens without a command)
    Serve(ServeFlags),
    /// List, show, write and prove labs
    #[command(subcommand)]
    Lab(LabCommand),
    /// List and prove drills
    #[command(subcommand)]
    Scenario(ScenarioCommand),
    /// List and prove workshops
    #[command(subcommand)]
    Workshop(WorkshopCommand),
    /// List and prove team projects
    #[command(subcommand)]
    Project(ProjectCommand),
    /// Check what a transparency log proves
    #[command(subcommand)]
    Ledger(LedgerCommand),
    /// Try servers against standards
    #[command(subcommand)]
    Testkit(TestkitCommand),
    /// Make or load the people of a hospital
    #[command(subcommand)]
    Population(PopulationCommand),
    /// Look at hospital images
    #[command(subcommand)]
    Image(ImageCommand),
    /// Add people and set their passwords
    #[command(subcommand)]
    Person(PersonCommand),
    /// Fill places from the ranks of applicants and programmes, with an audit
    Match(MatchFlags),
    /// Train models of an outcome and judge them
    #[command(subcommand)]
    Model(ModelCommand),
    /// Copy the whole data folder, while the server runs or not
    Backup {
        /// A new folder for the copy
        to: PathBuf,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Put a backup back; the server must not be running
    Restore {
        /// The folder of the backup
        from: PathBuf,
        /// Replace what the data folder holds now
        #[arg(long)]
        replace: bool,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Print the effective configuration and where each setting comes from
    Config {
        /// Flags of the server, to see what they would do.
        #[command(flatten)]
        serve: ServeFlags,
        /// Print it as JSON
        #[arg(long)]
        json: bool,
    },
}

/// Check what a transparency log proves.
#[derive(Debug, Subcommand)]
pub enum LedgerCommand {
    /// Check a proof from its files alone: that an entry is in a log, or that a log has only grown
    Verify(Verify),
}

/// A proof, and whom to believe.
#[derive(Debug, clap::Args)]
pub struct Verify {
    /// The proof, as the log gave it: of an entry, or of growth
    #[arg(long, value_name = "FILE")]
    pub proof: PathBuf,
    /// The entry that the proof is of
    #[arg(long, value_name = "FILE", conflicts_with = "since")]
    pub entry: Option<PathBuf>,
    /// The older checkpoint from which the log has only grown
    #[arg(long, value_name = "FILE")]
    pub since: Option<PathBuf>,
    /// The key of the log, as name+hash+key
    #[arg(long, value_name = "KEY")]
    pub key: String,
    /// The key of a witness; may be given again
    #[arg(long, value_name = "KEY")]
    pub witness: Vec<String>,
    /// How many of the witnesses must have signed [usual: all that are given]
    #[arg(long, value_name = "N")]
    pub quorum: Option<usize>,
    /// Print the result as JSON
    #[arg(long)]
    pub json: bool,
}

/// The files of a match. All are CSV with a line of headings.
#[derive(Debug, Clone, Args)]
pub struct MatchFlags {
    /// Places: program,capacity
    #[arg(long, value_name = "FILE")]
    pub programs: PathBuf,
    /// Lists of applicants, 1 the best: applicant,rank,program
    #[arg(long, value_name = "FILE")]
    pub applicant_ranks: PathBuf,
    /// Lists of programmes, equal ranks are ties: program,rank,applicant
    #[arg(long, value_name = "FILE")]
    pub program_ranks: PathBuf,
    /// Lists of couples: `partner_a,partner_b,rank,program_a,program_b`; an empty programme means none for this partner
    #[arg(long, value_name = "FILE")]
    pub couples: Option<PathBuf>,
    /// Changes by hand after the match: applicant,program,reason; an empty programme takes the place away
    #[arg(long, value_name = "FILE")]
    pub overrides: Option<PathBuf>,
    /// Where the lottery for ties begins; publish it before the lists are closed
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Folder for matched.csv, unmatched.csv, open-places.csv, why.csv and audit.json
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Print the result as JSON
    #[arg(long)]
    pub json: bool,
}

/// Work on labs.
#[derive(Debug, Subcommand)]
pub enum LabCommand {
    /// List all labs
    List {
        /// Print them as JSON
        #[arg(long)]
        json: bool,
    },
    /// Show one lab: its steps, checks and variants
    Show {
        /// Slug of the lab, as in the list
        id: String,
        /// Print it as JSON
        #[arg(long)]
        json: bool,
    },
    /// Write a small lab that verifies, to start a new one from
    New {
        /// Slug of the new lab: lower-case words joined by hyphens
        id: String,
        /// Content folder to put it into
        #[arg(long, value_name = "DIR", default_value = "content")]
        into: PathBuf,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Prove labs: untouched fails, the solution passes, each wrong answer fails its check
    Verify {
        /// Slugs of the labs; all, if none are given
        ids: Vec<String>,
        /// Leave out whether labs are fast enough, and prove them side by side: for a machine that is busy
        #[arg(long)]
        untimed: bool,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
}

/// Work on drills.
#[derive(Debug, Subcommand)]
pub enum ScenarioCommand {
    /// List all scenarios
    List {
        /// Print them as JSON
        #[arg(long)]
        json: bool,
    },
    /// Prove scenarios: each script is played in a hospital of its own, and comes to what it says
    Verify {
        /// Slugs of the scenarios; all, if none are given
        ids: Vec<String>,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
}

/// Work on workshops.
#[derive(Debug, Subcommand)]
pub enum WorkshopCommand {
    /// List all cases
    List {
        /// Print them as JSON
        #[arg(long)]
        json: bool,
    },
    /// Prove cases: a good team, one that hoards and one that hurries play each, and the measures tell them apart
    Verify {
        /// Slugs of the cases; all, if none are given
        ids: Vec<String>,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
}

/// Work on team projects.
#[derive(Debug, Subcommand)]
pub enum ProjectCommand {
    /// List all projects
    List {
        /// Print them as JSON
        #[arg(long)]
        json: bool,
    },
    /// Prove projects: a team that shares the work and one in which one does it all play each, and the figures tell them apart
    Verify {
        /// Slugs of the projects; all, if none are given
        ids: Vec<String>,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
}

/// Work with test kits.
#[derive(Debug, Subcommand)]
pub enum TestkitCommand {
    /// List all kits, with what each has to be told
    List {
        /// Print them as JSON
        #[arg(long)]
        json: bool,
    },
    /// Print a transaction Bundle that fills a server with all that a kit looks for
    Sample {
        /// Name of the kit, as in the list
        kit: String,
    },
    /// Run a kit; ends with 0 if it passes, 1 if it fails, 3 if it could not be judged
    Run(TestkitRun),
}

/// A run of a test kit.
#[derive(Debug, Args)]
pub struct TestkitRun {
    /// Name of the kit, as in the list
    pub kit: String,
    /// Where the server is
    #[arg(long)]
    pub url: Option<String>,
    /// What else the kit asks for; may be given again
    #[arg(long = "input", value_name = "NAME=VALUE", value_parser = pair)]
    pub inputs: Vec<(String, String)>,
    /// Fill in what is known of a kind of server
    #[arg(long, value_name = "PRESET")]
    pub preset: Option<String>,
    /// How long one answer may take
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    pub patience: u64,
    /// Print the record of the run as JSON
    #[arg(long)]
    pub json: bool,
    /// Write the report: a page (.html), a FHIR `TestReport` (.fhir.json) or the record (.json)
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or_else(|| "an input is NAME=VALUE".to_owned())?;
    Ok((name.to_owned(), value.to_owned()))
}

/// Work on populations.
#[derive(Debug, Subcommand)]
pub enum PopulationCommand {
    /// Invent patients and everything that happened to them, the same for the same seed
    Generate {
        /// How many patients
        #[arg(long, value_name = "N", default_value_t = 1_000)]
        patients: u32,
        /// Where chance begins
        #[arg(long, value_name = "S", default_value_t = 1)]
        seed: u64,
        /// What to write
        #[arg(long, value_enum, default_value_t = PopulationFormat::Ndjson)]
        format: PopulationFormat,
        /// Folder to write into
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Load FHIR Bundles and NDJSON files into a new image
    Import {
        /// A *.json or *.ndjson file, a folder of them, or a FHIR package (*.tgz)
        from: PathBuf,
        /// Name of the new image: lower-case letters, digits and hyphens
        #[arg(long)]
        name: String,
        /// What people see it called [usual: its name]
        #[arg(long)]
        title: Option<String>,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
}

/// The form of a generated population.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PopulationFormat {
    /// One file for each resource type, one resource a line
    Ndjson,
    /// One transaction Bundle for each patient
    Bundle,
    /// A hospital image
    Image,
}

/// Work on images.
#[derive(Debug, Subcommand)]
pub enum ImageCommand {
    /// List the images in the data folder
    List {
        /// Print them as JSON
        #[arg(long)]
        json: bool,
    },
}

/// Work on accounts.
#[derive(Debug, Subcommand)]
pub enum PersonCommand {
    /// Add a person; the password is read from standard input
    Add {
        /// What they type to sign in
        login: String,
        /// What they are called
        #[arg(long)]
        name: String,
        /// learner or instructor
        #[arg(long, default_value = "learner", value_parser = role)]
        role: Role,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Give a person a new password, read from standard input, and sign them out everywhere
    Password {
        /// Their login
        login: String,
    },
    /// Erase what is only about a person who leaves; what has to be kept stays without their name
    Erase {
        /// Their login
        login: String,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// List everyone
    List {
        /// Print them as JSON
        #[arg(long)]
        json: bool,
    },
}

fn role(word: &str) -> Result<Role, String> {
    Role::from_word(word).ok_or_else(|| "a role is learner or instructor".to_owned())
}
