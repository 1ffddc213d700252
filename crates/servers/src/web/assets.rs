//! Styles, scripts and fonts, bundled from `web/` at build time and held in the binary.
//!
//! File names carry a hash of their content, so an asset may be cached for ever and a new build is seen at once.

/// One embedded file.
#[derive(Debug)]
pub struct Asset {
    /// What pages ask for, for example `app.css`.
    pub name: &'static str,
    /// Where it is served, for example `/assets/app-style-3FJ2KQ7A.css`.
    pub href: &'static str,
    /// The value of `Content-Type`.
    pub content_type: &'static str,
    /// A strong entity tag, quotes included.
    pub etag: &'static str,
    /// The file itself.
    pub bytes: &'static [u8],
    /// The same, compressed with gzip, where that pays.
    pub gzip: Option<&'static [u8]>,
}

static TABLE: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Every asset, in the order of their file names.
pub fn all() -> impl Iterator<Item = &'static Asset> {
    TABLE.iter()
}

/// The asset served as `/assets/{file}`, or `None` if there is no such file.
#[must_use]
pub fn asset(file: &str) -> Option<&'static Asset> {
    TABLE.iter().find(|it| it.href.strip_prefix("/assets/") == Some(file))
}

/// The address of the asset that pages know as `name`.
///
/// # Panics
/// If `web/build.mjs` makes no such asset: names are written in our own pages, never taken from a request.
#[must_use]
pub fn href(name: &str) -> &'static str {
    TABLE
        .iter()
        .find(|it| it.name == name)
        .map(|it| it.href)
        .expect("pages name only assets that web/build.mjs makes")
}

#[cfg(test)]
mod tests {
    use super::{TABLE, asset, href};

    #[test]
    fn what_pages_ask_for_is_there_under_a_hashed_name() {
        for name in ["app.css", "app.js"] {
            let found = asset(href(name).trim_start_matches("/assets/")).expect(name);
            assert!(found.bytes.len() > 1000, "{name} is suspiciously small");
            assert!(found.gzip.is_some_and(|it| it.len() < found.bytes.len()), "{name} is not compressed");
            assert_ne!(found.href, format!("/assets/{name}"), "{name} carries no hash");
        }
    }

    #[test]
    fn every_font_the_style_sheet_names_is_embedded() {
        let style = asset(href("app.css").trim_start_matches("/assets/")).expect("app.css");
        let style = std::str::from_utf8(style.bytes).expect("CSS is UTF-8");
        let mut named = 0;
        for part in style.split("url(").skip(1) {
            let file =
                part.split(')').next().unwrap_or_default().trim_matches(['"', '\'']).trim_start_matches("./");
            assert!(asset(file).is_some(), "{file} is named by the style sheet and missing");
            named += 1;
        }
        assert!(named >= 4, "only {named} fonts named");
    }

    #[test]
    fn nothing_is_fetched_from_another_host() {
        for asset in TABLE.iter().filter(|it| it.name.ends_with("css")) {
            let text = String::from_utf8_lossy(asset.bytes);
            assert!(
                !text.contains("http://") && !text.contains("https://"),
                "{} names another host",
                asset.name
            );
        }
    }

    #[test]
    fn an_unknown_file_is_no_asset() {
        assert!(asset("../Cargo.toml").is_none());
        assert!(asset("").is_none());
        assert!(asset("app.css").is_none(), "only hashed names are served");
    }
}
