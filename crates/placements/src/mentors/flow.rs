use super::fit::worth;
use super::sides::sides;
use super::{Learner, Mentor, Weights};

/// The cost of waiting: more than any chain of better pairs could save, so nobody waits who could be paired.
const WAITING: i64 = 1_000_000_000;

/// The cost of what must not be: more than waiting.
const NEVER: i64 = 4 * WAITING;

/// The cost of a step that there is not: dearer than any that there is.
const NO_STEP: i64 = i64::MAX / 4;

/// The mentor of each learner, by position, so that as many as can be are paired, and then all pairs together are worth the most. None: the learner
/// waits. Equal pairings are decided by the order given.
#[must_use]
pub fn pair(learners: &[Learner], mentors: &[Mentor], weights: Weights) -> Vec<Option<usize>> {
    let (sides, others) = sides(learners, mentors);
    let costs = sides.iter().map(|learner| {
        let cost = |mentor| worth(learner, mentor, weights).map_or(NEVER, |worth| -i64::from(worth));
        others.iter().map(cost).chain([WAITING]).collect()
    });
    let mut flow = Flow::new(costs.collect(), mentors);
    for learner in 0..learners.len() {
        flow.place(learner);
    }
    flow.at.iter().map(|place| place.filter(|place| *place < mentors.len())).collect()
}

/// A flow that grows by one learner at a time and is of least cost after each.
struct Flow {
    costs: Vec<Vec<i64>>,
    /// What each mentor still takes; the last place, where one waits, takes everybody.
    capacity: Vec<usize>,
    /// The price of a place at each mentor: never above zero, and zero while there is room.
    price: Vec<i64>,
    with: Vec<Vec<usize>>,
    at: Vec<Option<usize>>,
    /// From each place to each other: what it costs to move somebody there, and whom it costs the least to move. Prices are not in it, so it changes
    /// only where people do.
    steps: Vec<Vec<(i64, usize)>>,
}

impl Flow {
    fn new(costs: Vec<Vec<i64>>, mentors: &[Mentor]) -> Self {
        let capacity = mentors.iter().map(|mentor| mentor.capacity as usize).chain([usize::MAX]).collect();
        let (places, learners) = (mentors.len() + 1, costs.len());
        Self {
            costs,
            capacity,
            price: vec![0; places],
            with: vec![Vec::new(); places],
            at: vec![None; learners],
            steps: vec![vec![(NO_STEP, 0); places]; places],
        }
    }

    /// Finds the cheapest chain that makes room for a learner (Dijkstra over the places), and moves everybody along it.
    fn place(&mut self, learner: usize) {
        let places = self.capacity.len();
        let mut distance: Vec<i64> =
            (0..places).map(|place| self.costs[learner][place] - self.price[place]).collect();
        let mut through = vec![learner; places];
        let mut seen = vec![false; places];
        let open = loop {
            let nearest = (0..places).filter(|place| !seen[*place]).min_by_key(|place| distance[*place]);
            let Some(nearest) = nearest else { return };
            if self.with[nearest].len() < self.capacity[nearest] {
                break nearest;
            }
            seen[nearest] = true;
            let so_far = distance[nearest] + self.price[nearest];
            for (place, (step, who)) in self.steps[nearest].iter().enumerate() {
                let longer = so_far + step - self.price[place];
                if !seen[place] && longer < distance[place] {
                    (distance[place], through[place]) = (longer, *who);
                }
            }
        };
        for place in (0..places).filter(|place| seen[*place]) {
            self.price[place] += distance[place] - distance[open];
        }
        self.move_along(learner, open, &through);
    }

    fn move_along(&mut self, learner: usize, open: usize, through: &[usize]) {
        let mut place = open;
        loop {
            let who = through[place];
            let before = self.at[who].replace(place);
            self.with[place].push(who);
            if let Some(before) = before {
                self.with[before].retain(|other| *other != who);
            }
            self.look_again(place);
            let Some(before) = before.filter(|_| who != learner) else { return };
            place = before;
        }
    }

    /// Whom it costs the least to move from a place, now that others are there. Nobody is ever moved from waiting, which has room for all.
    fn look_again(&mut self, place: usize) {
        if self.capacity[place] == usize::MAX {
            return;
        }
        let steps = &mut self.steps[place];
        steps.fill((NO_STEP, 0));
        for who in &self.with[place] {
            let costs = &self.costs[*who];
            for (step, cost) in steps.iter_mut().zip(costs) {
                let longer = cost - costs[place];
                if longer < step.0 {
                    *step = (longer, *who);
                }
            }
        }
    }
}
