use boards::export::{cards_csv, markdown, table_csv};
use store::records::Person;

use super::super::error::WorkshopError;
use crate::platform::Platform;

impl Platform {
    /// A board as Markdown.
    ///
    /// # Errors
    /// When they take no part.
    pub fn board_markdown(&self, person: &Person, id: &str) -> Result<String, WorkshopError> {
        let view = self.view_board(person, id)?;
        Ok(markdown(&format!("Board: {}", view.case.title), &view.contents))
    }

    /// The cards of a board as CSV.
    ///
    /// # Errors
    /// When they take no part.
    pub fn board_cards_csv(&self, person: &Person, id: &str) -> Result<String, WorkshopError> {
        Ok(cards_csv(&self.view_board(person, id)?.contents))
    }

    /// The table of a board as CSV.
    ///
    /// # Errors
    /// When they take no part.
    pub fn board_table_csv(&self, person: &Person, id: &str) -> Result<String, WorkshopError> {
        Ok(table_csv(&self.view_board(person, id)?.contents))
    }
}
