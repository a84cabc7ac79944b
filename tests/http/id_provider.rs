//! A small provider of sign-ins (`OpenID` Connect) on this machine: it does what the standard says, or one thing wrong.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::Mutex;

use axum::Router;
use axum::body::Body;
use axum::body::Bytes;
use axum::extract::RawQuery;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::Request;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use axum::routing::get;
use axum::routing::post;
use openidconnect::JsonWebKeyId;
use openidconnect::PkceCodeChallenge;
use openidconnect::PkceCodeVerifier;
use openidconnect::PrivateSigningKey;
use openidconnect::core::CoreEdDsaPrivateSigningKey;
use openidconnect::core::CoreJwsSigningAlgorithm;
use serde_json::Value;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use zhugan::app::clock;
use zhugan::http::provider::Provider;
use zhugan::http::provider::ProviderSettings;

use crate::http::sent;

/// Where browsers find the service.
pub const PUBLIC: &str = "http://127.0.0.1:8080";

const WAY_BACK: &str = "http://127.0.0.1:8080/api/v1/session/oidc/back";
const CLIENT: &str = "zhugan";
const SECRET: &str = "a secret of two";

/// More than anybody reads.
const VAST: usize = 50 << 20;

/// What it does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    Nothing,
    Signature,
    NoSignature,
    Audience,
    Issuer,
    Nonce,
    NoNonce,
    Expired,
    NoToken,
    VastToken,
    VastDescription,
    LedOn,
}

pub struct IdProvider {
    pub issuer: String,
    router: Router,
    shared: Arc<Shared>,
    /// Serves as long as it is kept.
    _runtime: Runtime,
}

struct Shared {
    issuer: String,
    key: CoreEdDsaPrivateSigningKey,
    foreign_key: CoreEdDsaPrivateSigningKey,
    wrong: Mutex<Wrong>,
    /// Who sits at the browser.
    subject: Mutex<String>,
    /// Codes that have not been exchanged.
    codes: Mutex<BTreeMap<String, Begun>>,
}

/// What a browser was sent with.
#[derive(Clone)]
struct Begun {
    nonce: String,
    challenge: String,
    subject: String,
}

impl IdProvider {
    pub fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared {
            issuer: issuer.clone(),
            key: new_key(),
            foreign_key: new_key(),
            wrong: Mutex::new(Wrong::Nothing),
            subject: Mutex::new("li-17".to_owned()),
            codes: Mutex::default(),
        });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(description))
            .route("/elsewhere", get(elsewhere))
            .route("/keys", get(keys))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .with_state(Arc::clone(&shared));
        let served = router.clone();
        runtime.spawn(async move { axum::serve(listener, served).await });
        Self {
            issuer,
            router,
            shared,
            _runtime: runtime,
        }
    }

    /// As the service is told of it.
    pub fn known(&self) -> Provider {
        known(&self.issuer, PUBLIC).unwrap()
    }

    pub fn does_wrong(&self, wrong: Wrong) {
        *self.shared.wrong.lock().unwrap() = wrong;
    }

    /// Somebody else sits down at the browser.
    pub fn is_asked_by(&self, subject: &str) {
        subject.clone_into(&mut self.shared.subject.lock().unwrap());
    }

    /// Opens its page, where somebody is signed in already: the way back, without the name of the service's server.
    pub fn opened(&self, location: &str) -> String {
        let page = location.strip_prefix(&self.issuer).unwrap();
        let request = Request::get(page).body(Body::empty()).unwrap();
        let answer = sent(&self.router, request);
        assert_eq!(answer.status, 302, "{}", answer.text());
        let back = answer.header("location");
        back.strip_prefix(PUBLIC).unwrap().to_owned()
    }
}

/// A provider at an address, as the service is told of it.
pub fn known(
    issuer: &str,
    public_url: &str,
) -> Result<Provider, zhugan::http::provider::NoProvider> {
    Provider::new(ProviderSettings {
        issuer: issuer.to_owned(),
        client_id: CLIENT.to_owned(),
        secret: Some(SECRET.to_owned()),
        name: Some("Town ID".to_owned()),
        public_url: public_url.to_owned(),
    })
}

async fn description(State(shared): State<Arc<Shared>>) -> Response {
    let wrong = *shared.wrong.lock().unwrap();
    let issuer = &shared.issuer;
    match wrong {
        Wrong::VastDescription => vast(&described(issuer)),
        Wrong::LedOn => {
            let elsewhere = format!("{issuer}/elsewhere");
            (StatusCode::FOUND, [(header::LOCATION, elsewhere)]).into_response()
        }
        _ => axum::Json(described(issuer)).into_response(),
    }
}

async fn elsewhere(State(shared): State<Arc<Shared>>) -> axum::Json<Value> {
    axum::Json(described(&shared.issuer))
}

fn described(issuer: &str) -> Value {
    json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
    })
}

async fn keys(State(shared): State<Arc<Shared>>) -> axum::Json<Value> {
    axum::Json(json!({"keys": [shared.key.as_verification_key()]}))
}

