use hospital::ehr::{
    AcknowledgeResult, AddProblem, AdministerMedication, Admit, BreakGlass, ChangeOrder, ChangeOrderSet,
    ChangeOrderable, ChangeRoles, ChangeRule, CosignOrder, Discharge, DiscontinueOrder, DraftOrder,
    DraftOrderSet, EhrError, MergePatients, ReconcileMedications, RecordAllergy, RecordResult, RecordVitals,
    Register, RestoreDefinition, ReturnOrder, ReviseAllergy, ReviseProblem, SetBedStatus, SignOrders,
    Transfer, UnmergePatients, VerifyOrder, WriteNote,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::CommandError;

/// The table of commands: what each is called, what it is read as, and the permission it takes.
macro_rules! commands {
    ($($name:literal $command:ident $permission:literal;)*) => {
        /// The commands: their names, and the permission each takes.
        pub const COMMANDS: &[(&str, &str)] = &[$(($name, $permission)),*];

        /// The names of the commands.
        pub const NAMES: &[&str] = &[$($name),*];

        /// A command as it was filled in.
        pub(super) enum Command {
            $($command($command),)*
        }

        impl Command {
            pub(super) fn read(name: &str, form: &Value) -> Result<Self, CommandError> {
                match name {
                    $($name => fields(form).map(Self::$command),)*
                    other => Err(CommandError::Unknown { name: other.to_owned() }),
                }
            }
        }
    };
}

commands! {
    "register" Register "patient.register";
    "admit" Admit "patient.admit";
    "transfer" Transfer "patient.transfer";
    "discharge" Discharge "patient.discharge";
    "record_vitals" RecordVitals "vitals.record";
    "write_note" WriteNote "note.write";
    "draft_order" DraftOrder "order.write";
    "draft_order_set" DraftOrderSet "order.write";
    "sign_orders" SignOrders "order.sign";
    "verify_order" VerifyOrder "medication.verify";
    "return_order" ReturnOrder "medication.verify";
    "change_order" ChangeOrder "medication.verify";
    "cosign_order" CosignOrder "order.sign";
    "discontinue_order" DiscontinueOrder "order.write";
    "record_result" RecordResult "result.write";
    "acknowledge_result" AcknowledgeResult "result.acknowledge";
    "administer_medication" AdministerMedication "medication.administer";
    "reconcile_medications" ReconcileMedications "medication.reconcile";
    "record_allergy" RecordAllergy "allergy.write";
    "revise_allergy" ReviseAllergy "allergy.write";
    "add_problem" AddProblem "problem.write";
    "revise_problem" ReviseProblem "problem.write";
    "change_orderable" ChangeOrderable "build.change";
    "change_order_set" ChangeOrderSet "build.change";
    "change_rule" ChangeRule "build.change";
    "restore_definition" RestoreDefinition "build.change";
    "change_roles" ChangeRoles "build.change";
    "merge_patients" MergePatients "patient.merge";
    "unmerge_patients" UnmergePatients "patient.merge";
    "set_bed_status" SetBedStatus "bed.manage";
    "break_glass" BreakGlass "break-glass";
}

/// The permission that a command takes; `None` for a name that no command has.
pub fn permission_for(name: &str) -> Option<&'static str> {
    COMMANDS.iter().find(|(known, _)| *known == name).map(|(_, permission)| *permission)
}

/// The fields of a form. Each takes any value, so what can go wrong is a field that the command does not have.
fn fields<T: DeserializeOwned>(form: &Value) -> Result<T, CommandError> {
    if !form.is_object() {
        return Err(EhrError::field("form", "is not an object", "send {\"field\": \"value\"}").into());
    }
    T::deserialize(form).map_err(|error| {
        let what = error.to_string();
        let field = what.split('`').nth(1).unwrap_or("form").to_owned();
        EhrError::field(&field, what, "leave it out, or correct its name").into()
    })
}
