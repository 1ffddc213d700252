use std::collections::BTreeSet;

use super::act::{ARCHIVE, Act, Deed, PORTAL, WARD_CHART};
use super::chance::Chance;
use super::ground::{Account, Chart, Ground, Role};

/// Where devices have a part, one thing in so many is theirs.
const DEVICES_ONE_IN: usize = 8;
/// One sign-in in so many is mistyped first.
const MISTYPED_ONE_IN: usize = 25;

/// What it means for care if somebody of this role cannot work.
#[must_use]
pub fn weight(role: Role) -> u32 {
    match role {
        Role::Emergency => 10,
        Role::Modality => 6,
        Role::Physician | Role::Station => 5,
        Role::Nurse => 4,
        Role::Registrar => 2,
        Role::Coder | Role::Technician | Role::Patient => 1,
    }
}

/// What honest people do from `from_us` to before `until_us`, in order.
///
/// They do `count` things, and sign in before the first of each person. Nurses and physicians keep to their unit, the emergency department opens whoever comes, coders and
/// registrars go through the house, patients look at their own chart; devices ask for their worklist, and reading stations for the
/// studies of one patient.
pub(super) fn care(ground: &Ground, seed: u64, (from_us, until_us): (i64, i64), count: usize) -> Vec<Act> {
    let mut chance = Chance::new(seed, "care");
    let mut times: Vec<i64> = (0..count).map(|_| chance.between_us(from_us, until_us)).collect();
    times.sort_unstable();
    let mut signed_in = BTreeSet::new();
    let mut acts = Vec::with_capacity(count + count / 8);
    for at_us in times {
        let Some(account) = somebody(ground, &mut chance) else { continue };
        let act = |at_us, deed| act(account, at_us, deed);
        let mistypes = chance.below(MISTYPED_ONE_IN) == 0;
        let signs_in = !matches!(account.role, Role::Modality | Role::Station);
        if signs_in && signed_in.insert(&account.login) {
            if mistypes {
                acts.push(act(at_us - 20_000_000, Deed::SignIn { right: false }));
            }
            acts.push(act(at_us - 4_000_000, Deed::SignIn { right: true }));
        }
        acts.extend(work(ground, account, &mut chance).map(|deed| act(at_us, deed)));
    }
    acts.retain(|act| (from_us..until_us).contains(&act.at_us));
    acts.sort_by_key(|act| act.at_us);
    acts
}

fn act(account: &Account, at_us: i64, deed: Deed) -> Act {
    Act {
        at_us,
        login: account.login.clone(),
        address: account.address.clone(),
        client: client(account.role).to_owned(),
        deed,
        weight: weight(account.role),
        hostile: false,
    }
}

fn client(role: Role) -> &'static str {
    match role {
        Role::Patient => PORTAL,
        Role::Modality | Role::Station => ARCHIVE,
        _ => WARD_CHART,
    }
}

/// One in eight is a patient, where there is a portal.
fn somebody<'a>(ground: &'a Ground, chance: &mut Chance) -> Option<&'a Account> {
    if !ground.devices.is_empty() && chance.below(DEVICES_ONE_IN) == 0 {
        return chance.pick(&ground.devices);
    }
    let from = if chance.below(8) == 0 && !ground.portal.is_empty() { &ground.portal } else { &ground.staff };
    chance.pick(from)
}

fn work(ground: &Ground, account: &Account, chance: &mut Chance) -> Option<Deed> {
    if account.role == Role::Patient {
        return account.record.clone().map(|at| Deed::Read { at });
    }
    if account.role == Role::Modality {
        return Some(Deed::Worklist);
    }
    let own: Vec<&Chart> = ground.charts.iter().filter(|chart| chart.unit == account.unit).collect();
    let keeps_to_unit = matches!(account.role, Role::Nurse | Role::Physician);
    let chart = match chance.pick(&own) {
        Some(chart) if keeps_to_unit => *chart,
        _ => chance.pick(&ground.charts)?,
    };
    let patient = chart.id.clone();
    if account.role == Role::Station {
        return Some(Deed::Studies { patient });
    }
    Some(match (account.role, chance.below(12)) {
        (Role::Nurse | Role::Physician | Role::Emergency, 0) => {
            Deed::Look { kind: "Observation".to_owned(), patient }
        }
        (Role::Physician | Role::Emergency, 1) => {
            Deed::Look { kind: "MedicationRequest".to_owned(), patient }
        }
        (Role::Coder, 0) => Deed::Look { kind: "Condition".to_owned(), patient },
        _ => Deed::Read { at: format!("Patient/{patient}") },
    })
}
