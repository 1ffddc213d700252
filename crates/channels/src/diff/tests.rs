use super::{Difference, LineKind, lines, messages, settings};

#[test]
fn lines_that_stayed_are_kept() {
    let compared = lines("a\nb\nc\nd", "a\nc\nx\nd");
    let told: Vec<String> = compared
        .iter()
        .map(|line| match line.kind {
            LineKind::Same => format!(" {}", line.text),
            LineKind::Removed => format!("-{}", line.text),
            LineKind::Added => format!("+{}", line.text),
        })
        .collect();
    assert_eq!(told, [" a", "-b", " c", "+x", " d"]);
}

fn difference(path: &str, old: Option<&str>, new: Option<&str>) -> Difference {
    Difference { path: path.to_owned(), old: old.map(str::to_owned), new: new.map(str::to_owned) }
}

#[test]
fn settings_go_by_name() {
    let old =
        "name='x'\n[[destinations]]\nname='A'\nsystem='LIS'\n[[destinations]]\nname='B'\nsystem='EHR'\n";
    let new =
        "name='x'\n[[destinations]]\nname='B'\nsystem='RIS'\n[[destinations]]\nname='A'\nsystem='LIS'\n";
    assert_eq!(settings(old, new), [difference("destinations[B].system", Some("EHR"), Some("RIS"))]);
}

#[test]
fn messages_differ_by_field() {
    let old = b"MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5.1\rPID|1||77^^^H||DOE^JANE\rNTE|1||old\r";
    let new = b"MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5.1\rPID|1||77^^^H||DOE^JOAN|X\r";
    let expected = [
        difference("PID-5.2", Some("JANE"), Some("JOAN")),
        difference("PID-6", None, Some("X")),
        difference("NTE-1", Some("1"), None),
        difference("NTE-3", Some("old"), None),
    ];
    assert_eq!(messages(old, new), expected);
    assert_eq!(messages(b"{\"a\":[1,2]}", b"{\"a\":[1,3]}"), [difference("a[1]", Some("2"), Some("3"))]);
    assert_eq!(messages(b"one\ntwo", b"one\n2"), [difference("line 00002", Some("two"), Some("2"))]);
}
