use anyhow::bail;

use super::settings::Settings;
use super::{
    Terminal, backup, config, image, lab, ledger, matching, model, person, population, project, scenario,
    serve, testkit, workshop,
};
use crate::cli::{Cli, Command, ServeFlags};
use crate::config::gather;

/// Does what the command line asks, with settings from the environment where it gives none.
///
/// # Errors
/// [`ConfigError`](crate::config::ConfigError) if the settings are wrong; else whatever kept the command from its end.
pub fn run(
    cli: Cli,
    variables: impl IntoIterator<Item = (String, String)>,
    terminal: &mut Terminal<'_>,
) -> anyhow::Result<()> {
    if let Some(Command::Ledger(command)) = cli.command {
        return ledger::run(command, terminal);
    }
    let command = cli.command.unwrap_or_else(|| Command::Serve(ServeFlags::default()));
    let bare = cli.serve.settings();
    let own = match &command {
        Command::Serve(flags) | Command::Config { serve: flags, .. } => flags.settings(),
        _ if bare.is_empty() => vec![],
        _ => bail!("flags of the server stand with `serve` only; see practicum --help"),
    };
    let flags = [cli.common.settings(), bare, own].concat();
    let settings = Settings::check(gather(cli.common.config.as_deref(), variables, flags)?)?;
    match command {
        Command::Serve(_) => serve::serve(settings.config, terminal),
        Command::Lab(command) => lab::run(&settings.config, command, terminal),
        Command::Scenario(command) => scenario::run(&settings.config, command, terminal),
        Command::Workshop(command) => workshop::run(&settings.config, command, terminal),
        Command::Project(command) => project::run(&settings.config, command, terminal),
        Command::Testkit(command) => testkit::run(command, terminal),
        Command::Population(command) => population::run(&settings.config, command, terminal),
        Command::Image(command) => image::run(&settings.config, &command, terminal),
        Command::Ledger(command) => ledger::run(command, terminal),
        Command::Person(command) => person::run(&settings.config, command, terminal),
        Command::Match(flags) => matching::run(flags, terminal),
        Command::Model(command) => model::run(command, terminal),
        Command::Backup { to, json } => backup::backup(&settings.config, &to, json, terminal),
        Command::Restore { from, replace, json } => {
            backup::restore(&settings.config, &from, replace, json, terminal)
        }
        Command::Config { json, .. } => config::show(&settings, json, terminal),
    }
}
