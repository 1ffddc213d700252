use std::collections::BTreeMap;

use super::permissions::Permissions;

/// What a person may do themselves, type by type: no app does more in their hands, whatever its scopes say (SMART App
/// Launch 2.2, section 3: a scope gives no more than the person has).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bounds {
    by_type: BTreeMap<String, Permissions>,
    others: Permissions,
}

impl Bounds {
    /// Bounds in which `others` holds for every type that is not said otherwise.
    #[must_use]
    pub fn new(others: Permissions) -> Self {
        Self { by_type: BTreeMap::new(), others }
    }

    /// The same with these permissions, and no others, on a type.
    #[must_use]
    pub fn with(mut self, kind: &str, permissions: Permissions) -> Self {
        self.by_type.insert(kind.to_owned(), permissions);
        self
    }

    /// The same with these permissions too on a type.
    #[must_use]
    pub fn and(self, kind: &str, permissions: Permissions) -> Self {
        let had = self.on(kind);
        self.with(kind, had | permissions)
    }

    /// Whether the person may do all of this to resources of a type; of `*`, to those of every type.
    #[must_use]
    pub fn allow(&self, kind: &str, permissions: Permissions) -> bool {
        match kind {
            "*" => {
                self.others.contains(permissions)
                    && self.by_type.values().all(|own| own.contains(permissions))
            }
            _ => self.on(kind).contains(permissions),
        }
    }

    fn on(&self, kind: &str) -> Permissions {
        self.by_type.get(kind).copied().unwrap_or(self.others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_has_what_was_said_of_it_and_everything_what_all_have() {
        let (read, update) = (Permissions::READ, Permissions::UPDATE);
        let bounds =
            Bounds::new(read).with("Patient", read | update).with("AuditEvent", Permissions::default());
        let bounds = bounds.and("Observation", update);
        for (kind, asked, allowed) in [
            ("Patient", read | update, true),
            ("Patient", Permissions::DELETE, false),
            ("Observation", read | update, true),
            ("Condition", read, true),
            ("Condition", update, false),
            ("AuditEvent", read, false),
            ("*", read, false),
        ] {
            assert_eq!(bounds.allow(kind, asked), allowed, "{kind} {asked}");
        }
        assert!(Bounds::new(read).allow("*", read));
    }
}