async fn authorize(State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let asked = pairs(query.as_bytes());
    assert_eq!(asked["client_id"], CLIENT);
    assert_eq!(asked["redirect_uri"], WAY_BACK);
    assert_eq!(asked["response_type"], "code");
    assert_eq!(asked["scope"], "openid", "and nothing else of anybody");
    assert_eq!(asked["code_challenge_method"], "S256");
    let begun = Begun {
        nonce: asked["nonce"].clone(),
        challenge: asked["code_challenge"].clone(),
        subject: shared.subject.lock().unwrap().clone(),
    };
    let code = base64(&chance(), URL);
    shared.codes.lock().unwrap().insert(code.clone(), begun);
    let state = &asked["state"];
    let back = format!("{WAY_BACK}?code={code}&state={state}&session_state=its.own");
    (StatusCode::FOUND, [(header::LOCATION, back)]).into_response()
}

async fn token(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    let refused = |error: &str| {
        let body = axum::Json(json!({ "error": error }));
        (StatusCode::BAD_REQUEST, body).into_response()
    };
    let (client, secret) = (CLIENT, SECRET.replace(' ', "+"));
    let proof = base64(format!("{client}:{secret}").as_bytes(), STANDARD);
    if headers[header::AUTHORIZATION] != format!("Basic {proof}") {
        return refused("invalid_client");
    }
    let asked = pairs(&body);
    let begun = shared.codes.lock().unwrap().remove(&asked["code"]);
    let Some(begun) = begun else {
        return refused("invalid_grant");
    };
    let verifier = PkceCodeVerifier::new(asked["code_verifier"].clone());
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
    if challenge.as_str() != begun.challenge || asked["redirect_uri"] != WAY_BACK {
        return refused("invalid_grant");
    }
    let wrong = *shared.wrong.lock().unwrap();
    let mut answer = json!({"access_token": "unused", "token_type": "bearer"});
    if wrong != Wrong::NoToken {
        answer["id_token"] = json!(id_token(&shared, &begun, wrong));
    }
    match wrong {
        Wrong::VastToken => vast(&answer),
        _ => axum::Json(answer).into_response(),
    }
}

/// Its word, as RFC 7515 writes it.
fn id_token(shared: &Shared, begun: &Begun, wrong: Wrong) -> String {
    let now = clock::now().ms / 1_000;
    let or = |is_wrong, other: &str, right: &str| {
        let said = if wrong == is_wrong { other } else { right };
        said.to_owned()
    };
    let algorithm = or(Wrong::NoSignature, "none", "EdDSA");
    let head = json!({"typ": "JWT", "alg": algorithm, "kid": "key-1"});
    let expires = if wrong == Wrong::Expired {
        now - 1
    } else {
        now + 60
    };
    let mut claims = json!({
        "iss": or(Wrong::Issuer, "https://id.example", &shared.issuer),
        "aud": or(Wrong::Audience, "another", CLIENT),
        "nonce": or(Wrong::Nonce, "another", &begun.nonce),
        "sub": begun.subject,
        "iat": now - 5,
        "exp": expires,
    });
    if wrong == Wrong::NoNonce {
        claims.as_object_mut().unwrap().remove("nonce");
    }
    let part = |value: &Value| base64(value.to_string().as_bytes(), URL);
    let said = format!("{}.{}", part(&head), part(&claims));
    let key = match wrong {
        Wrong::Signature => &shared.foreign_key,
        _ => &shared.key,
    };
    let signature = key.sign(&CoreJwsSigningAlgorithm::EdDsa, said.as_bytes());
    let signature = match wrong {
        Wrong::NoSignature => Vec::new(),
        _ => signature.unwrap(),
    };
    format!("{said}.{}", base64(&signature, URL))
}

/// The right answer, and nothing behind it for long.
fn vast(answer: &Value) -> Response {
    let body = format!("{answer}{}", " ".repeat(VAST));
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

fn pairs(text: &[u8]) -> BTreeMap<String, String> {
    form_urlencoded::parse(text).into_owned().collect()
}

fn chance() -> [u8; 32] {
    let mut chance = [0; 32];
    getrandom::fill(&mut chance).unwrap();
    chance
}

/// A key of Ed25519 as RFC 8410 writes it.
fn new_key() -> CoreEdDsaPrivateSigningKey {
    const HEAD: [u8; 16] = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04,
        0x20,
    ];
    let text = base64(&[&HEAD[..], &chance()].concat(), STANDARD);
    let kind = ["PRIVATE", "KEY"].join(" ");
    let pem = format!("-----BEGIN {kind}-----\n{text}\n-----END {kind}-----\n");
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(JsonWebKeyId::new("key-1".to_owned())))
        .unwrap()
}

/// The last two signs of base64, and whether its end is filled up.
type Alphabet = ([char; 2], bool);

const STANDARD: Alphabet = (['+', '/'], true);
const URL: Alphabet = (['-', '_'], false);

/// RFC 4648.
fn base64(bytes: &[u8], (last, is_filled): Alphabet) -> String {
    let signs: Vec<char> = ('A'..='Z')
        .chain('a'..='z')
        .chain('0'..='9')
        .chain(last)
        .collect();
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let byte = |at: usize| three.get(at).map_or(0, |byte| u32::from(*byte));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for sign in 0..=three.len() {
            text.push(signs[(bits >> (18 - 6 * sign) & 63) as usize]);
        }
        if is_filled {
            text.push_str(&"="[..].repeat(3 - three.len()));
        }
    }
    text
}
