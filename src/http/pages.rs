//! The pages that come with the program.

use std::sync::LazyLock;

use axum::Router;
use memory_serve::CacheControl;

use crate::http::service::Service;

/// Made once: what the files are packed into takes megabytes, and is kept as long as the program runs.
static PAGES: LazyLock<Router<Service>> = LazyLock::new(|| {
    memory_serve::load!("web")
        .index_file(Some("/index.html"))
        .add_alias("/v", "/volunteer.html")
        .html_cache_control(CacheControl::NoCache)
        // What a name with a hash holds never changes; whatever else there is says so in `wrapping`.
        .cache_control(CacheControl::Long)
        .into_router()
});

/// The files of the build, each at its own address, the planner's page at the root, the volunteer's at `/v`.
pub(super) fn pages() -> Router<Service> {
    PAGES.clone()
}
