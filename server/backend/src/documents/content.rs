//! What a file is, told by its content and never by what its name or the sender says.

use domain::errors::AppError;
use domain::forms::{LARGEST_FILE, MEGABYTE};
use domain::message::Message;

use super::active::{refuse_active_part, refuse_active_pdf};
use crate::files;

/// Most bytes that an office file may unfold to: more would harm those who open it.
const MOST_UNFOLDED: usize = 200 * MEGABYTE;

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const ODT: &str = "application/vnd.oasis.opendocument.text";
const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// Allowed types with the endings that their files may have.
const ALLOWED: &[(&str, &[&str])] = &[
    ("application/pdf", &["pdf"]),
    ("image/png", &["png"]),
    ("image/jpeg", &["jpg", "jpeg"]),
    (DOCX, &["docx"]),
    (XLSX, &["xlsx"]),
    (ODT, &["odt"]),
    (ODS, &["ods"]),
];

/// The media type of a file, when it is allowed, its content is what its name says, and its size is right.
///
/// # Errors
/// One error of the field `file`: empty, too large, of another type, or with an ending that does not fit.
pub fn media_type(file_name: &str, bytes: &[u8]) -> Result<&'static str, AppError> {
    if bytes.is_empty() {
        return Err(AppError::field("file", "error-file-empty"));
    }
    if bytes.len() > LARGEST_FILE {
        return Err(files::too_large(bytes.len()));
    }
    let found = detect(bytes).map_err(|message| files::wrong("file", message))?;
    let found = found.ok_or_else(|| AppError::field("file", "error-file-type"))?;
    let ending = file_name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let (media_type, endings) =
        ALLOWED.iter().find(|(known, _)| *known == found).ok_or_else(|| AppError::field("file", "error-file-type"))?;
    if endings.contains(&ending.as_str()) {
        return Ok(media_type);
    }
    let message = Message::new("error-file-ending").with("ending", endings[0]);
    Err(files::wrong("file", message))
}

fn detect(bytes: &[u8]) -> Result<Option<&'static str>, Message> {
    if bytes.starts_with(b"PK\x03\x04") {
        return detect_office(bytes);
    }
    let found = infer::get(bytes).map(|kind| kind.mime_type());
    if found == Some("application/pdf") {
        refuse_active_pdf(bytes, MOST_UNFOLDED)?;
    }
    Ok(found)
}

/// Office files are zip archives: OpenDocument says its type in the first, uncompressed entry; Office Open XML
/// by the names of its parts.
fn detect_office(bytes: &[u8]) -> Result<Option<&'static str>, Message> {
    let mut names = Vec::new();
    files::look_through(bytes, MOST_UNFOLDED, |name, part| {
        names.push(name.to_owned());
        refuse_active_part(name, part)
    })?;
    // The first entry's name is `mimetype`, at byte 30, and its content follows the name.
    if bytes.get(30..38) == Some(b"mimetype") {
        let kind = |kind: &&str| {
            let after = bytes.get(38..).and_then(|rest| rest.strip_prefix(kind.as_bytes()));
            after.is_some_and(|after| after.is_empty() || after.starts_with(b"PK"))
        };
        return Ok([ODS, ODT].into_iter().find(kind));
    }
    let has = |part: &str| names.iter().any(|name| name == part);
    if !has("[Content_Types].xml") {
        return Ok(None);
    }
    let kinds = [(DOCX, "word/document.xml"), (XLSX, "xl/workbook.xml")];
    Ok(kinds.into_iter().find(|(_, part)| has(part)).map(|(kind, _)| kind))
}

/// A file name without folders and without signs that would turn or hide it; what a person reads, never a path.
pub(super) fn shown_name(file_name: &str) -> String {
    let last = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let turns =
        |sign: &char| matches!(*sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let clean: String = last.chars().filter(|sign| !sign.is_control() && !turns(sign)).collect();
    let clean = clean.trim();
    let length = clean.chars().count();
    // The end holds the ending, so that a long name keeps it.
    clean.chars().skip(length.saturating_sub(150)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::{Cursor, Write as _};

    use zip::CompressionMethod;
    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            zip.start_file(name, stored).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn office_files_are_told_by_their_parts() {
        const TYPES: (&str, &str) = ("[Content_Types].xml", "…");
        const TEXT: (&str, &str) = ("word/document.xml", "…");
        let docx = zip(&[TYPES, TEXT]);
        assert_eq!(media_type("a.docx", &docx), Ok(DOCX));
        assert_eq!(media_type("a.ods", &zip(&[("mimetype", ODS), ("content.xml", "")])), Ok(ODS));
        assert!(media_type("a.xlsx", &docx).is_err());
        assert!(media_type("a.docx", &zip(&[("a.txt", "hello")])).is_err());
        assert!(media_type("a.docx", &zip(&[TYPES, TEXT, ("word/vbaProject.bin", "…")])).is_err());
        assert!(media_type("a.odt", &zip(&[("mimetype", &format!("{ODT}-template"))])).is_err());
        let cut_off = files::wrong("file", files::broken());
        assert_eq!(media_type("a.docx", &docx[..docx.len() - 30]), Err(cut_off));
    }

    #[test]
    fn a_page_that_calls_itself_a_pdf_is_refused() {
        assert!(media_type("a.pdf", b"<html><script>alert(1)</script>").is_err());
        assert_eq!(media_type("A.PDF", b"%PDF-1.7\n..."), Ok("application/pdf"));
        assert!(media_type("a.pdf", b"").is_err());
    }

    #[test]
    fn a_name_is_never_a_path() {
        assert_eq!(shown_name("../../etc/passwd"), "passwd");
        assert_eq!(shown_name("C:\\temp\\annual\u{202e}fdp.exe"), "annualfdp.exe");
    }
}
