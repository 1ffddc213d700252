use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use store::records::Person;

use super::super::error::WorkshopError;
use super::view::board_channel_of;
use crate::platform::Platform;

/// How long somebody counts as there after they said so.
const STAYS_US: i64 = 30_000_000;
/// Windows on one board that are shown at most.
const WINDOWS_MAX: usize = 80;
/// Characters of a place and of a window's name at most.
const WORD_CHARS_MAX: usize = 48;

/// A window that somebody has open on a board, and where in it they are. It is kept nowhere and counts for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looker {
    /// Whose it is: a person's id.
    pub who: String,
    /// What they are called.
    pub name: String,
    /// Which of their windows.
    pub window: String,
    /// The field in which they are, as the page calls it; none, where they only look.
    pub at: String,
    said_us: i64,
}

/// Who has which board open.
#[derive(Default)]
pub(crate) struct Here(Mutex<HashMap<String, Vec<Looker>>>);

impl Here {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Vec<Looker>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who is there, in the order of their names.
    pub(super) fn of(&self, workshop: &str, now_us: i64) -> Vec<Looker> {
        let mut all = self.lock();
        let Some(here) = all.get_mut(workshop) else { return Vec::new() };
        here.retain(|one| now_us - one.said_us < STAYS_US);
        let here = here.clone();
        if here.is_empty() {
            all.remove(workshop);
        }
        here
    }

    /// Notes where a window is, and says whether that is news to others.
    fn note(&self, workshop: &str, looker: Looker) -> bool {
        let mut all = self.lock();
        let here = all.entry(workshop.to_owned()).or_default();
        here.retain(|one| looker.said_us - one.said_us < STAYS_US);
        let is_same = |one: &Looker| one.who == looker.who && one.window == looker.window;
        let before = here.iter().position(is_same).map(|at| here.remove(at));
        let news = before.is_none_or(|before| before.at != looker.at);
        if here.len() < WINDOWS_MAX {
            here.push(looker);
        }
        here.sort_by(|one, other| {
            (&one.name, &one.who, &one.window).cmp(&(&other.name, &other.who, &other.window))
        });
        news
    }

    fn forget(&self, workshop: &str, who: &str, window: &str) {
        if let Some(here) = self.lock().get_mut(workshop) {
            here.retain(|one| one.who != who || one.window != window);
        }
    }
}

impl Platform {
    /// Says where in a board somebody is, or that they have closed a window (`at` is none then).
    ///
    /// # Errors
    /// When they take no part, or it is no place of a board.
    pub fn at_board_place(
        &self,
        person: &Person,
        id: &str,
        window: &str,
        at: Option<&str>,
    ) -> Result<(), WorkshopError> {
        let (workshop, _) = self.workshop_here(person, id)?;
        let fits = |word: &str| {
            word.len() <= WORD_CHARS_MAX
                && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        if window.is_empty() || !fits(window) || !fits(at.unwrap_or_default()) {
            return Err(WorkshopError::invalid(
                "at",
                "a place is named by letters, digits and hyphens, 48 at most",
            ));
        }
        let who = person.id.as_str();
        let news = match at {
            Some(at) => {
                self.come_in(person, &workshop)?;
                let (who, name) = (who.to_owned(), person.name.clone());
                let (window, at, said_us) = (window.to_owned(), at.to_owned(), self.clock().now_us());
                self.rooms.here.note(id, Looker { who, name, window, at, said_us })
            }
            None => {
                self.rooms.here.forget(id, who, window);
                true
            }
        };
        if news {
            self.watch().tell(&board_channel_of(id), "board.presence");
        }
        Ok(())
    }
}
