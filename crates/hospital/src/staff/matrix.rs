use std::collections::BTreeSet;

use serde_json::Value;

use super::denied::Denied;
use super::permission::PERMISSIONS;
use super::role::ROLES;

/// One role of a matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// As the journal names it.
    pub code: String,
    /// As people read it.
    pub display: String,
    /// What the work is.
    pub about: String,
    /// The codes of what it may do.
    may: BTreeSet<String>,
}

impl Role {
    /// Whether this role has a permission.
    pub fn may(&self, permission: &str) -> bool {
        self.may.contains(permission)
    }
}

/// Who may do what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    roles: Vec<Role>,
    problem: Option<String>,
}

impl Matrix {
    /// The matrix the hospital is shipped with.
    pub fn shipped() -> Self {
        let role = |role: &super::ShippedRole| Role {
            code: role.code.to_owned(),
            display: role.display.to_owned(),
            about: role.about.to_owned(),
            may: PERMISSIONS
                .iter()
                .filter(|permission| permission.is_shipped_with(role.code))
                .map(|permission| permission.code.to_owned())
                .collect(),
        };
        Self { roles: ROLES.iter().map(role).collect(), problem: None }
    }

    /// What the hospital's own CodeSystem says; the shipped matrix where it is missing or cannot be understood, with
    /// the reason as its [`problem`](Self::problem).
    pub fn read(resource: Option<&Value>) -> Self {
        let read = resource.ok_or_else(|| "this hospital has none".to_owned()).and_then(read);
        match read {
            Ok(roles) => Self { roles, problem: None },
            Err(problem) => Self { problem: Some(problem), ..Self::shipped() },
        }
    }

    /// Why the hospital's own matrix is not the one in force, if it is not.
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// The roles, in the order the matrix has them.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// The role of this code.
    pub fn role(&self, code: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.code == code)
    }

    /// Whether a role has a permission; a role that the matrix does not know has none.
    pub fn may(&self, role: &str, permission: &str) -> bool {
        self.role(role).is_some_and(|role| role.may(permission))
    }

    /// Refuses a role that lacks a permission.
    ///
    /// # Errors
    /// [`Denied`], with who may.
    pub fn check(&self, role: &str, permission: &str) -> Result<(), Denied> {
        if self.may(role, permission) {
            return Ok(());
        }
        let may = self.roles.iter().filter(|role| role.may(permission));
        Err(Denied {
            role: role.to_owned(),
            permission: permission.to_owned(),
            may: may.map(|role| role.display.clone()).collect(),
        })
    }
}

fn read(resource: &Value) -> Result<Vec<Role>, String> {
    let concepts = resource.get("concept").and_then(Value::as_array).filter(|concepts| !concepts.is_empty());
    let concepts = concepts.ok_or("it has no concept, so no role")?;
    let declared = declared(resource);
    let roles: Vec<Role> =
        concepts.iter().map(|concept| role(concept, &declared)).collect::<Result<_, _>>()?;
    for (at, role) in roles.iter().enumerate() {
        if roles[..at].iter().any(|earlier| earlier.code == role.code) {
            return Err(format!("the role {} stands in it twice", role.code));
        }
    }
    Ok(roles)
}

/// The permissions that a matrix declares, and so decides.
fn declared(resource: &Value) -> BTreeSet<&str> {
    let properties = resource.get("property").and_then(Value::as_array).into_iter().flatten();
    properties.filter_map(|property| property.get("code")?.as_str()).collect()
}

fn role(concept: &Value, declared: &BTreeSet<&str>) -> Result<Role, String> {
    let text = |member: &str| concept.get(member).and_then(Value::as_str);
    let code = text("code").ok_or("a concept has no code")?;
    let newer = PERMISSIONS.iter().filter(|permission| !declared.contains(permission.code));
    let mut may: BTreeSet<String> = newer
        .filter(|permission| permission.is_shipped_with(code))
        .map(|permission| permission.code.to_owned())
        .collect();
    for property in concept.get("property").and_then(Value::as_array).into_iter().flatten() {
        let permission = property.get("code").and_then(Value::as_str);
        let permission = permission.ok_or_else(|| format!("a property of {code} has no code"))?;
        match property.get("valueBoolean").and_then(Value::as_bool) {
            Some(true) => may.insert(permission.to_owned()),
            Some(false) => may.remove(permission),
            None => return Err(format!("{permission} of {code} has no valueBoolean")),
        };
    }
    Ok(Role {
        code: code.to_owned(),
        display: text("display").unwrap_or(code).to_owned(),
        about: text("definition").unwrap_or_default().to_owned(),
        may,
    })
}
