//! Where volunteers were is deleted when it has been kept long enough: looked after once an hour.

use std::time::Duration;

use crate::http::ask::ask;
use crate::http::service::Service;

/// How often it is looked after.
const EVERY: Duration = Duration::from_hours(1);

/// Deletes what has been kept long enough, as long as the service runs.
pub(super) async fn forget(service: Service) {
    loop {
        let done = ask(&service, |regions| Ok(regions.forget_places()?)).await;
        match done {
            Ok(0) => {}
            Ok(n_entries) => tracing::info!(n_entries, "places of volunteers deleted"),
            Err(fault) => tracing::warn!(%fault, "places of volunteers are not deleted"),
        }
        tokio::time::sleep(EVERY).await;
    }
}
