//! The service, asked in process as a page or a program asks it.

mod answers;
mod batch;
mod calendar;
mod cap_schema;
mod codes;
mod corrections;
mod crossings;
mod described;
mod duty;
mod exports;
mod faults;
mod find_page;
mod freshness;
mod hand_over;
#[cfg(feature = "oidc")]
mod id_provider;
mod import_doubts;
mod imports;
mod incidents;
mod inspections;
mod join;
mod nearest;
mod newer_files;
mod notices;
#[cfg(feature = "oidc")]
mod oidc;
mod origins;
mod pages;
mod papers;
mod patrol;
mod patrols;
mod people;
mod photos;
mod piece_page;
mod placement;
mod privacy;
pub mod program;
mod register;
mod reports;
mod rescue_points;
mod responder_edits;
mod responders;
pub mod restart;
mod roles;
mod roster;
mod scenarios;
mod settings;
mod steady;
mod tile_text;
mod tiles;
mod undo;
mod volunteers;
mod water_bodies;
mod webhook_command;
mod webhooks;

use std::path::Path;
use std::path::PathBuf;

use axum::Router;
use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::Request;
use serde_json::Value;
use sha2::Digest;
use sha2::Sha256;
use tokio::runtime::Runtime;
use tower::ServiceExt;
use zhugan::app::clock;
use zhugan::app::keeping::Folder::Named;
use zhugan::app::keeping::Keeping;
use zhugan::http::routes::router;
use zhugan::http::service::Limits;
use zhugan::http::service::Service;
use zhugan::http::service::Settings;
use zhugan::model::account::AccountName;
use zhugan::model::account::Grant;
use zhugan::model::account::Role;
use zhugan::model::moment::Moment;
use zhugan::store::accounts::By;
use zhugan::store::accounts::NewKey;
use zhugan::store::accounts::Proof;
use zhugan::store::accounts::Taker;

use crate::commands::canal;
use crate::formats::Folder;

/// What came back.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/json");
        serde_json::from_slice(&self.body).unwrap()
    }

    /// What has just been made, as JSON.
    pub fn made(&self) -> Value {
        assert_eq!(self.status, 201, "{}", self.text());
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// It is a problem of this status and kind whose detail holds all of these words.
    pub fn refused(&self, status: u16, kind: &str, words: &[&str]) -> Value {
        let text = self.text();
        assert_eq!(self.status, status, "{text}");
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem: Value = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(problem["type"], format!("/problems/{kind}"), "{text}");
        assert_eq!(problem["status"], status, "{text}");
        assert!(problem["title"].is_string(), "{text}");
        let detail = problem["detail"].as_str().unwrap();
        for word in words {
            assert!(detail.contains(word), "no {word:?} in {detail:?}");
        }
        assert!(detail.len() < 500, "short: {detail}");
        problem
    }
}

/// A service whose regions are loaded.
pub fn serving(folders: &[&Path]) -> Service {
    let folders: Vec<PathBuf> = folders.iter().map(|folder| folder.to_path_buf()).collect();
    let service = Service::new(&folders, Limits::of_cores(2));
    service.load();
    service
}

/// A service for the town with a canal; the folder is there as long as it is kept.
pub fn canal_town() -> (Folder, Service) {
    let town = canal();
    let service = serving(&[town.path()]);
    (town, service)
}

/// The key of an administrator of `kept`.
pub const TOKEN: &str = "0123456789abcdef";

/// A service whose regions are loaded and can be changed by an administrator's program.
pub fn kept(folders: &[&Path]) -> Service {
    keeping(folders, Keeping::default())
}

/// The same with its changes kept in a folder.
pub fn kept_in(data: &Folder, folders: &[&Path]) -> Service {
    let data = data.path().to_owned();
    keeping(folders, Keeping::open(&Named(data)).unwrap())
}

fn keeping(folders: &[&Path], keeping: Keeping) -> Service {
    let folders: Vec<PathBuf> = folders.iter().map(|folder| folder.to_path_buf()).collect();
    let_in(&keeping, "keeper", TOKEN, (Role::Administrator, None));
    let settings = Settings {
        keeping,
        ..Settings::default()
    };
    let service = Service::with(settings, &folders, Limits::of_cores(2));
    service.load();
    service
}

/// Has a store know a program by its name and its key; as often as it is asked.
pub fn let_in(keeping: &Keeping, name: &str, key: &str, (role, region): (Role, Option<&str>)) {
    let (store, now) = (&keeping.store, clock::now());
    let name = AccountName::new(name).unwrap();
    if store.account_named(&name).unwrap().is_some() {
        return;
    }
    let grant = Grant {
        role,
        region: region.map(str::to_owned),
    };
    let hash: [u8; 32] = Sha256::digest(key.as_bytes()).into();
    let by = By {
        who: "test",
        at: now,
    };
    let later = Moment {
        ms: now.ms + 3_600_000,
    };
    store
        .add_invitation(&by, &hash, (&grant).into(), later)
        .unwrap();
    let taker = Taker::New {
        name: &name,
        proof: Proof::Key,
    };
    let account = store.take(&hash, &taker, now).unwrap();
    let key = NewKey {
        hash,
        name: name.as_str(),
        grant: &grant,
        expires_at: later,
    };
    store.add_key(&by, account.id, &key).unwrap();
}

pub fn get(service: &Service, address: &str) -> Answer {
    let request = Request::get(address).body(Body::empty()).unwrap();
    sent(&router(service), request)
}

pub fn post(service: &Service, address: &str, body: impl Into<Body>) -> Answer {
    let request = Request::post(address).header("content-type", "application/json");
    sent(&router(service), request.body(body.into()).unwrap())
}

/// A change by an administrator's program.
pub fn patch(service: &Service, address: &str, body: &str, headers: &[(&str, &str)]) -> Answer {
    change(service, ("PATCH", address), body, headers)
}

/// Any change by an administrator's program.
pub fn change(
    service: &Service,
    (method, address): (&str, &str),
    body: &str,
    headers: &[(&str, &str)],
) -> Answer {
    let token = format!("Bearer {TOKEN}");
    let mut request = Request::builder()
        .method(method)
        .uri(address)
        .header("content-type", "application/json")
        .header("authorization", token);
    for &(name, value) in headers {
        request = request.header(name, value);
    }
    let body = Body::from(body.to_owned());
    sent(&router(service), request.body(body).unwrap())
}

pub fn sent(router: &Router, request: Request<Body>) -> Answer {
    Runtime::new().unwrap().block_on(answer(router, request))
}

pub async fn answer(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, 1 << 26).await.unwrap();
    Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body: body.to_vec(),
    }
}

/// The address of the canal town's resource.
pub fn of_town(resource: &str) -> String {
    format!("/api/v1/regions/canal-town{resource}")
}

pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/liechtenstein")
}
