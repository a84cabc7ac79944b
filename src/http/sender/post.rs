//! One message to one webhook: connected to an address that was checked, posted once, never redirected.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::OnceLock;
use std::time::Duration;

use axum::body::Body;
use axum::body::to_bytes;
use axum::http::Request;
use axum::http::StatusCode;
use axum::http::header;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::RootCertStore;
use rustls::pki_types::ServerName;
use serde_json::Value;
use tokio::io::AsyncRead;
use tokio::io::AsyncWrite;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::app::webhooks::Outcome;
use crate::app::webhooks::signed;
use crate::http::sender::target::Target;
use crate::model::webhook::Due;
use crate::model::webhook::Shape;

/// So much of an answer is read, bytes; more is nobody's business here.
const MOST_READ: usize = 4_096;

/// The largest head of an answer, bytes.
const LARGEST_HEAD: usize = 16 << 10;

/// Who asks, as the receiver's log has it.
const AGENT: &str = concat!("zhugan/", env!("CARGO_PKG_VERSION"));

/// Sends a message, and says how that ended.
pub(super) async fn post(due: &Due, to_private: bool, within: Duration) -> Outcome {
    let target = match Target::new(&due.webhook.url, to_private) {
        Ok(target) => target,
        Err(fault) => return Outcome::Refused(format!("its address {fault}")),
    };
    match timeout(within, attempt(due, &target, to_private)).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(fault)) => Outcome::Failed(fault),
        Err(_) => Outcome::Failed(format!("no answer within {} s", within.as_secs_f32())),
    }
}

async fn attempt(due: &Due, target: &Target, to_private: bool) -> Result<Outcome, String> {
    let resolved = target.resolved(to_private).await;
    let addresses = resolved.map_err(|fault| format!("its address {fault}"))?;
    let stream = connected(&addresses).await?;
    if !target.is_secure {
        return exchange(TokioIo::new(stream), due, target).await;
    }
    let name = ServerName::try_from(target.host.clone());
    let name = name.map_err(|fault| format!("its server's name cannot be certified: {fault}"))?;
    let connected = TlsConnector::from(tls()).connect(name, stream).await;
    let stream = connected.map_err(|fault| format!("no encrypted connection: {fault}"))?;
    exchange(TokioIo::new(stream), due, target).await
}

/// A connection to the first of some addresses that takes one.
async fn connected(addresses: &[SocketAddr]) -> Result<TcpStream, String> {
    let mut last = String::from("it has no address");
    // A name has few addresses, and all attempts together have one limit of time.
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(stream) => return Ok(stream),
            Err(fault) => last = format!("no connection: {fault}"),
        }
    }
    Err(last)
}

/// What servers are known by.
fn tls() -> Arc<ClientConfig> {
    static TLS: OnceLock<Arc<ClientConfig>> = OnceLock::new();
    let made = TLS.get_or_init(|| {
        let roots = RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("ring speaks the usual versions");
        Arc::new(config.with_root_certificates(roots).with_no_client_auth())
    });
    Arc::clone(made)
}

async fn exchange<Stream>(
    stream: TokioIo<Stream>,
    due: &Due,
    target: &Target,
) -> Result<Outcome, String>
where
    Stream: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let failed = |fault: hyper::Error| format!("the exchange failed: {fault}");
    let mut builder = http1::Builder::new();
    builder.max_buf_size(LARGEST_HEAD);
    let (mut sender, connection) = builder.handshake(stream).await.map_err(failed)?;
    let talk = async {
        let request = request(due, target)?;
        let answer = sender.send_request(request).await.map_err(failed)?;
        let status = answer.status();
        let body = to_bytes(Body::new(answer.into_body()), MOST_READ).await;
        Ok(judged(due.webhook.shape, status, body.as_deref().ok()))
    };
    let mut talk = std::pin::pin!(talk);
    // The connection is driven here, and ends here with whatever happens; an answer may have come with its end.
    tokio::select! {
        biased;
        outcome = &mut talk => return outcome,
        ended = connection => ended.map_err(failed)?,
    }
    talk.await
}

fn request(due: &Due, target: &Target) -> Result<Request<Body>, String> {
    let signed = signed(due);
    Request::post(&target.path)
        .header(header::HOST, &target.authority)
        .header(header::USER_AGENT, AGENT)
        .header(header::CONTENT_TYPE, "application/json")
        .header("webhook-id", signed.id)
        .header("webhook-timestamp", signed.timestamp)
        .header("webhook-signature", signed.signature)
        .body(Body::from(due.body.clone()))
        .map_err(|fault| format!("cannot be asked: {fault}"))
}

/// What an answer means; of a body that was too long to be read nothing is known.
fn judged(shape: Shape, status: StatusCode, body: Option<&[u8]>) -> Outcome {
    if status == StatusCode::GONE {
        return Outcome::Refused("it answered 410: it wants to be told nothing more".to_owned());
    }
    if !status.is_success() {
        return Outcome::Failed(format!("it answered {}", status.as_u16()));
    }
    let code = match shape {
        Shape::Json => None,
        // A bot answers 200 and says in the body whether it has taken the message.
        Shape::Wecom => body.and_then(|body| {
            let answer: Value = serde_json::from_slice(body).ok()?;
            answer["errcode"].as_i64()
        }),
    };
    match code {
        None | Some(0) => Outcome::Taken,
        Some(code) => Outcome::Failed(format!("it answered with the error code {code}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_success_is_taken_and_a_redirect_is_none() {
        let judge = |status| {
            judged(
                Shape::Json,
                StatusCode::from_u16(status).unwrap(),
                Some(b""),
            )
        };
        for taken in [200, 202, 204] {
            assert_eq!(judge(taken), Outcome::Taken);
        }
        for failed in [301, 302, 307, 400, 404, 429, 500, 503] {
            assert_eq!(
                judge(failed),
                Outcome::Failed(format!("it answered {failed}"))
            );
        }
        assert!(matches!(judge(410), Outcome::Refused(_)));
    }

    #[test]
    fn a_bot_that_says_no_in_its_body_has_not_taken_it() {
        let judge = |body: &str| judged(Shape::Wecom, StatusCode::OK, Some(body.as_bytes()));
        assert_eq!(judge("{\"errcode\":0,\"errmsg\":\"ok\"}"), Outcome::Taken);
        let limited = "it answered with the error code 45009".to_owned();
        assert_eq!(judge("{\"errcode\":45009}"), Outcome::Failed(limited));
        assert_eq!(judge("no json"), Outcome::Taken);
    }
}
