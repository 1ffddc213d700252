use super::role::ALL_ROUND;

/// Something a role may or may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permission {
    /// As the matrix, the journal and refusals name it.
    pub code: &'static str,
    /// What it permits, as the end of a sentence that begins with "may".
    pub words: &'static str,
    /// The roles that are shipped with it, beside the all-round role, which has every permission.
    pub roles: &'static [&'static str],
}

impl Permission {
    /// Whether a role is shipped with it.
    pub fn is_shipped_with(&self, role: &str) -> bool {
        role == ALL_ROUND || self.roles.contains(&role)
    }
}

/// Everybody who has to do with patients.
const CARE: &[&str] = &["nurse", "physician", "pharmacist"];

/// Every permission there is, in the order they are shown. A permission that a hospital's own matrix does not declare,
/// because it is newer than that matrix, holds as shipped.
pub const PERMISSIONS: &[Permission] = &[
    Permission {
        code: "chart.view",
        words: "open a chart: who it is, and the stays",
        roles: &["nurse", "physician", "registrar", "pharmacist", "him-clerk", "bed-manager"],
    },
    Permission {
        code: "chart.view.clinical",
        words: "see problems, results, vital signs, drugs and the timeline",
        roles: &["nurse", "physician", "pharmacist", "him-clerk"],
    },
    Permission {
        code: "chart.view.notes",
        words: "read notes",
        roles: &["nurse", "physician", "pharmacist", "him-clerk"],
    },
    Permission {
        code: "chart.view.sensitive",
        words: "open a restricted chart without giving a reason",
        roles: &["him-clerk"],
    },
    Permission {
        code: "break-glass",
        words: "open a restricted chart by giving a reason",
        roles: &["nurse", "physician", "registrar", "pharmacist", "bed-manager"],
    },
    Permission { code: "audit.view", words: "see who looked into a chart", roles: &["him-clerk"] },
    Permission { code: "patient.register", words: "register patients", roles: &["registrar"] },
    Permission { code: "patient.merge", words: "merge and unmerge charts", roles: &["him-clerk"] },
    Permission {
        code: "patient.admit",
        words: "admit patients",
        roles: &["physician", "registrar", "bed-manager"],
    },
    Permission {
        code: "patient.transfer",
        words: "transfer patients",
        roles: &["nurse", "physician", "registrar", "bed-manager"],
    },
    Permission {
        code: "patient.discharge",
        words: "discharge patients",
        roles: &["nurse", "physician", "registrar"],
    },
    Permission {
        code: "bed.manage",
        words: "say that a bed is clean, dirty, being cleaned or closed",
        roles: &["nurse", "bed-manager"],
    },
    Permission { code: "vitals.record", words: "record vital signs", roles: &["nurse", "physician"] },
    Permission { code: "note.write", words: "write notes", roles: CARE },
    Permission { code: "problem.write", words: "change the problem list", roles: &["physician"] },
    Permission { code: "allergy.write", words: "record allergies", roles: CARE },
    Permission { code: "order.write", words: "draft and end orders", roles: CARE },
    Permission { code: "order.sign", words: "sign orders", roles: &["physician"] },
    Permission { code: "result.write", words: "report results", roles: &["nurse", "physician"] },
    Permission {
        code: "result.acknowledge",
        words: "acknowledge critical results",
        roles: &["nurse", "physician"],
    },
    Permission { code: "medication.administer", words: "give drugs", roles: &["nurse"] },
    Permission {
        code: "medication.reconcile",
        words: "reconcile drugs at admission and discharge",
        roles: &["physician", "pharmacist"],
    },
    Permission {
        code: "medication.verify",
        words: "verify, return and change orders of drugs",
        roles: &["pharmacist"],
    },
    Permission {
        code: "channel.view",
        words: "see the channels of the interface engine and their messages",
        roles: &["analyst"],
    },
    Permission {
        code: "channel.manage",
        words: "change, start and stop channels, and send messages again",
        roles: &["analyst"],
    },
    Permission {
        code: "build.change",
        words: "change the roles, the catalogue and the rules",
        roles: &["analyst"],
    },
];

/// The permission of this code.
pub fn permission_of(code: &str) -> Option<&'static Permission> {
    PERMISSIONS.iter().find(|permission| permission.code == code)
}
