use serde_json::{Value, json};

use super::{Outcome, Program, Received, State, process};
use crate::channel::DataType;
use crate::limits::Limits;

const RESULT: &str = "MSH|^~\\&|LIS|LAB|EHR|PRACTICUM|20260301101500||ORU^R01^ORU_R01|88|P|2.5.1\r\
PID|1||10000017^^^PRACTICUM^MR||LINDQVIST^MARTA\r\
OBR|1|P100|F200|BMP^Basic metabolic panel^L|||20260301094500||||||||||||||||||F\r\
OBX|1|NM|K^Potassium^99LAB||6.10|mmol/L||HH|||F\r\
OBX|2|NM|NA^Sodium^99LAB||140|mmol/L|||||F\r";

pub(crate) fn program(text: &str) -> Program {
    Program::compile(text, &Limits::default()).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"))
}

fn run(program: &Program, raw: &str) -> Outcome {
    let source_map = [("hops".to_owned(), json!(0))].into();
    let received = Received { raw: raw.as_bytes(), source_map, now_us: 1_772_360_100_000_000, seed: 7 };
    process(program, &received, &Limits::default())
}

/// A channel with one JavaScript step at the source and one destination.
fn with_script(script: &str) -> Program {
    program(&format!(
        "name = 'x'\n[source]\n[[source.transformer]]\nscript = '''\n{script}\n'''\n\
         [[destinations]]\nname = 'D'\nsystem = 'LIS'\n[[destinations]]\nname = 'E'\nsystem = 'EHR'\n[tables.t]\nK = 'mapped'\n"
    ))
}

fn transformed(outcome: &Outcome) -> String {
    assert_eq!(outcome.source.trouble, None);
    String::from_utf8(outcome.source.transformed.clone().unwrap().bytes).unwrap()
}

#[test]
fn a_message_is_filtered_transformed_and_made_ready() {
    let program = program(crate::channel::tests::RESULTS);
    let outcome = run(&program, RESULT);
    assert_eq!(outcome.source.trouble, None);
    let [ehr, archive] = outcome.destinations.as_slice() else { panic!("two destinations") };
    assert_eq!((ehr.state, archive.state), (State::Queued, State::Pending), "{:?}", ehr.trouble);
    let payload = ehr.payload.clone().unwrap();
    assert_eq!(payload.data_type, DataType::Json);
    let text = String::from_utf8(payload.bytes).unwrap();
    assert!(text.contains("\"code\":\"2823-3\"") && text.contains("\"value\":6.10,"), "{text}");
    assert!(
        String::from_utf8(archive.payload.clone().unwrap().bytes).unwrap().contains("OBX|2|NM|2951-2^Sodium")
    );
    assert_eq!(outcome.maps.channel["mrn"], json!("10000017"));
    let admission = run(&program, &RESULT.replace("ORU^R01", "ADT^A01"));
    assert_eq!(admission.source.state, State::Filtered);
    assert_eq!(admission.destinations, []);
    let broken = run(&program, "this is not a message");
    assert_eq!(broken.source.state, State::Error);
    assert_eq!(broken.troubles().next().unwrap().place, "source");
}

#[test]
fn scripts_have_what_they_know_from_mirth() {
    let cases = [
        (
            "msg['PID']['PID.5']['PID.5.1'] = msg['PID']['PID.5']['PID.5.1'].toString().toLowerCase();",
            "PID|1||10000017^^^PRACTICUM^MR||lindqvist^MARTA\r",
        ),
        ("msg['PID']['PID.5'] = 'A^B';", "PID|1||10000017^^^PRACTICUM^MR||A\\S\\B\r"),
        ("msg.set('PID-8', validate('', 'U'));", "||LINDQVIST^MARTA|||U\r"),
        ("msg['PID']['PID.3'][1]['PID.3.1'] = '7';", "10000017^^^PRACTICUM^MR~7||"),
        ("if (msg['OBX'].length() != 2 || !(msg['OBX'].length < 3)) throw new Error('count');", "OBX|2"),
        (
            "for (const obx of msg['OBX']) if (obx['OBX.3']['OBX.3.1'] == 'K') obx['OBX.3']['OBX.3.1'] = lookup('t', 'K');",
            "OBX|1|NM|mapped^Potassium",
        ),
        ("delete msg['OBX'][0]; msg['OBX']['OBX.1'] = 1;", "\rOBX|1|NM|NA^Sodium"),
        ("const nte = createSegment('NTE', msg); nte['NTE.3'] = 'a|b';", "NTE|||a\\F\\b\r"),
        ("msg.add('ZPI|1|x');", "ZPI|1|x\r"),
        (
            "channelMap.put('a', {b: [1]}); $c('c', 2); if ($c('a').b[0] !== 1 || $('c') !== 2) throw new Error('maps');",
            "PID",
        ),
        ("if (sourceMap.get('hops') !== 0) throw new Error('source map');", "PID"),
        (
            "msg.set('MSH-7', new Date().toISOString().slice(0, 10) + Date.now());",
            "|2026-03-011772360100000||",
        ),
        ("tmp = {id: msg['PID']['PID.3']['PID.3.1'], n: 1};", "{\"id\":\"10000017\",\"n\":1}"),
        ("tmp = 'plain ' + msg['MSH']['MSH.10'];", "plain 88"),
        ("const bundle = v2ToFhir(msg); tmp = bundle.entry[0].resource;", "\"resourceType\":\"Patient\""),
        ("msg = fhirToV2(v2ToFhir(msg), 'ADT^A08');", "ADT^A08^ADT_A01"),
        ("msg['PID']['PID.8'] = Math.random() < 1 ? 'F' : 'M';", "|||F\r"),
    ];
    for (script, expected) in cases {
        let outcome = run(&with_script(script), RESULT);
        assert!(
            transformed(&outcome).contains(expected),
            "{script}\n{}",
            transformed(&outcome).replace('\r', "\n")
        );
    }
    let outcome = run(
        &with_script("destinationSet.remove('E'); logger.info('seen ' + msg['PID']['PID.3']['PID.3.1']);"),
        RESULT,
    );
    assert_eq!(outcome.destinations[1].state, State::Filtered);
    assert_eq!(outcome.logs[0].text, "seen 10000017");
}

