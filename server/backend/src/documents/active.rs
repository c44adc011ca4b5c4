//! What a document could do by itself when somebody opens it: macros, scripts, programs and files within it, and what it
//! fetches from elsewhere.

use std::io::{BufRead, BufReader, Read as _};

use domain::message::Message;
use flate2::read::ZlibDecoder;
use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};

use crate::files::broken;

/// Bytes of a part of an office file that is read whole: relationships, types, and text with its events.
const MOST_OF_A_PART: u64 = 32 * 1024 * 1024;

fn macros() -> Message {
    Message::new("error-file-macros")
}

/// Refuses a part of a Microsoft or an OpenDocument file that runs something, or fetches something from outside.
///
/// # Errors
/// What was found, and how to send the document without it.
pub(super) fn refuse_active_part(name: &str, part: &mut dyn BufRead) -> Result<(), Message> {
    let name = &*name.to_lowercase();
    let file = name.rsplit('/').next().unwrap_or(name);
    let of_macros = ["vbaproject", "vbadata"].iter().any(|start| file.starts_with(start))
        || ["basic/", "scripts/"].iter().any(|folder| name.starts_with(folder))
        || ["/activex/", "/macrosheets/", "/dialogsheets/"].iter().any(|folder| name.contains(folder));
    // A chart may bring its table; anything else that is packed in may be a program.
    let of_programs = name.contains("/embeddings/") && !file.ends_with(".xlsx");
    if of_macros || of_programs {
        return Err(macros());
    }
    if file.ends_with(".rels") {
        return refuse_fetching(part);
    }
    let signs: &[&str] = match name {
        "[content_types].xml" => &["macroenabled", "vbaproject", "oleobject", "activex"],
        "meta-inf/manifest.xml" => &["oleobject", "basic/", "scripts/"],
        "content.xml" | "styles.xml" => &["<script:event-listener", "<office:script ", "<draw:applet", "<draw:plugin"],
        _ => return Ok(()),
    };
    let mut text = Vec::new();
    part.take(MOST_OF_A_PART).read_to_end(&mut text).map_err(|_| broken())?;
    let text = String::from_utf8_lossy(&text).to_lowercase();
    // In another encoding the signs would look otherwise; no program writes these parts in one.
    if text.contains('\0') {
        return Err(broken());
    }
    if signs.iter().any(|sign| text.contains(sign)) { Err(macros()) } else { Ok(()) }
}

/// Refuses relationships with something outside the file that is fetched when it is opened, such as a template or the
/// table behind a chart. A link that somebody must follow is none.
fn refuse_fetching(part: &mut dyn BufRead) -> Result<(), Message> {
    let mut reader = Reader::from_reader(BufReader::new(part.take(MOST_OF_A_PART)));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let element = match reader.read_event_into(&mut buffer).map_err(|_| broken())? {
            Event::Start(element) | Event::Empty(element) => element,
            Event::Eof => return Ok(()),
            _ => continue,
        };
        let (mut outside, mut followed) = (false, false);
        for attribute in element.attributes() {
            let attribute = attribute.map_err(|_| broken())?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| broken())?;
            match attribute.key.local_name().as_ref() {
                "TargetMode" => outside = value.eq_ignore_ascii_case("external"),
                "Type" => followed = value.ends_with("/hyperlink"),
                _ => {}
            }
        }
        if outside && !followed {
            return Err(Message::new("error-file-links"));
        }
    }
}

/// Names of a PDF that stand for scripts, programs, and files within it.
const ACTIVE_NAMES: &[&[u8]] = &[b"JavaScript", b"Launch", b"EmbeddedFile", b"EmbeddedFiles", b"RichMedia"];
/// Bytes of the longest of them, each sign written as a number.
const LONGEST_NAME: usize = 3 * b"EmbeddedFiles".len();

