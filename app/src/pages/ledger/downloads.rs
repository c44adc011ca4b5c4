//! The statements of the books as files. A CSV begins to arrive at once and is made while it is sent; a workbook is
//! written to a temporary file first, because its parts can only be packed once they are whole. Neither fills the
//! memory, however long it is.

use std::io::{BufWriter, Error as IoError, Write};

use axum::body::{Body, Bytes};
use axum::response::Response;
use backend::Context;
use backend::statements::{Asked, LONGEST_XLSX, Row, Statement, csv_end, csv_rows, csv_start, open, write_xlsx};
use domain::errors::AppError;
use domain::message::Message;
use futures::{StreamExt as _, stream};
use i18n::Reader;
use tokio::sync::mpsc;

use super::statements::{asked, asked_of_donor};
use crate::web::{Visit, attachment};

/// Rows read from the database at once.
const PART: u64 = 1_000;
/// Bytes of a workbook sent at once.
const BUFFER: usize = 64 * 1024;

const CSV: &str = "text/csv; charset=utf-8";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// `/ledger/statements/{statement}/csv`
pub async fn csv(visit: Visit) -> Result<Response, AppError> {
    let asked = asked(&visit)?;
    as_csv(visit, &asked).await
}

/// `/ledger/statements/{statement}/xlsx`
pub async fn xlsx(visit: Visit) -> Result<Response, AppError> {
    let asked = asked(&visit)?;
    as_xlsx(visit, &asked).await
}

/// `/donors/{donor}/account/csv`
pub async fn donor_csv(visit: Visit) -> Result<Response, AppError> {
    let asked = asked_of_donor(&visit)?;
    as_csv(visit, &asked).await
}

/// `/donors/{donor}/account/xlsx`
pub async fn donor_xlsx(visit: Visit) -> Result<Response, AppError> {
    let asked = asked_of_donor(&visit)?;
    as_xlsx(visit, &asked).await
}

/// How far a CSV file is.
enum Stage {
    Start,
    Rows,
    Done,
}

/// What goes wrong while a file is sent can only break it off: the browser then says that it is not complete.
fn broken(cause: backend::Error) -> IoError {
    tracing::error!(%cause, "a statement broke off");
    IoError::other("the statement broke off")
}

async fn as_csv(visit: Visit, asked: &Asked) -> Result<Response, AppError> {
    let statement = open(&visit.context, asked).await?;
    let name = format!("{}.csv", statement.file_name());
    let start = (statement, visit.context, visit.reader, Stage::Start);
    let parts = stream::try_unfold(start, |(mut statement, context, reader, stage)| async move {
        let (bytes, stage) = match stage {
            Stage::Start => (csv_start(&statement, reader).map_err(broken)?, Stage::Rows),
            Stage::Rows => {
                let rows = statement.next(&context, PART).await.map_err(broken)?;
                match rows.is_empty() {
                    false => (csv_rows(&rows, reader).map_err(broken)?, Stage::Rows),
                    true => (csv_end(&statement, reader).map_err(broken)?, Stage::Done),
                }
            }
            Stage::Done => return Ok(None),
        };
        Ok::<_, IoError>(Some((Bytes::from(bytes), (statement, context, reader, stage))))
    });
    Ok(attachment(Body::from_stream(parts.fuse()), &name, CSV))
}

async fn as_xlsx(visit: Visit, asked: &Asked) -> Result<Response, AppError> {
    let statement = open(&visit.context, asked).await?;
    if statement.count > LONGEST_XLSX {
        let count = i64::try_from(statement.count).unwrap_or(i64::MAX);
        return Err(AppError::Refused(Message::new("refused-xlsx-too-long").with("count", count)));
    }
    let name = format!("{}.xlsx", statement.file_name());
    let mut parts = workbook(statement, visit.context, visit.reader);
    let parts = stream::poll_fn(move |context| parts.poll_recv(context));
    Ok(attachment(Body::from_stream(parts), &name, XLSX))
}

/// Reads rows on one side and writes the workbook on the other; its bytes come out of the channel.
fn workbook(mut statement: Statement, context: Context, reader: Reader) -> mpsc::Receiver<Result<Bytes, IoError>> {
    let (send_rows, mut rows) = mpsc::channel::<backend::Result<Vec<Row>>>(4);
    let (send_bytes, bytes) = mpsc::channel(8);
    let sheet = statement.sheet(reader);
    tokio::spawn(async move {
        loop {
            let part = statement.next(&context, PART).await;
            let last = !matches!(&part, Ok(rows) if !rows.is_empty());
            let failed = part.is_err();
            if (!last || failed) && send_rows.send(part).await.is_err() {
                return;
            }
            if last {
                return;
            }
        }
    });
    tokio::task::spawn_blocking(move || {
        let mut into = BufWriter::with_capacity(BUFFER, Sender(send_bytes.clone()));
        let written = write_xlsx(&mut into, &sheet, || rows.blocking_recv().transpose());
        let written = written.and_then(|()| into.flush().map_err(backend::Error::from));
        if let Err(cause) = written {
            // Nobody waits any more where the receiver is gone.
            let _ = send_bytes.blocking_send(Err(broken(cause)));
        }
    });
    bytes
}

/// A writer whose bytes go into a channel.
struct Sender(mpsc::Sender<Result<Bytes, IoError>>);

impl Write for Sender {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let sent = self.0.blocking_send(Ok(Bytes::copy_from_slice(bytes)));
        sent.map_err(|_| IoError::other("nobody takes the file"))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
