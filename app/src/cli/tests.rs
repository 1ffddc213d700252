use clap::{CommandFactory, Parser};

use super::*;
use crate::config::Key;

#[test]
fn the_words_fit_together() {
    Cli::command().debug_assert();
}

#[test]
fn flags_of_the_server_stand_with_or_without_its_name() {
    let bare = Cli::try_parse_from(["practicum", "--demo", "--port", "0"]).unwrap();
    assert!(bare.command.is_none());
    let named = Cli::try_parse_from(["practicum", "serve", "--demo", "--port", "0"]).unwrap();
    let Some(Command::Serve(flags)) = named.command else {
        panic!("expected serve");
    };
    let expected = [(Key::Port, "0".to_owned()), (Key::Demo, "true".to_owned())];
    assert_eq!((bare.serve.settings(), flags.settings()), (expected.to_vec(), expected.to_vec()));
}

#[test]
fn common_flags_stand_before_or_after_the_command() {
    for words in [["practicum", "--data", "x", "lab", "list"], ["practicum", "lab", "list", "--data", "x"]] {
        let cli = Cli::try_parse_from(words).unwrap();
        assert_eq!(cli.common.settings(), [(Key::Data, "x".to_owned())]);
    }
}

#[test]
fn wrong_words_are_refused() {
    for words in
        ["lab", "lab lost", "serve --prot 1", "population generate", "person add ana --name A --role king"]
    {
        assert!(Cli::try_parse_from(["practicum"].into_iter().chain(words.split(' '))).is_err(), "{words}");
    }
}
