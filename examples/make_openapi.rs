//! Writes what the service says of itself into `web/openapi.json`, from which the page's types are made.

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("web/openapi.json");
    std::fs::write(file, zhugan::http::routes::description())?;
    Ok(())
}
