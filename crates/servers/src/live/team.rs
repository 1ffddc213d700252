use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use tokio::sync::watch::{self, Receiver, Sender};

/// How long somebody stands where they said they stand.
const STANDS_US: i64 = 10_000_000;
/// Between two poses of one person, at least.
const APART_US: i64 = 80_000;
/// People in the rooms of one drill at most.
const IN_ROOMS_MAX: usize = 40;
/// How far from the middle of the rooms anybody can be, in metres.
const FAR_M: f32 = 60.0;

/// Where somebody stands in the rooms of a drill, and at what they point. It is kept nowhere and counts for nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Pose {
    /// What they sign in with.
    pub(crate) login: String,
    pub(crate) name: String,
    /// Their eyes, in metres: to the right, up, towards the south.
    pub(crate) head: [f32; 3],
    /// How the head is turned: a quaternion.
    pub(crate) turn: [f32; 4],
    pub(crate) hands: Vec<[f32; 3]>,
    pub(crate) points: Option<[f32; 3]>,
    /// When they said so.
    #[serde(skip)]
    pub(crate) at_us: i64,
}

impl Pose {
    fn is_possible(&self) -> bool {
        let is_near = |point: &[f32; 3]| point.iter().all(|one| one.is_finite() && one.abs() <= FAR_M);
        let turned: f32 = self.turn.iter().map(|one| one * one).sum();
        is_near(&self.head)
            && self.hands.len() <= 2
            && self.hands.iter().all(is_near)
            && self.points.as_ref().is_none_or(is_near)
            && (0.9..1.1).contains(&turned)
    }
}

/// Who stands where in the rooms of which drill.
#[derive(Clone, Default)]
pub(crate) struct Team {
    drills: Arc<Mutex<HashMap<String, Sender<Vec<Pose>>>>>,
}

impl Team {
    /// Hears of where people stand in a drill from now on: always the newest, so that nobody falls behind.
    pub(crate) fn follow(&self, drill: &str) -> Receiver<Vec<Pose>> {
        let mut drills = self.drills.lock().unwrap_or_else(PoisonError::into_inner);
        drills.entry(drill.to_owned()).or_insert_with(|| watch::channel(Vec::new()).0).subscribe()
    }

    /// Says where somebody stands. Returns how many others there are.
    pub(crate) fn place(&self, drill: &str, pose: Pose) -> Result<usize, &'static str> {
        if !pose.is_possible() {
            return Err(
                "nobody can stand like that: metres within 60 of the middle, a turn of length 1, two hands at most",
            );
        }
        let mut drills = self.drills.lock().unwrap_or_else(PoisonError::into_inner);
        // Rooms that nobody looks into are forgotten.
        drills.retain(|id, sender| id == drill || sender.receiver_count() > 0);
        let sender = drills.entry(drill.to_owned()).or_insert_with(|| watch::channel(Vec::new()).0);
        let now_us = pose.at_us;
        let before = sender.borrow().iter().find(|one| one.login == pose.login).map(|one| one.at_us);
        if before.is_some_and(|before_us| (0..APART_US).contains(&(now_us - before_us))) {
            // What a slow line held back comes in a heap: the next that is due says where they stand by then.
            return Ok(sender.borrow().len().saturating_sub(1));
        }
        let mut others = 0;
        sender.send_modify(|poses| {
            poses.retain(|one| one.login != pose.login && now_us - one.at_us < STANDS_US);
            others = poses.len();
            if others < IN_ROOMS_MAX {
                poses.push(pose);
            }
        });
        Ok(others)
    }
}

#[cfg(test)]
mod tests {
    use super::{IN_ROOMS_MAX, Pose, STANDS_US, Team};

    fn pose(login: &str, at_us: i64) -> Pose {
        Pose {
            login: login.to_owned(),
            name: login.to_owned(),
            head: [0.0, 1.6, 0.0],
            turn: [0.0, 0.0, 0.0, 1.0],
            hands: Vec::new(),
            points: None,
            at_us,
        }
    }

    #[test]
    fn whoever_stands_there_is_seen_until_they_have_gone() {
        let team = Team::default();
        let seen = team.follow("d");
        assert_eq!(team.place("d", pose("ana", 1)), Ok(0));
        assert_eq!(team.place("d", pose("bo", 2)), Ok(1));
        assert_eq!(team.place("other", pose("eve", 2)), Ok(0));
        let logins = || seen.borrow().iter().map(|one| one.login.clone()).collect::<Vec<_>>();
        assert_eq!(logins(), ["ana", "bo"]);
        team.place("d", pose("bo", 1 + STANDS_US)).unwrap();
        assert_eq!(logins(), ["bo"]);
    }

    #[test]
    fn what_nobody_can_do_is_refused_and_changes_nothing() {
        let team = Team::default();
        let seen = team.follow("d");
        let bent = [
            Pose { head: [f32::NAN, 0.0, 0.0], ..pose("ana", 1) },
            Pose { head: [61.0, 0.0, 0.0], ..pose("ana", 1) },
            Pose { turn: [0.0; 4], ..pose("ana", 1) },
            Pose { hands: vec![[0.0; 3]; 3], ..pose("ana", 1) },
            Pose { points: Some([f32::INFINITY, 0.0, 0.0]), ..pose("ana", 1) },
        ];
        for one in bent {
            assert!(team.place("d", one).is_err());
        }
        assert!(seen.borrow().is_empty());
        team.place("d", pose("ana", 1)).unwrap();
        let there = seen.borrow().clone();
        assert_eq!(team.place("d", pose("ana", 2)), Ok(0), "too soon after the last is no mistake");
        assert_eq!(*seen.borrow(), there, "and is not taken");
    }

    #[test]
    fn rooms_hold_so_many_and_no_more() {
        let team = Team::default();
        let seen = team.follow("d");
        for number in 0..2 * IN_ROOMS_MAX {
            team.place("d", pose(&format!("p{number}"), 1)).unwrap();
        }
        assert_eq!(seen.borrow().len(), IN_ROOMS_MAX);
    }
}
