use platform::people::{DEMO_LOGINS, Demo, People, PeopleError};

use crate::config::{self, Config};
use crate::run_file::DemoAccess;

/// Sets up the demonstration's people if the configuration wants them.
pub(crate) fn set_up(people: &People, config: &Config) -> Result<Option<Demo>, PeopleError> {
    let wanted = match config.demo {
        config::Demo::On => true,
        config::Demo::Off => false,
        config::Demo::Auto => config.listen.is_loopback() && nobody_else(people)?,
    };
    wanted.then(|| people.demo()).transpose()
}

/// The demonstration's secrets as programs find them in `run.json`.
pub(crate) fn access(demo: &Demo, url: &str) -> DemoAccess {
    let link = |secret: &str| format!("{url}/sign-in/{secret}");
    DemoAccess {
        learner_token: demo.learner_token.clone(),
        instructor_token: demo.instructor_token.clone(),
        sign_in_url: link(&demo.learner_link),
        instructor_sign_in_url: link(&demo.instructor_link),
    }
}

fn nobody_else(people: &People) -> Result<bool, PeopleError> {
    Ok(people.list()?.iter().all(|person| DEMO_LOGINS.contains(&person.login.as_str())))
}
