//! What a browser does with forms, without a browser: sends one, follows the redirection, reads the page.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Nobody waits longer for an answer.
const PATIENCE: Duration = Duration::from_secs(120);

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub location: String,
    pub body: String,
}

/// What became of a form.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Done; where the person is led.
    Done(String),
    /// Not done; status and text of the page that says why.
    Refused(u16, String),
}

impl Outcome {
    /// Where a form that was done leads.
    pub fn done(self) -> String {
        match self {
            Self::Done(location) => location,
            Self::Refused(status, page) => panic!("refused with {status}: {page}"),
        }
    }

    /// Status and text of the page that says why a form was refused.
    pub fn refused(self) -> (u16, String) {
        match self {
            Self::Done(location) => panic!("done, and led to {location}"),
            Self::Refused(status, page) => (status, page),
        }
    }
}

/// Gets a page.
pub async fn get(server: SocketAddr, path: &str, cookie: &str) -> io::Result<Answer> {
    send(server, &format!("GET {path} HTTP/1.0\r\nHost: fund\r\nCookie: {cookie}\r\n\r\n")).await
}

/// Sends a form and learns what became of it.
///
/// # Errors
/// When the connection ended before the whole answer was there: then nobody knows.
pub async fn act(server: SocketAddr, path: &str, cookie: &str, fields: &[(&str, &str)]) -> io::Result<Outcome> {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    let form = form.extend_pairs(fields).append_pair("back", &page_of(path)).finish();
    let length = form.len();
    let answer = send(
        server,
        &format!(
            "POST {path} HTTP/1.0\r\nHost: fund\r\nCookie: {cookie}\r\nContent-Length: {length}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}"
        ),
    )
    .await?;
    if answer.status == 303 && answer.location.contains("done=") {
        return Ok(Outcome::Done(answer.location));
    }
    if answer.status == 303 && answer.location.contains("kept=") {
        let page = get(server, &answer.location, cookie).await?;
        return Ok(Outcome::Refused(page.status, text_of(&page.body)));
    }
    Ok(Outcome::Refused(answer.status, format!("{} {}", answer.location, text_of(&answer.body))))
}

/// The page on which the form of an action stands.
fn page_of(action: &str) -> String {
    if let Some((grant, _)) = action.split_once("/instalments/") {
        return grant.to_owned();
    }
    match action.rsplit_once('/') {
        Some((noun, "create")) => format!("{noun}/new"),
        Some((record, _)) => record.to_owned(),
        None => action.to_owned(),
    }
}

/// What a person reads on a page: its main part without marks.
pub fn text_of(page: &str) -> String {
    let main = page.split_once("<main").map_or(page, |(_, rest)| rest.split("</main>").next().unwrap_or(rest));
    let mut text = String::new();
    let mut within = main.len() < page.len();
    for sign in main.chars() {
        match sign {
            '<' => within = true,
            '>' if within => (within, _) = (false, text.push(' ')),
            sign if !within => text.push(sign),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One request on one connection. HTTP/1.0, so that the answer's end is the connection's.
async fn send(server: SocketAddr, request: &str) -> io::Result<Answer> {
    tokio::time::timeout(PATIENCE, async {
        let mut stream = TcpStream::connect(server).await?;
        stream.write_all(request.as_bytes()).await?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await?;
        parse(&String::from_utf8_lossy(&bytes)).ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))
    })
    .await
    .map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
}

fn parse(text: &str) -> Option<Answer> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let header = |wanted: &str| {
        let lines = head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.to_owned()).next()
    };
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let whole = header("content-length").is_none_or(|length| length.parse() == Ok(body.len()));
    whole.then(|| Answer { status, location: header("location").unwrap_or_default(), body: body.to_owned() })
}

/// The number of the record at the end of a path, such as of `/grants/7?done=done-awarded`.
pub fn number_in(location: &str) -> i64 {
    let path = location.split('?').next().unwrap();
    path.rsplit('/').next().unwrap().parse().unwrap_or_else(|_| panic!("no number in {location}"))
}
