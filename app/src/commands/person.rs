use anyhow::{Context, bail};
use platform::erasure::Erased;
use platform::people::{NewPerson, People, Person};
use serde_json::json;

use super::Terminal;
use super::table::Table;
use crate::Surroundings;
use crate::cli::PersonCommand;
use crate::config::Config;
use crate::open::open;

/// `practicum person`. It works beside a running server.
pub(super) fn run(
    config: &Config,
    command: PersonCommand,
    terminal: &mut Terminal<'_>,
) -> anyhow::Result<()> {
    let platform = open(config, Surroundings::system())?;
    let people = platform.people();
    match command {
        PersonCommand::Add { login, name, role, json } => {
            let password = terminal.secret()?;
            if password.is_empty() {
                bail!("no password came from standard input; type one, or pipe it in");
            }
            let new = NewPerson { login: &login, name: &name, role, password: Some(&password) };
            let person = people.add(new)?;
            terminal.show(json, &json!({"person": person}), || format!("{login} can sign in now."))
        }
        PersonCommand::Password { login } => {
            let person = find(people, &login)?;
            people.set_password(&person.id, &terminal.secret()?)?;
            terminal.say(&format!("{login} has a new password and is signed out everywhere."))
        }
        PersonCommand::Erase { login, json } => {
            let person = find(people, &login)?;
            let Erased { hospitals, attempts, apprenticeships } = platform.erase(&person.id)?;
            let kept = json!({"hospitals": hospitals, "attempts_kept": attempts, "apprenticeships_kept": apprenticeships});
            terminal.show(json, &kept, || {
                format!("{login} is erased with {hospitals} hospitals; {attempts} attempts and {apprenticeships} apprenticeships stay without a name.")
            })
        }
        PersonCommand::List { json } => list(people, json, terminal),
    }
}

fn find(people: &People, login: &str) -> anyhow::Result<Person> {
    let found = people.list()?.into_iter().find(|person| person.login.eq_ignore_ascii_case(login));
    found.with_context(|| format!("nobody has the login \"{login}\"; `practicum person list` shows everyone"))
}

fn list(people: &People, json: bool, terminal: &mut Terminal<'_>) -> anyhow::Result<()> {
    let everyone = people.list()?;
    let mut table =
        Table::new(&["LOGIN", "ROLE", "NAME"], "There is nobody yet; `practicum person add` adds someone.");
    for person in &everyone {
        table = table.row([person.login.clone(), person.role.word().to_owned(), person.name.clone()]);
    }
    terminal.list(json, &json!({"people": everyone}), &table)
}
