use super::permission::permission_of;

/// A refusal for want of a permission. Nothing was done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub struct Denied {
    /// The role that was worked as.
    pub role: String,
    /// The permission it lacks.
    pub permission: String,
    /// The roles that have it, as people read them.
    pub may: Vec<String>,
}

impl Denied {
    fn sentence(&self) -> String {
        let words = permission_of(&self.permission).map_or("do this", |permission| permission.words);
        let who = match self.may.as_slice() {
            [] => "no role may; an analyst can change that in the role matrix".to_owned(),
            may => format!("{} may; ask one of them, or work as one", may.join(", ")),
        };
        format!("the role {} may not {words} ({}): {who}", self.role, self.permission)
    }
}
