use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::act::{Act, Deed, FEED, WARD_CHART};
use super::care::weight;
use super::chance::Chance;
use super::ground::{Account, Ground, Order, Role};
use super::route::{Route, Step};
use super::scene::listed;

const MINUTE_US: i64 = 60_000_000;
/// Orders whose results came before the learner does, and those for which something else came.
const BEFORE: usize = 12;
const FORGED: usize = 3;
/// Orders that fall due in each round of the attack, one for each way in it.
const ROUND: usize = 5;
/// Rounds for which there are orders: eight hours.
const ROUNDS: usize = 24;
/// Minutes between rounds.
pub(super) const REST_MIN: i64 = 20;
/// So long before a result is due the ward looks for it, and so long after.
const EARLY_MIN: i64 = 9;
const LATE_MIN: i64 = 4;
/// The name that the laboratory has in its messages, and its address.
const LABORATORY: &str = "LIS";
const LABORATORY_AT: &str = "10.10.2.20";

/// Results that no laboratory has found, sent to the chart in the open (ATT&CK T1557, T1565.002): whoever listens on the wire
/// knows the numbers of the orders, and answers them before the laboratory does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forging {
    /// What the results say, in tenths of mmol/L.
    tenths: u32,
    /// The name that the messages come under.
    sender: String,
    /// Whether they come from a workstation of the house, whose address others share.
    #[serde(default)]
    inside: bool,
    /// Whether it is the attack on which rules are tried, from an address of its own.
    #[serde(default)]
    elsewhere: bool,
}

impl Forging {
    /// How many orders it takes.
    pub(super) fn orders(&self) -> usize {
        BEFORE + FORGED + ROUND * ROUNDS
    }

