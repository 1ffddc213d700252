use placements::mentors::{Hours, Learner, Mentor};
use serde::{Deserialize, Serialize};
use store::records::{Person, PersonId, Profile, ProfileKind, Role};

use super::MentoringError;
use crate::platform::Platform;

/// When and how somebody can talk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Talks {
    /// Languages, in lower case, the best first.
    pub languages: Vec<String>,
    /// Minutes east of UTC.
    pub offset_min: i32,
    /// First minute of their day, by their own clock.
    pub from_min: i32,
    /// The minute after the last.
    pub until_min: i32,
    /// People they will not be paired with, by id. Nobody but them sees it.
    pub not_with: Vec<String>,
    /// A few words about themselves.
    pub about: String,
}

impl Default for Talks {
    fn default() -> Self {
        Self {
            languages: vec!["english".to_owned()],
            offset_min: 0,
            from_min: 9 * 60,
            until_min: 17 * 60,
            not_with: Vec::new(),
            about: String::new(),
        }
    }
}

/// What a mentor says of themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentorProfile {
    /// Competencies they can teach, each from 1 to 3 by how well.
    pub skills: Vec<(String, u8)>,
    /// How many they take at a time.
    pub capacity: u32,
    /// When and how they can talk.
    pub talks: Talks,
    /// Whether they take anybody at the moment.
    pub active: bool,
}

/// What a learner says who looks for a mentor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenteeProfile {
    /// Competencies they want to learn, each from 1 to 3 by how much.
    pub wants: Vec<(String, u8)>,
    /// When and how they can talk.
    pub talks: Talks,
    /// Whether they are looking.
    pub looking: bool,
    /// Since when, in microseconds since 1970 UTC.
    pub since_us: i64,
}

/// Nobody takes more than this many.
const CAPACITY_MAX: u32 = 20;

/// East and west of these no clock on earth goes.
const OFFSETS_MIN: std::ops::RangeInclusive<i32> = -720..=840;

impl Platform {
    /// What a mentor says of themselves; none before they have said anything.
    ///
    /// # Errors
    /// From the store.
    pub fn mentor_profile(&self, person: &PersonId) -> Result<Option<MentorProfile>, MentoringError> {
        let found = self.records.profile(ProfileKind::Mentor, person)?;
        Ok(found.map(|profile| mentor_of(&profile)))
    }

    /// What a learner says who looks for a mentor. Before they have said anything, they want what their portfolio lacks.
    ///
    /// # Errors
    /// From the store.
    pub fn mentee_profile(&self, person: &Person) -> Result<MenteeProfile, MentoringError> {
        if let Some(found) = self.records.profile(ProfileKind::Mentee, &person.id)? {
            return Ok(mentee_of(&found));
        }
        let portfolio = self.portfolio(person)?;
        let open = portfolio.competencies.iter().filter(|shown| shown.standing.level.is_none());
        let wants =
            open.map(|shown| (shown.id.clone(), if shown.standing.shown > 0 { 2 } else { 1 })).collect();
        Ok(MenteeProfile { wants, ..MenteeProfile::default() })
    }

    /// Keeps what a mentor says of themselves. Associates and instructors mentor.
    ///
    /// # Errors
    /// [`MentoringError::Invalid`] for what does not fit.
    pub fn set_mentor_profile(&self, person: &Person, profile: &MentorProfile) -> Result<(), MentoringError> {
        if person.role == Role::Learner {
            return Err(MentoringError::invalid(
                "skills",
                "associates and instructors mentor; ask an instructor for such an account",
            ));
        }
        if profile.capacity > CAPACITY_MAX {
            return Err(MentoringError::invalid(
                "capacity",
                format!("write how many you take, up to {CAPACITY_MAX}"),
            ));
        }
        self.check_competencies("skills", &profile.skills)?;
        check_talks(&profile.talks)?;
        let kept = Profile {
            person: person.id.clone(),
            says: serde_json::json!(profile),
            active: profile.active,
            since_us: self.clock.now_us(),
        };
        Ok(self.records.profile_set(ProfileKind::Mentor, &kept, self.clock.now_us())?)
    }

