use std::path::Path;
use std::sync::Arc;

use platform::clock::{Clock, SystemClock};
use platform::content::{Library, pathways};
use platform::images::{DEFAULT_IMAGE, Format, Images, Recipe, generate_files, generate_image, import_image};
use serde_json::{Value, json};

use super::Terminal;
use crate::cli::{PopulationCommand, PopulationFormat};
use crate::config::Config;
use crate::progress::Progress;

/// `practicum population`.
pub(super) fn run(
    config: &Config,
    command: PopulationCommand,
    terminal: &mut Terminal<'_>,
) -> anyhow::Result<()> {
    match command {
        PopulationCommand::Generate { patients, seed, format, out, json } => {
            let recipe = Recipe { patients, seed, ..Recipe::default() };
            let pathways = pathways(config.content.as_deref())?;
            let made = generate(&recipe, &pathways, format, &out)?;
            terminal.show(json, &made, || format!("{patients} patients are in {}", out.display()))
        }
        PopulationCommand::Import { from, name, title, json } => {
            let images = Images::new(config.data.join("images"));
            let title = title.as_deref().unwrap_or(&name);
            let (image, imported) = import_image(&images, &name, title, &from, SystemClock.now_us())?;
            for refused in &imported.refused {
                terminal.complain(refused);
            }
            let (taken, refused) = (image.resources, imported.refused.len());
            terminal.show(json, &json!({"image": image, "imported": imported}), || {
                format!("The image {name} holds {taken} resources; {refused} were refused.")
            })
        }
    }
}

fn generate(
    recipe: &Recipe,
    pathways: &Arc<Library>,
    format: PopulationFormat,
    out: &Path,
) -> anyhow::Result<Value> {
    let bar = Progress::new("Inventing patients");
    let progress = |done: u32| bar.set(u64::from(done), u64::from(recipe.patients));
    let files = |format| generate_files(recipe, pathways, format, out, &progress);
    let made = match format {
        PopulationFormat::Ndjson => json!({"resources": files(Format::Ndjson)?}),
        PopulationFormat::Bundle => json!({"resources": files(Format::Bundle)?}),
        PopulationFormat::Image => {
            let images = Images::new(out.to_owned());
            json!({"image": generate_image(&images, DEFAULT_IMAGE, "General hospital", recipe, pathways, &progress)?})
        }
    };
    let mut result =
        json!({"patients": recipe.patients, "seed": recipe.seed, "out": out.display().to_string()});
    if let (Value::Object(result), Value::Object(made)) = (&mut result, made) {
        result.extend(made);
    }
    Ok(result)
}
