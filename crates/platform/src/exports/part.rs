//! What of a frozen hospital goes into the file of one type.

use std::collections::BTreeSet;

use serde::Deserialize;
use standards::fhir::search::compartment;
use standards::fhir::search::query::{Condition, Query, Total};
use store::StoreError;
use store::sandbox::View;

/// Patients of a group looked for at a time.
const PATIENTS_AT_ONCE: usize = 50;
/// Resources found at a time.
const PAGE: usize = 1000;

/// The resources of one type that are exported.
pub(crate) struct Part<'a> {
    pub(crate) kind: &'a str,
    pub(crate) since_us: Option<i64>,
    /// Only what one of these finds, if there are any.
    pub(crate) filters: &'a [Query],
    pub(crate) about: &'a About,
}

/// Whom exported resources must be about.
pub(crate) enum About {
    Anything,
    /// Some patient: what names none is left out.
    Patients,
    /// These patients, by id.
    These {
        ids: Vec<String>,
        base_url: String,
    },
}

impl Part<'_> {
    /// Hands over each resource once.
    pub(crate) fn each<E: From<StoreError>>(
        &self,
        view: View<'_>,
        each: &mut dyn FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let Some(queries) = self.queries() else {
            return view.each_body(self.kind, self.since_us, &mut |_, body| {
                if self.is_about_somebody(body) { each(body) } else { Ok(()) }
            });
        };
        let mut seen = BTreeSet::new();
        for query in queries {
            let mut query = Query { total: Total::None, ..query };
            loop {
                let found = view.search(&query, PAGE)?;
                for stored in found.hits {
                    let is_new = self.since_us.is_none_or(|since_us| stored.updated_us >= since_us);
                    if is_new && self.is_about_somebody(&stored.body) && seen.insert(stored.id) {
                        each(&stored.body)?;
                    }
                }
                query.cursor = found.next;
                if query.cursor.is_none() {
                    break;
                }
            }
        }
        Ok(())
    }

    /// The searches that find it, or `None` when everything of the type is part of it.
    fn queries(&self) -> Option<Vec<Query>> {
        let plain = Query { resource_type: self.kind.to_owned(), ..Query::default() };
        let filters = if self.filters.is_empty() { std::slice::from_ref(&plain) } else { self.filters };
        match self.about {
            About::These { ids, base_url } => {
                let groups = ids.chunks(PATIENTS_AT_ONCE).map(|ids| {
                    let of = |id: &String| compartment::condition(["Patient", id], self.kind, base_url);
                    Condition::Any(ids.iter().filter_map(of).collect())
                });
                let narrowed = |group: Condition| {
                    filters.iter().map(move |filter| {
                        let mut query = filter.clone();
                        query.criteria.push(group.clone());
                        query
                    })
                };
                Some(groups.flat_map(narrowed).collect())
            }
            About::Anything | About::Patients if self.filters.is_empty() => None,
            About::Anything | About::Patients => Some(filters.to_vec()),
        }
    }

    /// Whether it need not be about a patient, is one, or refers to one.
    fn is_about_somebody(&self, body: &[u8]) -> bool {
        const REFERENCE: &[u8] = b"Patient/";
        !matches!(self.about, About::Patients)
            || self.kind == "Patient"
            || body.windows(REFERENCE.len()).any(|window| window == REFERENCE)
    }
}

/// The ids of the patients that are members of a Group.
pub(crate) fn members_of(group: &[u8]) -> Vec<String> {
    #[derive(Deserialize)]
    struct Group {
        #[serde(default)]
        member: Vec<Member>,
    }
    #[derive(Deserialize)]
    struct Member {
        entity: Option<Entity>,
        #[serde(default)]
        inactive: bool,
    }
    #[derive(Deserialize)]
    struct Entity {
        reference: Option<String>,
    }
    let Ok(group) = serde_json::from_slice::<Group>(group) else { return Vec::new() };
    let active = group.member.into_iter().filter(|member| !member.inactive);
    let references = active.filter_map(|member| member.entity?.reference);
    let id = |reference: String| {
        let mut steps = reference.rsplit('/');
        let id = steps.next()?.to_owned();
        (steps.next() == Some("Patient")).then_some(id)
    };
    let ids: BTreeSet<String> = references.filter_map(id).collect();
    ids.into_iter().collect()
}
