/// Why something is no call, or no interface.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AbiFault {
    /// No signature.
    #[error("`{given}` is no signature such as `allowed(address,uint32)(bool)`: {why}")]
    Signature {
        /// What was given.
        given: String,
        /// What is wrong with it.
        why: String,
    },
    /// Too many or too few arguments.
    #[error("`{name}` takes {wanted} arguments, not {given}")]
    Count {
        /// The function.
        name: String,
        /// How many it takes.
        wanted: usize,
        /// How many there are.
        given: usize,
    },
    /// An argument of another type.
    #[error("argument {place} of `{name}` is `{given}`, which is no {kind}")]
    Argument {
        /// The function.
        name: String,
        /// Which argument, from 1.
        place: usize,
        /// Its type.
        kind: String,
        /// What was given.
        given: String,
    },
    /// No interface.
    #[error("this is no interface of a contract, a list as the compiler's `abi` is: {0}")]
    Interface(String),
}