/// Refuses a PDF that holds scripts, programs or other files. Its packed objects may unfold to `most` bytes.
///
/// # Errors
/// What was found, and how to send the document without it.
pub(super) fn refuse_active_pdf(bytes: &[u8], most: usize) -> Result<(), Message> {
    let sealed = find(bytes, b"/Encrypt").is_some();
    let mut scan = Scan { sealed, left: most, ..Scan::default() };
    scan.read(bytes, false)?;
    if scan.active { Err(Message::new("error-file-pdf-active")) } else { Ok(()) }
}

/// Reads the names of a PDF, also of objects that are packed together. Texts, comments and the content of pages are
/// stepped over: there, a name is a word.
#[derive(Default)]
struct Scan {
    active: bool,
    /// The object that is being read holds others, packed.
    packs_objects: bool,
    /// It may be sealed by a password: then packed objects cannot be looked into.
    sealed: bool,
    /// Bytes that may still be unfolded.
    left: usize,
}

impl Scan {
    fn read(&mut self, bytes: &[u8], packed: bool) -> Result<(), Message> {
        let mut at = 0;
        while let Some(sign) = bytes.get(at) {
            let rest = &bytes[at..];
            at += match sign {
                b'%' => rest.iter().position(|sign| matches!(sign, b'\r' | b'\n')).unwrap_or(rest.len()),
                b'(' => length_of_text(rest),
                b'/' => self.name(rest),
                b'o' if rest.starts_with(b"obj") => {
                    self.packs_objects = false;
                    3
                }
                // Packed objects are never streams.
                b's' if !packed && rest.starts_with(b"stream") && bytes[..at].trim_ascii_end().ends_with(b">>") => {
                    self.stream(rest)?
                }
                _ => 1,
            };
        }
        Ok(())
    }

    /// Takes in a name; how many bytes it is long. Any sign of it may be written as a number.
    fn name(&mut self, rest: &[u8]) -> usize {
        let ends = |sign: &u8| sign.is_ascii_whitespace() || b"\0()<>[]{}/%".contains(sign);
        let length = rest[1..].iter().position(ends).unwrap_or(rest.len() - 1);
        if length > LONGEST_NAME {
            return length + 1;
        }
        let (mut name, mut signs) = (Vec::new(), &rest[1..=length]);
        while let [first, after @ ..] = signs {
            let number = || u8::from_str_radix(std::str::from_utf8(after.get(..2)?).ok()?, 16).ok();
            (signs, name) = match (first, number()) {
                (b'#', Some(sign)) => (&after[2..], [name, vec![sign]].concat()),
                _ => (after, [name, vec![*first]].concat()),
            };
        }
        self.active |= ACTIVE_NAMES.contains(&&*name);
        self.packs_objects |= name == b"ObjStm";
        length + 1
    }

    /// Steps over a stream, and reads the objects that are packed in it; how many bytes it is long.
    fn stream(&mut self, rest: &[u8]) -> Result<usize, Message> {
        let length = find(rest, b"endstream").unwrap_or(rest.len());
        if std::mem::take(&mut self.packs_objects) {
            let content = &rest[..length];
            let begin = content.iter().position(|sign| *sign == b'\n').map_or(content.len(), |at| at + 1);
            let mut objects = Vec::new();
            let most = u64::try_from(self.left).unwrap_or(u64::MAX);
            let unfolded = ZlibDecoder::new(&content[begin..]).take(most).read_to_end(&mut objects);
            // What cannot be looked into is not taken; what ends too early is read as far as it goes.
            if objects.len() >= self.left || (unfolded.is_err() && objects.is_empty() && !self.sealed) {
                return Err(broken());
            }
            self.left -= objects.len();
            self.read(&objects, true)?;
        }
        Ok(length + b"endstream".len().min(rest.len() - length))
    }
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

/// The length of a text in parentheses, which may hold others.
fn length_of_text(bytes: &[u8]) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(sign) = bytes.get(at) {
        match sign {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            break;
        }
    }
    at
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn pdf(objects: &str) -> Vec<u8> {
        format!("%PDF-1.7\n1 0 obj\n<< /Type /Catalog {objects} >>\nendobj\n%%EOF").into_bytes()
    }

