use std::fmt;
use std::ops::{BitAnd, BitOr};

/// Which interactions a scope is for: any of create, read, update, delete, search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Permissions(u8);

/// The letters in the order in which they must be written.
const LETTERS: [char; 5] = ['c', 'r', 'u', 'd', 's'];

impl Permissions {
    /// Creating a resource.
    pub const CREATE: Self = Self(1);
    /// Reading a resource, a version or its history.
    pub const READ: Self = Self(2);
    /// Updating or patching a resource.
    pub const UPDATE: Self = Self(4);
    /// Deleting a resource.
    pub const DELETE: Self = Self(8);
    /// Searching a type, or going through its history.
    pub const SEARCH: Self = Self(16);
    /// All of them.
    pub const ALL: Self = Self(31);

    /// `rs`, `cruds`, or the words of version 1: `read`, `write`, `*`. The letters keep their order, none comes twice.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        match text {
            "read" => return Some(Self::READ | Self::SEARCH),
            "write" => return Some(Self::CREATE | Self::UPDATE | Self::DELETE),
            "*" => return Some(Self::ALL),
            _ => {}
        }
        let mut bits = 0;
        for letter in text.chars() {
            let bit = 1 << LETTERS.iter().position(|known| *known == letter)?;
            if bits >= bit {
                return None;
            }
            bits |= bit;
        }
        (bits > 0).then_some(Self(bits))
    }

    /// Whether all of `other` are among these.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Each of these alone.
    pub fn each(self) -> impl Iterator<Item = Self> {
        (0..LETTERS.len()).map(|at| Self(1 << at)).filter(move |one| self.contains(*one))
    }
}

impl BitOr for Permissions {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitAnd for Permissions {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl fmt::Display for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = LETTERS.iter().enumerate().filter(|(at, _)| self.0 & (1 << at) != 0);
        letters.map(|(_, letter)| *letter).collect::<String>().fmt(f)
    }
}
