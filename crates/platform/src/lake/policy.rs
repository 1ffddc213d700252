//! The policy of a hospital: the one that is shipped, until somebody writes another.

use std::sync::OnceLock;

use ::lake::{Policy, PolicyProblem, Trouble};
use serde_json::json;

use super::error::LakeError;
use super::tables::bare;
use crate::access::{Access, outcome};
use crate::content;
use crate::ehr::roles::working;
use crate::platform::Platform;

/// The fact that a sandbox keeps its policy under.
const FACT: &str = "lake.policy";
/// The journal kind of changing it.
const KIND: &str = "lake.policy";
/// What somebody must be permitted to change it.
const PERMISSION: &str = "build.change";
/// The file of the policy that is shipped.
const SHIPPED: &str = "lake/policy.toml";
/// Bytes of a policy.
const BYTES_MAX: usize = 64 << 10;

/// A policy and how it is written.
#[derive(Debug, Clone)]
pub struct PolicyInForce {
    /// The policy.
    pub policy: Policy,
    /// Its file, in TOML.
    pub text: String,
    /// Whether it is the one that is shipped.
    pub is_shipped: bool,
}

/// The policy that is shipped.
fn shipped() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let files = content::files(None).unwrap_or_default();
        let found = files.into_iter().find(|file| file.path == SHIPPED);
        found.map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).unwrap_or_default()
    })
}

impl Platform {
    /// The policy in force.
    ///
    /// # Errors
    /// When the store fails, or what was kept cannot be read any more.
    pub fn lake_policy(&self, access: &Access) -> Result<PolicyInForce, LakeError> {
        let kept = access.sandbox().fact(FACT)?.filter(|text| !text.is_empty());
        let is_shipped = kept.is_none();
        let text = kept.unwrap_or_else(|| shipped().to_owned());
        let policy = Policy::read(&text).map_err(|problem| LakeError::Policy(vec![problem]))?;
        Ok(PolicyInForce { policy, text, is_shipped })
    }

    /// Puts another policy in force, or with an empty text the one that is shipped.
    ///
    /// # Errors
    /// Everything that is wrong with it, and when the role worked as may not change it; the old one then stays.
    pub fn set_lake_policy(&self, access: &Access, text: &str) -> Result<PolicyInForce, LakeError> {
        working(access)?.check(PERMISSION)?;
        if text.trim().is_empty() {
            self.keep(access, "")?;
            return self.lake_policy(access);
        }
        if text.len() > BYTES_MAX {
            let what = format!("a policy may have {BYTES_MAX} bytes, and this has {}", text.len());
            return Err(LakeError::Policy(vec![problem("the file", what, "say less")]));
        }
        let policy = Policy::read(text).map_err(|problem| LakeError::Policy(vec![problem]))?;
        let problems = self.problems_of(access, &policy)?;
        if !problems.is_empty() {
            return Err(LakeError::Policy(problems));
        }
        self.keep(access, text)?;
        Ok(PolicyInForce { policy, text: text.to_owned(), is_shipped: false })
    }

    fn keep(&self, access: &Access, text: &str) -> Result<(), LakeError> {
        let event =
            access.event(KIND, None, outcome::OK, json!({"shipped": text.is_empty(), "bytes": text.len()}));
        access.sandbox().set_fact(FACT, text, &event)?;
        access.tell(KIND);
        Ok(())
    }

    fn problems_of(&self, access: &Access, policy: &Policy) -> Result<Vec<PolicyProblem>, LakeError> {
        let (tables, matrix) = (bare(), working(access)?.matrix);
        let roles: Vec<&str> = matrix.roles().iter().map(|role| role.code.as_str()).collect();
        let mut problems = policy.problems(&tables, &roles);
        let engine = self.lakes.engine()?;
        for (rule, number) in policy.rules.iter().zip(1..) {
            for (name, condition) in &rule.rows {
                let Some(table) = tables.iter().find(|table| table.name == *name) else { continue };
                if let Err(Trouble { what, remedy, .. }) = engine.check_condition(&table.columns, condition) {
                    let what = format!("the rows of '{name}': {what}");
                    problems.push(problem(&format!("rule {number}"), what, &remedy));
                }
            }
        }
        Ok(problems)
    }
}

fn problem(at: &str, what: String, remedy: &str) -> PolicyProblem {
    PolicyProblem { at: at.to_owned(), what, remedy: remedy.to_owned() }
}

#[cfg(test)]
mod tests {
    use ::lake::Policy;
    use hospital::staff::Matrix;

    use super::shipped;
    use crate::lake::tables::bare;

    #[test]
    fn the_policy_that_is_shipped_is_sound() {
        let policy = Policy::read(shipped()).unwrap();
        let matrix = Matrix::shipped();
        let roles: Vec<&str> = matrix.roles().iter().map(|role| role.code.as_str()).collect();
        assert_eq!(policy.problems(&bare(), &roles), []);
        for role in roles {
            assert!(!policy.purposes_of(role).is_empty(), "{role} may ask for nothing");
        }
    }
}
