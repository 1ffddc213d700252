use super::*;

#[test]
fn a_cell_that_would_be_a_formula_is_made_harmless_and_a_number_is_left_alone() {
    for (cell, written) in [
        ("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\""),
        ("+1 555 019", "'+1 555 019"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("-4.5", "-4.5"),
        ("a, b", "\"a, b\""),
        ("two\nlines", "\"two\nlines\""),
        ("plain", "plain"),
    ] {
        assert_eq!(csv_text(["c"], [[cell.to_owned()]]), format!("c\n{written}\n"));
    }
}

#[test]
fn columns_that_may_be_missing_are_empty_where_they_are() {
    let mut sink = Sink::default();
    let source = Source { name: "f.csv", text: "\u{feff}b,a\n2,1\n" };
    let mut rows = Rows::open_with(source, &["a"], &["b", "c"], &mut sink).unwrap();
    assert!(rows.has(1) && !rows.has(2));
    assert_eq!(rows.next(&mut sink), Some((2, ["1", "2", ""])));
    assert_eq!(rows.next::<3>(&mut sink), None);
}
