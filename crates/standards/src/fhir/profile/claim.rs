use super::model::{Node, Profile};

/// What one profile asks at one place.
#[derive(Clone, Copy)]
pub(super) struct Claim<'a> {
    pub(super) node: &'a Node,
    pub(super) profile: &'a Profile,
}

impl<'a> Claim<'a> {
    /// What a profile asks of the value as a whole.
    pub(super) fn whole(profile: &'a Profile) -> Claim<'a> {
        Claim { node: &profile.root, profile }
    }

    /// What the same profile asks at another node.
    pub(super) fn at(self, node: &'a Node) -> Claim<'a> {
        Claim { node, ..self }
    }

    /// What is asked of the elements below.
    pub(super) fn children(self) -> impl Iterator<Item = Claim<'a>> {
        let elsewhere = match self.node.content_of.as_slice() {
            [] => None,
            names => self.profile.root.find(names),
        };
        let nodes = std::iter::once(self.node).chain(elsewhere);
        nodes.flat_map(|node| &node.children).map(move |child| self.at(child))
    }

    /// Adds it, unless it is there.
    pub(super) fn add_to(self, claims: &mut Vec<Claim<'a>>) {
        if !claims.iter().any(|known| std::ptr::eq(known.node, self.node)) {
            claims.push(self);
        }
    }

    /// Who asks, for messages.
    pub(super) fn asker(self) -> String {
        match self.profile.is_constraint {
            true => self.profile.label().to_owned(),
            false => format!("the type {}", self.profile.type_name),
        }
    }
}
