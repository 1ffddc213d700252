use serde_json::Value;
use store::image::ImageInfo;

/// The moment an image shows its hospital at, microseconds since 1970 UTC; for one that does not say, `otherwise`.
pub fn date_of(image: &ImageInfo, otherwise: i64) -> i64 {
    image.origin.get("as_of_us").and_then(Value::as_i64).unwrap_or(otherwise)
}
