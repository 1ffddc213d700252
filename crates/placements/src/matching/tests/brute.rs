use super::*;

/// Every outcome in which each party has one of its choices or nothing, no programme has too many, and nobody is where they were not
/// ranked.
pub(super) fn all(market: &Market) -> Vec<Vec<Option<u32>>> {
    let mut found = vec![vec![None; market.applicants.len()]];
    for party in &market.parties {
        let mut longer = Vec::new();
        for places in found {
            for choice in party
                .choices
                .iter()
                .filter(|choice| choice.seats.iter().flatten().all(|seat| seat.order.is_some()))
            {
                let mut places: Vec<Option<u32>> = places.clone();
                for (member, seat) in party.members().into_iter().zip(choice.seats) {
                    if let (Some(member), Some(seat)) = (member, seat) {
                        places[member as usize] = Some(seat.program);
                    }
                }
                longer.push(places);
            }
            longer.push(places);
        }
        found = longer;
    }
    let fits = |places: &Vec<Option<u32>>| {
        (0..)
            .zip(&market.programs)
            .all(|(at, program)| who_is_at(places, at).len() <= program.capacity as usize)
    };
    found.retain(fits);
    found
}

fn who_is_at(places: &[Option<u32>], program: u32) -> Vec<u32> {
    (0..).zip(places).filter(|(_, place)| **place == Some(program)).map(|(who, _)| who).collect()
}

/// Whether an outcome is stable, by the words of the definition and none of the code it tests: for every choice that a party would
/// rather have, take the party out of where it is, put it there too, and let each programme keep the best it has places for. If all of the party are
/// kept, it blocks.
pub(super) fn is_stable(market: &Market, places: &[Option<u32>]) -> bool {
    market.parties.iter().all(|party| {
        let members: Vec<u32> = party.members().into_iter().flatten().collect();
        let got: Vec<Option<u32>> = members.iter().map(|member| places[*member as usize]).collect();
        for choice in &party.choices {
            let wish: Vec<Option<u32>> =
                (0..members.len()).map(|at| choice.seats[at].map(|seat| seat.program)).collect();
            if wish == got {
                return true;
            }
            let mut tried = places.to_vec();
            for (member, place) in members.iter().zip(&wish) {
                tried[*member as usize] = *place;
            }
            let kept = members.iter().zip(&wish).all(|(member, place)| {
                place
                    .is_none_or(|program| best(market, program, &who_is_at(&tried, program)).contains(member))
            });
            if kept {
                return false;
            }
        }
        true
    })
}

fn best(market: &Market, program: u32, present: &[u32]) -> Vec<u32> {
    let program = &market.programs[program as usize];
    let ranked = program.ranked.iter().map(|(applicant, _)| *applicant);
    ranked.filter(|applicant| present.contains(applicant)).take(program.capacity as usize).collect()
}
