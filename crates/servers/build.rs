//! Bundles `web/` with esbuild and writes the table that `web::assets` embeds.
//!
//! Needs Node 20 or newer with npm, at build time only. Packages are installed when `web/node_modules` is missing or
//! older than the lock file; a plain rebuild needs no network.

#![allow(clippy::print_stdout, reason = "build scripts talk to cargo on standard output")]

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const SOURCES: [&str; 7] =
    ["styles", "islands", "images", "build.mjs", "compiler.mjs", "package.json", "package-lock.json"];

fn main() -> Result<(), Box<dyn Error>> {
    // Asked when this runs: where compiled files are shared between checkouts, it may have been compiled in another one.
    let here =
        env::var_os("CARGO_MANIFEST_DIR").ok_or("CARGO_MANIFEST_DIR is not set: run this through cargo")?;
    let web = Path::new(&here).join("../../web").canonicalize()?;
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set: run this through cargo")?);
    println!("cargo::rerun-if-changed=build.rs");
    for source in SOURCES {
        println!("cargo::rerun-if-changed={}", web.join(source).display());
    }
    if !installed(&web) {
        run(Command::new("npm").args(["ci", "--omit=dev"]).current_dir(&web))?;
    }
    run(Command::new("node").arg("build.mjs").arg(&out).current_dir(&web))?;
    fs::write(out.join("assets.rs"), table(&out)?)?;
    Ok(())
}

/// Whether what npm last installed is at least as new as the lock file.
fn installed(web: &Path) -> bool {
    let changed = |file: &str| fs::metadata(web.join(file)).and_then(|it| it.modified());
    match (changed("node_modules/.package-lock.json"), changed("package-lock.json")) {
        (Ok(installed), Ok(locked)) => installed >= locked,
        _ => false,
    }
}

fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!(
            "`{command:?}` in web/ ended with {status}; its own message stands above. \
             If packages could not be fetched, check the npm registry setting (`npm config get registry`)"
        )),
        Err(error) => Err(format!(
            "`{name}` could not be started ({error}). The pages' styles and scripts are bundled while building: \
             install Node.js 20 or newer, with npm, and build again"
        )),
    }
}

/// The rows of `assets.tsv` as a Rust slice of `Asset`.
fn table(out: &Path) -> Result<String, Box<dyn Error>> {
    let files = out.join("files");
    let mut code = String::from("&[\n");
    for row in fs::read_to_string(out.join("assets.tsv"))?.lines() {
        let (name, file) = row.split_once('\t').ok_or_else(|| format!("assets.tsv: no tab in {row:?}"))?;
        let path = files.join(file);
        let packed = files.join(format!("{file}.gz"));
        let gzip =
            if packed.exists() { format!("Some(include_bytes!({packed:?}))") } else { "None".to_owned() };
        writeln!(
            code,
            "Asset {{ name: {name:?}, href: {:?}, content_type: {:?}, etag: {:?}, bytes: include_bytes!({path:?}), gzip: {gzip} }},",
            format!("/assets/{file}"),
            content_type(file)?,
            format!("\"{file}\""),
        )?;
    }
    code.push(']');
    Ok(code)
}

fn content_type(file: &str) -> Result<&'static str, String> {
    match Path::new(file).extension().and_then(|it| it.to_str()) {
        Some("js") => Ok("text/javascript; charset=utf-8"),
        Some("css") => Ok("text/css; charset=utf-8"),
        Some("woff2") => Ok("font/woff2"),
        Some("txt") => Ok("text/plain; charset=utf-8"),
        Some("svg") => Ok("image/svg+xml"),
        Some("gz") => Ok("application/gzip"),
        _ => Err(format!("web/build.mjs made {file}, and no content type is known for it: add one here")),
    }
}