    pub(super) fn lacks(&self, ground: &Ground) -> Option<&'static str> {
        let carers = ground.of_roles(&[Role::Nurse]).len();
        (ground.orders.len() < self.orders() || carers == 0).then_some("potassium orders, and a nurse")
    }

    /// Of the order of this number: the laboratory's value in tenths of mmol/L, and when it is due.
    pub(super) fn due(now_us: i64, seed: u64, number: usize) -> (u32, i64) {
        let tenths =
            36 + u32::try_from(Chance::new(seed, &format!("potassium {number}")).below(13)).unwrap_or(0);
        let at = |number: usize| i64::try_from(number).unwrap_or_default();
        let minutes = match number {
            before if before < BEFORE => at(before) * 10 - 130,
            forged if forged < BEFORE + FORGED => 6 + 6 * at(forged - BEFORE),
            // After the round in which something else may come for it.
            later => {
                let (round, way) = ((later - BEFORE - FORGED) / ROUND, (later - BEFORE - FORGED) % ROUND);
                REST_MIN * (at(round) + 1) + 24 + 3 * at(way)
            }
        };
        (tenths, now_us + minutes * MINUTE_US)
    }

    fn address(&self, ground: &Ground, seed: u64) -> String {
        let mut chance = Chance::new(seed, "forging");
        let net = if self.elsewhere { "192.0.2" } else { "203.0.113" };
        match chance.pick(&ground.of_roles(&[Role::Nurse])) {
            Some(colleague) if self.inside => colleague.address.clone(),
            _ => format!("{net}.{}", 10 + chance.below(200)),
        }
    }

    /// The laboratory's results that fall due, and what the wards make of results.
    pub(super) fn results(ground: &Ground, (from_us, until_us): (i64, i64)) -> Vec<Act> {
        let mut acts = Vec::new();
        for (number, order) in ground.orders.iter().enumerate() {
            let report = Deed::Report { order: order.id.clone(), tenths: order.tenths };
            acts.push(Act {
                hostile: false,
                weight: 10,
                ..step(LABORATORY, LABORATORY_AT, report).at(order.due_us)
            });
            let Some(carer) = carer(ground, order, number) else { continue };
            let heeds = [order.due_us - EARLY_MIN * MINUTE_US, order.due_us + LATE_MIN * MINUTE_US];
            acts.extend(heeds.map(|at_us| heed(carer, order, at_us)));
        }
        acts.retain(|act| (from_us..until_us).contains(&act.at_us));
        acts
    }

    pub(super) fn past(&self, ground: &Ground, seed: u64) -> Vec<Act> {
        let address = self.address(ground, seed);
        let mut acts = Vec::new();
        for (turn, order) in (0_i64..).zip(self.forged(ground)) {
            let at_us = ground.now_us - (41 - 9 * turn) * MINUTE_US;
            acts.push(step(&self.sender, &address, self.report(order)).at(at_us));
            // The first of them is believed before the learner comes.
            let carer = carer(ground, order, BEFORE).filter(|_| turn == 0);
            acts.extend(carer.map(|carer| heed(carer, order, at_us + 12 * MINUTE_US)));
        }
        acts
    }

    pub(super) fn routes(&self, ground: &Ground, seed: u64, round: usize) -> Vec<Route> {
        let address = self.address(ground, seed);
        let first = BEFORE + FORGED + round.min(ROUNDS - 1) * ROUND;
        let away = format!("192.0.2.{}", 20 + seed % 200);
        let colleagues = ground.of_roles(&[Role::Registrar]);
        let colleague = Chance::new(seed, "workstation").pick(&colleagues).copied();
        let inside = colleague.map_or_else(|| away.clone(), |colleague| colleague.address.clone());
        let other = if self.sender == LABORATORY { "LAB2" } else { LABORATORY };
        let by = |(way, (name, sender, from)): (usize, (&'static str, &str, &str))| {
            let order = ground.orders.get(first + way);
            Route {
                name,
                steps: order.map(|order| step(sender, from, self.report(order))).into_iter().collect(),
            }
        };
        [
            ("as it was", self.sender.as_str(), address.as_str()),
            ("from another address", &self.sender, &away),
            ("from a workstation", &self.sender, &inside),
            ("under another name", other, &address),
            ("under the name of radiology", "RIS", &away),
        ]
        .into_iter()
        .enumerate()
        .map(by)
        .collect()
    }

    fn forged<'a>(&self, ground: &'a Ground) -> &'a [Order] {
        ground.orders.get(BEFORE..BEFORE + FORGED).unwrap_or_default()
    }

    fn report(&self, order: &Order) -> Deed {
        Deed::Report { order: order.id.clone(), tenths: self.tenths }
    }

    /// Results of the laboratory that were there before the learner came.
    pub(super) fn genuine<'a>(&self, ground: &'a Ground) -> &'a [Order] {
        ground.orders.get(..BEFORE).unwrap_or_default()
    }

    pub(super) fn facts(&self, ground: &Ground, seed: u64) -> Value {
        let forged = self.forged(ground);
        let patients: Vec<String> = forged.iter().map(|order| format!("Patient/{}", order.patient)).collect();
        let orders: Vec<&str> = forged.iter().map(|order| order.id.as_str()).collect();
        let genuine = self.genuine(ground).first().map(|order| format!("Patient/{}", order.patient));
        json!({
            "from": self.address(ground, seed),
            "sender": self.sender,
            "patients": listed(&patients),
            "patients_list": patients,
            "orders_list": orders,
            "genuine": genuine,
            "genuine_order": self.genuine(ground).first().map(|order| order.id.as_str()),
            "laboratory": LABORATORY_AT,
            "senders": [{"title": LABORATORY, "address": LABORATORY_AT}],
            "value": format!("{}.{}", self.tenths / 10, self.tenths % 10),
        })
    }

    pub(super) fn elsewhere(&self) -> Self {
        Self { elsewhere: true, inside: false, ..self.clone() }
    }
}

/// Who looks for the result of an order: a nurse of the ward, or of the house.
fn carer<'a>(ground: &'a Ground, order: &Order, number: usize) -> Option<&'a Account> {
    let unit = ground.charts.iter().find(|chart| chart.id == order.patient).map(|chart| &chart.unit);
    let all = ground.of_roles(&[Role::Nurse]);
    let own = all.iter().find(|account| Some(&account.unit) == unit);
    own.or_else(|| all.get(number % all.len().max(1))).copied()
}

fn heed(carer: &Account, order: &Order, at_us: i64) -> Act {
    Act {
        at_us,
        login: carer.login.clone(),
        address: carer.address.clone(),
        client: WARD_CHART.to_owned(),
        deed: Deed::Heed { order: order.id.clone(), patient: order.patient.clone() },
        weight: weight(carer.role),
        hostile: false,
    }
}

fn step(sender: &str, address: &str, deed: Deed) -> Step {
    Step { login: sender.to_owned(), address: address.to_owned(), client: FEED.to_owned(), deed }
}
