use models::{ModelError, Sheet};

#[test]
fn columns_by_heading() {
    let sheet =
        Sheet::read(b"\xef\xbb\xbfid, age,\"a, b\"\r\np1,40.5,true\r\np2,,false\r\np3,NA,1e3\r\n").unwrap();
    assert_eq!(sheet.names(), ["id", "age", "a, b"]);
    assert_eq!(sheet.texts("id").unwrap(), ["p1", "p2", "p3"]);
    let ages = sheet.numbers("age").unwrap();
    assert!(ages[0] == 40.5 && ages[1].is_nan() && ages[2].is_nan());
    assert_eq!(sheet.numbers("a, b").unwrap(), [1.0, 0.0, 1000.0]);
}

#[test]
fn what_is_no_sheet_is_refused_with_its_place() {
    let sheet = Sheet::read(b"a,b\n1,x\n2,inf\n").unwrap();
    let said = |error: ModelError| error.to_string();
    assert_eq!(said(sheet.numbers("b").unwrap_err()), "'x' in column b, row 1, is no number");
    assert_eq!(said(sheet.texts("c").unwrap_err()), "there is no column 'c'; there are a, b");
    for wrong in [&b"a,b\n1\n"[..], b"a,a\n1,2\n", b"a\n\xff\n"] {
        assert!(Sheet::read(wrong).is_err(), "{wrong:?}");
    }
}
