use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use platform::people::Role;

use super::{Common, ServeFlags};

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
    /// Make or load the people of a hospital
    #[command(subcommand)]
    Population(PopulationCommand),
    /// Look at hospital images
    #[command(subcommand)]
    Image(ImageCommand),
    /// Add people and set their passwords
    #[command(subcommand)]
    Person(PersonCommand),
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
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
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