#[test]
fn what_goes_wrong_is_told_at_its_line() {
    // The script begins on line 5 of these channels.
    let cases = [
        ("const a = 1;\nundefinedName();", Some(6), "undefinedName is not defined"),
        ("msg['PID']['PIX'] = 1;", Some(5), "a segment has no PIX"),
        ("\n\nmsg.get('PID-x');", Some(7), "is no path"),
        ("lookup('nowhere', 'K');", Some(5), "there is no table \"nowhere\""),
        ("destinationSet.remove('X');", Some(5), "the channel has: D, E"),
        ("undeclared = 1;", Some(5), "undeclared"),
        ("throw 'a text';", Some(5), "a text"),
        ("while (true) {}", Some(5), "did not come to an end"),
        ("const a = []; while (true) a.push('x'.repeat(100000) + a.length);", Some(5), "memory"),
        ("(function f() { f(); })();", Some(5), "stack"),
        ("new Array(4000000000).indexOf(1);", Some(5), "too long"),
        ("/(a+)+$/.test('a'.repeat(40) + 'b');", Some(5), ""),
        ("msg.add('NTE|1||' + 'x'.repeat(9000000));", Some(5), "more than"),
        ("tmp = 'x'.repeat(9000000);", Some(5), "is the most"),
    ];
    for (script, line, what) in cases {
        let outcome = run(&with_script(script), RESULT);
        let trouble = outcome.source.trouble.unwrap_or_else(|| panic!("{script} went well"));
        assert_eq!((trouble.line, outcome.source.state), (line, State::Error), "{script}: {trouble}");
        assert!(trouble.what.contains(what), "{script}: {trouble}");
        assert!(trouble.place.starts_with("source transformer"), "{trouble}");
    }
    let next = run(&with_script("while (true) {}"), RESULT);
    assert!(next.source.trouble.is_some(), "an engine that was spent is not used again");
    let lines = run(&with_script("for (let i = 0; i < 1000; i++) logger.info(i);"), RESULT);
    assert_eq!((lines.logs.len(), lines.logs_dropped), (200, 800));
}

#[test]
fn scripts_that_cannot_be_read_are_refused_before_any_message() {
    let text = "name = 'x'\n[source]\n[[source.transformer]]\nscript = '''\nconst a = 1;\nconst b = ;\n'''\n[[destinations]]\nname = 'D'\nsystem = 'L'\n";
    let problems = Program::compile(text, &Limits::default()).unwrap_err();
    assert_eq!((problems.len(), problems[0].line), (1, 6), "{problems:?}");
}

#[test]
fn messages_do_not_see_each_other() {
    let program = with_script("globalThis.n = 1;");
    assert!(
        run(&program, RESULT).source.trouble.is_some(),
        "nothing can be left behind for the next message"
    );
    let program = with_script("Array.prototype.map = null;");
    assert!(run(&program, RESULT).source.trouble.is_some());
}

#[test]
fn a_message_that_goes_in_circles_is_stopped() {
    let program = with_script("");
    let source_map = [("hops".to_owned(), Value::from(17))].into();
    let received = Received { raw: RESULT.as_bytes(), source_map, now_us: 0, seed: 0 };
    let outcome = process(&program, &received, &Limits::default());
    assert!(outcome.source.trouble.unwrap().what.contains("has passed 17 channels"));
}

#[test]
fn steps_without_scripts() {
    let text = "name = 'x'\n[source]\n\
        [[source.filter]]\npath = 'PID-8'\ncondition = 'not exist'\n\
        [[source.filter]]\noperator = 'OR'\npath = 'PID-5.1'\ncondition = 'contains'\nvalues = ['NOBODY']\n\
        [[source.transformer]]\ntype = 'Mapper'\nvariable = 'who'\npath = 'PID-5.1'\n\
        [[source.transformer]]\ntype = 'Message Builder'\npath = 'PID-5.2'\nvalue = '${who}, ${nobody}!'\n\
        [[source.transformer]]\ntype = 'Message Builder'\npath = 'OBX(2)-3.1'\nfrom = 'OBX-3.1'\ntable = 't'\n\
        [[destinations]]\nname = 'D'\nconnector = 'FHIR Sender'\nsystem = 'EHR'\n[tables.t]\nK = 'mapped'\n";
    let outcome = run(&program(text), RESULT);
    assert!(transformed(&outcome).contains("LINDQVIST^LINDQVIST, !\r"));
    assert!(transformed(&outcome).contains("OBX|2|NM|mapped^Sodium"));
    let refused = outcome.destinations[0].trouble.clone().unwrap();
    assert!(refused.remedy.contains("V2 to FHIR"), "{refused}");
}
