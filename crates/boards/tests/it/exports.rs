//! What is taken along says the same as the board, and stays text.

use boards::Board;
use boards::export::{cards_csv, markdown, table_csv};

use crate::people::Copy;

fn board() -> Board {
    let mut board = Board::new();
    let mut copy = Copy::of(&board, 7);
    copy.note(0, "Before six\n<script>alert(1)</script>");
    copy.card("risk", "# Labels *swap*");
    copy.card("known", "=HYPERLINK(\"x\")");
    let (print, read) = (copy.step("Print"), copy.step("Read aloud"));
    copy.put("links", 0.0, &[("from", &print), ("to", &read), ("when", "two | names")], &[]);
    let column = copy.put("columns", 1.0, &[("name", "Unit")], &[]);
    copy.put("columns", 0.0, &[("name", "Hour")], &[]);
    copy.put("rows", 0.0, &[(&format!("cell-{column}"), "4 \"West\"")], &[]);
    board.apply(&copy.said()).unwrap();
    board
}

#[test]
fn markdown_says_all_and_marks_nothing_up() {
    let text = markdown("Board: Go-live", board().contents());
    for part in [
        "# Board: Go\\-live\n",
        "Before six  \n\\<script\\>alert\\(1\\)\\</script\\>",
        "### What we know\n\n- =HYPERLINK",
        "### What could go wrong\n\n- \\# Labels \\*swap\\*",
        "1. Task: Print (nurse)\n   - leads to 2, Read aloud when two \\| names",
        "| Hour | Unit |\n| --- | --- |\n|  | 4 \"West\" |",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(markdown("Empty", Board::new().contents()).contains("Nothing stands"));
}

#[test]
fn csv_holds_no_formula() {
    assert_eq!(
        cards_csv(board().contents()),
        "\"lane\",\"card\"\r\n\"What we know\",\"'=HYPERLINK(\"\"x\"\")\"\r\n\"What could go wrong\",\"# Labels *swap*\"\r\n"
    );
    assert_eq!(table_csv(board().contents()), "\"Hour\",\"Unit\"\r\n\"\",\"4 \"\"West\"\"\"\r\n");
}