    /// Keeps what a learner says who looks for a mentor. Who goes on looking keeps their place in line.
    ///
    /// # Errors
    /// [`MentoringError::Invalid`] for what does not fit.
    pub fn set_mentee_profile(&self, person: &Person, profile: &MenteeProfile) -> Result<(), MentoringError> {
        if person.role != Role::Learner {
            return Err(MentoringError::invalid("wants", "learners look for mentors"));
        }
        self.check_competencies("wants", &profile.wants)?;
        check_talks(&profile.talks)?;
        let before = self.records.profile(ProfileKind::Mentee, &person.id)?.filter(|before| before.active);
        let since_us = before.map_or_else(|| self.clock.now_us(), |before| before.since_us);
        let kept = Profile {
            person: person.id.clone(),
            says: serde_json::json!(profile),
            active: profile.looking,
            since_us,
        };
        Ok(self.records.profile_set(ProfileKind::Mentee, &kept, self.clock.now_us())?)
    }

    /// The ids of people by their logins, for whom somebody will not be paired with.
    ///
    /// # Errors
    /// [`MentoringError::Invalid`] for a login that nobody has.
    pub fn people_not_wanted(&self, logins: &str) -> Result<Vec<String>, MentoringError> {
        let id = |login: &str| {
            let found = self.records.person_by_login(login)?;
            let unknown = || MentoringError::invalid("not_with", format!("nobody has the login `{login}`"));
            Ok(found.ok_or_else(unknown)?.0.id.to_string())
        };
        logins.split([',', ' ', '\n']).map(str::trim).filter(|login| !login.is_empty()).map(id).collect()
    }

    fn check_competencies(&self, field: &'static str, listed: &[(String, u8)]) -> Result<(), MentoringError> {
        let catalogue = self.catalogue();
        let known = |id: &str| catalogue.competencies.iter().any(|one| one.id == id);
        match listed.iter().find(|(id, how)| !known(id) || !(1..=3).contains(how)) {
            Some((id, _)) => Err(MentoringError::invalid(
                field,
                format!("`{id}` is no competency with a number from 1 to 3"),
            )),
            None => Ok(()),
        }
    }
}

fn check_talks(talks: &Talks) -> Result<(), MentoringError> {
    let day = 0..=24 * 60;
    if talks.languages.is_empty() || talks.languages.iter().any(|language| language.chars().count() > 40) {
        return Err(MentoringError::invalid(
            "languages",
            "name at least one language, with commas between them",
        ));
    }
    if !OFFSETS_MIN.contains(&talks.offset_min) {
        return Err(MentoringError::invalid("offset_min", "choose a time zone"));
    }
    if !day.contains(&talks.from_min) || !day.contains(&talks.until_min) || talks.from_min == talks.until_min
    {
        return Err(MentoringError::invalid(
            "from",
            "write when your day begins and ends, as 09:00 and 17:00",
        ));
    }
    if talks.about.chars().count() > 1_000 {
        return Err(MentoringError::invalid("about", "a thousand characters are enough"));
    }
    Ok(())
}

fn hours(talks: &Talks) -> Hours {
    Hours { offset_min: talks.offset_min, from_min: talks.from_min, until_min: talks.until_min }
}

/// A profile as it was kept. One that cannot be read any more says nothing, and is written anew.
pub(super) fn mentor_of(profile: &Profile) -> MentorProfile {
    serde_json::from_value(profile.says.clone()).unwrap_or_default()
}

/// The same for the other side, with since when they have been looking.
pub(super) fn mentee_of(profile: &Profile) -> MenteeProfile {
    let read: MenteeProfile = serde_json::from_value(profile.says.clone()).unwrap_or_default();
    MenteeProfile { looking: profile.active, since_us: profile.since_us, ..read }
}

/// A mentor as the pairing sees them, with how many more they take.
pub(super) fn as_mentor(id: &PersonId, profile: MentorProfile, taken: u32) -> Mentor {
    Mentor {
        id: id.to_string(),
        skills: profile.skills,
        capacity: profile.capacity.saturating_sub(taken),
        hours: hours(&profile.talks),
        languages: profile.talks.languages,
        not_with: profile.talks.not_with,
    }
}

/// A learner as the pairing sees them.
pub(super) fn as_learner(id: &PersonId, profile: MenteeProfile) -> Learner {
    Learner {
        id: id.to_string(),
        wants: profile.wants,
        hours: hours(&profile.talks),
        languages: profile.talks.languages,
        not_with: profile.talks.not_with,
    }
}