    /// Objects that are packed into one, as newer programs do.
    fn packed(objects: &str) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(objects.as_bytes()).unwrap();
        let stream = encoder.finish().unwrap();
        let head =
            format!("%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /Filter /FlateDecode /Length {} >>\nstream\r\n", stream.len());
        [head.as_bytes(), &stream, b"\nendstream\nendobj\n%%EOF"].concat()
    }

    fn key(bytes: &[u8]) -> Option<String> {
        refuse_active_pdf(bytes, 1_000_000).err().map(|message| message.key)
    }

    #[test]
    fn scripts_programs_and_files_in_a_pdf_are_found() {
        for objects in [
            "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>",
            "/OpenAction << /S /J#61vaScript /JS 2 0 R >>",
            "/AA<</O<</S/Launch/F(cmd.exe)>>>>",
            "/Names << /EmbeddedFiles 3 0 R >>",
        ] {
            assert_eq!(key(&pdf(objects)).as_deref(), Some("error-file-pdf-active"), "{objects}");
            assert_eq!(key(&packed(objects)).as_deref(), Some("error-file-pdf-active"), "packed: {objects}");
        }
    }

    #[test]
    fn words_in_the_text_of_a_pdf_are_no_names() {
        for objects in [
            "/Title (Courses: HTML /JavaScript \\) /Launch) /OpenAction [3 0 R /Fit]",
            "/Length 40 >>\nstream\n(/JavaScript and /Launch) Tj\nendstream\nendobj 2 0 obj <<",
            "% /Launch\n/Lang (en)",
            "/LaunchDay 1 /MyJavaScript 2",
        ] {
            assert_eq!(key(&pdf(objects)), None, "{objects}");
            if !objects.contains("stream") {
                assert_eq!(key(&packed(objects)), None, "packed: {objects}");
            }
        }
    }

    #[test]
    fn objects_that_cannot_be_looked_into_are_not_taken() {
        let head = b"%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /Filter /LZWDecode >>\nstream\n".as_slice();
        assert_eq!(key(&[head, b"\x80\x0b\x60\nendstream\nendobj"].concat()).as_deref(), Some("error-file-broken"));
    }

    #[test]
    fn what_an_office_file_fetches_and_runs_is_found() {
        let part = |name: &str, text: &str| refuse_active_part(name, &mut text.as_bytes()).err().map(|found| found.key);
        let relationship = |kind: &str| {
            format!(
                "<Relationships><Relationship Id='a' TargetMode='&#69;xternal' \n Target='https://x.example' \
                 Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}'/></Relationships>"
            )
        };
        for kind in ["attachedTemplate", "oleObject", "externalLinkPath", "image"] {
            let found = part("word/_rels/settings.xml.rels", &relationship(kind));
            assert_eq!(found.as_deref(), Some("error-file-links"), "{kind}");
        }
        assert_eq!(part("word/_rels/document.xml.rels", &relationship("hyperlink")), None);
        for (name, text) in [
            ("word/vbaProject.bin", ""),
            ("word/embeddings/oleobject1.bin", ""),
            ("word/activex/activex1.xml", ""),
            ("xl/macrosheets/sheet1.xml", ""),
            ("basic/standard/module1.xml", ""),
            ("scripts/python/a.py", ""),
            ("content.xml", "<office:event-listeners><script:event-listener script:language='ooo:script'/>"),
            ("[content_types].xml", "application/vnd.ms-word.document.macroEnabled.main+xml"),
        ] {
            assert_eq!(part(name, text).as_deref(), Some("error-file-macros"), "{name}");
        }
        for (name, text) in [
            ("word/embeddings/microsoft_excel_sheet.xlsx", ""),
            ("content.xml", "<office:document-content><office:scripts/><text:p>Basic/</text:p>"),
            ("word/document.xml", "<w:t>vbaProject.bin</w:t>"),
        ] {
            assert_eq!(part(name, text), None, "{name}");
        }
    }
}
