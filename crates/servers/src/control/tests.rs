use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Arc;

use platform::clock::ManualClock;
use platform::entropy::SeededEntropy;
use platform::{Limits, Platform};

use super::*;
use crate::state::App;

fn app(data: &Path) -> App {
    let clock = Arc::new(ManualClock::at(7));
    let entropy = Arc::new(SeededEntropy::new(1));
    let platform = Platform::open(data, Default::default(), Limits::default(), clock, entropy).unwrap();
    App::new(Arc::new(platform), "http")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_asks_a_running_server_for_a_backup() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let control = Control::open(app(&data), &data).unwrap();
    let mode = std::fs::metadata(data.join(SOCKET)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let copy = folder.path().join("copy");
    let ask = || tokio::task::block_in_place(|| backup(&data, &copy, |done, total| assert!(done <= total)));
    assert_eq!(ask().unwrap().begun_us, 7);
    let refused = ask().unwrap_err();
    assert!(matches!(&refused, ControlError::Failed(why) if why.contains("exists already")), "{refused}");
    drop(control);
    assert!(matches!(ask(), Err(ControlError::Unreachable(_))));
    assert!(!data.join(SOCKET).exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_on_the_socket_is_refused_and_a_stale_socket_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let app = app(&data);
    std::fs::write(data.join(SOCKET), "left by a crash").unwrap();
    let _control = Control::open(app, &data).unwrap();
    let answer = tokio::task::block_in_place(|| {
        let mut stream = UnixStream::connect(data.join(SOCKET)).unwrap();
        stream.write_all(b"{\"format_disk\": true}\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    });
    assert!(answer.starts_with("{\"failed\":\"the server does not understand"), "{answer}");
}
