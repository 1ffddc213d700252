use super::Terminal;
use crate::config::Config;
use crate::run_file::RunInfo;
use crate::{Surroundings, logs, start};

/// `practicum serve`: runs until the process is told to stop.
pub(super) fn serve(config: Config, terminal: &mut Terminal<'_>) -> anyhow::Result<()> {
    logs::init(&config);
    let running = start(config, Surroundings::system())?;
    terminal.say(&welcome(&running.info))?;
    running.until_signal()
}

fn welcome(info: &RunInfo) -> String {
    let mut text = format!("Practicum is ready at {}", info.url);
    if let Some(demo) = &info.demo {
        text.push_str(&format!(
            "\n\nSign in as the demo learner:     {}\nSign in as the demo instructor:  {}",
            demo.sign_in_url, demo.instructor_sign_in_url
        ));
    }
    text.push_str("\n\nStop it with Ctrl-C.\n");
    text
}
